"""The presets say what the seeds say, and plan their phases on the calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from participatie.allocation import Leftover, Rule
from participatie.blueprints.wijkbudget.forms import KINDS
from participatie.settings import ROOT
from participatie.spelregels.duties import Duty, DutyFigures, DutyState, Terms, obligations
from participatie.spelregels.ideas import (
    ZWOLLE_WEIGHTS,
    IdeaFacts,
    IdeaStatus,
    Party,
    Proposer,
    Test,
    Weight,
    may_admit,
    may_ask_once,
    may_be_tabled,
    test_outcomes,
)
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind, may_plan_phases
from participatie.spelregels.presets import DayOfYear, Preset, read_preset, shipped
from participatie.spelregels.presets.shapes import DIVIDED_BY, LEFTOVERS, ON_SCREEN
from participatie.spelregels.rulesets import (
    Division,
    Earned,
    PanelTerms,
    PayoutPart,
    contradiction_in_rules,
    ruleset_from,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Refused
from participatie.spelregels.votes import BallotKind

FILES = sorted((ROOT / "participatie" / "spelregels" / "presets").glob("*.toml"))
PLACES = {
    "almelo-geluksbudget", "almelo-wijkfonds", "arnhem", "delft", "delft-knelpunten", "dordrecht", "heerlen",
    "leeuwarden-doen", "rotterdam-botu-2022", "rotterdam-botu-2023", "toronto", "utrecht-overvecht", "zwolle",
}  # fmt: skip
#: Presets of no place: an example of ours.
OWN_EXAMPLES = {"straatkeuze", "straatpeiling"}
MOMENT = datetime(2026, 5, 4, 10, tzinfo=UTC)


def asked(preset: Preset) -> dict[Test, Weight]:
    """The tests that are asked at all."""
    return {test: weight for test, weight in preset.rules.weights.items() if weight is not Weight.OFF}


def steps(preset: Preset) -> list[tuple[PhaseKind, Level]]:
    return [(phase.kind, phase.level) for phase in preset.phases]


ANALYSE, AGENDA, PROGRAMME = PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.PROGRAMME
COLLECT, ASSESS, EXECUTE, ACCOUNT = PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.EXECUTE, PhaseKind.ACCOUNT
HARD, SOFT = Weight.HARD, Weight.SOFT
THINK, JOIN = Level.MEEDENKEN, Level.MEEDOEN
IN_PARTS = (PayoutPart(40, Earned.GOAL), PayoutPart(40, Earned.INTERIM), PayoutPart(20, Earned.FINAL))

#: Seed and line, preset, what of it, and what the line says.
SEEDS: list[tuple[str, str, Callable[[Preset], object], object]] = [
    ("004:1157 seven tests", "zwolle", lambda it: it.rules.weights | {}, {**dict.fromkeys(Test, Weight.OFF), **ZWOLLE_WEIGHTS}),
    ("004:1176 others 'where possible'", "zwolle", lambda it: it.rules.weight(Test.THIRD_PARTY_MONEY), SOFT),
    ("004 Z4 threshold 50", "zwolle", lambda it: it.rules.dominance_percent, 50),
    ("004:539 five phases", "delft", lambda it: [kind for kind, _level in steps(it)], [ANALYSE, AGENDA, PROGRAMME, EXECUTE, ACCOUNT]),
    ("004:539 analysis and report: consultation", "delft", lambda it: (steps(it)[0][1], steps(it)[4][1]), (THINK, THINK)),
    ("004:800 execution: residents carry out", "delft", lambda it: steps(it)[3][1], JOIN),
    ("004:624 no individual interest", "delft", asked, {Test.PUBLIC_INTEREST: HARD}),
    ("004:723 residents react to the draft", "delft", lambda it: it.rules.reaction_days > 0, True),
    ("004:729 spending adopted by the college", "delft", lambda it: it.rules.division, Division.AWARD),
    ("004:439 quick, without a goal test", "delft-knelpunten", asked, {}),
    ("004:439 awarded", "delft-knelpunten", lambda it: it.rules.division, Division.AWARD),
    ("004 D3 within its term", "delft-knelpunten", lambda it: it.rules.execution_days is not None, True),
    ("000:1571, 000:1583", "leeuwarden-doen", asked, {Test.INITIATIVE: HARD, Test.NO_OVERHEAD: HARD}),
    ("000:1125 residents make the final choices", "leeuwarden-doen", lambda it: it.rules.division, Division.VOTE),
    ("000:1575 adviesplatform from the areas", "leeuwarden-doen", lambda it: it.rules.panel and it.rules.panel.recruited, ("gebieden",)),
    ("000:738 fund of 200,000", "almelo-wijkfonds", lambda it: it.rules.pot_cents, 200_000_00),
    ("000:738 project group or not", "almelo-wijkfonds", asked, {Test.PROJECT_GROUP: HARD}),
    ("000 F4 a member of the project group", "almelo-wijkfonds", lambda it: it.rules.group_needed, 1),
    ("000:738 joining before the award", "almelo-wijkfonds", lambda it: steps(it)[:2], [(COLLECT, JOIN), (ASSESS, JOIN)]),
    ("000:738 no vote", "almelo-wijkfonds", lambda it: it.rules.division, Division.AWARD),
    ("000:722 750 euros", "almelo-geluksbudget", lambda it: it.rules.plan_cap_cents, 750_00),
    ("000:722 once for each household", "almelo-geluksbudget", lambda it: it.rules.once_per_household, True),
    ("000:722 awarded", "almelo-geluksbudget", lambda it: it.rules.division, Division.AWARD),
    ("000:1095, 000:1077", "heerlen", asked, {Test.THREE_PARTIES: HARD, Test.IN_TIME: HARD}),
    ("000:1077 before 31 December", "heerlen", lambda it: it.ready_before, DayOfYear(12, 31)),
    ("000:933 residents set the priorities", "dordrecht", lambda it: it.rules.division, Division.VOTE),
    ("000:933 in a way that is on screen", "dordrecht", lambda it: it.rules.ballot_kind, BallotKind.APPROVAL),
    ("000:933 most votes first", "dordrecht", lambda it: it.rules.rule, "greedy"),
    ("000:316 40/40/20", "arnhem", lambda it: it.rules.payout, IN_PARTS),
    ("000:517 residents add to the plan", "arnhem", lambda it: {level for _kind, level in steps(it)}, {THINK}),
    ("001:3496 300,000", "rotterdam-botu-2022", lambda it: it.rules.pot_cents, 300_000_00),
    ("001:3528 30,000", "rotterdam-botu-2022", lambda it: it.rules.plan_cap_cents, 30_000_00),
    ("001:3500, 001:3528 the commission", "rotterdam-botu-2022", lambda it: it.rules.panel, PanelTerms(40, ("netwerk", "loting"), traffic_light=True)),
    ("001:3496 300,000", "rotterdam-botu-2023", lambda it: it.rules.pot_cents, 300_000_00),
    ("001:3528 30,000", "rotterdam-botu-2023", lambda it: it.rules.plan_cap_cents, 30_000_00),
    ("001:3532 one to five", "rotterdam-botu-2023", lambda it: it.rules.panel and it.rules.panel.scores, (1, 5)),
    ("001:3532 which before how much", "rotterdam-botu-2023", lambda it: it.rules.panel and it.rules.panel.which_before_how_much, True),
    ("001:3810 with others; money of others asked", "utrecht-overvecht", asked, {Test.FITS_THE_PLAN: HARD, Test.WITH_OTHERS: HARD, Test.THIRD_PARTY_MONEY: SOFT}),
    ("001:2712 no money", "toronto", lambda it: (it.rules.division, it.rules.pot_cents), (Division.NONE, None)),
    ("001:2712 all who want take part", "toronto", lambda it: {level for _kind, level in steps(it)}, {JOIN}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "what", "said"), [pytest.param(*case, id=f"{line}: {case[0]}") for line, *case in SEEDS]
)
def test_a_preset_says_what_the_seed_says(key: str, what: Callable[[Preset], object], said: object) -> None:
    """Each case is named after the seed and its line."""
    assert what(shipped()[key]) == said


def test_every_place_has_its_preset() -> None:
    assert set(shipped()) == PLACES | OWN_EXAMPLES == {file.stem for file in FILES}
    assert {key for _line, key, _what, _said in SEEDS} == PLACES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_preset_can_be_opened_as_a_traject(file: Path) -> None:
    preset = shipped()[file.stem]
    planned = preset.planned_from(date(2026, 11, 23))
    phases = [
        PhaseFacts(it.kind, it.level, midnight(it.first_day), midnight(it.last_day + timedelta(1))) for it in planned
    ]
    rules = preset.rules_from(date(2026, 11, 23))
    assert may_plan_phases(phases) == Allowed()
    assert contradiction_in_rules(rules, phases) == Allowed()
    assert rules.name == preset.key
    assert ruleset_from(rules.as_document()) == rules
    assert "seed" in preset.source or (preset.key in OWN_EXAMPLES and preset.source == "eigen voorbeeld")
    assert preset.summary.endswith(".")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def test_the_words_of_the_files_are_those_of_the_program() -> None:
    """`spelregels` may not ask `allocation` or the screens, so that its lists are compared here."""
    assert set(DIVIDED_BY) == {rule.value for rule in Rule}
    assert set(LEFTOVERS) == {leftover.value for leftover in Leftover}
    assert ON_SCREEN == KINDS


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_year_of_delft_follows_its_calendar(year: int) -> None:
    """Seed 004:577: analysis and agenda just after summer, programme in December, execution from January."""
    delft = shipped()["delft"]
    first_day = delft.first_day_from(date(year, 2, 10))
    analysis, agenda, programme, execution, report = delft.planned_from(first_day)
    assert (analysis.first_day, agenda.last_day.month) == (date(year, 5, 1), 9)
    assert (programme.first_day.month, programme.last_day) == (9, date(year, 12, 31))
    assert execution.first_day == date(year + 1, 1, 1)
    assert (report.first_day.month, report.last_day.month) == (12, 4)
    assert report.first_day.day > 20


def test_phases_follow_each_other_without_a_gap() -> None:
    planned = shipped()["zwolle"].planned_from(date(2026, 5, 4))
    assert planned[0].first_day == date(2026, 5, 4)
    assert planned[0].last_day == date(2026, 6, 14)
    for before, after in pairwise(planned):
        assert after.first_day == before.last_day + timedelta(days=1)


@pytest.mark.parametrize("today", [date(2026, 5, 4), date(2026, 5, 9), date(2026, 5, 10)])
def test_the_first_day_that_is_proposed_is_the_next_monday(today: date) -> None:
    assert shipped()["zwolle"].first_day_from(today) == date(2026, 5, 11)


@pytest.mark.parametrize(
    ("first_day", "until"), [(date(2026, 5, 4), date(2026, 12, 31)), (date(2026, 11, 23), date(2027, 12, 31))]
)
def test_the_end_date_of_heerlen_gets_its_year_when_the_traject_is_made(first_day: date, until: date) -> None:
    """Seed 000:1077; never before the phases are over."""
    heerlen = shipped()["heerlen"]
    assert heerlen.rules.ready_before is None
    assert heerlen.rules_from(first_day).ready_before == until
    assert heerlen.planned_from(first_day)[-1].last_day <= until


def an_idea(**facts: object) -> IdeaFacts:
    return IdeaFacts(IdeaStatus.PUBLISHED, hidden=False, author_id=1, support=0, cost_cents=500_00, **facts)  # type: ignore[arg-type]


def verdict_of(key: str, idea: IdeaFacts, **assessed: bool) -> object:
    """What admitting says under the rules of a preset, begun on 4 May 2026: `PUBLIC_INTEREST=False` is an outcome."""
    rules = shipped()[key].rules_from(date(2026, 5, 4))
    outcomes = test_outcomes(idea, {Test[name]: passed for name, passed in assessed.items()}, rules.terms(), ())
    verdict = may_admit(idea, outcomes, rules.terms(), cap_cents=rules.plan_cap_cents)
    return verdict.code if isinstance(verdict, Refused) else verdict


DRIEHOEK = (Party.RESIDENT, Party.ORGANISATION, Party.GEMEENTE)


@pytest.mark.parametrize(
    ("key", "idea", "assessed", "said"),
    [
        pytest.param("delft", an_idea(), {"PUBLIC_INTEREST": False}, Refusal.ONE_PERSONS_INTEREST, id="004 D2"),
        pytest.param("delft-knelpunten", an_idea(), {}, Allowed(), id="004 D3 no goal test"),
        pytest.param("leeuwarden-doen", an_idea(overhead_cents=1), {}, Refusal.OVERHEAD, id="000 F5 one cent"),
        pytest.param("leeuwarden-doen", an_idea(), {}, Allowed(), id="000 F5 a resident's plan"),
        pytest.param("almelo-wijkfonds", an_idea(), {}, Refusal.NO_PROJECT_GROUP, id="000 F4"),
        pytest.param("almelo-wijkfonds", an_idea(parties=DRIEHOEK[:1]), {}, Allowed(), id="000 F4 with a member"),
        pytest.param("heerlen", an_idea(parties=DRIEHOEK[:2], ready_on=date(2026, 12, 31)), {}, Refusal.PARTY_MISSING, id="000 F7 two"),
        pytest.param("heerlen", an_idea(parties=DRIEHOEK, ready_on=date(2027, 1, 1)), {}, Refusal.NOT_IN_TIME, id="000 F7 late"),
        pytest.param("heerlen", an_idea(parties=DRIEHOEK, ready_on=date(2026, 12, 31)), {}, Allowed(), id="000 F7"),
        pytest.param("utrecht-overvecht", an_idea(), {"FITS_THE_PLAN": True}, Refusal.NO_PARTNER, id="001 F8"),
        pytest.param("utrecht-overvecht", an_idea(partner=True), {"FITS_THE_PLAN": True}, Allowed(), id="001 F8 only warns"),
    ],
)  # fmt: skip
def test_an_idea_meets_the_rules_of_the_place(
    key: str, idea: IdeaFacts, assessed: dict[str, bool], said: object
) -> None:
    """The fixtures of the seeds that are rules about one idea."""
    assert verdict_of(key, idea, **assessed) == said


@pytest.mark.parametrize(("key", "most"), [("rotterdam-botu-2022", 30_000_00), ("almelo-geluksbudget", 750_00)])
def test_a_plan_one_cent_above_the_cap_is_refused(key: str, most: int) -> None:
    """F1 of seed 001 and F3 of seed 000."""
    rules = shipped()[key].rules
    for cost, said in ((most, True), (most + 1, False)):
        idea = IdeaFacts(IdeaStatus.PUBLISHED, hidden=False, author_id=1, support=0, cost_cents=cost)
        assert bool(may_admit(idea, {}, rules.terms(), cap_cents=rules.plan_cap_cents)) is said


def test_a_professional_plan_is_not_tabled_in_leeuwarden() -> None:
    """F5 of seed 000."""
    weights = shipped()["leeuwarden-doen"].rules.weights
    assert not may_be_tabled(Proposer.PROFESSIONAL, "Stichting Welzijn", weights)
    assert may_be_tabled(Proposer.RESIDENTS, "Buurtvereniging", weights)


def test_a_household_asks_once_in_almelo() -> None:
    """F3 of seed 000."""
    once = shipped()["almelo-geluksbudget"].rules.once_per_household
    assert not may_ask_once(once=once, household="7551AB 3", had_one=True)
    assert may_ask_once(once=once, household="7551AB 3", had_one=False)


def test_quick_fixes_are_owed_within_their_term_at_any_level() -> None:
    """D3 of seed 004: nobody decides along there, and yet the term that was promised holds."""
    rules = shipped()["delft-knelpunten"].rules
    phases = [PhaseFacts(EXECUTE, JOIN, MOMENT, MOMENT + timedelta(days=365))]
    figures = DutyFigures(MOMENT, MOMENT, besluit_needed=True, besluit_at=MOMENT, plans_not_done=2)

    def state_after(days: int, execution_days: int | None) -> DutyState | None:
        owed = obligations(phases, figures, Terms(14, 60, execution_days), MOMENT + timedelta(days=days))
        return next((each.state for each in owed if each.duty is Duty.CARRY_OUT), None)

    assert rules.execution_days is not None
    assert state_after(rules.execution_days, rules.execution_days) is DutyState.DUE
    assert state_after(rules.execution_days + 1, rules.execution_days) is DutyState.OVERDUE
    assert state_after(300, None) is DutyState.DUE, "without a term the end of the last phase counts"


def test_a_preset_holds_no_code() -> None:
    """Its file alone makes it: reading the same text under another name gives the same rules."""
    text = FILES[-1].read_text()
    copy = read_preset(text, "onze-wijk.toml")
    assert isinstance(copy, Preset)
    assert copy.rules.name == copy.key == "onze-wijk"
    assert copy.phases == shipped()[FILES[-1].stem].phases
