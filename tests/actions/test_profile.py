"""People tell about themselves once, freely, and nobody can tell who said what."""

from itertools import pairwise

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.profile import import_profile, may_still_tell, represented, tell_about_self
from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.balance import SelfAnswer, SelfAnswered
from participatie.models.trajecten import Traject, traject_by_id
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import OPERATOR, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.representation import NONE_OF_THESE
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, an_account, done

PROFILE = """area,feature,group,share,source,year,people
WK900101,leeftijd,18 tot 35 jaar,30,CBS,2025,9340
WK900101,leeftijd,35 tot 65 jaar,50,CBS,2025,9340
WK900101,leeftijd,65 jaar en ouder,20,CBS,2025,9340
WK900101,woning,huur,62.5,WoON,2024,1200
"""
YOUNG, MIDDLE, OLD = "18 tot 35 jaar", "35 tot 65 jaar", "65 jaar en ouder"


@pytest.fixture
def traject(session: Session, clock: TurnableClock) -> Traject:
    """A traject in a wijk of which there are figures."""
    made = a_traject(session)
    done(import_profile(session, OPERATOR, PROFILE.encode(), "wijkprofiel.csv", clock.now))
    session.commit()
    return made


def told(session: Session, traject: Traject, clock: TurnableClock, *ages: str) -> None:
    """A new neighbour for each age."""
    for age in ages:
        done(tell_about_self(session, a_resident(session), traject, {"leeftijd": age}, clock.now))
    session.commit()


def shown(session: Session, traject: Traject) -> list[int | None]:
    """What a page shows of the ages, in tens."""
    [ages] = [compared for feature, compared in represented(session, traject) if feature.name == "leeftijd"]
    return [row.tens for row in ages.rows]


def test_answers_are_numbers_and_stand_beside_nobody(session: Session, traject: Traject, clock: TurnableClock) -> None:
    account = a_resident(session)
    before = session.scalars(select(AuditRow.id)).all()
    done(tell_about_self(session, account, traject, {"leeftijd": OLD, "woning": NONE_OF_THESE}, clock.now))
    session.commit()
    answers = {(row.feature, row.group): (row.number, row.shown) for row in session.scalars(select(SelfAnswer))}
    assert answers == {("leeftijd", OLD): (1, 0), ("woning", NONE_OF_THESE): (1, 0)}
    assert [row.account_id for row in session.scalars(select(SelfAnswered))] == [account.id]
    assert session.scalars(select(AuditRow.id)).all() == before, "the log would tell when"


