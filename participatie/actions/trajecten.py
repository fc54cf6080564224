"""How does a traject start, open, and get its followers?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.trajecten import Follow, Phase, Traject, follow_of
from participatie.models.wijken import Area
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.phases import PhaseFacts, may_plan_phases
from participatie.spelregels.trajecten import ProcessCard, TrajectStatus, may_change_card, may_open_traject
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def start_traject(
    session: Session,
    actor: Actor,
    area: Area,
    slug: str,
    title: str,
    card: ProcessCard,
    contact: Account | None,
    phases: Sequence[PhaseFacts],
    now: datetime,
    answer_days: int = 42,
) -> Traject | Refused:
    """Make a draft traject with its card and phases; `answer_days` is the term for answering an idea."""
    verdict = first_refusal(may(actor, Do.MANAGE_TRAJECT, Place(area.path)), may_plan_phases(phases))
    if isinstance(verdict, Refused):
        return verdict
    traject = Traject(slug=slug, title=title, area=area, contact=contact, answer_days=answer_days, created_at=now)
    _fill_in(traject, card, phases)
    try:
        with session.begin_nested():
            session.add(traject)
    except IntegrityError:
        return refused(Refusal.ADDRESS_TAKEN)
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="draft")
    return traject


def change_draft(
    session: Session,
    actor: Actor,
    traject: Traject,
    title: str,
    card: ProcessCard,
    phases: Sequence[PhaseFacts],
    answer_days: int,
    now: datetime,
) -> Traject | Refused:
    """Change the card and phases of a draft. Refused once the traject is open: then the card is a promise."""
    session.refresh(traject, with_for_update={"of": Traject})
    verdict = first_refusal(
        may(actor, Do.MANAGE_TRAJECT, Place(traject.area.path)), may_change_card(traject.status, phases)
    )
    if isinstance(verdict, Refused):
        return verdict
    traject.title, traject.answer_days = title, answer_days
    _fill_in(traject, card, phases)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="changed")
    return traject


def _fill_in(traject: Traject, card: ProcessCard, phases: Sequence[PhaseFacts]) -> None:
    traject.question, traject.goal, traject.fixed, traject.open = card.question, card.goal, card.fixed, card.open
    traject.decision_maker = card.decision_maker
    traject.use_of_input, traject.results_back = card.use_of_input, card.results_back
    traject.phases = [
        Phase(position=position, kind=phase.kind, level=phase.level, starts_at=phase.starts_at, ends_at=phase.ends_at)
        for position, phase in enumerate(phases, start=1)
    ]


def open_traject(session: Session, actor: Actor, traject: Traject, now: datetime) -> Traject | Refused:
    """Publish a traject: from now on its card is a promise. Refused while anything is missing on it."""
    facts = traject.facts()
    verdict = first_refusal(
        may(actor, Do.MANAGE_TRAJECT, Place(facts.area_path)),
        may_open_traject(traject.card(), facts.phases, facts.status),
    )
    if isinstance(verdict, Refused):
        return verdict
    traject.status = TrajectStatus.OPEN
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="open")
    return traject


def follow(session: Session, actor: Actor, traject: Traject, now: datetime) -> Follow | Refused:
    """Send somebody mail about a traject from now on; following twice changes nothing."""
    verdict = may(actor, Do.FOLLOW, traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    account_id = actor.account_id or 0
    existing = session.scalar(follow_of(account_id, traject.id))
    if existing is None:
        existing = Follow(account_id=account_id, traject_id=traject.id, since=now)
        session.add(existing)
    return existing


def unfollow(session: Session, actor: Actor, traject: Traject) -> None:
    """Stop the mail about a traject."""
    session.execute(delete(Follow).where(Follow.account_id == actor.account_id, Follow.traject_id == traject.id))
