"""A traject opens with a complete card, with room for what it promises, and after the city where the city comes first."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from participatie.spelregels.ideas import ZWOLLE_WEIGHTS, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Place
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import (
    NOT_WHEN_INFORMING,
    ProcessCard,
    Scope,
    StakeholderGroup,
    TrajectFacts,
    TrajectStatus,
    may_change_card,
    may_open_traject,
    missing_on,
    opening_refusals,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from tests.clock import MOMENT
from tests.factories.trajecten import CARD, phases_around

DRAFT = TrajectStatus.DRAFT
PHASES = tuple(phases_around(MOMENT, PhaseKind.COLLECT))
ONLY_TOLD = (PhaseFacts(PhaseKind.EXECUTE, Level.MEEWETEN, MOMENT, MOMENT + timedelta(days=9)),)
RULES = RuleSet(name="zwolle")
#: A traject that only informs has no vote.
ONLY_TOLD_RULES = replace(RULES, division=RULES.division.NONE)
ELSEWHERE, AT_CITY = Scope(city_wide=True), Scope(city_wide=True, at_city_level=True)


def opening(card: ProcessCard = CARD, scope: Scope | None = None, phases: tuple[PhaseFacts, ...] = PHASES) -> Verdict:
    """May such a draft open?"""
    rules = ONLY_TOLD_RULES if phases == ONLY_TOLD else RULES
    return may_open_traject(card, scope or Scope(), phases, rules, DRAFT)


def emptied(name: str) -> ProcessCard:
    """The usual card with one field left empty, as far as a reader can tell."""
    was = getattr(CARD, name)
    return replace(CARD, **{name: " \n" if isinstance(was, str) else type(was)() if isinstance(was, tuple) else None})


def test_a_complete_card_may_open() -> None:
    assert opening() == Allowed()


@pytest.mark.parametrize("name", [field.name for field in fields(ProcessCard)])
def test_each_empty_field_of_the_card_is_named(name: str) -> None:
    """Spelregel 2 of Zwolle: goal and room are clear beforehand."""
    assert opening(emptied(name)) == refused(Refusal.CARD_INCOMPLETE, missing=name)


@pytest.mark.parametrize("name", [field.name for field in fields(ProcessCard)])
def test_who_only_informs_needs_not_say_what_happens_with_input(name: str) -> None:
    verdict = opening(emptied(name), phases=ONLY_TOLD)
    asked = name not in NOT_WHEN_INFORMING
    assert verdict == (refused(Refusal.CARD_INCOMPLETE, missing=name) if asked else Allowed())


def test_empty_fields_are_named_in_the_order_of_the_card() -> None:
    assert missing_on(ProcessCard(), ()) == (*(field.name for field in fields(ProcessCard)), "phases")


def test_a_group_without_a_way_to_reach_it_keeps_a_traject_closed() -> None:
    """Spelregel 3: the right people at the table."""
    card = replace(CARD, stakeholders=(*CARD.stakeholders, StakeholderGroup("jongeren", " ")))
    assert opening(card) == refused(Refusal.GROUP_WITHOUT_WAY, group="jongeren")


@pytest.mark.parametrize(
    ("scope", "verdict"),
    [
        (ELSEWHERE, refused(Refusal.CITY_FIRST)),
        (AT_CITY, Allowed()),
        (replace(ELSEWHERE, after_city_traject=True), Allowed()),
    ],
)
def test_a_question_of_the_whole_city_goes_to_the_city_first(scope: Scope, verdict: Verdict) -> None:
    """Spelregel 3, fixture Z5: afterwards the wijk is asked about the consequences."""
    assert opening(scope=scope) == verdict


def test_without_room_only_meeweten_may_be_promised() -> None:
    """Spelregel 4: nothing open means no say."""
    card = replace(CARD, open=" ")
    codes = [refusal.code for refusal in opening_refusals(card, Scope(), PHASES, RULES, DRAFT)]
    assert codes == [Refusal.CARD_INCOMPLETE, Refusal.LEVEL_WITHOUT_ROOM]
    assert opening(card, phases=ONLY_TOLD) == Allowed()


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.MEEWETEN])
def test_after_the_decision_only_meeweten_may_be_promised(level: Level) -> None:
    """Spelregel 4, fixture Z3: one phase with say is one too many."""
    decided = Scope(already_decided=True)
    some_say = (replace(ONLY_TOLD[0], level=level),)
    verdict = may_open_traject(CARD, decided, some_say, ONLY_TOLD_RULES, DRAFT)
    assert verdict == refused(Refusal.ALREADY_DECIDED_BEFOREHAND)
    assert opening(scope=decided, phases=ONLY_TOLD) == Allowed()


def test_everything_that_is_in_the_way_is_told_at_once() -> None:
    card = replace(CARD, goal="", open="", stakeholders=(StakeholderGroup("jongeren", ""),))
    rules = replace(RULES, pot_cents=1_000, plan_cap_cents=2_000)
    scope = Scope(already_decided=True, city_wide=True)
    assert [refusal.code for refusal in opening_refusals(card, scope, PHASES, rules, DRAFT)] == [
        Refusal.CARD_INCOMPLETE,
        Refusal.LEVEL_WITHOUT_ROOM,
        Refusal.ALREADY_DECIDED_BEFOREHAND,
        Refusal.CITY_FIRST,
        Refusal.GROUP_WITHOUT_WAY,
        Refusal.RULEBOOK_CONTRADICTS,
    ]


def test_a_traject_needs_phases() -> None:
    assert opening(phases=()) == refused(Refusal.CARD_INCOMPLETE, missing="phases")


@pytest.mark.parametrize("status", [TrajectStatus.OPEN, TrajectStatus.CLOSED])
def test_a_traject_opens_once_and_its_card_is_a_promise(status: TrajectStatus) -> None:
    assert may_open_traject(CARD, Scope(), PHASES, RULES, status) == refused(Refusal.ALREADY_OPEN)
    assert may_change_card(status, PHASES, RULES) == refused(Refusal.ALREADY_OPEN)


@pytest.mark.parametrize(
    ("rules", "one", "other"),
    [
        ({"plan_cap_cents": 30_001_00, "pot_cents": 30_000_00}, "plan_cap", "pot"),
        ({"division": RULES.division.NONE}, "division", "phases"),
        ({"weights": {**ZWOLLE_WEIGHTS, Test.PROJECT_GROUP: Weight.SOFT}}, "project_group", "group_needed"),
        (
            {"weights": {**ZWOLLE_WEIGHTS, Test.PROJECT_GROUP: Weight.HARD}, "group_needed": 5},
            "project_group",
            "level",
        ),
        ({"weights": {**ZWOLLE_WEIGHTS, Test.IN_TIME: Weight.HARD}}, "in_time", "ready_before"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_at_saving(rules: dict[str, object], one: str, other: str) -> None:
    verdict = may_change_card(DRAFT, PHASES, replace(RULES, **rules))  # type: ignore[arg-type]
    assert verdict == refused(Refusal.RULEBOOK_CONTRADICTS, one=one, other=other)


def test_a_vote_below_meebeslissen_is_refused_at_saving() -> None:
    lowered = tuple(replace(phase, level=Level.MEEDOEN) if phase.kind is PhaseKind.VOTE else phase for phase in PHASES)
    assert may_change_card(DRAFT, lowered, RULES) == refused(Refusal.VOTE_NEEDS_MEEBESLISSEN, position=3)


@pytest.mark.parametrize("status", [TrajectStatus.DRAFT, TrajectStatus.CLOSED])
def test_a_traject_that_is_not_open_has_no_running_phase(status: TrajectStatus) -> None:
    assert TrajectFacts(status, "/1/", PHASES).place_at(MOMENT) == Place("/1/")


def test_an_open_traject_is_where_its_phase_is() -> None:
    facts = TrajectFacts(TrajectStatus.OPEN, "/1/", PHASES)
    assert facts.place_at(MOMENT) == Place("/1/", PhaseKind.COLLECT, Level.MEEDENKEN)
