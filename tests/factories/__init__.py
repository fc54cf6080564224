"""Worlds in one line: `a_round(session, pot=euros(300_000))`. Everybody and every place is made up.

Every factory commits, so that the app sees what it made. What residents and staff do goes through the
actions, at a moment when the spelregels allow it; large numbers of rows are written directly.
"""

from tests.factories.people import (
    World,
    a_gemeente,
    a_login,
    a_resident,
    a_wijkmanager,
    an_account,
    done,
    now_of,
    runs_all,
)
from tests.factories.rounds import SECRET_KEY, a_round, ballots, codes, count_it, euros, roll_of
from tests.factories.trajecten import (
    ALL_USED,
    OTHER_ROUTE,
    USUAL_RULES,
    a_traject,
    an_idea,
    close_phases,
    during,
    ideas,
    phases_around,
    support,
)

__all__ = [
    "ALL_USED",
    "OTHER_ROUTE",
    "SECRET_KEY",
    "USUAL_RULES",
    "World",
    "a_gemeente",
    "a_login",
    "a_resident",
    "a_round",
    "a_traject",
    "a_wijkmanager",
    "an_account",
    "an_idea",
    "ballots",
    "close_phases",
    "codes",
    "count_it",
    "done",
    "during",
    "euros",
    "ideas",
    "now_of",
    "phases_around",
    "roll_of",
    "runs_all",
    "support",
]
