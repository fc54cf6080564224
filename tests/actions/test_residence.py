"""Where somebody lives for sure: by a code of a letter, which works once, and by nobody's word."""

import json

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.residence import issue_residence_codes, take_residence_away, verify_by_code
from participatie.models.audit import AuditRow
from participatie.models.residence import Residence, ResidenceCode, ResidenceTry
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.permissions import Role
from participatie.spelregels.residence import ResidenceMethod
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_gemeente, a_resident, an_account, done
from tests.factories.residence import a_verified_resident, residence_codes

WRONG, USED = refused(Refusal.RESIDENCE_CODE_WRONG), refused(Refusal.RESIDENCE_CODE_USED)


def verify(session: Session, account_id: int, typed: object, clock: TurnableClock) -> Residence | Refused:
    return verify_by_code(session, account_id, str(typed), SECRET_KEY, clock.now.date(), clock.now)


def test_a_code_of_a_letter_proves_where_somebody_lives(session: Session, clock: TurnableClock) -> None:
    """Apart from the home that they told us, which stays what it was."""
    resident, buurt = a_resident(session), a_gemeente(session).buurten[2]
    home = resident.area_id
    [code] = residence_codes(session, 1, buurt)
    done(verify(session, resident.id, str(code).lower().replace("-", " "), clock))
    session.commit()
    residence = session.scalars(select(Residence)).one()
    assert (residence.area_id, residence.method) == (buurt.id, ResidenceMethod.LETTER)
    assert (residence.verified_on, resident.area_id) == (clock.now.date(), home)


def test_a_code_works_once_for_one_account(session: Session, clock: TurnableClock) -> None:
    first, second = a_resident(session), a_resident(session)
    [code] = residence_codes(session, 1)
    done(verify(session, first.id, code, clock))
    assert verify(session, second.id, code, clock) == USED
    assert take_residence_away(session, first.id, clock.now)
    assert not take_residence_away(session, first.id, clock.now)
    session.commit()
    assert verify(session, first.id, code, clock) == USED
    assert verify(session, second.id, code, clock) == USED
    assert session.scalars(select(Residence)).all() == []


def test_who_lives_somewhere_for_sure_spends_no_second_code(session: Session, clock: TurnableClock) -> None:
    resident, _residence = a_verified_resident(session)
    [code] = residence_codes(session, 1)
    assert verify(session, resident.id, code, clock) == refused(Refusal.RESIDENCE_KNOWN)
    session.commit()
    done(verify(session, a_resident(session).id, code, clock))


def test_the_eleventh_try_of_an_hour_is_refused_for_that_account_alone(session: Session, clock: TurnableClock) -> None:
    """Abuse case 19, for codes that prove where somebody lives."""
    guesser, other = a_resident(session), a_resident(session)
    code, another = residence_codes(session, 2)
    wrong = VotingCode(code.selector, "0" * 10)
    for typed in (wrong, VotingCode("000000", "0" * 10), "geen code", "", *[wrong] * 6):
        assert verify(session, guesser.id, typed, clock) == WRONG
    assert verify(session, guesser.id, code, clock) == refused(Refusal.TOO_MANY_RESIDENCE_TRIES, limit=10)
    done(verify(session, other.id, another, clock))
    clock.forward(hours=1)
    done(verify(session, guesser.id, code, clock))
    session.commit()
    assert session.scalar(select(func.count()).select_from(ResidenceTry)) == 3


def test_eight_accounts_with_one_code_make_one_residence(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    people = [a_resident(session).id for _ in range(8)]
    [code] = residence_codes(session, 1)
    session.commit()

    def type_it(own: Session, place: int) -> object:
        outcome = verify(own, people[place], code, clock)
        return outcome if isinstance(outcome, Refused) else "verified"

    answers = all_at_once(engine, type_it, times=len(people))
    assert sorted(map(str, answers)) == sorted(map(str, ["verified", *[USED] * 7]))
    assert session.scalar(select(func.count()).select_from(Residence)) == 1


def test_one_account_with_many_codes_at_once_spends_one(engine: Engine, session: Session, clock: TurnableClock) -> None:
    resident = a_resident(session).id
    codes = residence_codes(session, 8)
    session.commit()

    def type_it(own: Session, place: int) -> object:
        outcome = verify(own, resident, codes[place], clock)
        return outcome if isinstance(outcome, Refused) else "verified"

    answers = all_at_once(engine, type_it, times=len(codes))
    assert answers.count("verified") == 1
    assert answers.count(refused(Refusal.RESIDENCE_KNOWN)) == 7
    assert session.scalar(select(func.count()).where(ResidenceCode.is_used)) == 1


def test_the_database_holds_no_usable_residence_code(session: Session, clock: TurnableClock) -> None:
    """Abuse case 22, for codes that prove where somebody lives."""
    made = residence_codes(session, 20)
    done(verify(session, a_resident(session).id, made[0], clock))
    session.commit()
    kept = json.dumps(
        [[code.selector, code.verifier_hash] for code in session.scalars(select(ResidenceCode))]
        + [[residence.key_hash] for residence in session.scalars(select(Residence))]
        + [row.facts for row in session.scalars(select(AuditRow))]
    )
    assert not any(code.verifier in kept for code in made)
    assert len({code.selector for code in made}) == 20


@pytest.mark.parametrize("role, allowed", [(Role.WIJKMANAGER, True), (Role.BEHEERDER, False), (Role.MODERATOR, False)])
def test_only_officials_of_the_area_make_codes(
    session: Session, clock: TurnableClock, role: Role, allowed: bool
) -> None:
    world = a_gemeente(session)
    here, elsewhere = (an_account(session, role=role, role_area=wijk) for wijk in world.wijken)
    for official, may in ((here, allowed), (elsewhere, False)):
        made = issue_residence_codes(session, official.actor(), world.buurten[0], 2, "brieven", SECRET_KEY, clock.now)
        assert isinstance(made, list) is may
    session.commit()
    assert session.scalar(select(func.count()).select_from(ResidenceCode)) == (2 if allowed else 0)


def test_each_code_has_a_kenmerk_that_is_kept_nowhere(session: Session, clock: TurnableClock) -> None:
    manager = an_account(session, role=Role.WIJKMANAGER)
    area = a_gemeente(session).buurten[0]
    made = done(issue_residence_codes(session, manager.actor(), area, 3, "brieven", SECRET_KEY, clock.now))
    assert len({kenmerk for _code, kenmerk in made}) == 3
    assert "kenmerk" not in {column.name for column in ResidenceCode.__table__.columns}
