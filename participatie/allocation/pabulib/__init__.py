"""What stands in a Pabulib file, and how is an election written as one?

The .pb format: Faliszewski et al., 'Participatory Budgeting: Data, Tools, and
Analysis', IJCAI 2023; https://pabulib.org/format.
"""

from participatie.allocation.pabulib.election import (
    BallotKind,
    BallotLimits,
    Election,
    Irregularity,
    Vote,
)
from participatie.allocation.pabulib.errors import Fault, PabulibError
from participatie.allocation.pabulib.meta import meta_of_rules
from participatie.allocation.pabulib.reading import read_pabulib
from participatie.allocation.pabulib.writing import write_pabulib

__all__ = [
    "BallotKind",
    "BallotLimits",
    "Election",
    "Fault",
    "Irregularity",
    "PabulibError",
    "Vote",
    "meta_of_rules",
    "read_pabulib",
    "write_pabulib",
]
