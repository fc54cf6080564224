"""How does a panel divide money in two steps: first which plans get money, and only then how much?

As in Bospolder-Tussendijken (Rotterdam, 2023): members show a traffic light and a score of 1 to 5 for every plan,
without having to say a word, and may change both until the selection closes. Amounts come after that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from participatie.allocation.terms import Plan

LOWEST, HIGHEST = 1, 5


class Light(StrEnum):
    """What a member thinks of a plan at a glance."""

    GREEN = "groen"
    ORANGE = "oranje"
    RED = "rood"


class PanelReason(StrEnum):
    """Why a plan got money of the panel, or did not."""

    FUNDED = "funded"
    FUNDED_IN_PART = "funded-in-part"
    SELECTED = "selected"
    NO_OPINIONS = "no-opinions"
    NOT_MORE_GREEN_THAN_RED = "not-more-green-than-red"
    OUTSIDE_PLACES = "outside-places"
    NO_AMOUNTS = "no-amounts"
    OVER_BUDGET = "over-budget"


class SelectionOpenError(ValueError):
    """Somebody named amounts while it was not settled yet which plans get any."""


class Opinion(NamedTuple):
    """What one member thinks of one plan; a later opinion of the same member takes the place of an earlier one."""

    member: str
    plan_id: str
    light: Light
    score: int


@dataclass(frozen=True, slots=True)
class PanelRules:
    """The pot and the most for one plan (cents), how many plans are selected at most, and whether the last gets a part."""

    pot_cents: int
    cap_cents: int | None = None
    places: int | None = None
    last_in_part: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands after the first step: its lights, the sum of its scores, and how many gave one."""

    plan: Plan
    green: int
    orange: int
    red: int
    points: int
    reason: PanelReason

    @property
    def members(self) -> int:
        """How many members have an opinion on the plan."""
        return self.green + self.orange + self.red

    @property
    def mean(self) -> Fraction:
        """The mean score, exactly; 0 without opinions."""
        return Fraction(self.points, self.members) if self.members else Fraction(0)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which plans get money: every plan once, the selected ones first and in their order. Amounts wait until it is closed.

    `ties` are the plans with more green than red that stood equal, in the order that the lot gave them.
    """

    rules: PanelRules
    standings: tuple[Standing, ...]
    ties: tuple[tuple[str, ...], ...]
    is_closed: bool = False

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the selected plans, in order."""
        return tuple(each.plan.id for each in self.standings if each.reason is PanelReason.SELECTED)

    def closed(self) -> "Selection":
        """Return the same selection, from now on fixed."""
        return replace(self, is_closed=True)


@dataclass(frozen=True, slots=True)
class Share:
    """What a plan got, in cents, why, and what was left after it. `median_cents` is the median of the named amounts."""

    plan_id: str
    cents: int
    reason: PanelReason
    left_cents: int
    median_cents: int | None = None
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PanelOutcome:
    """Both steps together: where every plan stood, and what it got."""

    selection: Selection
    shares: tuple[Share, ...]
    left_cents: int


def select(
    plans: Sequence[Plan], opinions: Sequence[Opinion], rules: PanelRules, tie_order: Sequence[str]
) -> Selection:
    """Return the plans with more green lights than red, the highest mean score first; equals in the drawn order.

    Raises ValueError for an unknown plan, a score outside 1 to 5, a negative amount in the rules, and an order that
    does not name every plan once.
    """
    ids = {plan.id for plan in plans}
    if len(tie_order) != len(plans) or set(tie_order) != ids:
        raise ValueError("the tie order must name every plan once")
    if rules.pot_cents < 0 or (rules.cap_cents or 0) < 0 or (rules.places is not None and rules.places < 1):
        raise ValueError("a pot, a cap or the number of places is too low")
    last: dict[tuple[str, str], Opinion] = {}
    for opinion in opinions:
        if opinion.plan_id not in ids or not LOWEST <= opinion.score <= HIGHEST:
            raise ValueError("an opinion on an unknown plan, or with a score that does not exist")
        last[opinion.member, opinion.plan_id] = opinion
    place = {plan_id: at for at, plan_id in enumerate(tie_order)}
    standings = sorted(
        (_standing(plan, [each for each in last.values() if each.plan_id == plan.id]) for plan in plans),
        key=lambda each: (each.reason is not PanelReason.SELECTED, -each.mean, place[each.plan.id]),
    )
    liked = [each for each in standings if each.reason is PanelReason.SELECTED]
    if rules.places is not None:
        standings[rules.places : len(liked)] = [
            replace(each, reason=PanelReason.OUTSIDE_PLACES) for each in liked[rules.places :]
        ]
    runs = (tuple(each.plan.id for each in run) for _, run in groupby(liked, lambda each: each.mean))
    return Selection(rules, tuple(standings), tuple(run for run in runs if len(run) > 1))


