"""From a pool to a thousand equally likely panels, as fair as can be: the whole way, in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from math import log10

from participatie.lottery.checking import check
from participatie.lottery.diving import Diver
from participatie.lottery.faults import NotPossibleError, RequestError
from participatie.lottery.groups import Counts, Ground, ground_of
from participatie.lottery.ideal import Cut, ideal_chances
from participatie.lottery.portfolio import DIGITS, Portfolio
from participatie.lottery.programs import Floats
from participatie.lottery.proving import ENOUGH, Mixer
from participatie.lottery.relaxing import smallest_relaxation
from participatie.lottery.rounding import Rounder
from participatie.lottery.seating import seated
from participatie.lottery.terms import Pool, Progress, Quotas, Step

#: How many equally likely panels a lot chooses from: three digits, which fit on three dice with ten sides.
PANELS = 1000
#: With more groups than this the mix of panels would take minutes. It is made only where the thousand panels, which are
#: all that anybody gets, turn out to stay behind the ideal.
MOST_MIXED = 500
#: How many different panels are made before anything else: with a mix a few more than there are groups.
DIFFERENT, FEWEST = 200, 50
#: How often what whole panels cannot do may come out, at most.
MOST_CUTS = 400
#: Tenths of nines between nothing and `ENOUGH`.
NINES = 66


def prepare(
    pool: Pool,
    quotas: Quotas,
    size: int,
    *,
    progress: Callable[[Progress], None] | None = None,
    panels: int = PANELS,
) -> Portfolio:
    """Return equally likely panels that all meet the quotas and give everybody the fairest chance there is.

    The same pool, quotas and size give the same portfolio, in whatever order they are given and in every process.
    `progress` is called now and then. Raises RequestError for what `check` finds, and NotPossibleError where no panel
    meets the quotas.
    """
    tell = progress or _nobody
    problems = check(pool, quotas, size)
    if problems:
        raise RequestError(problems)
    tell(Progress(Step.CHECKING, 0, 1))
    ground = ground_of(pool, quotas, size)
    chances, found = _fairest(ground, panels, tell)
    tell(Progress(Step.SEATING, 0, 1))
    seats = seated(pool, ground, found)
    verify(pool, quotas, size, seats)
    tell(Progress(Step.SEATING, 1, 1))
    return Portfolio(seats, tuple(round(float(chances[group]), DIGITS) for group in ground.group_of))


def verify(pool: Pool, quotas: Quotas, size: int, panels: Sequence[Sequence[int]]) -> None:
    """Check each panel by counting its members, with nothing of the calculation. Raises ArithmeticError.

    It holds for every panel that is ever published: the size, all quotas, and nobody twice of one household.
    """
    for panel in panels:
        if len(panel) != size or len({pool.homes[at] for at in panel}) != size:
            raise ArithmeticError("a panel has another size, or two of one household")
        for feature in quotas.features:
            members = Counter(pool.people[at].features[feature] for at in panel)
            for quota in quotas.of(feature):
                if not quota.minimum <= members[quota.value] <= quota.maximum:
                    raise ArithmeticError("a panel breaks a quota")
            if not members.keys() <= set(quotas.values(feature)):
                raise ArithmeticError("somebody on a panel has a value without quota")


def _fairest(ground: Ground, panels: int, tell: Callable[[Progress], None]) -> tuple[Floats, list[Counts]]:
    """Return the fairest chances, and panels that come as near to them as can be."""
    groups = len(ground.sizes)
    is_mixed = groups <= MOST_MIXED
    count = max(FEWEST, groups + groups // 4) if is_mixed else DIFFERENT
    known: list[Counts] = []
    cuts: list[Cut] = []
    mixer: Mixer | None = None
    mix: Floats | None = None
    while len(cuts) <= MOST_CUTS:
        tell(Progress(Step.IDEAL, len(cuts), len(cuts) + 1))
        chances = ideal_chances(ground, cuts)
        if chances is None:
            raise NotPossibleError(smallest_relaxation(ground))
        diver = Diver(ground, chances * ground.sizes)
        if not known:
            known = Rounder(ground, chances, diver).different(count, partial(_told, tell, Step.PANELS, count))
            if not known:
                raise NotPossibleError(smallest_relaxation(ground))
        if is_mixed:
            mixer = mixer or Mixer(ground, known)
            cut = mixer.cut(chances * ground.sizes, diver, partial(_reached, tell))
            if cut is not None:
                cuts.append(cut)
                continue
            known = mixer.panels
            mix = mixer.parts()
        rounder = Rounder(ground, chances, diver)
        chosen = rounder.rounded(known, mix, panels, partial(_told, tell, Step.ROUNDING, panels))
        if is_mixed or not rounder.drifts():
            return chances, chosen
        is_mixed = True
    raise ArithmeticError("the fairest chances were not found")


def _told(tell: Callable[[Progress], None], step: Step, of: int, done: int) -> None:
    tell(Progress(step, done, of))


def _reached(tell: Callable[[Progress], None], part: float) -> None:
    """Tell how much of the chances is reached; the last parts of a percent take longest, so it counts by nines."""
    tell(Progress(Step.PROVING, min(int(-10 * log10(max(1 - part, ENOUGH))), NINES), NINES))


def _nobody(progress: Progress) -> None:
    """Tell nobody."""
