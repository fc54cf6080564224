"""Besluiten about what a panel said: after the answer, as it was answered, and told to whoever waits for it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.deciding import correct_besluit, decide
from participatie.actions.following import follow
from participatie.actions.report_facts import report_facts
from participatie.models.buurtpanels import Buurtpanel, seated_on
from participatie.models.outbox import OutboxMail
from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Outcome, SubjectKind
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories import a_resident, a_traject, a_wijkmanager, an_account, done, now_of, runs_all
from tests.factories.besluiten import a_besluit, said
from tests.factories.panel_work import an_advice, an_answer
from tests.factories.panels import a_panel, seated


def why(outcome: object) -> Refusal | None:
    """Return for which reason something was refused."""
    return outcome.code if isinstance(outcome, Refused) else None


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    """A panel that sits, and advises."""
    panel = a_panel(session)
    seated(session, panel)
    return panel


@pytest.fixture
def actor(session: Session) -> Actor:
    """The wijkmanager."""
    return runs_all(a_wijkmanager(session))


def test_a_panel_is_answered_before_anything_is_decided_and_then_only_once(
    session: Session, actor: Actor, panel: Buurtpanel
) -> None:
    advice, now = an_advice(session, panel), now_of(session)
    assert why(decide(session, actor, advice, said(), now)) is Refusal.ANSWER_PANEL_FIRST
    an_answer(session, advice)
    besluit = a_besluit(session, advice)
    assert (besluit.subject_kind, besluit.traject, besluit.advice_use) == (
        SubjectKind.PANEL, panel.traject, AdviceUse.FOLLOWED,
    )  # fmt: skip
    facts = json.loads(besluit.latest().content)
    assert (facts["panel"], facts["panel_text"], facts["outcome"]) == (panel.slug, 1, "ja")
    assert why(decide(session, actor, advice, said(title="Nog een"), now)) is Refusal.ALREADY_DECIDED
    again = an_advice(session, panel, correction="Een naam klopte niet.")
    assert why(decide(session, actor, again, said(), now)) is Refusal.ANSWER_PANEL_FIRST
    assert why(decide(session, actor, advice, said(), now)) is Refusal.ADVICE_CHANGED
    a_besluit(session, panel.traject)
    reported, _other = report_facts(session, panel.traject, now)["decided"]
    assert reported["besluit"] == besluit.id


@pytest.mark.parametrize("role", [None, Role.RAAD, Role.HELPER])
def test_nobody_else_decides_about_a_panel(session: Session, panel: Buurtpanel, role: Role | None) -> None:
    advice = an_advice(session, panel)
    an_answer(session, advice)
    someone = an_account(session, role=role).actor() if role else a_resident(session).actor()
    assert why(decide(session, someone, advice, said(), now_of(session))) is Refusal.NOT_YOUR_ROLE


@pytest.mark.parametrize(
    ("use", "outcome"),
    [
        (AdviceUse.FOLLOWED, Outcome.YES),
        (AdviceUse.PARTLY, Outcome.PARTLY),
        (AdviceUse.NOT_FOLLOWED, Outcome.NO),
    ],
)
def test_a_besluit_about_advice_says_what_the_answer_said(
    session: Session, actor: Actor, panel: Buurtpanel, use: AdviceUse, outcome: Outcome
) -> None:
    advice, now = an_advice(session, panel), now_of(session)
    an_answer(session, advice, use)
    for other in Outcome:
        if other is not outcome:
            with_ground = said(outcome=other, ground=DeviationGround.LAW)
            assert why(decide(session, actor, advice, with_ground, now)) is Refusal.BESLUIT_NOT_AS_ANSWERED
    assert why(decide(session, actor, advice, said(outcome=None), now)) is Refusal.OUTCOME_MISSING
    besluit = done(decide(session, actor, advice, said(outcome=outcome), now))
    assert (besluit.outcome, besluit.advice_use, besluit.deviation_ground) == (outcome, use, None)


def test_where_a_panel_decides_the_besluit_follows_it_or_names_a_ground(session: Session, actor: Actor) -> None:
    traject = a_traject(session, phase=PhaseKind.VOTE)
    panel = a_panel(session, traject=traject, mandate=Mandate.DECIDE)
    seated(session, panel)
    advice, now = an_advice(session, panel), now_of(session)
    an_answer(session, advice, AdviceUse.NOT_FOLLOWED, DeviationGround.SAFETY)
    no = said(outcome=Outcome.NO)
    assert why(decide(session, actor, advice, no, now)) is Refusal.DEVIATION_WITHOUT_GROUND
    besluit = done(decide(session, actor, advice, replace(no, ground=DeviationGround.SAFETY), now))
    assert (besluit.deviation_ground, besluit.advice_use) == (DeviationGround.SAFETY, None)
    done(correct_besluit(session, actor, besluit, said(), "Het kan toch.", 1, now + timedelta(days=1)))
    assert (besluit.outcome, besluit.deviation_ground) == (Outcome.YES, None)


def test_a_correction_keeps_the_old_version_and_the_answer_that_was_given(
    session: Session, actor: Actor, panel: Buurtpanel
) -> None:
    advice = an_advice(session, panel)
    an_answer(session, advice)
    besluit, later = a_besluit(session, advice), now_of(session) + timedelta(days=7)
    until = besluit.objection_until
    turned = said(outcome=Outcome.NO)
    assert why(correct_besluit(session, actor, besluit, turned, "Toch niet.", 1, later)) is (
        Refusal.BESLUIT_NOT_AS_ANSWERED
    )
    done(correct_besluit(session, actor, besluit, said(title="Kies Beuk"), "De titel klopte niet.", 1, later))
    assert [json.loads(each.content)["title"] for each in besluit.versions] == ["Het plein wordt groen", "Kies Beuk"]
    assert (besluit.advice_use, besluit.objection_until) == (AdviceUse.FOLLOWED, until)


def test_followers_and_members_hear_of_the_answer_and_of_the_besluit(session: Session, panel: Buurtpanel) -> None:
    follower, advice = a_resident(session), an_advice(session, panel)
    member = session.scalars(seated_on(panel.id)).first()
    both = an_account(session, email=member.email) if member else follower
    for account in (follower, both):
        done(follow(session, account.actor(), panel.traject, now_of(session)))
    session.commit()
    an_answer(session, advice)
    besluit = a_besluit(session, advice)
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    told = [mail.facts["path"] for mail in mails if mail.recipient == follower.email and mail.template == "told"]
    assert told == [f"/buurtpanels/{panel.slug}/bijeenkomsten", f"/besluiten/{besluit.id}"]
    assert not [mail for mail in mails if mail.recipient == both.email and mail.template == "told"], "heard it once"
    members = [person.email for person in session.scalars(seated_on(panel.id))]
    heard = [(mail.recipient, mail.facts.get("besluit")) for mail in mails if mail.template == "panel_answered"]
    assert sorted(heard, key=str) == sorted([(each, what) for each in members for what in (None, besluit.id)], key=str)
