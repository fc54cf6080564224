"""May asks: who, where, which phase, which level, in that order."""

import pytest

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, NOBODY, TABLE, Actor, Do, Grant, Place, Role, may, may_be_given
from participatie.spelregels.phases import OPEN_TO_INPUT, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, refused

WIJK = "/1/2/3/"
BUURT = "/1/2/3/7/"
NEIGHBOURING_WIJK = "/1/2/30/"
COLLECTING = Place(WIJK, PhaseKind.COLLECT, Level.MEEDENKEN)
RESIDENT = Actor(account_id=1, home_path=BUURT)


def holder(role: Role, area_path: str) -> Actor:
    return Actor(account_id=2, grants=frozenset({Grant(role, area_path)}))


def test_a_resident_of_a_buurt_is_a_resident_of_its_wijk_and_not_of_the_next() -> None:
    assert may(RESIDENT, Do.SUBMIT_IDEA, COLLECTING) == Allowed()
    elsewhere = Place(NEIGHBOURING_WIJK, PhaseKind.COLLECT, Level.MEEDENKEN)
    assert may(RESIDENT, Do.SUBMIT_IDEA, elsewhere) == refused(Refusal.NOT_YOUR_AREA)


def test_a_resident_of_the_wijk_is_no_resident_of_one_of_its_buurten() -> None:
    home = Actor(account_id=1, home_path=WIJK)
    assert may(home, Do.SUBMIT_IDEA, Place(BUURT, PhaseKind.COLLECT, Level.MEEDENKEN)) == refused(Refusal.NOT_YOUR_AREA)


def test_whoever_is_not_logged_in_is_asked_to_log_in_first() -> None:
    for do in Do:
        assert may(NOBODY, do, COLLECTING) == refused(Refusal.LOG_IN_FIRST)


def test_a_voter_without_account_is_not_sent_to_a_login_that_does_not_help() -> None:
    voter = Actor(is_voter=True)
    assert may(voter, Do.CAST_BALLOT, COLLECTING) == refused(Refusal.WRONG_PHASE, phases="stemmen")
    assert may(voter, Do.HIDE_IDEA, COLLECTING) == refused(Refusal.NOT_YOUR_ROLE, roles="moderator")


@pytest.mark.parametrize("role", GRANTED)
def test_a_grant_reaches_down_and_never_up_or_aside(role: Role) -> None:
    actor = holder(role, WIJK)
    assert role in actor.roles_at(WIJK)
    assert role in actor.roles_at(BUURT)
    assert role not in actor.roles_at("/1/2/")
    assert role not in actor.roles_at(NEIGHBOURING_WIJK)


def test_only_a_running_phase_opens_what_residents_do() -> None:
    assert may(RESIDENT, Do.SUBMIT_IDEA, Place(WIJK)) == refused(Refusal.NO_PHASE_OPEN)


def test_another_kind_of_phase_is_refused_by_name() -> None:
    voting = Place(WIJK, PhaseKind.VOTE, Level.MEEBESLISSEN)
    gathering = "analyseren, agenderen, programmeren, inzamelen"
    assert may(RESIDENT, Do.SUPPORT_IDEA, voting) == refused(Refusal.WRONG_PHASE, phases=gathering)
    assert may(RESIDENT, Do.JOIN_IDEA, voting) == refused(Refusal.WRONG_PHASE, phases="inzamelen, toetsen, uitvoeren")
    author = Actor(account_id=1, home_path=BUURT, is_author=True)
    assert may(author, Do.WITHDRAW_IDEA, voting) == refused(Refusal.WRONG_PHASE, phases=f"{gathering}, toetsen")


@pytest.mark.parametrize("kind", list(PhaseKind))
def test_residents_put_in_while_a_wijk_is_looked_at_its_agenda_and_programme_are_made_and_ideas_collected(
    kind: PhaseKind,
) -> None:
    place = Place(WIJK, kind, Level.MEEDENKEN)
    for do in (Do.SUBMIT_IDEA, Do.SUPPORT_IDEA, Do.TELL_ABOUT_SELF):
        assert bool(may(RESIDENT, do, place)) is (kind in OPEN_TO_INPUT), do