def test_nobody_answers_twice_also_when_they_rather_said_nothing(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    account = a_resident(session)
    assert may_still_tell(session, account, traject, clock.now)
    done(tell_about_self(session, account, traject, {}, clock.now))
    assert not may_still_tell(session, account, traject, clock.now)
    again = tell_about_self(session, account, traject, {"leeftijd": OLD}, clock.now)
    assert again == refused(Refusal.ALREADY_ANSWERED)
    assert session.scalars(select(SelfAnswer)).all() == []


def test_a_group_or_feature_that_nobody_asked_is_left_out(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    answers = {"leeftijd": "0 tot 18 jaar", "herkomst": "elders", "woning": "huur"}
    done(tell_about_self(session, a_resident(session), traject, answers, clock.now))
    assert [(row.feature, row.group) for row in session.scalars(select(SelfAnswer))] == [("woning", "huur")]


def test_where_the_groups_are_the_whole_wijk_none_of_these_is_no_answer(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    done(tell_about_self(session, a_resident(session), traject, {"leeftijd": NONE_OF_THESE}, clock.now))
    assert session.scalars(select(SelfAnswer)).all() == []


def test_without_figures_there_is_nothing_to_tell(session: Session, clock: TurnableClock) -> None:
    traject, account = a_traject(session), a_resident(session)
    assert not may_still_tell(session, account, traject, clock.now)
    done(tell_about_self(session, account, traject, {"leeftijd": OLD}, clock.now))
    session.commit()
    assert session.scalars(select(SelfAnswered)).all() == [], "asked later, they can still answer"


@pytest.mark.parametrize(
    ("phase", "level", "refusal"),
    [
        (PhaseKind.VOTE, None, Refusal.WRONG_PHASE),
        (None, None, Refusal.NO_PHASE_OPEN),
        (PhaseKind.COLLECT, Level.MEEWETEN, Refusal.LEVEL_TOO_LOW),
    ],
)
def test_only_while_residents_put_in(
    session: Session, clock: TurnableClock, phase: PhaseKind | None, level: Level | None, refusal: Refusal
) -> None:
    traject = a_traject(session, phase=phase, level=level)
    verdict = tell_about_self(session, a_resident(session), traject, {}, clock.now)
    assert isinstance(verdict, Refused)
    assert verdict.code is refusal


def test_only_who_lives_there(session: Session, traject: Traject, clock: TurnableClock) -> None:
    places = a_gemeente(session)
    for account in (an_account(session, area=places.buurten[2]), an_account(session, role=Role.WIJKMANAGER)):
        verdict = tell_about_self(session, account, traject, {"leeftijd": OLD}, clock.now)
        assert verdict == refused(Refusal.NOT_YOUR_AREA)


def test_whoever_looks_before_and_after_an_answer_sees_no_difference(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    """Abuse case 53: ten new answers come at a time."""
    told(session, traject, clock, *[MIDDLE] * 12, *[OLD] * 7)
    before = represented(session, traject)
    for _ in range(4):
        told(session, traject, clock, *[YOUNG, OLD] * 5)
        seen = [represented(session, traject)]
        for age in (MIDDLE, *[OLD] * 8):
            told(session, traject, clock, age)
            seen.append(represented(session, traject))
        changes = sum(one != other for one, other in pairwise(seen))
        assert changes <= 1
    assert represented(session, traject) != before


def test_small_groups_stay_hidden_and_low_ones_are_marked(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    told(session, traject, clock, *[MIDDLE] * 34, *[OLD] * 21, *[YOUNG] * 5)
    assert shown(session, traject) == [None, 30, 20]
    [ages] = [compared for feature, compared in represented(session, traject) if feature.name == "leeftijd"]
    assert [row.low for row in ages.rows] == [True, False, False]
    assert ages.answered == 60


def test_twenty_neighbours_at_once_are_all_counted(
    engine: Engine, session: Session, traject: Traject, clock: TurnableClock
) -> None:
    people = [a_resident(session).id for _ in range(20)]
    traject_id = traject.id
    session.commit()

    def tell(own: Session, place: int) -> object:
        account, its = own.get_one(Account, people[place]), own.scalars(traject_by_id(traject_id)).one()
        answers = {"leeftijd": (YOUNG, OLD)[place % 2], "woning": (NONE_OF_THESE, "huur")[place % 2]}
        return tell_about_self(own, account, its, answers, clock.now)

    assert not any(isinstance(answer, Refused) for answer in all_at_once(engine, tell))
    session.expire_all()
    rows = session.scalars(select(SelfAnswer)).all()
    assert [(row.number, row.shown) for row in rows] == [(10, 10)] * 4


def test_one_person_at_once_in_twenty_windows_counts_once(
    engine: Engine, session: Session, traject: Traject, clock: TurnableClock
) -> None:
    account_id, traject_id = a_resident(session).id, traject.id
    session.commit()

    def tell(own: Session, _place: int) -> object:
        account, its = own.get_one(Account, account_id), own.scalars(traject_by_id(traject_id)).one()
        return tell_about_self(own, account, its, {"leeftijd": OLD}, clock.now)

    answers = all_at_once(engine, tell)
    assert answers.count(refused(Refusal.ALREADY_ANSWERED)) == 19
    session.expire_all()
    assert session.scalars(select(SelfAnswer.number)).all() == [1]


def test_only_the_beheerder_imports(session: Session, clock: TurnableClock) -> None:
    a_gemeente(session)
    for role in (Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD):
        actor = an_account(session, role=role).actor()
        verdict = import_profile(session, actor, PROFILE.encode(), "wijkprofiel.csv", clock.now)
        assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="beheerder")
    beheerder = an_account(session, role=Role.BEHEERDER)
    done(import_profile(session, beheerder.actor(), PROFILE.encode(), "wijkprofiel.csv", clock.now))
    session.commit()
    [row] = session.scalars(select(AuditRow).where(AuditRow.act == "wijkprofiel inlezen"))
    assert (row.actor_id, row.facts) == (beheerder.id, {"figures": 4, "features": 2})
