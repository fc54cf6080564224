"""Who is invited, and who sits on a panel? By a lot that is fair, that meets quotas, and that anybody can repeat.

Pure: no web, no database, no clock, no chance. All chance comes from one public number.
"""

from participatie.lottery.checking import check
from participatie.lottery.drawing import (
    Draw,
    commitment,
    committed_text,
    draw,
    panel_index,
    reserves,
    seed_from,
)
from participatie.lottery.faults import (
    Fault,
    LotteryError,
    NotPossibleError,
    PoolError,
    PortfolioError,
    Problem,
    QuotasError,
    RequestError,
)
from participatie.lottery.inviting import Address, invite
from participatie.lottery.portfolio import Portfolio, read_portfolio
from participatie.lottery.preparing import PANELS, prepare
from participatie.lottery.reading import read_pool, read_quotas
from participatie.lottery.replacing import Choice, next_reserve
from participatie.lottery.terms import Bound, Person, Pool, Progress, Quota, Quotas, Relaxation, Step

__all__ = [
    "PANELS",
    "Address",
    "Bound",
    "Choice",
    "Draw",
    "Fault",
    "LotteryError",
    "NotPossibleError",
    "Person",
    "Pool",
    "PoolError",
    "Portfolio",
    "PortfolioError",
    "Problem",
    "Progress",
    "Quota",
    "Quotas",
    "QuotasError",
    "Relaxation",
    "RequestError",
    "Step",
    "check",
    "commitment",
    "committed_text",
    "draw",
    "invite",
    "next_reserve",
    "panel_index",
    "prepare",
    "read_pool",
    "read_portfolio",
    "read_quotas",
    "reserves",
    "seed_from",
]
