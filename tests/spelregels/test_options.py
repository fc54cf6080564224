"""Polls are advice, options have no pot, and what was done with advice is always said."""

from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Withheld, may_publish_besluit
from participatie.spelregels.duties import Duty, DutyFigures, DutyState, Terms, obligations
from participatie.spelregels.levels import Level
from participatie.spelregels.options import may_be_option, may_choose_so, may_open_choice
from participatie.spelregels.permissions import AS_ADVICE, TABLE, Do, Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind, asks_advice, ballot_phase, may_plan_phases
from participatie.spelregels.presets import read_preset
from participatie.spelregels.rulesets import (
    Division,
    RuleSet,
    contradiction_in_rules,
    may_award_here,
    may_choose_here,
    may_have_a_round,
    may_have_money,
    may_vote_here,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus
from tests.spelregels.test_preset_mistakes import SOURCES, changed, line_with, mistakes_in

BEGIN = datetime(2026, 5, 4, tzinfo=UTC)
WEEK = timedelta(weeks=1)
OPTIONS = RuleSet(division=Division.OPTIONS)


def phases(*steps: tuple[PhaseKind, Level]) -> list[PhaseFacts]:
    return [
        PhaseFacts(kind, level, BEGIN + at * WEEK, BEGIN + (at + 1) * WEEK) for at, (kind, level) in enumerate(steps)
    ]


POLL = phases((PhaseKind.POLL, Level.MEEDENKEN), (PhaseKind.DECIDE, Level.MEEDENKEN))
VOTE = phases((PhaseKind.VOTE, Level.MEEBESLISSEN), (PhaseKind.DECIDE, Level.MEEBESLISSEN))


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [(PhaseKind.POLL, {Level.MEEDENKEN, Level.MEEDOEN}), (PhaseKind.VOTE, {Level.MEEBESLISSEN})],
)
@pytest.mark.parametrize("level", list(Level))
def test_ballots_have_a_level_of_their_own(kind: PhaseKind, fitting: set[Level], level: Level) -> None:
    code = Refusal.POLL_IS_ADVICE if kind is PhaseKind.POLL else Refusal.VOTE_NEEDS_MEEBESLISSEN
    wanted: Verdict = Allowed() if level in fitting else refused(code, position=1)
    assert may_plan_phases(phases((kind, level))) == wanted


def test_a_poll_is_found_as_the_phase_of_ballots() -> None:
    assert (ballot_phase(POLL), ballot_phase(VOTE), ballot_phase(VOTE[1:])) == (POLL[0], VOTE[0], None)
    assert (asks_advice(POLL), asks_advice(VOTE)) == (True, False)


def test_the_acts_of_a_poll_are_in_no_phase_of_a_vote() -> None:
    for vote, poll in AS_ADVICE.items():
        assert TABLE[vote].during == {PhaseKind.VOTE}
        assert TABLE[poll].during == {PhaseKind.POLL}
        assert (TABLE[vote].level, TABLE[poll].level) == (Level.MEEBESLISSEN, Level.MEEDENKEN)
        assert TABLE[vote].roles == TABLE[poll].roles
    assert TABLE[Do.CAST_ADVICE].roles == {Role.VOTER}


@pytest.mark.parametrize(
    ("rules", "planned", "pair"),
    [
        (RuleSet(), [*POLL, *VOTE], ("vote_phase", "poll_phase")),
        (OPTIONS, POLL[1:], ("division", "phases")),
        (RuleSet(division=Division.AWARD), POLL, ("division", "phases")),
        (RuleSet(division=Division.OPTIONS, pot_cents=1), VOTE, ("division", "pot")),
        (RuleSet(division=Division.OPTIONS, ballot_kind=BallotKind.KNAPSACK), VOTE, ("division", "ballot_kind")),
        (RuleSet(division=Division.OPTIONS, rule="greedy"), VOTE, ("division", "rule")),
        (RuleSet(rule="most-votes"), VOTE, ("division", "rule")),
    ],
)
def test_what_cannot_go_together_is_named(rules: RuleSet, planned: list[PhaseFacts], pair: tuple[str, str]) -> None:
    one, other = pair
    assert contradiction_in_rules(rules, planned) == refused(Refusal.RULEBOOK_CONTRADICTS, one=one, other=other)


@pytest.mark.parametrize("planned", [POLL, VOTE], ids=["poll", "vote"])
@pytest.mark.parametrize("rules", [RuleSet(), OPTIONS], ids=["money", "options"])
def test_money_and_options_go_with_a_vote_and_with_a_poll(rules: RuleSet, planned: list[PhaseFacts]) -> None:
    assert contradiction_in_rules(rules, planned) == Allowed()


def test_a_choice_has_a_round_and_ballots_and_no_money() -> None:
    assert may_vote_here(OPTIONS) == may_choose_here(OPTIONS) == may_have_a_round(OPTIONS) == Allowed()
    assert may_have_money(OPTIONS) == may_award_here(OPTIONS) == refused(Refusal.NO_MONEY_HERE)
    assert may_choose_here(RuleSet()) == refused(Refusal.NO_OPTIONS_HERE)
    assert may_have_a_round(RuleSet(division=Division.NONE)) == refused(Refusal.NO_MONEY_HERE)


