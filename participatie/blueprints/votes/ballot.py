"""What does the ballot look like for this voter, and what did they choose so far?"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from participatie.actions.votes import ballot_key, canonical, read_canonical
from participatie.models.votes import ballot_of, draft_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.votes import BallotKind, BallotLimits, Choice, Choices, numbers_in
from participatie.web.transaction import db

#: From this many plans on, a ballot is shown by category, so that a thumb need not pass all of it.
MANY_PLANS = 20


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the ballot, as frozen; `cost_cents` in the round's currency.

    `amount` is what its field says, its points or its place, as text; empty when the plan has none.
    `cost_text` is what an option is thought to cost.
    """

    number: int
    name: str
    cost_cents: int
    category: str | None
    chosen: bool
    amount: str
    cost_text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A voter's ballot: every plan in this voter's order, and whether it is saved, or cast, or neither.

    `choices` are in the order in which they are stored; `receipt` is that of the ballot that counts now, if there is one.
    """

    rows: tuple[PlanRow, ...]
    choices: tuple[Choice, ...]
    limits: BallotLimits
    has_draft: bool
    receipt: str | None
    page: str

    @property
    def chosen(self) -> tuple[PlanRow, ...]:
        """The plans that were chosen: the best first where the ballot says so, else by their number."""
        rows = sorted((row for row in self.rows if row.chosen), key=lambda row: row.number)
        if self.limits.ballot_kind is BallotKind.RANKING:
            rows.sort(key=lambda row: int(row.amount))
        elif self.limits.ballot_kind is BallotKind.POINTS:
            rows.sort(key=lambda row: -int(row.amount))
        return tuple(rows)

    @property
    def total_cents(self) -> int:
        """What the chosen plans cost together."""
        return sum(row.cost_cents for row in self.rows if row.chosen)

    @property
    def points(self) -> int:
        """How many points were given."""
        return points_given(self.choices)

    @property
    def points_left(self) -> int:
        """How many points could still be given; 0 where there is no such limit, or it is passed."""
        return max((self.limits.points_total or 0) - self.points, 0)

    @property
    def mark(self) -> str:
        """A short sign of these choices, by which a page can tell that another window saved others."""
        return mark_of(self.choices, self.limits)

    @property
    def groups(self) -> list[tuple[str | None, list[PlanRow]]]:
        """The rows as they stand on the page: a long ballot by category, a short one as one group without a name."""
        categories = {row.category for row in self.rows}
        if len(self.rows) <= MANY_PLANS or len(categories) == 1:
            return [(None, list(self.rows))]
        # A category stands where its first plan would: by chance too, and the same on each visit.
        first = {row.category: place for place, row in reversed(list(enumerate(self.rows)))}
        rows = sorted(self.rows, key=lambda row: first[row.category])
        return [(category, list(group)) for category, group in groupby(rows, key=lambda row: row.category)]


def sheet_of(budget_round: Round, selector: str) -> Sheet:
    """Return the ballot of a voter: the draft if there is one, else what was cast, else nothing chosen."""
    key = ballot_key(budget_round, selector)
    # Also what this request saved itself a moment ago.
    draft = db().scalar(draft_of(budget_round.id, key), execution_options={"populate_existing": True})
    ballot = db().scalar(ballot_of(budget_round.id, key))
    kept = draft or ballot
    choices = read_canonical(kept.choices) if kept is not None else ()
    limits = budget_round.limits()
    amounts = amounts_of(choices, limits.ballot_kind)
    # A vote that is being done over has no rulebook at the moment.
    plans = budget_round.frozen_rulebook().get("plans", ())
    rows = (
        PlanRow(
            plan["number"],
            plan["name"],
            plan["cost_cents"],
            plan["category"],
            plan["number"] in amounts,
            amounts.get(plan["number"], ""),
            plan.get("cost_text", ""),
        )
        for plan in plans
    )
    return Sheet(
        rows=tuple(sorted(rows, key=lambda row: place_on_ballot(selector, row.number))),
        choices=choices,
        limits=limits,
        has_draft=draft is not None,
        receipt=ballot.receipt if ballot is not None else None,
        page=draft.page if draft is not None else "",
    )


def amounts_of(choices: Choices, kind: BallotKind) -> dict[int, str]:
    """Return what the field of each chosen plan says: its points, its place, or nothing."""
    if kind is BallotKind.RANKING:
        return {number: str(place) for place, number in enumerate(numbers_in(choices), start=1)}
    return {
        choice[0] if isinstance(choice, tuple) else choice: str(choice[1]) if isinstance(choice, tuple) else ""
        for choice in choices
    }


def points_given(choices: Choices) -> int:
    """Return how many points stand on a ballot."""
    return sum(choice[1] for choice in choices if isinstance(choice, tuple))


def mark_of(choices: Choices, limits: BallotLimits) -> str:
    """Return a short sign of these choices."""
    return sha256(canonical(choices, limits.ballot_kind).encode()).hexdigest()[:12]


def place_on_ballot(selector: str, number: int) -> str:
    """Return what the plans are ordered by: as by chance, other for each voter, the same on each visit."""
    return sha256(f"{selector}\n{number}".encode()).hexdigest()


def names_on(rows: Sequence[PlanRow]) -> dict[int, str]:
    """Return the names of the plans by number."""
    return {row.number: row.name for row in rows}
