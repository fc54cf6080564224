"""How do two ideas become one? Somebody proposes it, both authors agree, and each supporter decides about their own support."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.photos import forget_photos
from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.answers import AnswerOwner
from participatie.models.ideas import Idea, Support, idea_of_household, support_of
from participatie.models.merging import (
    Merge,
    authors_gone_on_in,
    expired_merges,
    gone_on_in,
    left_behind,
    merges_of,
    open_merges_of,
    supporters_left_behind,
)
from participatie.spelregels.answers import Asked
from participatie.spelregels.ideas import IdeaStatus, is_waiting, may_support
from participatie.spelregels.merging import MERGE_TERM, MergeStatus, may_answer_merge, may_propose_merge
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def propose_merge(
    session: Session, account: Account, source: Idea, target: Idea, reason: str, now: datetime
) -> Merge | Refused:
    """Propose that an idea goes on in another one. An author who proposes has agreed; all others are asked by mail."""
    _hold(session, (source.id, target.id))
    end_expired(session, source, target, now)
    verdict = first_refusal(
        may(_with_author(account, source), Do.MERGE_IDEAS, source.traject.facts().place_at(now)),
        may_propose_merge(
            same_idea=source.id == target.id,
            same_traject=source.traject_id == target.traject_id,
            both_wait=_both_wait(source, target),
            pending=session.scalars(open_merges_of([source.id, target.id])).first() is not None,
            reason=reason,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    merge = Merge(
        source=source,
        target=target,
        proposed_by_id=account.id,
        reason=reason.strip(),
        proposed_at=now,
        expires_at=now + MERGE_TERM,
        status=MergeStatus.OPEN,
    )
    try:
        with session.begin_nested():
            session.add(merge)
    except IntegrityError:
        return refused(Refusal.MERGE_PENDING)
    record(session, account.id, Do.MERGE_IDEAS, merge, now, source=source.id, target=target.id)
    _agree(merge, account.id, now)
    if merge.source_agreed_at and merge.target_agreed_at:  # both are theirs
        _merge(session, merge, now)
        return merge
    for author, own, other in _sides(merge):
        if author.id != account.id:
            mail(
                session, author, "merge_proposed", now,
                idea_id=own.id, merge_id=merge.id, title=own.title, other_id=other.id, other_title=other.title,
                reason=merge.reason, until=merge.expires_at.isoformat(),
            )  # fmt: skip
    return merge


def answer_merge(session: Session, account: Account, merge: Merge, now: datetime, *, agrees: bool) -> Merge | Refused:
    """Say yes or no as one of the authors. The second yes makes one idea of two; a no ends it, and both hear so."""
    _hold(session, (merge.source_id, merge.target_id))
    session.refresh(merge, with_for_update={"of": Merge})
    is_author = account.id in merge.author_ids()
    verdict = first_refusal(
        may(replace(account.actor(), is_author=is_author), Do.MERGE_IDEAS, merge.source.traject.facts().place_at(now)),
        may_answer_merge(
            merge.status,
            merge.expires_at,
            now,
            is_author=is_author,
            both_wait=_both_wait(merge.source, merge.target),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    record(session, account.id, Do.MERGE_IDEAS, merge, now, agrees=agrees)
    if not agrees:
        merge.status, merge.ended_at = MergeStatus.DECLINED, now
        _tell_both(session, merge, now)
        return merge
    _agree(merge, account.id, now)
    if merge.source_agreed_at and merge.target_agreed_at:
        _merge(session, merge, now)
    return merge


def move_support(session: Session, account: Account, merge: Merge, now: datetime) -> Support | Refused:
    """Let somebody's support go along to the idea in which the one they backed goes on. Nobody's goes by itself."""
    _hold(session, (merge.source_id, merge.target_id))
    left = session.scalar(left_behind(merge.id, account.id))
    if left is None:
        return refused(Refusal.MERGE_OVER)
    target = merge.target
    verdict = first_refusal(
        may(account.actor(), Do.SUPPORT_IDEA, target.traject.facts().place_at(now)),
        may_support(target.facts(), account.id, already=session.scalar(support_of(target.id, account.id)) is not None),
    )
    if isinstance(verdict, Refused):
        return verdict
    support = Support(idea_id=target.id, account_id=account.id, created_at=now)
    session.delete(left)
    session.add(support)
    merge.source.support_count = Idea.support_count - 1
    target.support_count = Idea.support_count + 1
    target.traject.touch()
    record(session, account.id, Do.SUPPORT_IDEA, target, now)
    return support


def take_apart(session: Session, withdrawn: Idea, now: datetime) -> None:
    """Let the ideas of others that went on in one that is withdrawn wait for their own answer again, and tell their authors.

    What its author had of their own in it goes with it. An idea stays where it is when its household asks for something
    else by now: there is one of those at a time.
    """
    for merge in session.scalars(merges_of(withdrawn.id)).all():
        source = merge.source
        if merge.target_id != withdrawn.id:
            continue
        if source.author_id == withdrawn.author_id:
            merge.status, merge.ended_at = MergeStatus.EXPIRED, now
            forget_photos(session, source)
            take_apart(session, source, now)
            continue
        key = source.household_key
        if key is not None and session.scalar(idea_of_household(source.traject_id, key)) is not None:
            continue
        merge.status, merge.ended_at = MergeStatus.EXPIRED, now
        source.status = IdeaStatus.PUBLISHED
        if source.hidden_at is None:
            mail(
                session, source.author, "merge_ended", now,
                merged=False, apart=True, title=source.title, other_title=merge.target.title, idea_id=source.id,
            )  # fmt: skip
    session.flush()


def hold_with_parts(session: Session, idea: Idea) -> None:
    """Lock an idea and those that went on in it, in the order in which all acts on several do."""
    _hold(session, [idea.id, *(each.id for each in session.scalars(gone_on_in(idea.id)))])


def end_expired(session: Session, source: Idea, target: Idea, now: datetime) -> None:
    """Close the proposals about these ideas of which the term is over, so that another can be made; both authors hear so."""
    _expire(session, open_merges_of([source.id, target.id]).where(Merge.expires_at < now), now)


def end_all_expired(session: Session, now: datetime) -> int:
    """Close every proposal of which the term is over, and tell both authors; return how many."""
    return _expire(session, expired_merges(now), now)


def _expire(session: Session, expired: Select[Merge], now: datetime) -> int:
    # Behind the lock of the proposal: of two who close it one does, and an answer that comes in at once is first or last.
    rows = expired.with_for_update(of=Merge)
    ended = session.scalars(rows, execution_options={"populate_existing": True}).all()
    for merge in ended:
        merge.status, merge.ended_at = MergeStatus.EXPIRED, merge.expires_at
        _tell_both(session, merge, now)
    session.flush()
    return len(ended)


def _merge(session: Session, merge: Merge, now: datetime) -> None:
    merge.status, merge.ended_at = MergeStatus.MERGED, now
    # It is not answered by itself any more; its text, its photos and its supporters stay where they are.
    merge.source.status = IdeaStatus.WITHDRAWN
    merge.source.traject.touch()
    session.flush()
    # To whoever it is their own now as well it cannot have been handed.
    handed = AnswerOwner.account_id.in_(authors_gone_on_in(merge.target_id))
    session.execute(
        delete(AnswerOwner).where(AnswerOwner.asked == Asked.IDEA, AnswerOwner.thing_id == merge.target_id, handed)
    )
    _tell_both(session, merge, now)
    for account in session.scalars(supporters_left_behind(merge.source_id, merge.target_id)):
        mail(
            session, account, "merge_support", now,
            title=merge.source.title, other_id=merge.target_id, other_title=merge.target.title,
        )  # fmt: skip


def _tell_both(session: Session, merge: Merge, now: datetime) -> None:
    told: set[int] = set()
    for author, own, other in _sides(merge):
        if author.id not in told:
            told.add(author.id)
            mail(
                session, author, "merge_ended", now,
                merged=merge.status is MergeStatus.MERGED, expired=merge.status is MergeStatus.EXPIRED,
                title=own.title, other_title=other.title, idea_id=merge.target_id,
            )  # fmt: skip


def _sides(merge: Merge) -> tuple[tuple[Account, Idea, Idea], tuple[Account, Idea, Idea]]:
    return (merge.source.author, merge.source, merge.target), (merge.target.author, merge.target, merge.source)


def _agree(merge: Merge, account_id: int, now: datetime) -> None:
    if merge.source.author_id == account_id:
        merge.source_agreed_at = merge.source_agreed_at or now
    if merge.target.author_id == account_id:
        merge.target_agreed_at = merge.target_agreed_at or now


def _both_wait(source: Idea, target: Idea) -> bool:
    return bool(is_waiting(source.facts())) and bool(is_waiting(target.facts()))


def _with_author(account: Account, idea: Idea) -> Actor:
    return replace(account.actor(), is_author=idea.author_id == account.id)


def _hold(session: Session, idea_ids: Collection[int]) -> None:
    """Lock ideas, the lower number first, so that two who merge crosswise wait and do not block each other."""
    rows = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(of=Idea)
    session.scalars(rows, execution_options={"populate_existing": True}).all()
