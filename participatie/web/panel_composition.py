"""Who sits on a panel, in counts alone: how it came about, which quotas hold, and which seats changed and why?

A panel is small and its composition was promised in public, so each count stands there as it is. Counts of two features
are never crossed: together they would tell who is who.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelChange,
    PanelPerson,
    PanelStep,
    changes_of,
    drawn_lot,
    seated_on,
    steps_of,
    without_lot,
)
from participatie.spelregels.buurtpanels.members import MemberStatus, Recruitment, recruited
from participatie.spelregels.buurtpanels.opening import PanelRules, PanelStatus
from participatie.spelregels.buurtpanels.seats import Composed, composed
from participatie.web.transaction import db

#: How many panels a lot draws one of: chances are counted among these.
OF_PANELS = 1000


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The seats of one value of a feature beside its quota. `share` is that of the wijk, in tenths of a percent."""

    value: str
    seats: int
    minimum: int
    maximum: int
    share: int | None
    height: float

    @property
    def stands_out(self) -> bool:
        """Tell whether the quota does not hold."""
        return not self.minimum <= self.seats <= self.maximum


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """One feature with its values, in the order of the quotas."""

    feature: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class SeatCounts:
    """How many seats a panel has, and by whom they are taken.

    `sources` tells how members came to it, each with a number. By lot is only who was invited by lot and then drawn by
    lot; who was invited so and got a seat in another way came in another way.
    """

    seats: int
    taken: int
    waiting: int
    without_lot: int
    sources: tuple[tuple[Recruitment, int], ...]

    @property
    def drawn(self) -> int:
        """How many members were drawn at every step."""
        return dict(self.sources).get(Recruitment.LOT, 0)

    @property
    def free(self) -> int:
        """How many seats nobody has."""
        return max(self.seats - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Composition:
    """What the public page tells of the people on a panel. Chances are among `OF_PANELS` panels; None without a lot."""

    counts: SeatCounts
    words: str
    is_drawn: bool
    features: tuple[FeatureTable, ...]
    lowest: int | None
    highest: int | None
    changes: Sequence[PanelChange]
    began: PanelStep | None


def composition_of(panel: Buurtpanel) -> Composition | None:
    """Return what is told of the people on a panel; None before there are any."""
    if panel.status not in (PanelStatus.SITTING, PanelStatus.CLOSED):
        return None
    rules, people = panel.facts(), db().scalars(seated_on(panel.id)).all()
    lot = db().execute(drawn_lot(panel.id)).first()
    counts = counts_of(rules.seats, people, set(db().scalars(without_lot(panel.id))), has_lot=lot is not None)
    steps = {step.status: step for step in db().scalars(steps_of(panel.id))}
    return Composition(
        counts=counts,
        words=composed_words(counts),
        is_drawn=composed(counts.drawn, counts.taken) is Composed.DRAWN,
        features=tables_of(rules, people),
        lowest=lot.lowest_chance if lot is not None else None,
        highest=lot.highest_chance if lot is not None else None,
        changes=db().scalars(changes_of(panel.id)).all(),
        began=steps.get(PanelStatus.SITTING),
    )


def counts_of(seats: int, people: Sequence[PanelPerson], undrawn: set[int], *, has_lot: bool) -> SeatCounts:
    """Count the seats. `undrawn` are the ids of those who got one without a lot; without any lot that is everybody."""
    unlotted = {person.id for person in people if not has_lot or person.id in undrawn}
    return SeatCounts(
        seats=seats,
        taken=len(people),
        waiting=sum(person.status is MemberStatus.DRAWN for person in people),
        without_lot=len(unlotted),
        sources=tuple(recruited(_came(person, unlotted) for person in people).items()),
    )


def _came(person: PanelPerson, unlotted: set[int]) -> Recruitment:
    by_lot = person.source is Recruitment.LOT
    return Recruitment.OTHER if by_lot and person.id in unlotted else person.source


def composed_words(counts: SeatCounts) -> str:
    """Return the one sentence that a panel may say of how it came about; never that it was drawn where somebody was not."""
    match composed(counts.drawn, counts.taken):
        case Composed.DRAWN:
            return str(_("Dit panel is geloot."))
        case Composed.PARTLY:
            return str(
                _(
                    "Dit panel is deels geloot: %(drawn)s van de %(taken)s leden.",
                    drawn=counts.drawn,
                    taken=counts.taken,
                )
            )
        case Composed.NOT_DRAWN:
            return str(_("Dit panel is niet geloot."))


def tables_of(rules: PanelRules, people: Sequence[PanelPerson]) -> tuple[FeatureTable, ...]:
    """Return the seats of each value beside its quota, a table for each feature."""
    taken = Counter((feature, value) for person in people for feature, value in person.features.items())
    tables: dict[str, list[ValueRow]] = {}
    for quota in rules.quotas:
        seats = taken[quota.feature, quota.value]
        row = ValueRow(
            quota.value, seats, quota.minimum, quota.maximum, quota.share, round(100 * seats / max(len(people), 1), 1)
        )
        tables.setdefault(quota.feature, []).append(row)
    return tuple(FeatureTable(feature, tuple(rows)) for feature, rows in tables.items())
