"""Ways round a rule, tried: a program that replaces rows, and one person who stands in two places."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.duties import extend_duty
from participatie.actions.groups import give_opinion, join_idea, propose_override
from participatie.actions.ideas import IdeaText, admit_idea, assess_idea, reject_idea, submit_idea, withdraw_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.phases import adopt_product, close_traject, draft_product
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import restart_vote
from participatie.models.accounts import Account, RoleGrant
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import DisputeKind, TrajectStatus
from participatie.spelregels.verdicts import Refusal, refused
from tests.actions.years import DAY, a_year, close, manager
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
    now_of,
)

ONE_TEST = RuleSet(name="proef", weights={Test.FEASIBLE: Weight.HARD})
GELUK = RuleSet(name="geluksbudget", weights={}, once_per_household=True)
WHY = "Het is de enige speelplek."


@pytest.fixture
def replacing(engine: Engine, session: Session) -> Iterator[sqlite3.Connection]:
    """Another program on the same file: REPLACE asks no guard of DELETE here, and nothing is kept of what it does."""
    if engine.dialect.name != "sqlite":
        pytest.skip("only SQLite puts rows in the place of others")
    voting = {"phase": PhaseKind.VOTE}
    a_round(session, traject=a_traject(session, slug="open", **voting), slug="open")
    draft = a_traject(session, opened=False, slug="concept", **voting)
    a_round(session, traject=draft, opened=False, slug="concept")
    again = a_round(session)
    done(restart_vote(session, a_wijkmanager(session).actor(), again, "Een plan ontbrak.", now_of(session)))
    session.commit()
    connection = sqlite3.connect(engine.url.database or "", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.execute("BEGIN")
    yield connection
    connection.execute("ROLLBACK")
    connection.close()


IN_OPEN_ROUND = "round_id = (SELECT id FROM round WHERE slug = 'open')"
IN_DRAFT_ROUND = "round_id = (SELECT id FROM round WHERE slug = 'concept')"


@pytest.mark.parametrize(
    "table, column, value, row",
    [
        ("traject", "question", "'Iets anders?'", "slug = 'open'"),
        ("traject", "id", "99999999", "slug = 'open'"),
        ("round", "pot_cents", "1", "slug = 'open'"),
        ("round", "id", "99999999", "slug = 'open'"),
        ("plan", "cost_cents", "1", IN_OPEN_ROUND),
        ("plan", "round_id", "(SELECT id FROM round WHERE slug = 'concept')", f"{IN_OPEN_ROUND} AND number = 1"),
        ("withdrawn_rulebook", "rulebook", "'{}'", "1 = 1"),
        ("withdrawn_rulebook", "reason", "'Zomaar.'", "1 = 1"),
    ],
)  # fmt: skip
def test_no_row_takes_the_place_of_a_frozen_one(
    replacing: sqlite3.Connection, table: str, column: str, value: str, row: str
) -> None:
    names = [name for _place, name, *_rest in replacing.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(value if name == column else f'"{name}"' for name in names)
    found = f"SELECT {values} FROM {table} WHERE {row}"  # noqa: S608 - our own words
    assert replacing.execute(found).fetchone() is not None
    with pytest.raises(sqlite3.IntegrityError, match="are frozen"):
        replacing.execute(f"INSERT OR REPLACE INTO {table} {found}")


@pytest.mark.parametrize(
    "table, column",
    [
        ("traject", "id"),
        ("traject", "slug"),
        ("round", "id"),
        ("round", "slug"),
        ("round", "traject_id"),
        ("plan", "id"),
    ],
)
def test_no_draft_is_moved_over_what_is_frozen(replacing: sqlite3.Connection, table: str, column: str) -> None:
    of_open = "slug = 'open'" if table != "plan" else f"{IN_OPEN_ROUND} AND number = 1"
    of_draft = "slug = 'concept'" if table != "plan" else f"{IN_DRAFT_ROUND} AND number = 1"
    frozen = f"(SELECT {column} FROM {table} WHERE {of_open})"  # noqa: S608 - our own words
    with pytest.raises(sqlite3.IntegrityError, match="are frozen"):
        replacing.execute(f"UPDATE OR REPLACE {table} SET {column} = {frozen} WHERE {of_draft}")  # noqa: S608


def test_an_open_traject_is_not_thrown_away(session: Session) -> None:
    a_traject(session)
    with pytest.raises(IntegrityError, match="are frozen"), session.begin_nested():
        session.execute(delete(Traject))


def neighbour_with(session: Session, role: Role) -> Account:
    """A resident who holds a role in the gemeente too."""
    neighbour = a_resident(session)
    neighbour.granted.append(RoleGrant(role=role, area=a_gemeente(session).gemeente))
    session.commit()
    return neighbour


def test_who_carries_an_idea_out_does_not_decide_on_it(session: Session, clock: TurnableClock) -> None:
    """An organisation's own member could else test the idea, be one of the two people of an override, and admit it."""
    traject = a_traject(session, level=Level.MEEDOEN, rules=ONE_TEST)
    a_round(session, traject=traject, plans=[], opened=False)
    idea, other = an_idea(session, traject), an_idea(session, traject)
    official = an_account(session, role=Role.ASSESSOR).actor()
    member = neighbour_with(session, Role.ASSESSOR)
    member.granted.append(RoleGrant(role=Role.WIJKMANAGER, area=a_gemeente(session).gemeente))
    done(join_idea(session, member, idea, Party.ORGANISATION, "Stichting Schaduw", "", clock.now))
    session.commit()
    session.expire_all()
    actor, no = member.actor(), {Test.FEASIBLE: (False, "Een gasleiding.")}
    own = refused(Refusal.OWN_JUDGEMENT)
    assert assess_idea(session, actor, idea, no, 100, clock.now) == own
    done(assess_idea(session, official, idea, no, 100, clock.now))
    assert propose_override(session, actor, idea, Test.FEASIBLE, WHY, clock.now) == own
    done(propose_override(session, official, idea, Test.FEASIBLE, WHY, clock.now))
    assert give_opinion(session, actor, idea, Test.FEASIBLE, WHY, clock.now, agrees=True) == own
    assert admit_idea(session, actor, idea, "", "Ja.", clock.now, ALL_USED) == own
    assert reject_idea(session, actor, idea, "Nee.", clock.now, OTHER_ROUTE) == own
    done(assess_idea(session, actor, other, no, 100, clock.now))


