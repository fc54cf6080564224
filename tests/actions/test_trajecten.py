"""Starting, opening and following a traject."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.trajecten import change_draft, follow, open_traject, start_traject, unfollow
from participatie.models.audit import AuditRow
from participatie.models.trajecten import Follow, Traject, followers
from participatie.spelregels.permissions import NOBODY, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import (
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    done,
    now_of,
    phases_around,
    runs_all,
)
from tests.factories.trajecten import CARD


def start(session: Session, clock: TurnableClock, **changes: str) -> Traject | Refused:
    contact = a_wijkmanager(session)
    phases = phases_around(clock.now, PhaseKind.COLLECT)
    area = a_gemeente(session).wijken[0]
    card = replace(CARD, **changes)
    return start_traject(session, contact.actor(), area, "molen", "Molen", card, contact, phases, clock.now)


def test_a_traject_starts_as_a_draft_with_its_phases(session: Session, clock: TurnableClock) -> None:
    traject = done(start(session, clock))
    session.commit()
    session.expire_all()
    assert traject.status is TrajectStatus.DRAFT
    assert [phase.kind for phase in traject.phases] == list(PhaseKind)
    assert traject.facts().place_at(clock.now).phase_kind is None


def test_a_draft_without_a_goal_does_not_open(session: Session, clock: TurnableClock) -> None:
    traject = done(start(session, clock, goal=""))
    actor = a_wijkmanager(session).actor()
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.CARD_INCOMPLETE, missing="goal")
    assert traject.status is TrajectStatus.DRAFT


def test_an_opened_traject_is_in_its_phase_and_on_the_record(session: Session, clock: TurnableClock) -> None:
    traject, actor = done(start(session, clock)), a_wijkmanager(session).actor()
    done(open_traject(session, actor, traject, clock.now))
    session.commit()
    assert traject.facts().place_at(clock.now).phase_kind is PhaseKind.COLLECT
    acts = select(AuditRow).where(AuditRow.act == Do.MANAGE_TRAJECT).order_by(AuditRow.id)
    assert [row.facts["step"] for row in session.scalars(acts)] == ["draft", "open"]
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.ALREADY_OPEN)


def test_a_wijkmanager_of_another_wijk_opens_nothing_here(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, opened=False)
    other = an_account(session, role=Role.WIJKMANAGER, role_area=a_gemeente(session).wijken[1])
    verdict = open_traject(session, other.actor(), traject, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_following_twice_is_following(session: Session, clock: TurnableClock) -> None:
    traject, account = a_traject(session), a_resident(session)
    done(follow(session, account.actor(), traject, clock.now))
    done(follow(session, account.actor(), traject, clock.now))
    session.commit()
    assert list(session.scalars(followers(traject.id))) == [account]
    unfollow(session, account.actor(), traject)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Follow)) == 0


def test_a_visitor_logs_in_to_follow(session: Session, clock: TurnableClock) -> None:
    assert follow(session, NOBODY, a_traject(session), clock.now) == refused(Refusal.LOG_IN_FIRST)


def test_an_address_is_given_once_whoever_came_first(session: Session) -> None:
    """The unique key decides; the second one hears it as a refusal and not as a fault."""
    manager = a_wijkmanager(session)
    first = a_traject(session, slug="een-adres")
    again = start_traject(
        session, runs_all(manager), first.area, "een-adres", "Nog een", first.card(), manager,
        first.facts().phases, now_of(session),
    )  # fmt: skip
    assert isinstance(again, Refused)
    assert again.code is Refusal.ADDRESS_TAKEN


def test_a_draft_can_be_completed_and_an_open_card_stays_a_promise(session: Session) -> None:
    manager = a_wijkmanager(session)
    draft = a_traject(session, opened=False)
    card, phases = replace(draft.card(), goal="Minder stenen"), draft.facts().phases
    done(change_draft(session, runs_all(manager), draft, "Groener", card, phases, 30, now_of(session)))
    session.commit()
    session.expire_all()
    assert (draft.title, draft.goal, draft.answer_days) == ("Groener", "Minder stenen", 30)
    assert draft.facts().phases == phases
    done(open_traject(session, runs_all(manager), draft, now_of(session)))
    refusal = change_draft(session, runs_all(manager), draft, "Anders", card, phases, 30, now_of(session))
    assert refusal == refused(Refusal.ALREADY_OPEN)
