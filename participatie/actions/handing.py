"""How is something to answer handed to a colleague who can answer it?"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.ideas.owning import whose_own
from participatie.actions.owing import Owed, facts_of
from participatie.actions.record import mail, record
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.announcements import Dispute
from participatie.models.answers import AnswerOwner, answerers_at
from participatie.models.besluiten import besluit_of_round
from participatie.models.buurtpanels import Buurtpanel, accounts_seated_on, panel_advice_of
from participatie.models.ideas import Idea, idea_by_id
from participatie.spelregels.answers import Asked, Timing, may_have
from participatie.spelregels.ideas import is_waiting
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, Verdict, first_refusal, refused


def hand_over(session: Session, actor: Actor, owed: Owed, to: Account, now: datetime) -> AnswerOwner | Refused:
    """Give something to answer to a colleague, and tell them by mail.

    Refused to whoever cannot answer it in that area, made or carries out what is asked, or sits on the panel that asks.
    """
    traject = owed.traject
    own, still = _own_and_waiting(session, owed)
    verdict = first_refusal(may(actor, Do.HAND_OVER_ANSWER, traject.facts().place_at(now)), _may_go_to(owed, to, own))
    if isinstance(verdict, Refused):
        return verdict
    if not still:
        return refused(Refusal.ALREADY_ANSWERED)
    # In one statement: not everything that is asked has a row to lock, and two clicks insert at once.
    has = {"account_id": to.id, "by_id": actor.account_id, "since": now}
    insert = upserting(session)(AnswerOwner).values(asked=owed.asked, thing_id=owed.thing_id, **has)
    session.execute(insert.on_conflict_do_update(index_elements=["asked", "thing_id"], set_=has))
    owner = session.get_one(AnswerOwner, (owed.asked, owed.thing_id), populate_existing=True)
    traject.touch()
    record(
        session,
        actor.account_id,
        Do.HAND_OVER_ANSWER,
        traject,
        now,
        asked=str(owed.asked),
        thing=owed.thing_id,
        to=to.id,
    )
    late = owed.timing(now) is Timing.OVERDUE
    mail(session, to, "answer_handed", now, due=owed.due_at.isoformat(), late=late, **facts_of(owed))
    return owner


def colleagues_for(session: Session, owed: Owed) -> list[Account]:
    """Return to whom something can be handed, by name."""
    own = _own(session, owed)
    found = session.scalars(answerers_at(owed.asked, owed.traject.area.path))
    return [account for account in found if _may_go_to(owed, account, own)]


def _may_go_to(owed: Owed, account: Account, own: frozenset[int]) -> Verdict:
    roles = account.actor().roles_at(owed.traject.area.path)
    return may_have(owed.asked, roles, is_own=account.id in own)


def _own(session: Session, owed: Owed) -> frozenset[int]:
    """Return whose own it is: who made what is asked, carries it out, or sits on the panel that asks it."""
    match owed.asked:
        case Asked.IDEA:
            return whose_own(session, session.scalars(idea_by_id(owed.thing_id)).one())
        case Asked.DISPUTE:
            return frozenset({session.get_one(Dispute, owed.thing_id).account_id})
        case Asked.PANEL:
            return frozenset(session.scalars(accounts_seated_on(owed.thing_id)))
        case Asked.ADVICE:
            return frozenset()


def _own_and_waiting(session: Session, owed: Owed) -> tuple[frozenset[int], bool]:
    """Return whose own it is, and whether it still waits, read behind a lock: somebody may just have answered."""
    match owed.asked:
        case Asked.IDEA:
            idea = session.scalars(select(Idea).where(Idea.id == owed.thing_id)).one()
            session.refresh(idea, with_for_update={"of": Idea})
            return _own(session, owed), bool(is_waiting(idea.facts()))
        case Asked.DISPUTE:
            dispute = session.scalars(select(Dispute).where(Dispute.id == owed.thing_id)).one()
            session.refresh(dispute, with_for_update={"of": Dispute})
            return _own(session, owed), dispute.answered_at is None
        case Asked.PANEL:
            panel = session.scalars(select(Buurtpanel).where(Buurtpanel.id == owed.thing_id)).one()
            session.refresh(panel, with_for_update={"of": Buurtpanel})
            said = session.execute(panel_advice_of(owed.thing_id)).one()
            return _own(session, owed), said.answered_at is None
        case Asked.ADVICE:
            waits = session.scalar(besluit_of_round(owed.thing_id)) is None
            return _own(session, owed), waits and owed.traject.status is not TrajectStatus.DRAFT
