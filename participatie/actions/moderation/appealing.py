"""How does an author ask that somebody else looks at what was hidden, and who decides?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.moderation.hiding import hold, put_back
from participatie.actions.moderation.judges import tell_judges
from participatie.actions.moderation.queueing import close, hid_it, wait_for_look
from participatie.actions.moderation.sides import is_rival
from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.moderation import Appeal, current_hiding, open_item
from participatie.spelregels.moderation import Handled, Waiting, may_appeal, may_judge_appeal
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal


def appeal(session: Session, account: Account, idea: Idea, plea: str, now: datetime) -> Appeal | Refused:
    """Ask, once for each hiding and within its term, that somebody else looks; who can do that is told."""
    hold(session, idea)
    hiding = session.scalar(current_hiding(idea.id)) if idea.hidden_at is not None else None
    is_author = idea.author_id == account.id
    verdict = first_refusal(
        may(replace(account.actor(), is_author=is_author), Do.APPEAL_HIDING, idea.traject.facts().place_at(now)),
        may_appeal(
            hiding.hidden_at if hiding is not None else None,
            now,
            is_author=is_author,
            appealed=hiding is not None and hiding.appeal is not None,
            text=plea,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    item = wait_for_look(session, idea, Waiting.APPEAL, now)
    asked = Appeal(item=item, hiding=hiding, plea=plea.strip())
    session.add(asked)
    record(session, account.id, Do.APPEAL_HIDING, idea, now)
    tell_judges(session, item, now)
    return asked


def may_look_again(session: Session, actor: Actor, idea: Idea) -> Verdict:
    """Tell somebody beforehand whether they are too close to judge the appeal that waits: they hid it, or have a side."""
    item = session.scalar(open_item(idea.id, Waiting.APPEAL))
    return may_judge_appeal(
        waits=True,
        hid_it=item is not None and hid_it(item, actor.account_id),
        is_rival=is_rival(session, actor.account_id, idea.traject_id),
        reason="-",
    )


def judge_appeal(
    session: Session, actor: Actor, idea: Idea, reason: str, now: datetime, *, restores: bool
) -> Appeal | Refused:
    """Put the idea back or keep it hidden, with the reason that its author reads. Never by the one who hid it."""
    hold(session, idea)
    item = session.scalar(open_item(idea.id, Waiting.APPEAL))
    verdict = first_refusal(
        may(actor, Do.JUDGE_APPEAL, idea.traject.facts().place_at(now)),
        may_judge_appeal(
            waits=item is not None,
            hid_it=item is not None and hid_it(item, actor.account_id),
            is_rival=is_rival(session, actor.account_id, idea.traject_id),
            reason=reason,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    assert item is not None
    assert item.appeal is not None
    asked = item.appeal
    if restores:
        put_back(session, actor, idea, reason, now)
    else:
        close(item, Handled.KEPT, actor.account_id, now)
        asked.reason = reason.strip()
    record(session, actor.account_id, Do.JUDGE_APPEAL, idea, now, restored=restores)
    mail(
        session, idea.author, "appeal_judged", now,
        idea_id=idea.id, title=idea.title, restored=restores, reason=reason.strip(),
    )  # fmt: skip
    return asked