def test_standing_beside_an_idea_for_the_gemeente_is_no_own_idea(session: Session, clock: TurnableClock) -> None:
    idea, official = an_idea(session), an_account(session, role=Role.ASSESSOR)
    done(join_idea(session, official, idea, Party.GEMEENTE, "", "Vergunningen.", clock.now))
    session.commit()
    done(assess_idea(session, official.actor(), idea, {Test.FEASIBLE: (True, "")}, 100, clock.now))


def test_a_moderator_who_carries_an_idea_out_hides_no_rival(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, level=Level.MEEDOEN)
    mine, rival = an_idea(session, traject), an_idea(session, traject)
    moderator = neighbour_with(session, Role.MODERATOR)
    done(join_idea(session, moderator, mine, Party.RESIDENT, "", "", clock.now))
    verdict = hide_idea(session, moderator.actor(), rival, HouseRule.OFF_TOPIC, "Zomaar.", clock.now)
    assert verdict == refused(Refusal.OWN_RIVAL)
    done(withdraw_idea(session, mine.author, mine, clock.now))
    done(hide_idea(session, moderator.actor(), rival, HouseRule.OFF_TOPIC, "Zomaar.", clock.now))


def test_nobody_answers_what_they_laid_before_the_city_themselves(session: Session, clock: TurnableClock) -> None:
    traject, alderman = a_traject(session), neighbour_with(session, Role.COLLEGE)
    dispute = done(raise_dispute(session, alderman, traject, DisputeKind.DISPUTE, "Te weinig avonden.", clock.now))
    session.commit()
    verdict = answer_dispute(session, alderman.actor(), traject, dispute, "Nee hoor.", "Niets.", clock.now)
    assert verdict == refused(Refusal.SAME_PERSON)
    colleague = an_account(session, role=Role.COLLEGE).actor()
    done(answer_dispute(session, colleague, traject, dispute, "U hebt gelijk.", "Er komt er een bij.", clock.now))


