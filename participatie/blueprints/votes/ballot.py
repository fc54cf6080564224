"""What does the ballot look like for this voter, and what did they choose so far?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from participatie.actions.votes import ballot_key
from participatie.models.votes import ballot_of, draft_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import BallotKind
from participatie.web.forms import clean_text
from participatie.web.transaction import db

#: The kinds of ballot that can be filled in on a screen without script; points and rankings come later.
ONLINE = frozenset({BallotKind.APPROVAL, BallotKind.KNAPSACK, BallotKind.CHOOSE_ONE})
SHOWN_OF_NONSENSE = 20  # characters
DIGITS_OF_A_NUMBER = 6


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the ballot, as frozen; `cost_cents` in the round's currency."""

    number: int
    name: str
    cost_cents: int
    category: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A voter's ballot: every plan in this voter's order, and whether it is saved, or cast, or neither.

    `receipt` is that of the ballot that counts now, if there is one.
    """

    rows: tuple[PlanRow, ...]
    has_draft: bool
    receipt: str | None

    @property
    def chosen(self) -> tuple[PlanRow, ...]:
        """The plans that were chosen."""
        return tuple(row for row in self.rows if row.chosen)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the plans that were chosen."""
        return [row.number for row in self.chosen]

    @property
    def total_cents(self) -> int:
        """What the chosen plans cost together."""
        return sum(row.cost_cents for row in self.chosen)


def sheet_of(budget_round: Round, selector: str) -> Sheet:
    """Return the ballot of a voter: the draft if there is one, else what was cast, else nothing chosen."""
    key = ballot_key(budget_round, selector)
    draft = db().scalar(draft_of(budget_round.id, key))
    ballot = db().scalar(ballot_of(budget_round.id, key))
    kept = draft or ballot
    chosen = frozenset(json.loads(kept.choices)) if kept is not None else frozenset()
    # A vote that is being done over has no rulebook at the moment.
    plans = budget_round.frozen_rulebook().get("plans", ())
    rows = (
        PlanRow(plan["number"], plan["name"], plan["cost_cents"], plan["category"], plan["number"] in chosen)
        for plan in plans
    )
    return Sheet(
        rows=tuple(sorted(rows, key=lambda row: place_on_ballot(selector, row.number))),
        has_draft=draft is not None,
        receipt=ballot.receipt if ballot is not None else None,
    )


def place_on_ballot(selector: str, number: int) -> str:
    """Return what the plans are ordered by: as by chance, other for each voter, the same on each visit."""
    return sha256(f"{selector}\n{number}".encode()).hexdigest()


def read_choices(typed: Sequence[str]) -> list[int] | Refused:
    """Return the plan numbers that a browser sent. Refused are a number sent twice and what is no number.

    Whether the plans stand on this ballot is asked by the action (abuse cases 6 and 7).
    """
    numbers: dict[int, None] = {}
    for text in typed:
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_OF_A_NUMBER):
            return refused(Refusal.CHOICE_UNKNOWN, plan=(clean_text(text) or "")[:SHOWN_OF_NONSENSE])
        if int(text) in numbers:
            return refused(Refusal.CHOICE_TWICE)
        numbers[int(text)] = None
    return list(numbers)
