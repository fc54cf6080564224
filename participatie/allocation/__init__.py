"""Which plans get money, and why? Ballots in, an outcome with a reason for every plan out.

Pure: no web, no database, no clock, no chance. Equal plans are ordered by lots
from a published seed (`tie_order`), and everybody can count again.
"""

from participatie.allocation.counting import allocate
from participatie.allocation.tally import ranked
from participatie.allocation.terms import (
    AllocationRules,
    BallotGroup,
    Fact,
    Leftover,
    Line,
    Outcome,
    Plan,
    Reason,
    Rule,
    Tie,
    TieBreak,
    Utility,
)
from participatie.allocation.ties import tie_order
from participatie.allocation.trace import canonical_json, differences, trace_of

__all__ = [
    "AllocationRules",
    "BallotGroup",
    "Fact",
    "Leftover",
    "Line",
    "Outcome",
    "Plan",
    "Reason",
    "Rule",
    "Tie",
    "TieBreak",
    "Utility",
    "allocate",
    "canonical_json",
    "differences",
    "ranked",
    "tie_order",
    "trace_of",
]
