"""What does the picture of one plan show: the money as it went, what its supporters had, or its votes beside others'?

The numbers of the drawing stand in words under it, with the same marks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from participatie.allocation import Reason
from participatie.models.wijkbudget import Allocation, AllocationLine, Round
from participatie.spelregels.votes import BallotKind
from participatie.web.formats import euros, number

#: Width of a drawing; amounts are drawn in parts of it.
WIDTH = 100


class Mark(StrEnum):
    """How a part is drawn: money of others, this plan, what was left, what it lacked."""

    OTHERS = "others"
    THIS = "this"
    LEFT = "left"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: where it begins and how wide it is, of the width of the drawing."""

    mark: Mark
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of one or two bars with a name, and what its parts mean: mark, words and number."""

    name: str
    bars: tuple[tuple[Part, ...], ...]
    rows: tuple[tuple[Mark, str, str], ...]


def picture_of(line: AllocationLine, budget_round: Round, allocation: Allocation) -> Picture | None:
    """Return the picture of a plan or option; None where there is nothing to see: no votes, no cost."""
    if budget_round.chooses():
        return _beside_winner(line, budget_round, allocation)
    if line.reason == Reason.BELOW_MINIMUM_VOTES:
        return _beside_minimum(line)
    if line.reason == Reason.NOT_AFFORDABLE_BY_SUPPORTERS:
        return _of_supporters(line, budget_round.currency)
    if line.reason == Reason.NO_VOTES or not line.plan.cost_cents:
        return None
    return _of_pot(line, budget_round)


def _of_pot(line: AllocationLine, budget_round: Round) -> Picture | None:
    facts, cost, got = line.facts, line.plan.cost_cents, line.funded_cents
    capped = line.reason in (Reason.OVER_CATEGORY_CAP, Reason.OVER_AREA_CAP)
    pot = int(facts["cap_cents"]) if capped else budget_round.pot_cents
    # What was there when the turn of this plan came.
    there = int(facts["available_cents"]) if capped else line.balance_after_cents + got
    gone, short = pot - there, max(cost - there, 0)
    scale = max(pot, gone + cost)
    if scale <= 0:
        return None

    def money(cents: int) -> str:
        return euros(cents, budget_round.currency)

    bars: tuple[tuple[Part, ...], ...]
    if line.step is not None:
        bars = (_row(scale, (Mark.OTHERS, gone), (Mark.THIS, got), (Mark.LEFT, there - got), (Mark.SHORT, short)),)
        rows = [
            (Mark.OTHERS, _("Ging al naar andere plannen"), money(gone)),
            (Mark.THIS, _("Kreeg dit plan"), money(got)),
            (Mark.LEFT, _("Bleef daarna over"), money(there - got)),
        ]
        name = _("Het geld toen dit plan aan de beurt was")
    else:
        bars = (
            _row(scale, (Mark.OTHERS, gone), (Mark.LEFT, there)),
            _row(scale, (None, gone), (Mark.THIS, cost - short), (Mark.SHORT, short)),
        )
        rows = [
            (Mark.OTHERS, _("Ging al naar andere plannen"), money(gone)),
            (Mark.LEFT, _("Was nog over"), money(there)),
            (Mark.THIS, _("Kostte dit plan"), money(cost)),
        ]
        name = _("Het geld toen dit plan geen geld kreeg")
    if short:
        rows.append((Mark.SHORT, _("Te weinig"), money(short)))
    return Picture(name, bars, tuple(rows))


def _of_supporters(line: AllocationLine, currency: str) -> Picture:
    owned, cost = int(line.facts["supporters_cents"]), line.plan.cost_cents
    short = int(line.facts["short_cents"])
    scale = max(owned, cost)
    return Picture(
        _("Wat de kiezers van dit plan samen nog hadden, naast wat het kost"),
        (_row(scale, (Mark.THIS, owned), (Mark.SHORT, short)), _row(scale, (Mark.OTHERS, cost))),
        (
            (Mark.THIS, _("Hadden de kiezers van dit plan samen"), euros(owned, currency)),
            (Mark.SHORT, _("Te weinig"), euros(short, currency)),
            (Mark.OTHERS, _("Kostte dit plan"), euros(cost, currency)),
        ),
    )


def _beside_minimum(line: AllocationLine) -> Picture:
    minimum = int(line.facts["minimum_votes"])
    return _of_votes(
        _("Wat dit plan kreeg, naast wat een plan minstens nodig had"),
        (_("Kreeg dit plan"), Fraction(line.score)), (_("Had een plan minstens nodig"), Fraction(minimum)),
    )  # fmt: skip


def _beside_winner(line: AllocationLine, budget_round: Round, allocation: Allocation) -> Picture | None:
    rival = _rival(line, allocation.trace["plans"])
    if rival is None:
        return None
    in_points = budget_round.ballot_kind in (BallotKind.POINTS, BallotKind.RANKING)
    won = line.step is not None
    if won:
        other = _("De volgende optie")
    else:
        other = _("De laatste optie die erbij hoort") if budget_round.is_advice() else _("De laatste optie die won")
    return _of_votes(
        _("De punten van deze optie naast die van een andere")
        if in_points
        else _("De stemmen voor deze optie naast die voor een andere"),
        (_("Deze optie"), Fraction(line.score)),
        (other, Fraction(str(rival["score"]))),
    )


def _rival(line: AllocationLine, plans: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return whom an option stands beside: a loser the last that won, a winner the first that did not."""
    won = line.step is not None
    others = [plan for plan in plans if (plan["step"] is None) == won]
    choose = max if won else min
    return choose(others, key=lambda plan: Fraction(str(plan["score"])), default=None)


def _of_votes(name: str, ours: tuple[str, Fraction], theirs: tuple[str, Fraction]) -> Picture:
    scale = max(ours[1], theirs[1], Fraction(1))
    return Picture(
        name,
        (_row(scale, (Mark.THIS, ours[1])), _row(scale, (Mark.OTHERS, theirs[1]))),
        ((Mark.THIS, ours[0], _score(ours[1])), (Mark.OTHERS, theirs[0], _score(theirs[1]))),
    )


def _score(score: Fraction) -> str:
    return number(int(score)) if score.denominator == 1 else f"{score.numerator}/{score.denominator}"


def _row(scale: int | Fraction, *amounts: tuple[Mark | None, int | Fraction]) -> tuple[Part, ...]:
    """Lay amounts behind each other, in parts of the width; what has no mark is left open."""
    parts, x = [], Fraction(0)
    for mark, amount in amounts:
        width = Fraction(amount) * WIDTH / Fraction(scale)
        if mark is not None and amount > 0:
            parts.append(Part(mark, round(float(x), 2), round(float(width), 2)))
        x += width
    return tuple(parts)
