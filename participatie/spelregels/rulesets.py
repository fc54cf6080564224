"""Which spelregels hold in one traject? Shared primitives with numbers; frozen and hashed when the traject opens.

A ruleset is data: places differ in what they fill in, and not in code. `presets/` holds theirs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any

from participatie.spelregels.ideas import ZWOLLE_WEIGHTS, Test, TestTerms, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.options import MOST_VOTES, may_choose_so
from participatie.spelregels.phases import WITH_BALLOTS, PhaseFacts, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused
from participatie.spelregels.votes import BallotKind

PERCENT = 100


class Division(StrEnum):
    """Who divides the money, and how; or that residents choose where there is none."""

    VOTE = "stemmen"
    AWARD = "toekennen"
    NONE = "geen geld"
    OPTIONS = "keuze uit opties"

    @property
    def by_ballot(self) -> bool:
        """Tell whether residents fill in ballots: about money, or about options."""
        return self in (Division.VOTE, Division.OPTIONS)

    @property
    def has_money(self) -> bool:
        """Tell whether there is a pot."""
        return self in (Division.VOTE, Division.AWARD)


class Earned(StrEnum):
    """What has to be there before a part of the money is paid out (Arnhem, seed 000:316)."""

    GOAL = "doel"
    INTERIM = "tussenresultaat"
    FINAL = "eindresultaat"


@dataclass(frozen=True, slots=True)
class PayoutPart:
    """A part of a plan's money, in whole percents, and what earns it."""

    percent: int
    earned: Earned


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """How residents in a commission judge plans (BoTu, seed 001:3494). Recorded and shown; the panel itself is drawn elsewhere.

    `recruited` names how members are found; `scores` are the lowest and the highest, None without scores.
    """

    members: int
    recruited: tuple[str, ...]
    traffic_light: bool = False
    scores: tuple[int, int] | None = None
    which_before_how_much: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The spelregels of one traject. Amounts in cents, terms in days; None means that it is not asked.

    `dominance_percent` is the share that one side may hold before the gemeente has to act, 0 when it is not
    watched. `ballot_kind`, `rule` and `leftover` bind the round where they are given, and so does `pot_cents`.
    """

    name: str = ""
    weights: Mapping[Test, Weight] = field(default_factory=lambda: ZWOLLE_WEIGHTS)
    support_needed: int = 0
    group_needed: int = 0
    ready_before: date | None = None
    once_per_household: bool = False
    division: Division = Division.VOTE
    pot_cents: int | None = None
    plan_cap_cents: int | None = None
    ballot_kind: BallotKind | None = None
    rule: str | None = None
    leftover: str | None = None
    payout: tuple[PayoutPart, ...] = ()
    panel: PanelTerms | None = None
    dominance_percent: int = 50
    reaction_days: int = 0
    news_days: int = 60
    execution_days: int | None = None
    first_posts_wait: bool = False

    def terms(self) -> TestTerms:
        """Return what the tests of an idea ask."""
        return TestTerms(self.weights, self.support_needed, self.group_needed, self.ready_before)

    def weight(self, test: Test) -> Weight:
        """Return how much a test weighs; one that is not named is not asked."""
        return self.weights.get(test, Weight.OFF)

    def as_document(self) -> dict[str, Any]:
        """Return the rules as plain values, every one of them, for JSON."""
        return {
            "name": self.name,
            "weights": {str(test): str(self.weight(test)) for test in Test},
            "support_needed": self.support_needed,
            "group_needed": self.group_needed,
            "ready_before": self.ready_before.isoformat() if self.ready_before else None,
            "once_per_household": self.once_per_household,
            "division": str(self.division),
            "pot_cents": self.pot_cents,
            "plan_cap_cents": self.plan_cap_cents,
            "ballot_kind": str(self.ballot_kind) if self.ballot_kind else None,
            "rule": self.rule,
            "leftover": self.leftover,
            "payout": [[part.percent, str(part.earned)] for part in self.payout],
            "panel": _panel_document(self.panel),
            "dominance_percent": self.dominance_percent,
            "reaction_days": self.reaction_days,
            "news_days": self.news_days,
            "execution_days": self.execution_days,
        } | ({"first_posts_wait": True} if self.first_posts_wait else {})  # older rules keep their bytes

    def canonical_json(self) -> str:
        """Write the rules as one line of JSON with sorted keys: the same rules give the same bytes."""
        return json.dumps(self.as_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def ruleset_from(document: Mapping[str, Any]) -> RuleSet:
    """Read what `as_document` wrote; a document without a key gets the usual value."""
    given = dict(document)
    for name, read in (
        ("weights", lambda value: {Test(test): Weight(weight) for test, weight in value.items()}),
        ("ready_before", date.fromisoformat),
        ("division", Division),
        ("ballot_kind", BallotKind),
        ("payout", lambda value: tuple(PayoutPart(percent, Earned(earned)) for percent, earned in value)),
        ("panel", _panel_from),
    ):
        if given.get(name) is not None:
            given[name] = read(given[name])
    return RuleSet(**given)


def _panel_document(panel: PanelTerms | None) -> dict[str, Any] | None:
    if panel is None:
        return None
    return {
        "members": panel.members,
        "recruited": list(panel.recruited),
        "traffic_light": panel.traffic_light,
        "scores": list(panel.scores) if panel.scores else None,
        "which_before_how_much": panel.which_before_how_much,
    }


def _panel_from(document: Mapping[str, Any]) -> PanelTerms:
    scores = document["scores"]
    return PanelTerms(
        document["members"],
        tuple(document["recruited"]),
        document["traffic_light"],
        (scores[0], scores[1]) if scores else None,
        document["which_before_how_much"],
    )


def contradiction_in_rules(rules: RuleSet, phases: Sequence[PhaseFacts]) -> Verdict:
    """Refuse rules that cannot both hold, or that no phase makes room for; the refusal names the pair.

    Names are those of the fields: `web/words.py` has the words for them.
    """
    kinds = {phase.kind for phase in phases}
    ballots = not kinds.isdisjoint(WITH_BALLOTS)
    options = rules.division is Division.OPTIONS
    cap, pot = rules.plan_cap_cents, rules.pot_cents
    groups = rules.weight(Test.PROJECT_GROUP) is Weight.HARD or rules.weight(Test.THREE_PARTIES) is Weight.HARD
    checks: Sequence[tuple[bool, str, str]] = (
        (cap is not None and pot is not None and cap > pot, "plan_cap", "pot"),
        (kinds >= WITH_BALLOTS, "vote_phase", "poll_phase"),
        (rules.division.by_ballot is not ballots, "division", "phases"),
        (not rules.division.has_money and bool(pot), "division", "pot"),
        (not rules.division.by_ballot and rules.ballot_kind is not None, "division", "ballot_kind"),
        (options and rules.ballot_kind is BallotKind.KNAPSACK, "division", "ballot_kind"),
        (rules.rule is not None and options is not (rules.rule == MOST_VOTES), "division", "rule"),
        (
            rules.weight(Test.PROJECT_GROUP) is not Weight.OFF and rules.group_needed < 1,
            "project_group",
            "group_needed",
        ),
        (rules.weight(Test.IN_TIME) is not Weight.OFF and rules.ready_before is None, "in_time", "ready_before"),
        (bool(rules.payout) and sum(part.percent for part in rules.payout) != PERCENT, "payout", "hundred_percent"),
        (groups and not _can_join(phases), "project_group", "level"),
        (_scores_upside_down(rules.panel), "lowest_score", "highest_score"),
    )
    for broken, one, other in checks:
        if broken:
            return refused(Refusal.RULEBOOK_CONTRADICTS, one=one, other=other)
    return Allowed()


def _can_join(phases: Sequence[PhaseFacts]) -> bool:
    # Joining asks for meedoen, and has to be possible before ideas are admitted.
    before = (PhaseKind.COLLECT, PhaseKind.ASSESS)
    return any(phase.kind in before and phase.level.reaches(Level.MEEDOEN) for phase in phases)


def _scores_upside_down(panel: PanelTerms | None) -> bool:
    return panel is not None and panel.scores is not None and panel.scores[0] >= panel.scores[1]


def may_vote_here(rules: RuleSet) -> Verdict:
    """Refuse what belongs to ballots (codes, opening, counting) where nobody votes about money or options."""
    return Allowed() if rules.division.by_ballot else refused(Refusal.NO_VOTE_HERE)


def may_have_money(rules: RuleSet) -> Verdict:
    """Refuse money in a traject that promised none."""
    return Allowed() if rules.division.has_money else refused(Refusal.NO_MONEY_HERE)


def may_choose_here(rules: RuleSet) -> Verdict:
    """Refuse options where residents do not choose among options."""
    return Allowed() if rules.division is Division.OPTIONS else refused(Refusal.NO_OPTIONS_HERE)


def may_have_a_round(rules: RuleSet) -> Verdict:
    """Refuse a round where there is nothing to divide and nothing to choose."""
    return Allowed() if may_choose_here(rules) else may_have_money(rules)


def may_award_here(rules: RuleSet) -> Verdict:
    """Refuse to award money where residents divide it by a vote, and where there is none."""
    if rules.division is Division.VOTE:
        return refused(Refusal.NO_AWARD_HERE)
    return may_have_money(rules)


def may_have_pot(rules: RuleSet, *, pot_cents: int, ballot_kind: BallotKind, rule: str, leftover: str) -> Verdict:
    """Refuse a round that is not what the traject promised: its amount, its way of voting, its way of dividing.

    Refused too is a pot that the most for one plan does not fit in.
    """
    needed = may_have_a_round(rules)
    if isinstance(needed, Refused):
        return needed
    if rules.division is Division.OPTIONS:
        return may_choose_so(rules.ballot_kind, (pot_cents, ballot_kind, rule, leftover))
    if rule == MOST_VOTES:
        return refused(Refusal.RULES_SAY_OTHERWISE, one="rule")
    promised: Sequence[tuple[object, object, str]] = (
        (rules.pot_cents, pot_cents, "pot"),
        (rules.ballot_kind, ballot_kind, "ballot_kind"),
        (rules.rule, rule, "rule"),
        (rules.leftover, leftover, "leftover"),
    )
    for wanted, given, name in promised:
        if wanted is not None and wanted != given and (name == "pot" or rules.division is Division.VOTE):
            return refused(Refusal.RULES_SAY_OTHERWISE, one=name)
    if rules.plan_cap_cents is not None and rules.plan_cap_cents > pot_cents:
        return refused(Refusal.RULEBOOK_CONTRADICTS, one="plan_cap", other="pot")
    return Allowed()


def may_award(pot_cents: int, awarded_cents: int, cost_cents: int) -> Verdict:
    """Refuse money that the pot does not hold any more (Almelo's fund of 200,000 euros, seed 000:734). Cents."""
    over = awarded_cents + cost_cents - pot_cents
    return refused(Refusal.POT_EMPTY, over_cents=over) if over > 0 else Allowed()


def payable_cents(allocated_cents: int, payout: Sequence[PayoutPart], earned: Mapping[Earned, bool]) -> int:
    """Return how many cents may be paid by now: the parts earned, in their order; all of it where no parts are agreed.

    The last part gets what rounding left, so that the parts together are the whole (fixture F2 of seed 000).
    A part is only earned after the parts before it.
    """
    if not payout:
        return allocated_cents
    payable = 0
    for part, cents in zip(payout, amounts_of_parts(allocated_cents, payout), strict=True):
        if not earned[part.earned]:
            break
        payable += cents
    return payable


def amounts_of_parts(allocated_cents: int, payout: Sequence[PayoutPart]) -> tuple[int, ...]:
    """Return what each part comes to in cents: each begins where the one before it ends, so that together they are the whole."""
    percents = tuple(accumulate(part.percent for part in payout))
    ends = [allocated_cents * percent // PERCENT for percent in percents]
    return tuple(end - start for start, end in pairwise([0, *ends]))