@pytest.mark.parametrize("role", [Role.HELPER, Role.MODERATOR])
def test_whoever_writes_down_an_idea_of_another_does_so_when_that_resident_could(role: Role) -> None:
    assert may(holder(role, WIJK), Do.ENTER_IDEA, COLLECTING)
    for place in (Place(WIJK, PhaseKind.ASSESS, Level.MEEDENKEN), Place(WIJK, PhaseKind.COLLECT, Level.MEEWETEN)):
        assert not may(holder(role, WIJK), Do.ENTER_IDEA, place)
    assert not may(RESIDENT, Do.ENTER_IDEA, COLLECTING)


def test_a_helper_may_write_down_and_nothing_else() -> None:
    helper = holder(Role.HELPER, WIJK)
    assert {do for do in Do if may(helper, do, COLLECTING)} == {
        Do.FOLLOW,
        Do.ENTER_IDEA,
        Do.ENTER_PAPER,
        Do.OFFER_TRANSLATION,
        Do.ENTER_REGISTRATION,
        Do.READ_SCORES,
    }


def test_the_college_answers_decides_and_gives_more_say_but_runs_no_traject() -> None:
    college = holder(Role.COLLEGE, WIJK)
    assert {do for do in Do if may(college, do, COLLECTING)} == {
        Do.FOLLOW,
        Do.OVERRIDE_TEST,
        Do.ANSWER_DISPUTE,
        Do.HAND_OVER_ANSWER,
        Do.RECORD_PROMISE,
        Do.READ_ANOMALIES,
        Do.READ_BALANCE,
        Do.CHANGE_LEVEL,
        Do.PUBLISH_BESLUIT,
        Do.READ_AUDIT,
        Do.ENTER_NUMBER,
        Do.ANSWER_ADVICE,
        Do.JUDGE_APPEAL,
    }


def test_at_meeweten_nobody_can_submit_support_join_or_vote() -> None:
    for actor, do, kind in (
        (RESIDENT, Do.SUBMIT_IDEA, PhaseKind.COLLECT),
        (RESIDENT, Do.SUPPORT_IDEA, PhaseKind.COLLECT),
        (RESIDENT, Do.JOIN_IDEA, PhaseKind.EXECUTE),
        (RESIDENT, Do.TELL_ABOUT_SELF, PhaseKind.ANALYSE),
        (Actor(is_voter=True), Do.CAST_BALLOT, PhaseKind.VOTE),
    ):
        verdict = may(actor, do, Place(WIJK, kind, Level.MEEWETEN))
        assert verdict == refused(Refusal.LEVEL_TOO_LOW, level=Level.MEEWETEN, needed=TABLE[do].level)


@pytest.mark.parametrize("level", [Level.MEEWETEN, Level.MEEDENKEN, Level.MEEDOEN])
def test_a_vote_opens_at_meebeslissen_alone(level: Level) -> None:
    manager = holder(Role.WIJKMANAGER, WIJK)
    verdict = may(manager, Do.OPEN_VOTE, Place(WIJK, PhaseKind.VOTE, level))
    assert verdict == refused(Refusal.LEVEL_TOO_LOW, level=level, needed=Level.MEEBESLISSEN)
    assert may(manager, Do.OPEN_VOTE, Place(WIJK, PhaseKind.VOTE, Level.MEEBESLISSEN))


def test_running_a_traject_needs_no_running_phase() -> None:
    assert may(holder(Role.WIJKMANAGER, WIJK), Do.MANAGE_ROUND, Place(WIJK))
    assert may(holder(Role.MODERATOR, WIJK), Do.HIDE_IDEA, Place(WIJK))


@pytest.mark.parametrize("role", list(Role))
def test_only_a_role_that_does_not_follow_from_what_somebody_does_is_given(role: Role) -> None:
    assert may_be_given(role) == (Allowed() if role in GRANTED else refused(Refusal.ROLE_NOT_GIVEN))
