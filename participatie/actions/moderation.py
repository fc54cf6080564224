"""How does a moderator hide an idea, with a cited house rule, and put it back?"""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.models.ideas import Idea, running_ideas_of
from participatie.models.moderation import Hiding, current_hiding
from participatie.spelregels.moderation import HouseRule, may_hide, may_restore
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, first_refusal


def hide_idea(
    session: Session, actor: Actor, idea: Idea, house_rule: HouseRule, reason: str, now: datetime
) -> Hiding | Refused:
    """Take an idea off the public pages and tell its author why. The text itself is kept."""
    session.refresh(idea, with_for_update={"of": Idea})
    own = session.scalar(running_ideas_of(actor.account_id or 0, idea.traject_id)) or 0
    verdict = first_refusal(
        may(actor, Do.HIDE_IDEA, idea.traject.facts().place_at(now)),
        may_hide(hidden=idea.hidden_at is not None, reason=reason, has_own_idea_here=own > 0),
    )
    if isinstance(verdict, Refused):
        return verdict
    hiding = Hiding(
        idea_id=idea.id,
        moderator_id=actor.account_id or 0,
        house_rule=house_rule,
        reason=reason.strip(),
        hidden_at=now,
    )
    session.add(hiding)
    idea.hidden_at = now
    idea.traject.touch()
    record(session, actor.account_id, Do.HIDE_IDEA, idea, now, house_rule=str(house_rule))
    mail(
        session, idea.author, "idea_hidden", now,
        idea_id=idea.id, title=idea.title, house_rule=str(house_rule), reason=hiding.reason,
    )  # fmt: skip
    return hiding


def restore_idea(session: Session, actor: Actor, idea: Idea, reason: str, now: datetime) -> Idea | Refused:
    """Put a hidden idea back where it was."""
    session.refresh(idea, with_for_update={"of": Idea})
    verdict = first_refusal(
        may(actor, Do.RESTORE_IDEA, idea.traject.facts().place_at(now)),
        may_restore(hidden=idea.hidden_at is not None, reason=reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    for hiding in session.scalars(current_hiding(idea.id)):
        hiding.restored_at = now
        hiding.restored_reason = reason.strip()
    idea.hidden_at = None
    idea.traject.touch()
    record(session, actor.account_id, Do.RESTORE_IDEA, idea, now)
    mail(session, idea.author, "idea_restored", now, idea_id=idea.id, title=idea.title, reason=reason.strip())
    return idea
