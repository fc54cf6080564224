"""May asks: who, where, which phase, which level, in that order."""

import pytest

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, NOBODY, TABLE, Actor, Do, Grant, Place, Role, may, may_be_given
from participatie.spelregels.phases import PhaseKind
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
    assert may(RESIDENT, Do.SUPPORT_IDEA, voting) == refused(Refusal.WRONG_PHASE, phases="inzamelen")
    author = Actor(account_id=1, home_path=BUURT, is_author=True)
    assert may(author, Do.WITHDRAW_IDEA, voting) == refused(Refusal.WRONG_PHASE, phases="inzamelen, toetsen")


def test_at_meeweten_nobody_can_submit_support_or_vote() -> None:
    for actor, do, kind in (
        (RESIDENT, Do.SUBMIT_IDEA, PhaseKind.COLLECT),
        (RESIDENT, Do.SUPPORT_IDEA, PhaseKind.COLLECT),
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
