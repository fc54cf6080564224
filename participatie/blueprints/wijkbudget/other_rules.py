"""Which plans do the same ballots fund under other rules, and where does that differ?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.models.wijkbudget import Plan, Round
from participatie.web.words import RULES

#: Short names, for above a column.
NAMES: dict[str, LazyString] = {
    "greedy": _("Meeste stemmen"),
    "greedy-stop": _("Meeste stemmen, dan stoppen"),
    "greedy-per-euro": _("Stemmen per euro"),
    "equal-shares-add1": _("Gelijke delen"),
    "phragmen": _("Samen sparen"),
}


@dataclass(frozen=True, slots=True)
class UnderRule:
    """One rule: its name, how it works, how many plans it funds with how much, and what differs from this round."""

    name: str
    words: str
    funded: int
    spent_cents: int
    gained: Sequence[Plan]
    lost: Sequence[Plan]


@dataclass(frozen=True, slots=True)
class Row:
    """A plan: whether it got money here, and under each of the other rules."""

    plan: Plan
    here: bool
    there: Sequence[bool]

    @property
    def differs(self) -> bool:
        """Tell whether the rule makes a difference to it."""
        return any(funded is not self.here for funded in self.there)


@dataclass(frozen=True, slots=True)
class Learning:
    """The other rules, every plan beside them, and the names of the rules that took too long."""

    rules: Sequence[UnderRule]
    rows: Sequence[Row]
    left_out: Sequence[str]


def learn_from(outcomes: Mapping[str, Any], budget_round: Round, funded: set[str]) -> Learning:
    """Lay the stored outcomes under other rules beside what was funded here (references)."""
    plans = budget_round.plans
    sets = [set(outcome["funded"]) for outcome in outcomes["rules"]]
    rules = [
        UnderRule(
            name_of(outcome["rule"]), str(RULES.get(outcome["rule"], "")), len(there), outcome["spent_cents"],
            [plan for plan in plans if plan.reference in there - funded],
            [plan for plan in plans if plan.reference in funded - there],
        )
        for outcome, there in zip(outcomes["rules"], sets, strict=True)
    ]  # fmt: skip
    rows = [Row(plan, plan.reference in funded, [plan.reference in there for there in sets]) for plan in plans]
    return Learning(rules, rows, [name_of(rule) for rule in outcomes["left_out"]])


def name_of(rule: str) -> str:
    """Return the short name of a rule."""
    return str(NAMES.get(rule, rule))
