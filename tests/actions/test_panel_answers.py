"""The advice of a buurtpanel waits like everything else that is asked: until its day, with an owner, and it goes up."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.advice import answer_advice
from participatie.actions.duties import duties_of
from participatie.actions.handing import colleagues_for, hand_over
from participatie.actions.owing import Owed, asked_in, owed_in, owed_one
from participatie.actions.report_facts import report_facts
from participatie.commands.escalating import Escalator
from participatie.models.answers import Escalation
from participatie.models.buurtpanels import Buurtpanel, PanelAdvice
from participatie.models.outbox import OutboxMail
from participatie.spelregels.answers import Asked, Timing, Turn, term_ends
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.buurtpanels.work import AnswerWords
from participatie.spelregels.duties import Duty
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import a_wijkmanager, an_account, done, runs_all
from tests.factories.panel_work import an_advice
from tests.factories.panels import a_panel, seated

FOLLOWED = AnswerWords("college", AdviceUse.FOLLOWED, "Ontwerp Beuk wordt het.", "")


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    panel = a_panel(session)
    seated(session, panel)
    return panel


def owed_to(session: Session, panel: Buurtpanel, clock: TurnableClock) -> Owed:
    """What is owed to the panel."""
    found = owed_one(session, Asked.PANEL, panel.id, clock.now)
    assert found is not None
    return found


def answered(session: Session, advice: PanelAdvice, clock: TurnableClock) -> None:
    """Answer it as the wijkmanager."""
    done(answer_advice(session, runs_all(a_wijkmanager(session)), advice.panel, advice, FOLLOWED, clock.now))
    session.commit()


def test_it_is_owed_until_the_day_of_the_duty_and_answered_with_its_newest_version(
    session: Session, clock: TurnableClock, panel: Buurtpanel
) -> None:
    assert owed_in(session, clock.now, "/") == []
    assert owed_one(session, Asked.PANEL, panel.id, clock.now) is None
    asked_at = clock.now
    an_advice(session, panel)
    clock.forward(days=10)
    second = an_advice(session, panel, correction="Een naam klopte niet.")
    [owed] = owed_in(session, clock.now, "/")
    assert (owed.asked, owed.since, owed.due_at) == (Asked.PANEL, asked_at, term_ends(asked_at, 42))
    [duty] = [each for each in duties_of(session, panel.traject, clock.now) if each.duty is Duty.ADVICE]
    assert duty.due_at == owed.due_at
    assert owed_to(session, panel, clock) == owed
    answered(session, second, clock)
    assert owed_in(session, clock.now, "/") == []
    assert owed_one(session, Asked.PANEL, panel.id, clock.now) is None
    assert [each.timing(clock.now) for each in asked_in(session, clock.now, "/")] == [Timing.IN_TIME]
    assert report_facts(session, panel.traject, clock.now)["terms"]["answers"][Timing.IN_TIME] == 1
    clock.forward(days=1)
    an_advice(session, panel, correction="Toch anders.")
    assert owed_to(session, panel, clock).since == clock.now, "what was said after the answer is asked anew"


def test_it_goes_up_to_contact_wijkmanager_and_wethouder_each_once(
    engine: Engine, session: Session, clock: TurnableClock, panel: Buurtpanel
) -> None:
    college = an_account(session, role=Role.COLLEGE)
    an_advice(session, panel)
    contact, owed = panel.traject.contact, owed_to(session, panel, clock)
    assert contact is not None
    session.commit()
    worker = Escalator(engine)
    assert worker.work_at(owed.due_at - timedelta(minutes=1)) == 0, "the whole last day counts"
    for days in (0, 0, 7, 21, 400):
        worker.work_at(owed.due_at + timedelta(days=days))
    session.expire_all()
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "answer_late").order_by(OutboxMail.id))
    told = [(mail.recipient, mail.facts["turn"], mail.facts["asked"], mail.facts["path"]) for mail in mails]
    where = f"/buurtpanels/{panel.slug}/bijeenkomsten"
    assert told == [
        (contact.email, Turn.CONTACT, Asked.PANEL, where),
        (contact.email, Turn.MANAGER, Asked.PANEL, where),
        (college.email, Turn.WETHOUDER, Asked.PANEL, where),
    ]
    assert owed_to(session, panel, clock).turn is Turn.WETHOUDER
    assert len(session.scalars(select(Escalation)).all()) == 3


def test_it_is_handed_to_who_can_answer_it_and_has_no_seat_and_stays_theirs_when_it_is_corrected(
    session: Session, clock: TurnableClock, panel: Buurtpanel
) -> None:
    first = an_advice(session, panel)
    wijkmanager, colleague, college, assessor, member = (
        an_account(session, role=role)
        for role in (Role.WIJKMANAGER, Role.WIJKMANAGER, Role.COLLEGE, Role.ASSESSOR, Role.WIJKMANAGER)
    )
    member.email = f"bewoner1.{panel.id}@lindewaard.example"
    owed, actor = owed_to(session, panel, clock), wijkmanager.actor()
    to = colleagues_for(session, owed)
    assert {colleague, college} < set(to)
    assert not {assessor, member} & set(to)
    for other in (assessor, member):
        assert hand_over(session, actor, owed, other, clock.now) == refused(Refusal.NOT_TO_THEM)
    done(hand_over(session, actor, owed, colleague, clock.now))
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "answer_handed")).one()
    assert (mail.recipient, mail.facts["asked"]) == (colleague.email, Asked.PANEL)
    second = an_advice(session, panel, correction="Een naam klopte niet.")
    assert owed_to(session, panel, clock).owner == colleague
    assert first.version < second.version
    answered(session, second, clock)
    assert hand_over(session, actor, owed, college, clock.now) == refused(Refusal.ALREADY_ANSWERED)
