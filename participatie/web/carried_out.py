"""How does it stand with a plan that is carried out: its ledger, the days that moved, its photos and its result?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participatie.models.wijkbudget import (
    LedgerEntry,
    Milestone,
    MilestoneDelay,
    Plan,
    PlanPhoto,
    PlanResult,
    Purse,
    delays_of,
    entries,
    plan_photos,
    plan_result,
    purse_of,
)
from participatie.spelregels.ledger import EntryKind, Sums
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """All that is told of a plan that is carried out; photos of no step stand with the result, under None."""

    sums: Sums
    purse: Purse | None
    lines: Sequence[LedgerEntry]
    delays: Mapping[int, Sequence[MilestoneDelay]]
    photos: Mapping[int | None, Sequence[PlanPhoto]]
    result: PlanResult | None

    def steps_left(self, steps: Sequence[Milestone]) -> list[Milestone]:
        """Return the steps to tell of a plan that has no money any more: done or shown; what was promised is not to come."""
        return [step for step in steps if step.done_on is not None or step.id in self.photos]

    def is_anything(self, steps: Sequence[Milestone]) -> bool:
        """Tell whether something was written down, done or shown: that stays to be read, also without money."""
        return bool(self.lines or self.result or self.steps_left(steps))

    def open_commitments(self) -> list[tuple[LedgerEntry, int]]:
        """Return the commitments that something is open of, with how many cents."""
        left: dict[int, int] = defaultdict(int)
        for line in self.lines:
            if line.kind is EntryKind.COMMITTED:
                left[line.commitment_id or line.id] += line.amount_cents
        return [(line, left[line.id]) for line in self.lines if left.get(line.id, 0) > 0]

    def reversible(self) -> set[int]:
        """Return the numbers of the lines that can still be reversed."""
        gone = {line.reverses_id for line in self.lines}
        still_open = {line.id for line, _cents in self.open_commitments()}
        return {
            line.id
            for line in self.lines
            if line.amount_cents > 0
            and line.id not in gone
            and (line.id in still_open if line.kind is EntryKind.COMMITTED else True)
        }


def carried_out(plan: Plan, allocated_cents: int) -> CarriedOut:
    """Read it, with as many queries for a long ledger as for a short one."""
    purse = db().scalar(purse_of(plan.id))
    delays: dict[int, list[MilestoneDelay]] = defaultdict(list)
    for delay in db().scalars(delays_of(plan.id)):
        delays[delay.milestone_id].append(delay)
    photos: dict[int | None, list[PlanPhoto]] = defaultdict(list)
    for photo in db().scalars(plan_photos(plan.id)):
        photos[photo.milestone_id].append(photo)
    return CarriedOut(
        sums=purse.sums() if purse is not None else Sums(allocated_cents),
        purse=purse,
        lines=db().scalars(entries(plan.id)).all(),
        delays=dict(delays),
        photos=dict(photos),
        result=db().scalar(plan_result(plan.id)),
    )
