"""How does the gemeente decide about an idea, a traject or what a panel said, and how does it correct a besluit?"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.besluit_versions import Formal, changed_by, day_of, keep_version
from participatie.actions.besluiten import tell_of_plans
from participatie.actions.buurtpanels.advice import mail_members
from participatie.actions.days_off import last_day_to_object
from participatie.actions.ideas.holding import hold
from participatie.actions.record import record
from participatie.actions.telling import tell
from participatie.actions.withholding import hold_round_of, plans_named, withheld_of, withhold
from participatie.models.besluiten import Besluit, besluit_of_advice, besluit_of_idea, besluiten_about_traject
from participatie.models.buurtpanels import Buurtpanel, PanelAdvice, advice_of
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round, allocation_lines, round_of_traject
from participatie.spelregels.besluiten import (
    AdviceUse,
    DeviationGround,
    Outcome,
    SubjectKind,
    deviates_from,
    may_correct,
    may_date,
    may_decide_advice,
    may_decide_beside,
    may_decide_idea,
    may_differ_from_answer,
    may_explain,
    may_state,
    starts_anew,
)
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.telling import Told
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused

#: What a besluit is about, beside a round.
Subject = Idea | Traject | PanelAdvice
KINDS = {Idea: SubjectKind.IDEA, Traject: SubjectKind.TRAJECT, PanelAdvice: SubjectKind.PANEL}


@dataclass(frozen=True, slots=True)
class Said:
    """What a besluit says. `outcome` is asked about all but a round, `deviates` or `advice_use` about a round.

    `withheld` are the numbers of the plans that do not go ahead, where it deviates.
    """

    title: str
    decision_body: str
    motivation: str
    outcome: Outcome | None = None
    deviates: bool = False
    ground: DeviationGround | None = None
    withheld: Collection[int] = ()
    advice_use: AdviceUse | None = None
    formal: Formal = field(default_factory=Formal)


def decide(session: Session, actor: Actor, subject: Subject, said: Said, now: datetime) -> Besluit | Refused:
    """Publish a besluit about an idea or a panel that was answered, or about a traject, and tell who follows it.

    Where residents decided together, it equals what they decided or names a listed ground; it waits for the besluit
    about the round. About the advice of a panel it equals the answer, and its members hear of it. There is one about
    an idea and about each text of a panel, and about a traject one with the same title.
    """
    followed = _followed_by(subject)
    traject = followed if isinstance(followed, Traject) else followed.traject
    _hold(session, subject)
    verdict = first_refusal(
        may(actor, Do.PUBLISH_BESLUIT, traject.facts().place_at(now)), may_decide_about(session, subject)
    )
    if isinstance(verdict, Refused):
        return verdict
    bound = bound_outcome(session, subject)
    verdict = first_refusal(
        _is_new(session, subject, said.title),
        _may_state(session, subject, said, bound),
        may_date(said.formal.decided_on or day_of(now), day_of(now), said.formal.no_objection),
    )
    if isinstance(verdict, Refused):
        return verdict
    besluit = Besluit(
        subject_kind=KINDS[type(subject)],
        traject=traject,
        idea=subject if isinstance(subject, Idea) else None,
        advice=subject if isinstance(subject, PanelAdvice) else None,
        objection_until=last_day_to_object(now),
        published_at=now,
        published_by_id=actor.account_id,
        **_columns(subject, said, now, bound),
    )
    session.add(besluit)
    keep_version(session, besluit, actor.account_id, "", now)
    traject.touch()
    record(session, actor.account_id, Do.PUBLISH_BESLUIT, besluit, now, traject=traject.id, version=1)
    told = mail_members(session, subject.panel, now, besluit=besluit.id) if isinstance(subject, PanelAdvice) else ()
    tell(session, followed, Told.BESLUIT, now, besluit.title, besides=told, besluit=besluit.id)
    return besluit


def correct_besluit(
    session: Session, actor: Actor, besluit: Besluit, said: Said, reason: str, seen: int, now: datetime
) -> Besluit | Refused:
    """Publish a new version of a besluit, with the reason; the one before stays, and who follows it hears of it.

    `seen` is the version that the writer read. Everybody can object anew only when another outcome is decided. Whose
    plan did go ahead and now does not, or the reverse, hears that besides.
    """
    session.refresh(besluit, with_for_update={"of": Besluit})
    hold_round_of(session, besluit.traject_id)
    session.expire(besluit, ["versions", "withheld_plans"])
    subject = subject_of(besluit)
    followed = _followed_by(subject)
    bound = bound_outcome(session, subject) if besluit.round is None else None
    verdict = first_refusal(
        may(actor, Do.PUBLISH_BESLUIT, besluit.traject.facts().place_at(now)),
        _may_say(session, besluit.round, said) if besluit.round else _may_state(session, subject, said, bound),
        may_date(said.formal.decided_on or besluit.decided_on, day_of(now), said.formal.no_objection),
    )
    if isinstance(verdict, Refused):
        return verdict
    new = _columns(subject, said, now, bound)
    if said.formal.decided_on is None:
        new["decided_on"] = besluit.decided_on
    if besluit.round is not None:
        new |= _of_round(session, besluit.round, said)
    changed = changed_by(besluit, new)
    verdict = may_correct(seen=seen, latest=besluit.latest().number, reason=reason, changed=changed)
    if isinstance(verdict, Refused):
        return verdict
    for name in changed:
        if name != "withheld":
            setattr(besluit, name, new[name])
    changed_plans = withhold(session, besluit, new["withheld"], now) if "withheld" in changed else []
    if starts_anew(changed):
        besluit.objection_until = last_day_to_object(now)
    version = keep_version(session, besluit, actor.account_id, reason, now)
    besluit.traject.touch()
    record(
        session, actor.account_id, Do.PUBLISH_BESLUIT, besluit, now, traject=besluit.traject_id, version=version.number
    )
    told: Collection[int] = ()
    if besluit.advice is not None:
        told = mail_members(session, besluit.advice.panel, now, besluit=besluit.id)
    if besluit.round is not None and changed_plans:
        ids = {plan.id for plan in changed_plans}
        lines = [line for line in session.scalars(allocation_lines(besluit.round.id)) if line.plan_id in ids]
        told = tell_of_plans(session, besluit, besluit.round, lines, now)
    text = f"{besluit.title}\n\n{version.reason}"
    tell(session, followed, Told.BESLUIT, now, text, besides=told, besluit=besluit.id, version=version.number)
    return besluit


def subject_of(besluit: Besluit) -> Subject:
    """Return what a besluit that is not about a round is about."""
    return besluit.idea or besluit.advice or besluit.traject


def may_decide_about(session: Session, subject: Subject) -> Verdict:
    """Refuse a besluit about what is a draft, has no answer yet, or waits for the outcome of a round."""
    if isinstance(subject, PanelAdvice):
        newest = session.scalars(advice_of(subject.panel_id), execution_options={"populate_existing": True}).first()
        answered_as = subject.answer.advice_use if subject.answer else None
        return may_decide_advice(answered_as, is_newest=newest is subject)
    budget_round = _round_of(session, subject)
    status = budget_round.status if budget_round is not None else None
    if isinstance(subject, Traject):
        if subject.status is TrajectStatus.DRAFT:
            return refused(Refusal.NOT_OPEN)
        return may_decide_beside(status)
    return first_refusal(
        may_decide_idea(subject.status, hidden=subject.hidden_at is not None), may_decide_beside(status)
    )


def bound_outcome(session: Session, subject: Subject) -> Outcome | None:
    """Return what residents decided together about this: money for a plan or not. None where they did not, or advised.

    About a traject, and about a panel that decides, that is that what came out goes on.
    """
    if isinstance(subject, PanelAdvice):
        return Outcome.YES if _binds(subject) else None
    budget_round = _round_of(session, subject)
    if budget_round is None or budget_round.is_advice():
        return None
    if isinstance(subject, Traject):
        return Outcome.YES
    lines = session.scalars(allocation_lines(budget_round.id))
    funded = any(line.plan.idea_id == subject.id and line.step is not None for line in lines)
    return Outcome.YES if funded else Outcome.NO


def _round_of(session: Session, subject: Idea | Traject) -> Round | None:
    traject_id = subject.id if isinstance(subject, Traject) else subject.traject_id
    budget_round = session.scalar(round_of_traject(traject_id))
    if budget_round is None or isinstance(subject, Traject):
        return budget_round
    return budget_round if any(plan.idea_id == subject.id for plan in budget_round.plans) else None


def _binds(advice: PanelAdvice) -> bool:
    return advice.panel.mandate is Mandate.DECIDE


def _followed_by(subject: Subject) -> Idea | Traject:
    """Return what people follow who hear of a besluit: about a panel that is its traject."""
    return subject.panel.traject if isinstance(subject, PanelAdvice) else subject


def _hold(session: Session, subject: Subject) -> None:
    match subject:
        case Idea():
            hold(session, subject)
            hold_round_of(session, subject.traject_id)
        case PanelAdvice():
            session.refresh(subject.panel, with_for_update={"of": Buurtpanel})
        case Traject():
            session.refresh(subject, with_for_update={"of": Traject})


def _is_new(session: Session, subject: Subject, title: str) -> Verdict:
    if isinstance(subject, PanelAdvice):
        exists = session.scalar(besluit_of_advice(subject.id)) is not None
    elif isinstance(subject, Idea):
        exists = session.scalar(besluit_of_idea(subject.id)) is not None
    else:
        of_traject = session.scalars(besluiten_about_traject(subject.id))
        exists = any(each.title == title.strip() for each in of_traject if each.advice_id is None)
    return refused(Refusal.ALREADY_DECIDED) if exists else Allowed()


def _may_state(session: Session, subject: Subject, said: Said, bound: Outcome | None) -> Verdict:
    goes_ahead = bound is Outcome.YES and isinstance(subject, Idea) and _goes_ahead(session, subject)
    verdict = may_state(
        said.outcome, motivation=said.motivation, ground=said.ground, bound=bound, goes_ahead=goes_ahead
    )
    if isinstance(subject, PanelAdvice) and subject.answer is not None:
        as_answered = may_differ_from_answer(said.outcome, subject.answer.advice_use, binds=_binds(subject))
        return first_refusal(verdict, as_answered)
    return verdict


def _goes_ahead(session: Session, idea: Idea) -> bool:
    budget_round = _round_of(session, idea)
    again = {"populate_existing": True}  # a besluit about the round may have waited with this one for their lock
    lines = session.scalars(allocation_lines(budget_round.id), execution_options=again) if budget_round else ()
    return any(line.plan.idea_id == idea.id and line.withheld_at is None for line in lines)


def _may_say(session: Session, budget_round: Round, said: Said) -> Verdict:
    return may_explain(
        motivation=said.motivation,
        deviates=said.deviates,
        ground=said.ground,
        withheld=withheld_of(session, budget_round, said.withheld),
        is_advice=budget_round.is_advice(),
        advice_use=said.advice_use,
    )


def _columns(subject: Subject, said: Said, now: datetime, bound: Outcome | None) -> dict[str, Any]:
    advised = subject.answer if isinstance(subject, PanelAdvice) and not _binds(subject) else None
    return {
        "title": said.title.strip(),
        "decision_body": said.decision_body.strip(),
        "motivation": said.motivation.strip(),
        "outcome": said.outcome,
        "deviation_ground": said.ground if deviates_from(bound, said.outcome) else None,
        "advice_use": advised.advice_use if advised else None,
        **said.formal.columns(day_of(now)),
    }


def _of_round(session: Session, budget_round: Round, said: Said) -> dict[str, Any]:
    is_advice = budget_round.is_advice()
    deviates = said.deviates and not is_advice
    return {
        "outcome": None,
        "deviation_ground": said.ground if deviates else None,
        "withheld": plans_named(session, budget_round, said.withheld if deviates else ()),
        "advice_use": said.advice_use if is_advice else None,
    }
