"""How does a moderator hide an idea, with a cited house rule, and put it back?"""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.moderation.queueing import close
from participatie.actions.moderation.sides import is_rival
from participatie.actions.record import mail, record
from participatie.models.ideas import Idea
from participatie.models.moderation import HiddenThrough, Hiding, current_hiding, open_items_of
from participatie.models.organisations import organisations_of
from participatie.spelregels.moderation import Handled, HouseRule, Waiting, appeal_ends, may_hide, may_restore
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, first_refusal


def hide_idea(
    session: Session, actor: Actor, idea: Idea, house_rule: HouseRule, reason: str, now: datetime
) -> Hiding | Refused:
    """Take an idea off the public pages and tell its author why. The text itself is kept."""
    hold(session, idea)
    verdict = first_refusal(
        may(actor, Do.HIDE_IDEA, idea.traject.facts().place_at(now)),
        may_hide(
            hidden=is_hidden(session, idea),
            reason=reason,
            is_rival=is_rival(session, actor.account_id, idea.traject_id),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    record(session, actor.account_id, Do.HIDE_IDEA, idea, now, house_rule=str(house_rule))
    return take_off(session, actor, idea, house_rule, reason, now)


def take_off(session: Session, actor: Actor, idea: Idea, house_rule: HouseRule, reason: str, now: datetime) -> Hiding:
    """Hide an idea that may be hidden: its author is told the rule, the reason and how to appeal; reporters what came of it."""
    hiding = Hiding(
        idea_id=idea.id,
        moderator_id=actor.account_id or 0,
        house_rule=house_rule,
        reason=reason.strip(),
        hidden_at=now,
    )
    path = idea.traject.area.path
    through = next(
        (each for each in session.scalars(organisations_of(actor.account_id or 0)) if each.serves(path)), None
    )
    if through is not None:
        hiding.through = HiddenThrough(organisation=through)
    session.add(hiding)
    idea.hidden_at = now
    idea.traject.touch()
    settle(session, actor, idea, Handled.HIDDEN, now)
    mail(
        session, idea.author, "idea_hidden", now,
        idea_id=idea.id, title=idea.title, house_rule=str(house_rule), reason=hiding.reason, text=idea.body,
        appeal_until=appeal_ends(now).isoformat(),
    )  # fmt: skip
    return hiding


def settle(session: Session, actor: Actor, idea: Idea, outcome: Handled, now: datetime) -> None:
    """Close the reports and the wait of an idea, and tell reporters who have an account what came of it."""
    for item in session.scalars(open_items_of(idea.id)):
        if item.kind is Waiting.APPEAL:
            continue
        close(item, outcome, actor.account_id, now)
        for report in item.reports:
            if report.account is not None:
                mail(
                    session, report.account, "report_handled", now,
                    idea_id=idea.id, hidden=outcome is Handled.HIDDEN,
                )  # fmt: skip


def restore_idea(session: Session, actor: Actor, idea: Idea, reason: str, now: datetime) -> Idea | Refused:
    """Put a hidden idea back where it was; an appeal that waits has its answer in that."""
    hold(session, idea)
    verdict = first_refusal(
        may(actor, Do.RESTORE_IDEA, idea.traject.facts().place_at(now)),
        may_restore(
            hidden=is_hidden(session, idea),
            reason=reason,
            is_rival=is_rival(session, actor.account_id, idea.traject_id),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    put_back(session, actor, idea, reason, now)
    record(session, actor.account_id, Do.RESTORE_IDEA, idea, now)
    mail(session, idea.author, "idea_restored", now, idea_id=idea.id, title=idea.title, reason=reason.strip())
    return idea


def put_back(session: Session, actor: Actor, idea: Idea, reason: str, now: datetime) -> None:
    """Show a hidden idea again, and close what was asked about that."""
    for hiding in session.scalars(current_hiding(idea.id)):
        hiding.restored_at = now
        hiding.restored_reason = reason.strip()
    for item in session.scalars(open_items_of(idea.id)):
        if item.appeal is not None:
            close(item, Handled.RESTORED, actor.account_id, now)
            item.appeal.reason = reason.strip()
    idea.hidden_at = None
    idea.traject.touch()


def hold(session: Session, idea: Idea) -> None:
    """Read an idea again behind a lock: of two acts on it, the second sees what the first made of it."""
    session.refresh(idea, with_for_update={"of": Idea})


def is_hidden(session: Session, idea: Idea) -> bool:
    """Tell whether somebody hid it: an idea that waits is not public either, and nobody hid it."""
    return idea.hidden_at is not None and session.scalar(current_hiding(idea.id)) is not None