def test_a_choice_is_counted_by_most_votes_as_it_was_promised() -> None:
    terms = (0, BallotKind.RANKING, "most-votes", "none")
    assert may_choose_so(None, terms) == may_choose_so(BallotKind.RANKING, terms) == Allowed()
    assert may_choose_so(BallotKind.APPROVAL, terms) == refused(Refusal.RULES_SAY_OTHERWISE, one="ballot_kind")


@pytest.mark.parametrize(("options", "seats", "opens"), [(1, 1, False), (2, 1, True), (2, 2, False), (3, 2, True)])
def test_a_choice_leaves_something_to_lose(options: int, seats: int, opens: bool) -> None:
    assert bool(may_open_choice(options, seats)) is opens


def test_two_options_are_never_called_the_same() -> None:
    assert may_be_option("Plein", ["Straat"]) == Allowed()
    assert may_be_option(" plein", ["PLEIN "]) == refused(Refusal.OPTION_TWICE)


@pytest.mark.parametrize("use", [None, *AdviceUse])
def test_a_besluit_after_advice_says_what_was_done_with_it(use: AdviceUse | None) -> None:
    verdict = may_publish_besluit(
        RoundStatus.COUNTED, motivation="Daarom.", deviates=True, ground=None, is_advice=True, advice_use=use
    )
    assert verdict == (refused(Refusal.ADVICE_UNANSWERED) if use is None else Allowed())


def test_a_besluit_after_a_vote_is_bound_as_before() -> None:
    verdict = may_publish_besluit(
        RoundStatus.COUNTED, motivation="Daarom.", deviates=True, ground=None, advice_use=AdviceUse.NOT_FOLLOWED
    )
    assert verdict == refused(Refusal.DEVIATION_WITHOUT_GROUND)
    grounded = may_publish_besluit(
        RoundStatus.COUNTED,
        motivation="Daarom.",
        deviates=True,
        ground=DeviationGround.LAW,
        withheld=Withheld({2}, {2}),
    )
    assert grounded == Allowed()
    silent = may_publish_besluit(
        RoundStatus.COUNTED, motivation=" ", deviates=False, ground=None, is_advice=True, advice_use=AdviceUse.FOLLOWED
    )
    assert silent == refused(Refusal.REASON_MISSING)


def test_who_asks_for_advice_owes_a_besluit_at_any_level() -> None:
    figures = DutyFigures(BEGIN, BEGIN, besluit_needed=True, chooses=True)
    owed = {each.duty: each for each in obligations(POLL, figures, Terms(42, 60), BEGIN + 7 * WEEK + WEEK)}
    assert owed[Duty.BESLUIT].state is DutyState.OVERDUE
    assert owed[Duty.BESLUIT].due_at == POLL[0].ends_at + timedelta(days=42)
    assert not {Duty.CARRY_OUT, Duty.RESPONSIBLE} & set(owed)
    plain = phases((PhaseKind.COLLECT, Level.MEEDENKEN))
    assert Duty.BESLUIT not in {each.duty for each in obligations(plain, figures, Terms(42, 60), BEGIN)}


# Presets.


@pytest.mark.parametrize(
    ("key", "start", "new", "expected"),
    [
        ("straatpeiling", "level", 'level = "meebeslissen"', 'bij een fase "peilen" het niveau meedenken of meedoen'),
        ("straatkeuze", "rule", 'rule = "greedy"', 'de rule "most-votes" bij division = "keuze uit opties"'),
        ("straatkeuze", "leftover", 'leftover = "none"', 'bij leftover: "geen"'),
        ("straatkeuze", "ballot_kind", 'ballot_kind = "knapsack"', 'een ballot_kind alleen bij division = "stemmen"'),
        ("straatkeuze", "plan_cap_euros", "plan_cap_euros = 5", '"geen", want er is geen geld'),
        ("zwolle", "rule", 'rule = "most-votes"', 'de rule "most-votes" bij division = "keuze uit opties"'),
    ],
)
def test_a_preset_of_a_choice_that_contradicts_itself_is_named(key: str, start: str, new: str, expected: str) -> None:
    line = line_with(SOURCES[key], start)
    found = [it.expected for it in mistakes_in(changed(SOURCES[key], start, new)) if it.line == line]
    assert any(expected in said for said in found), found


def test_a_preset_votes_or_polls_and_not_both() -> None:
    poll = '[[phases]]\nkind = "peilen"\nlevel = "meedenken"\nweeks = 2\n\n[tests]'
    found = mistakes_in(SOURCES["straatkeuze"].replace("[tests]", poll))
    assert any("en niet allebei" in it.expected for it in found)
    assert not isinstance(read_preset(SOURCES["straatkeuze"], "eigen.toml"), tuple)
