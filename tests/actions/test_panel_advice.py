"""What a panel says, the clock of the answer, and what that does to the duties of a traject."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.advice import (
    AdviceText,
    answer_advice,
    explain_no_advice,
    publish_advice,
)
from participatie.actions.buurtpanels.closing import may_end
from participatie.actions.buurtpanels.scores import close_question
from participatie.actions.duties import duties_of
from participatie.actions.owing import owed_in
from participatie.models.buurtpanels import Buurtpanel, PanelAdvice, advice_of, panel_by_id
from participatie.models.outbox import OutboxMail
from participatie.spelregels.answers import term_ends
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.buurtpanels.work import AnswerWords
from participatie.spelregels.duties import Duty, DutyState, Obligation
from participatie.spelregels.permissions import Actor
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import a_traject, a_wijkmanager, done, now_of, runs_all
from tests.factories.panel_work import a_question, an_advice
from tests.factories.panels import a_panel, seated

ANSWER = AnswerWords("college", AdviceUse.FOLLOWED, "Ontwerp Beuk wordt het.", "")


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    panel = a_panel(session)
    seated(session, panel)
    return panel


@pytest.fixture
def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def owed(session: Session, panel: Buurtpanel) -> Obligation | None:
    duties = duties_of(session, panel.traject, now_of(session))
    return next((each for each in duties if each.duty is Duty.ADVICE), None)


def test_advice_starts_the_clock_and_a_correction_leaves_the_old_one_and_its_day(
    session: Session, clock: TurnableClock, panel: Buurtpanel, manager: Actor
) -> None:
    assert owed(session, panel) is None
    first = an_advice(session, panel)
    assert first.due_at == term_ends(clock.now, 42), "the whole last day counts"
    due_at, text = first.due_at, first.text
    clock.forward(days=10)
    again = AdviceText("Kies Eik.", "Na vier avonden.")
    assert refused(Refusal.ADVICE_WORDS_MISSING) == publish_advice(session, manager, panel, again, clock.now)
    second = an_advice(session, panel, correction="Een naam klopte niet.")
    assert (second.version, second.due_at, first.text) == (2, due_at, text)
    assert [each.version for each in session.scalars(advice_of(panel.id))] == [2, 1]
    assert owed(session, panel) == Obligation(Duty.ADVICE, DutyState.DUE, due_at, 1)
    assert [(each.thing_id, each.due_at) for each in owed_in(session, clock.now, "/")] == [(panel.id, due_at)]
    clock.forward(days=33)
    assert owed(session, panel) == Obligation(Duty.ADVICE, DutyState.OVERDUE, due_at, 1)
    verdict = answer_advice(session, manager, panel, first, ANSWER, clock.now)
    assert verdict == refused(Refusal.ADVICE_CHANGED)
    done(answer_advice(session, manager, panel, second, ANSWER, clock.now))
    session.commit()
    assert owed(session, panel) == Obligation(Duty.ADVICE, DutyState.KEPT, None)
    assert owed_in(session, clock.now, "/") == []
    assert second.is_late(clock.now)
    assert len(session.scalars(select(OutboxMail).where(OutboxMail.template == "panel_answered")).all()) == panel.seats
    verdict = answer_advice(session, manager, panel, second, ANSWER, clock.now)
    assert verdict == refused(Refusal.ALREADY_ANSWERED)
    third = an_advice(session, panel, correction="Toch anders.")
    assert third.due_at == term_ends(clock.now, 42)


def test_advice_waits_for_the_scores_and_comes_from_a_panel_that_sits(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    question, now = a_question(session, panel), now_of(session)
    text = AdviceText("Kies Beuk.", "Na drie avonden.")
    assert refused(Refusal.SCORES_STILL_OPEN) == publish_advice(session, manager, panel, text, now)
    assert may_end(session, panel) == refused(Refusal.SCORES_STILL_OPEN)
    done(close_question(session, manager, panel, question, now))
    assert may_end(session, panel) == refused(Refusal.ADVICE_MISSING)
    panel.status = PanelStatus.CLOSED
    session.commit()
    assert refused(Refusal.PANEL_NOT_SITTING) == publish_advice(session, manager, panel, text, now)


def test_a_panel_without_advice_says_why_and_may_close_then(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    now = now_of(session)
    assert refused(Refusal.REASON_MISSING) == explain_no_advice(session, manager, panel, " ", now)
    done(explain_no_advice(session, manager, panel, "Te weinig leden kwamen.", now))
    assert may_end(session, panel) == Allowed()
    assert refused(Refusal.ALREADY_PUBLISHED) == explain_no_advice(session, manager, panel, "Nog eens.", now)
    assert owed(session, panel) is None, "nothing was asked, so no answer is owed"


def test_a_decision_binds_and_the_besluit_departs_from_it_by_a_ground_alone(session: Session, manager: Actor) -> None:
    traject = a_traject(session, phase=PhaseKind.VOTE)
    panel = a_panel(session, traject=traject, mandate=Mandate.DECIDE)
    seated(session, panel)
    advice, now = an_advice(session, panel), now_of(session)
    words = AnswerWords("college", AdviceUse.NOT_FOLLOWED, "", "De bodem is vervuild.")
    verdict = answer_advice(session, manager, panel, advice, words, now)
    assert verdict == refused(Refusal.DEVIATION_WITHOUT_GROUND)
    grounded = AnswerWords("college", AdviceUse.NOT_FOLLOWED, "", "De bodem is vervuild.", DeviationGround.SAFETY)
    answer = done(answer_advice(session, manager, panel, advice, grounded, now))
    assert answer.deviation_ground is DeviationGround.SAFETY
    assert answer.objection_until is not None


def test_advice_binds_nobody_so_no_ground_is_kept(session: Session, panel: Buurtpanel, manager: Actor) -> None:
    words = AnswerWords("college", AdviceUse.PARTLY, "De beuken.", "De bank is te duur.", DeviationGround.LAW)
    answer = done(answer_advice(session, manager, panel, an_advice(session, panel), words, now_of(session)))
    assert (answer.deviation_ground, answer.objection_until) == (None, None)
    with pytest.raises(LookupError):
        answer_advice(session, manager, a_panel(session), answer.advice, words, now_of(session))


def test_of_six_who_publish_at_once_each_makes_the_next_version_or_is_refused(
    engine: Engine, session: Session, clock: TurnableClock, panel: Buurtpanel
) -> None:
    panel_id = panel.id
    manager = runs_all(a_wijkmanager(session))
    session.commit()

    def publish(own: Session, place: int) -> object:
        text = AdviceText("Kies Beuk.", "Na drie avonden.")
        return publish_advice(own, manager, own.scalars(panel_by_id(panel_id)).one(), text, clock.now)

    answers = all_at_once(engine, publish, 6)
    assert sum(not isinstance(answer, Refused) for answer in answers) == 1, "the others did not say what changed"
    assert [each.version for each in session.scalars(select(PanelAdvice))] == [1]