def divide(selection: Selection, amounts: Mapping[str, Sequence[int]]) -> PanelOutcome:
    """Give each selected plan the median of the amounts (cents) that members named, while there is money.

    No plan gets more than it asks, or than the cap. One that costs more than is left gets nothing and the next is asked;
    where the rules say so it gets what is left. Between two middle amounts the median lies halfway, in whole cents
    rounded down. Raises SelectionOpenError before the selection is closed, and ValueError for a negative amount or
    amounts for a plan that was not selected.
    """
    if not selection.is_closed:
        raise SelectionOpenError("first close the selection")
    if not set(selection.selected).issuperset(amounts):
        raise ValueError("an amount for a plan that was not selected")
    if any(amount < 0 for named in amounts.values() for amount in named):
        raise ValueError("an amount below nothing")
    left = selection.rules.pot_cents
    shares = []
    for standing in selection.standings:
        if standing.reason is not PanelReason.SELECTED:
            continue
        share = _share(standing.plan, amounts.get(standing.plan.id, ()), selection.rules, left)
        left = share.left_cents
        shares.append(share)
    return PanelOutcome(selection, tuple(shares), left)


def panel_trace(outcome: PanelOutcome) -> dict[str, object]:
    """Return both steps as plain JSON values, camelCase keys; a mean is written as 'numerator/denominator'."""
    rules = outcome.selection.rules
    return {
        "rule": "panel",
        "potCents": rules.pot_cents,
        "capCents": rules.cap_cents,
        "places": rules.places,
        "lastInPart": rules.last_in_part,
        "selected": list(outcome.selection.selected),
        "ties": [list(tie) for tie in outcome.selection.ties],
        "plans": [
            {
                "id": each.plan.id,
                "green": each.green,
                "orange": each.orange,
                "red": each.red,
                "mean": f"{each.mean.numerator}/{each.mean.denominator}",
                "reason": each.reason.value,
            }
            for each in outcome.selection.standings
        ],
        "shares": [
            {
                "id": each.plan_id,
                "fundedCents": each.cents,
                "medianCents": each.median_cents,
                "reason": each.reason.value,
                "balanceAfterCents": each.left_cents,
                "facts": dict(sorted(each.facts.items())),
            }
            for each in outcome.shares
        ],
        "leftCents": outcome.left_cents,
    }


def _standing(plan: Plan, opinions: Sequence[Opinion]) -> Standing:
    green, orange, red = (sum(each.light is light for each in opinions) for light in Light)
    if not opinions:
        reason = PanelReason.NO_OPINIONS
    elif green > red:
        reason = PanelReason.SELECTED
    else:
        reason = PanelReason.NOT_MORE_GREEN_THAN_RED
    return Standing(plan, green, orange, red, sum(each.score for each in opinions), reason)


def _share(plan: Plan, named: Sequence[int], rules: PanelRules, left: int) -> Share:
    if not named:
        return Share(plan.id, 0, PanelReason.NO_AMOUNTS, left)
    median = _median(named)
    cap = plan.cost_cents if rules.cap_cents is None else min(rules.cap_cents, plan.cost_cents)
    wanted = min(median, cap)
    if wanted <= left:
        return Share(plan.id, wanted, PanelReason.FUNDED, left - wanted, median)
    facts = {"shortCents": wanted - left}
    if rules.last_in_part and left > 0:
        return Share(plan.id, left, PanelReason.FUNDED_IN_PART, 0, median, facts)
    return Share(plan.id, 0, PanelReason.OVER_BUDGET, left, median, facts)


def _median(amounts: Sequence[int]) -> int:
    ordered = sorted(amounts)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2