@pytest.mark.parametrize("agrees", [None, True, False])
def test_one_assessor_does_not_undo_a_test_that_two_people_decide_on(
    session: Session, clock: TurnableClock, agrees: bool | None
) -> None:
    """Judging it anew would set the test aside without the second person and without the public reason."""
    idea = an_idea(session, a_traject(session, rules=ONE_TEST))
    assessor, second = (an_account(session, role=role).actor() for role in (Role.ASSESSOR, Role.COLLEGE))
    no = {Test.FEASIBLE: (False, "Een gasleiding.")}
    done(assess_idea(session, assessor, idea, {Test.FEASIBLE: (True, "")}, 100, clock.now))
    done(assess_idea(session, assessor, idea, no, 100, clock.now))
    done(propose_override(session, assessor, idea, Test.FEASIBLE, WHY, clock.now))
    if agrees is not None:
        done(give_opinion(session, second, idea, Test.FEASIBLE, WHY, clock.now, agrees=agrees))
    session.commit()
    session.expire_all()
    again = assess_idea(session, assessor, idea, {Test.FEASIBLE: (True, "Toch wel.")}, 100, clock.now)
    assert again == refused(Refusal.OVERRIDE_SETTLED)
    assert idea.outcomes_before_overrides() == {Test.FEASIBLE: False}
    done(assess_idea(session, assessor, idea, no, 200, clock.now))


def asked_for(session: Session, account: Account, traject: Traject, household: str, clock: TurnableClock) -> object:
    text = IdeaText("Een fiets", "Voor mijn werk.", "", "nl", household=household)
    made = submit_idea(session, account, traject, a_gemeente(session).buurten[0], text, clock.now)
    session.commit()
    return made


def test_nobody_asks_for_a_second_household(session: Session, clock: TurnableClock) -> None:
    """The address is what somebody types: another one does not make another person of them (seed 000:722)."""
    traject, other = a_traject(session, rules=GELUK), a_traject(session, rules=GELUK)
    account, neighbour = a_resident(session), a_resident(session)
    first = asked_for(session, account, traject, "huis-1", clock)
    assert isinstance(first, Idea)
    assert asked_for(session, account, traject, "huis-2", clock) == refused(Refusal.HOUSEHOLD_HAD_ONE)
    assert isinstance(asked_for(session, neighbour, traject, "huis-2", clock), Idea)
    assert isinstance(asked_for(session, account, other, "huis-1", clock), Idea)
    done(withdraw_idea(session, account, first, clock.now))
    session.commit()
    assert isinstance(asked_for(session, account, traject, "huis-3", clock), Idea)


def test_a_document_that_got_more_time_keeps_the_traject_open(session: Session, clock: TurnableClock) -> None:
    """In a traject that is closed nothing is adopted any more, so it would never come."""
    traject, actor = a_year(session, PhaseKind.PROGRAMME, level=Level.MEEWETEN), manager(session)
    clock.turn_to(traject.phases[0].ends_at)
    until = clock.now + 400 * DAY
    done(extend_duty(session, actor, traject, Duty.PRODUCT, until, "De schrijver is ziek.", clock.now))
    session.commit()
    done(close(session, traject, 1))
    verdict = close_traject(session, actor, traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.PRODUCT, count=1)
    done(draft_product(session, actor, traject.phases[0], "Het programma", "Bomen.", clock.now))
    done(adopt_product(session, actor, traject.phases[0], clock.forward(days=14)))
    verdict = close_traject(session, actor, traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.REPORT, count=1), "also where residents only know"
    done(publish_report(session, actor, traject, "Er kwam een programma.", "Niets.", "", clock.now))
    done(close_traject(session, actor, traject, clock.now))
    assert traject.status is TrajectStatus.CLOSED
