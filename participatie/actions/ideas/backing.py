"""How does an idea find support, and how does its author take it back?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.ideas.holding import hold
from participatie.actions.merging import hold_with_parts, take_apart
from participatie.actions.photos import forget_photos
from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.ideas import Idea, Support, support_of
from participatie.spelregels.ideas import IdeaStatus, may_support, may_withdraw
from participatie.spelregels.permissions import Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def support_idea(session: Session, account: Account, idea: Idea, now: datetime) -> Support | Refused:
    """Count one resident's backing, once: the primary key decides when two requests race."""
    already = session.scalar(support_of(idea.id, account.id)) is not None
    verdict = first_refusal(
        may(account.actor(), Do.SUPPORT_IDEA, idea.traject.facts().place_at(now)),
        may_support(idea.facts(), account.id, already=already),
    )
    if isinstance(verdict, Refused):
        return verdict
    support = Support(idea_id=idea.id, account_id=account.id, created_at=now)
    try:
        with session.begin_nested():
            session.add(support)
    except IntegrityError:
        return refused(Refusal.ALREADY_SUPPORTED)
    idea.support_count = Idea.support_count + 1
    idea.traject.touch()
    record(session, account.id, Do.SUPPORT_IDEA, idea, now)
    return support


def withdraw_idea(session: Session, account: Account, idea: Idea, now: datetime) -> Idea | Refused:
    """Take an idea back at its author's wish; its photos are deleted for good.

    Ideas of others that went on in it are published again: nobody ends those but who put them in.
    """
    hold_with_parts(session, idea)
    hold(session, idea)
    actor = replace(account.actor(), is_author=idea.author_id == account.id)
    verdict = first_refusal(
        may_withdraw(idea.facts(), account.id),
        may(actor, Do.WITHDRAW_IDEA, idea.traject.facts().place_at(now)),
    )
    if isinstance(verdict, Refused):
        return verdict
    if idea.status is not IdeaStatus.PUBLISHED:
        return refused(Refusal.IDEA_NOT_OPEN)
    idea.status = IdeaStatus.WITHDRAWN
    forget_photos(session, idea)
    take_apart(session, idea, now)
    idea.traject.touch()
    record(session, account.id, Do.WITHDRAW_IDEA, idea, now)
    return idea
