"""How is a report judged, or the first idea of somebody let through; and what if nobody looks?"""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.moderation.hiding import hold, settle, take_off
from participatie.actions.moderation.queueing import close, left_over
from participatie.actions.moderation.sides import rivals_in
from participatie.actions.record import mail, record
from participatie.models.ideas import Idea
from participatie.models.moderation import Hiding, due_first_posts, open_item, open_items_of
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import Handled, HouseRule, Waiting, may_hide, may_look
from participatie.spelregels.permissions import Actor, Do, Role, may
from participatie.spelregels.verdicts import Refused, first_refusal


def judge_idea(
    session: Session, actor: Actor, idea: Idea, house_rule: HouseRule | None, reason: str, now: datetime
) -> Hiding | Idea | Refused:
    """Hide what was reported or waits under a house rule, or with None let it be: a first idea is public from then on."""
    hold(session, idea)
    items = [each for each in session.scalars(open_items_of(idea.id)) if each.kind is not Waiting.APPEAL]
    sides = rivals_in(session, [idea.traject_id])
    is_rival = actor.account_id in sides[idea.traject_id]
    late = any(each.due_at < now for each in items)
    verdict = first_refusal(
        may(actor, Do.JUDGE_IDEA, idea.traject.facts().place_at(now)),
        may_look(
            waits=bool(items),
            is_rival=is_rival,
            is_moderator=Role.MODERATOR in actor.roles_at(idea.traject.area.path),
            stands_in=late or bool(left_over(session, items, sides)),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    if house_rule is not None:
        # Waiting is no hiding; and what was hidden meanwhile has no report left.
        verdict = may_hide(hidden=False, reason=reason, is_rival=is_rival)
        if isinstance(verdict, Refused):
            return verdict
        record(session, actor.account_id, Do.JUDGE_IDEA, idea, now, house_rule=str(house_rule))
        return take_off(session, actor, idea, house_rule, reason, now)
    settle(session, actor, idea, Handled.KEPT, now)
    if any(each.kind is Waiting.FIRST_POST for each in items):
        _publish(session, idea, now)
    record(session, actor.account_id, Do.JUDGE_IDEA, idea, now, kept=True)
    return idea


def publish_due(session: Session, now: datetime) -> int:
    """Publish the first ideas that nobody looked at in time: waiting silences nobody. Return how many."""
    published = 0
    for due in session.scalars(due_first_posts(now)).all():
        hold(session, due.idea)
        item = session.scalar(open_item(due.idea_id, Waiting.FIRST_POST))
        if item is None:  # somebody looked at this very moment
            continue
        close(item, Handled.BY_TIME, None, now)
        if item.idea.status is IdeaStatus.PUBLISHED:
            _publish(session, item.idea, now)
            published += 1
    return published


def _publish(session: Session, idea: Idea, now: datetime) -> None:
    idea.hidden_at = None
    idea.traject.touch()
    mail(
        session, idea.author, "idea_received", now,
        idea_id=idea.id, title=idea.title, traject=idea.traject.title, answer_days=idea.traject.answer_days,
        entered=False,
    )  # fmt: skip
