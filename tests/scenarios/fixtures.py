"""Which fixture of the seeds is replayed by which test, and which waits for a later capability and why?

The seeds are five documents of practice; three pages of our design read them and number what can be replayed: `a` is
about seeds 000, 002 and 003, `b` about seed 001, `c` about seed 004. A fixture that is a rule has tests; one that is
a figure, or a rule about something that is not there yet, waits; some do both. Replace what waits when it is there.
"""

from itertools import chain

from tests.scenarios.seed_a import TWELVE_CITIES
from tests.scenarios.seed_b import GUIDE
from tests.scenarios.seed_c import ZWOLLE_DELFT_ROTTERDAM

#: Every fixture of the three pages, by hand, so that none can be forgotten.
NAMES = tuple(
    chain(
        (f"a/F{number}" for number in range(1, 18)),
        (f"b/F{number}" for number in range(1, 18)),
        (f"c/Z{number}" for number in range(1, 6)),
        (f"c/D{number}" for number in range(1, 4)),
        ("c/R1",),
    )
)

FIXTURES = (*TWELVE_CITIES, *GUIDE, *ZWOLLE_DELFT_ROTTERDAM)
