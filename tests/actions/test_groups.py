"""Taking part in an idea, and setting a failed test aside with two people."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.groups import give_opinion, join_idea, propose_override
from participatie.actions.ideas import admit_idea, assess_idea, reject_idea
from participatie.models.accounts import Account, RoleGrant
from participatie.models.audit import AuditRow
from participatie.models.groups import Override, Participant
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.overrides import OverrideState
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    OTHER_ROUTE,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
)

ONE_TEST = RuleSet(name="proef", weights={Test.FEASIBLE: Weight.HARD, Test.FITS_THE_PLAN: Weight.SOFT})
WHY = "Het is de enige speelplek in de buurt."


def open_to_joining(session: Session) -> Idea:
    return an_idea(session, a_traject(session, level=Level.MEEDOEN))


def failing(session: Session, clock: TurnableClock) -> Idea:
    """An idea that fails its one hard test and its one soft one, ready to be answered."""
    traject = a_traject(session, rules=ONE_TEST)
    a_round(session, traject=traject, plans=[], opened=False)
    idea = an_idea(session, traject)
    said_no = dict.fromkeys(ONE_TEST.weights, (False, "Er ligt een gasleiding."))
    done(assess_idea(session, official(session), idea, said_no, 100_000, clock.now))
    session.commit()
    return idea


def official(session: Session, role: Role = Role.ASSESSOR) -> Actor:
    return an_account(session, role=role).actor()


def test_a_neighbour_takes_part_once(session: Session, clock: TurnableClock) -> None:
    idea, neighbour = open_to_joining(session), a_resident(session)
    joined = done(join_idea(session, neighbour, idea, Party.RESIDENT, "", " Elke zaterdag een uur. ", clock.now))
    session.commit()
    assert (joined.party, joined.offer, joined.since) == (Party.RESIDENT, "Elke zaterdag een uur.", clock.now)
    again = join_idea(session, neighbour, idea, Party.ORGANISATION, "De speeltuinclub", "", clock.now)
    assert again == refused(Refusal.ALREADY_IN_GROUP)
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.JOIN_IDEA)).one()
    assert row.facts == {"party": "bewoner"}, "no typed text in the audit log"


@pytest.mark.parametrize("level", list(Level))
def test_from_meedoen_up_residents_take_part(session: Session, clock: TurnableClock, level: Level) -> None:
    traject = a_traject(session, level=level if level is not Level.MEEWETEN else Level.MEEDENKEN)
    idea = an_idea(session, traject)
    traject.phases[0].level = level
    session.commit()
    outcome = join_idea(session, a_resident(session), idea, Party.RESIDENT, "", "", clock.now)
    if level.reaches(Level.MEEDOEN):
        done(outcome)
    else:
        assert outcome == refused(Refusal.LEVEL_TOO_LOW, level=level, needed=Level.MEEDOEN)


def test_nobody_from_elsewhere_and_nobody_for_the_gemeente_but_its_staff(
    session: Session, clock: TurnableClock
) -> None:
    idea = open_to_joining(session)
    stranger = an_account(session, area=a_gemeente(session).buurten[-1])
    assert join_idea(session, stranger, idea, Party.RESIDENT, "", "", clock.now) == refused(Refusal.NOT_YOUR_AREA)
    verdict = join_idea(session, a_resident(session), idea, Party.GEMEENTE, "", "", clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="toetser, wijkmanager")
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "Wij regelen de vergunning.", clock.now))


def test_the_gemeente_stands_beside_a_plan_in_any_phase(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session, a_traject(session, phase=PhaseKind.DECIDE))
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "", clock.now))
    verdict = join_idea(session, a_resident(session), idea, Party.RESIDENT, "", "", clock.now)
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.WRONG_PHASE


def test_an_organisation_says_its_name(session: Session, clock: TurnableClock) -> None:
    idea = open_to_joining(session)
    verdict = join_idea(session, a_resident(session), idea, Party.ORGANISATION, "  ", "Zand.", clock.now)
    assert verdict == refused(Refusal.ORGANISATION_MISSING)
    assert session.scalars(select(Participant)).all() == []


def test_two_people_set_a_test_aside_and_then_it_is_admitted(session: Session, clock: TurnableClock) -> None:
    """Fixture F17 of seed 003: not final until the second (311)."""
    idea, first = failing(session, clock), official(session)
    manager = a_wijkmanager(session).actor()
    made = done(propose_override(session, first, idea, Test.FEASIBLE, f" {WHY} ", clock.now))
    session.commit()
    assert (made.state(), made.reason) == (OverrideState.WAITS, WHY)
    assert admit_idea(session, manager, idea, "", "Ja.", clock.now, ALL_USED) == refused(Refusal.NOT_FEASIBLE)
    again = give_opinion(session, first, idea, Test.FEASIBLE, "Ik vind het nog steeds.", clock.now, agrees=True)
    assert again == refused(Refusal.SAME_PERSON)
    done(give_opinion(session, official(session), idea, Test.FEASIBLE, "Mee eens.", clock.now, agrees=True))
    session.commit()
    assert made.state() is OverrideState.GRANTED
    done(admit_idea(session, manager, idea, "", "Ja, bij uitzondering.", clock.now, ALL_USED))


@pytest.mark.parametrize("third_agrees", [True, False])
def test_a_third_settles_what_two_do_not_agree_on(session: Session, clock: TurnableClock, third_agrees: bool) -> None:
    """Fixture F17: a dispute goes to an independent third, who is neither of the two."""
    idea, first, second = failing(session, clock), official(session), official(session, Role.COLLEGE)
    made = done(propose_override(session, first, idea, Test.FEASIBLE, WHY, clock.now))
    done(give_opinion(session, second, idea, Test.FEASIBLE, "Te gevaarlijk.", clock.now, agrees=False))
    session.commit()
    assert made.state() is OverrideState.DISPUTED
    for involved in (first, second):
        verdict = give_opinion(session, involved, idea, Test.FEASIBLE, "Toch.", clock.now, agrees=True)
        assert verdict == refused(Refusal.SAME_PERSON)
    third = official(session)
    done(give_opinion(session, third, idea, Test.FEASIBLE, "Ik besluit.", clock.now, agrees=third_agrees))
    session.commit()
    assert idea.outcomes()[Test.FEASIBLE] is third_agrees
    late = give_opinion(session, official(session), idea, Test.FEASIBLE, "Ik ook.", clock.now, agrees=True)
    assert late == refused(Refusal.OVERRIDE_SETTLED)
    again = propose_override(session, official(session), idea, Test.FEASIBLE, "Nog eens.", clock.now)
    assert again == refused(Refusal.OVERRIDE_SETTLED if not third_agrees else Refusal.NOTHING_TO_OVERRIDE)


def test_only_a_hard_test_that_failed_is_set_aside(session: Session, clock: TurnableClock) -> None:
    idea = failing(session, clock)
    for test in (Test.FITS_THE_PLAN, Test.SUPPORT):
        verdict = propose_override(session, official(session), idea, test, WHY, clock.now)
        assert verdict == refused(Refusal.NOTHING_TO_OVERRIDE)
    verdict = give_opinion(session, official(session), idea, Test.FEASIBLE, "Ja.", clock.now, agrees=True)
    assert verdict == refused(Refusal.NOTHING_TO_OVERRIDE)
    verdict = propose_override(session, official(session), idea, Test.FEASIBLE, " ", clock.now)
    assert verdict == refused(Refusal.REASON_MISSING)


def test_an_answered_idea_has_nothing_to_set_aside(session: Session, clock: TurnableClock) -> None:
    idea = failing(session, clock)
    done(propose_override(session, official(session), idea, Test.FEASIBLE, WHY, clock.now))
    done(reject_idea(session, a_wijkmanager(session).actor(), idea, "Het kan niet.", clock.now, OTHER_ROUTE))
    session.commit()
    verdict = give_opinion(session, official(session), idea, Test.FEASIBLE, "Ja.", clock.now, agrees=True)
    assert verdict == refused(Refusal.IDEA_NOT_OPEN)


def test_an_official_has_no_voice_about_an_own_idea(session: Session, clock: TurnableClock) -> None:
    idea = failing(session, clock)
    idea.author.granted.append(RoleGrant(role=Role.COLLEGE, area=a_gemeente(session).gemeente))
    session.commit()
    own = refused(Refusal.OWN_JUDGEMENT)
    assert propose_override(session, idea.author.actor(), idea, Test.FEASIBLE, WHY, clock.now) == own
    done(propose_override(session, official(session), idea, Test.FEASIBLE, WHY, clock.now))
    assert give_opinion(session, idea.author.actor(), idea, Test.FEASIBLE, WHY, clock.now, agrees=True) == own


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.HELPER, Role.RAAD, Role.BEHEERDER])
def test_others_do_not_set_tests_aside(session: Session, clock: TurnableClock, role: Role) -> None:
    verdict = propose_override(session, official(session, role), failing(session, clock), Test.FEASIBLE, WHY, clock.now)
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.NOT_YOUR_ROLE


@pytest.mark.parametrize("voices", [("first", None), ("second", "first"), ("second", "second")])
def test_the_database_wants_different_people_too(
    session: Session, clock: TurnableClock, voices: tuple[str, str | None]
) -> None:
    """Whatever program writes: nobody is the second or the third to themselves."""
    idea = failing(session, clock)
    people: dict[str | None, Account | None] = {
        "first": an_account(session), "second": an_account(session), None: None
    }  # fmt: skip
    first, second, third = people["first"], people[voices[0]], people[voices[1]]
    assert first is not None
    session.add(
        Override(
            idea_id=idea.id, test=Test.FEASIBLE, proposed_by_id=first.id, reason=WHY, proposed_at=clock.now,
            second_id=second.id if second else None, second_agrees=False,
            third_id=third.id if third else None, third_agrees=True if third else None,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
