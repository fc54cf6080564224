"""What residents lay before the city has a named addressee, a clock and a public answer."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.duties import duties_of
from participatie.actions.phases import close_traject
from participatie.models.accounts import Account
from participatie.models.announcements import Dispute
from participatie.models.audit import AuditRow
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Traject
from participatie.settings import Settings
from participatie.spelregels.answers import term_ends
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import DisputeKind, TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.mail import render_mail
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, an_account, done, runs_all

TEXT = "Er is één avond geweest, en die viel in de vakantie."
WHY, NEXT = "U hebt gelijk.", "Op 2 juni is er nog een avond."
ANSWER = f"{WHY}\n\n{NEXT}"


def college(session: Session, wijk: int | None = None) -> Actor:
    area = a_gemeente(session).wijken[wijk] if wijk is not None else None
    return an_account(session, role=Role.COLLEGE, role_area=area).actor()


def raised(
    session: Session,
    traject: Traject,
    clock: TurnableClock,
    account: Account | None = None,
    kind: DisputeKind = DisputeKind.DISPUTE,
) -> Dispute:
    dispute = done(raise_dispute(session, account or a_resident(session), traject, kind, f" {TEXT} ", clock.now))
    session.commit()
    return dispute


def duty(session: Session, traject: Traject, clock: TurnableClock) -> DutyState:
    return next(each.state for each in duties_of(session, traject, clock.now) if each.duty is Duty.DISPUTES)


def test_r1_a_disagreement_goes_up_to_a_name_with_a_clock(session: Session, clock: TurnableClock) -> None:
    """Fixture R1 of seed 004."""
    traject = a_traject(session, answer_days=14)
    dispute = raised(session, traject, clock)
    assert (dispute.text, dispute.addressee) == (TEXT, "wethouder De Boer")
    assert dispute.due_at == term_ends(clock.now, 14)
    assert duty(session, traject, clock) is DutyState.DUE
    assert not dispute.is_late(clock.forward(days=14)), "the whole last day counts"
    assert dispute.is_late(clock.turn_to(dispute.due_at))
    clock.forward(seconds=1)
    assert duty(session, traject, clock) is DutyState.OVERDUE
    done(answer_dispute(session, college(session), traject, dispute, f" {WHY} ", f" {NEXT} ", clock.now))
    session.commit()
    assert (dispute.answer, dispute.answered_at) == (ANSWER, clock.now)
    assert duty(session, traject, clock) is DutyState.KEPT
    assert dispute.is_late(clock.forward(days=30)), "an answer that came too late stays so"


def test_f16_a_challenge_gets_a_decision_with_its_reason(
    session: Session, clock: TurnableClock, settings: Settings
) -> None:
    """Fixture F16 of seed 000: the right to challenge; who laid it before the city gets the answer by mail too."""
    traject = a_traject(session, phase=PhaseKind.EXECUTE)
    neighbour = a_resident(session, locale="tr")
    dispute = raised(session, traject, clock, neighbour, DisputeKind.CHALLENGE)
    before = traject.version
    done(answer_dispute(session, college(session), traject, dispute, "Ja: 2.000 euro goedkoper.", NEXT, clock.now))
    session.commit()
    assert dispute.kind is DisputeKind.CHALLENGE
    assert traject.version > before, "kept pages must not hide the answer"
    [mail] = session.scalars(select(OutboxMail).where(OutboxMail.template == "dispute_answered"))
    assert (mail.recipient, mail.locale) == (neighbour.email, "tr")
    body = render_mail(mail.template, mail.locale, mail.facts, settings).body
    assert "Ja: 2.000 euro goedkoper." in body
    assert NEXT in body
    assert traject.slug in body


def test_every_act_leaves_a_trace_without_the_words(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    dispute = raised(session, traject, clock)
    done(answer_dispute(session, college(session), traject, dispute, WHY, NEXT, clock.now))
    session.commit()
    rows = session.scalars(select(AuditRow).where(AuditRow.object_kind == "dispute").order_by(AuditRow.id)).all()
    assert [row.act for row in rows] == [Do.RAISE_DISPUTE, Do.ANSWER_DISPUTE]
    assert not any(TEXT in str(row.facts) or WHY in str(row.facts) for row in rows)


def test_the_traject_does_not_close_over_it(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, phase=PhaseKind.EXECUTE)
    raised(session, traject, clock)
    for phase in traject.phases:
        phase.closed_at = clock.now
    session.commit()
    verdict = close_traject(session, runs_all(a_wijkmanager(session)), traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.DISPUTES, count=1)


@pytest.mark.parametrize("level", [Level.MEEWETEN, Level.MEEDENKEN])
def test_at_every_level_and_between_phases(session: Session, clock: TurnableClock, level: Level) -> None:
    raised(session, a_traject(session, level=level), clock)
    raised(session, a_traject(session, phase=None), clock)


def test_who_may_raise_and_when(session: Session, clock: TurnableClock) -> None:
    places, traject = a_gemeente(session), a_traject(session)

    def tried(account: Account, traject: Traject = traject, text: str = TEXT) -> Dispute | Refused:
        return raise_dispute(session, account, traject, DisputeKind.DISPUTE, text, clock.now)

    moderator = an_account(session, role=Role.MODERATOR, role_area=places.wijken[0])
    assert done(tried(moderator)).addressee == "wethouder De Boer"
    elsewhere = an_account(session, area=places.buurten[2], role=Role.MODERATOR, role_area=places.wijken[1])
    for account in (elsewhere, an_account(session), an_account(session, role=Role.WIJKMANAGER)):
        assert tried(account) == refused(Refusal.NOT_YOUR_AREA)
    assert tried(a_resident(session), text=" \n") == refused(Refusal.REASON_MISSING)
    assert tried(a_resident(session), a_traject(session, opened=False)) == refused(Refusal.NOT_OPEN)
    traject.status = TrajectStatus.CLOSED
    session.commit()
    assert tried(a_resident(session)) == refused(Refusal.NOT_OPEN)


def test_who_may_answer_and_once(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    dispute = raised(session, traject, clock)

    def tried(actor: Actor, why: str = WHY, follow_up: str = NEXT) -> Dispute | Refused:
        return answer_dispute(session, actor, traject, dispute, why, follow_up, clock.now)

    for actor in (runs_all(a_wijkmanager(session)), college(session, wijk=1), a_resident(session).actor()):
        assert tried(actor) == refused(Refusal.NOT_YOUR_ROLE, roles="college")
    assert tried(college(session), " ") == refused(Refusal.REASON_MISSING)
    assert tried(college(session), WHY, "\n") == refused(Refusal.FOLLOW_UP_MISSING)
    done(tried(college(session)))
    assert tried(college(session), "Toch niet.") == refused(Refusal.ALREADY_ANSWERED)
    assert dispute.answer == ANSWER


def test_a_dispute_of_another_wijk_is_not_answered_here(session: Session, clock: TurnableClock) -> None:
    """The college of one wijk cannot answer elsewhere by naming a traject of its own."""
    places = a_gemeente(session)
    here, there = a_traject(session), a_traject(session, area=places.wijken[1])
    dispute = raised(session, there, clock, an_account(session, area=places.buurten[2]))
    with pytest.raises(LookupError):
        answer_dispute(session, college(session, wijk=0), here, dispute, WHY, NEXT, clock.now)
    assert dispute.answered_at is None
