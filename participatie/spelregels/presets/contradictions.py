"""Which rules of a preset cannot both hold, or ask for a phase that is not there? Each with the place to mend it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.options import MOST_VOTES
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts, PhaseKind, may_plan_phases
from participatie.spelregels.presets.facts import Preset
from participatie.spelregels.presets.lines import Place
from participatie.spelregels.rulesets import Division, contradiction_in_rules
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import BallotKind

#: Any first day will do: phases follow each other, whenever they begin.
SOME_DAY = date(2024, 1, 1)

#: For each pair that `contradiction_in_rules` names: where it stands in a file, and what was expected there.
PAIRS: dict[tuple[str, str], tuple[Place, str]] = {
    ("plan_cap", "pot"): (("rules", "plan_cap_euros"), "een plan_cap_euros die niet hoger is dan pot_euros"),
    ("division", "phases"): (
        ("rules", "division"),
        (
            f'bij division = "{Division.VOTE}" ook een fase "{PhaseKind.VOTE}", en anders niet; '
            f'bij "{Division.VOTE}" en "{Division.OPTIONS}" mag het ook een fase "{PhaseKind.POLL}" zijn'
        ),
    ),
    ("division", "pot"): (("rules", "pot_euros"), f'geen pot_euros bij division = "{Division.NONE}"'),
    ("division", "ballot_kind"): (
        ("rules", "ballot_kind"),
        f'een ballot_kind alleen bij division = "{Division.VOTE}", of bij "{Division.OPTIONS}" behalve "{BallotKind.KNAPSACK}"',
    ),
    ("division", "rule"): (
        ("rules", "rule"),
        f'de rule "{MOST_VOTES}" bij division = "{Division.OPTIONS}", en alleen daar',
    ),
    ("vote_phase", "poll_phase"): (
        ("phases",),
        f'een fase "{PhaseKind.VOTE}" of een fase "{PhaseKind.POLL}", en niet allebei',
    ),
    ("project_group", "group_needed"): (
        ("rules", "group_needed"),
        f'een group_needed van 1 of meer bij de toets "{Test.PROJECT_GROUP}"',
    ),
    ("in_time", "ready_before"): (("rules", "ready_before"), f'een ready_before bij de toets "{Test.IN_TIME}"'),
    ("payout", "hundred_percent"): (("rules", "payout"), "een payout die samen honderd procent is"),
    ("project_group", "level"): (
        ("phases",),
        f'een fase "{PhaseKind.COLLECT}" of "{PhaseKind.ASSESS}" op minstens het niveau meedoen, omdat mensen zich moeten kunnen aansluiten',
    ),
    ("lowest_score", "highest_score"): (("panel", "scores"), "een laagste score die lager is dan de hoogste"),
}


def contradictions(preset: Preset) -> Iterator[tuple[Place, str]]:
    """Yield what contradicts what in a preset that was read: its place in the file, and what was expected."""
    phases = _dated(preset)
    plan = may_plan_phases(phases)
    if isinstance(plan, Refused):
        expected = (
            f'bij een fase "{PhaseKind.POLL}" het niveau meedenken of meedoen'
            if plan.code is Refusal.POLL_IS_ADVICE
            else f'bij een fase "{PhaseKind.VOTE}" het niveau meebeslissen'
        )
        yield ("phases", int(plan.facts["position"]) - 1, "level"), expected
    verdict = contradiction_in_rules(preset.rules_from(SOME_DAY), phases)
    if isinstance(verdict, Refused):
        one, other = str(verdict.facts["one"]), str(verdict.facts["other"])
        yield PAIRS.get((one, other), (("rules",), f"regels die elkaar niet tegenspreken, zoals {one} en {other}"))
    yield from _without_effect(preset)


def _dated(preset: Preset) -> tuple[PhaseFacts, ...]:
    return tuple(
        PhaseFacts(
            phase.kind,
            phase.level,
            datetime.combine(phase.first_day, time(), UTC),
            datetime.combine(phase.last_day + timedelta(days=1), time(), UTC),
        )
        for phase in preset.planned_from(SOME_DAY)
    )


def _without_effect(preset: Preset) -> Iterator[tuple[Place, str]]:
    """Yield rules that would be promised and never hold: a number without its test, a term without its phase."""
    rules = preset.rules
    kinds = {phase.kind for phase in preset.phases}
    asks_support = rules.weight(Test.SUPPORT) is not Weight.OFF
    money, options = rules.division.has_money, rules.division is Division.OPTIONS
    votes = rules.division is Division.VOTE
    checks = (
        (asks_support and not rules.support_needed, "support_needed", f'1 of meer bij de toets "{Test.SUPPORT}"'),
        (not asks_support and rules.support_needed > 0, "support_needed", f'0 zonder de toets "{Test.SUPPORT}"'),
        (
            rules.weight(Test.PROJECT_GROUP) is Weight.OFF and rules.group_needed > 0,
            "group_needed",
            f'0 zonder de toets "{Test.PROJECT_GROUP}"',
        ),
        (
            rules.weight(Test.IN_TIME) is Weight.OFF and preset.ready_before is not None,
            "ready_before",
            f'"geen" zonder de toets "{Test.IN_TIME}"',
        ),
        (
            not (votes or options) and rules.rule is not None,
            "rule",
            f'"geen", want division is niet "{Division.VOTE}"',
        ),
        (not votes and rules.leftover is not None, "leftover", f'"geen", want division is niet "{Division.VOTE}"'),
        (not money and rules.plan_cap_cents is not None, "plan_cap_euros", '"geen", want er is geen geld'),
        (not money and bool(rules.payout), "payout", '"geen", want er is geen geld'),
        (
            rules.reaction_days > 0 and not kinds & WITH_PRODUCT,
            "reaction_days",
            "0, want geen fase eindigt met een stuk om op te reageren",
        ),
        (
            rules.execution_days is not None and PhaseKind.EXECUTE not in kinds,
            "execution_days",
            f'"geen", want er is geen fase "{PhaseKind.EXECUTE}"',
        ),
    )
    for broken, name, expected in checks:
        if broken:
            yield ("rules", name), f"bij {name}: {expected}"
