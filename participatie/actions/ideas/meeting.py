"""How does an idea that was heard at a meeting come in, in a row with others, and how does its owner take it later?"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas.submitting import IdeaText, Resident, enter_idea
from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.meetings import EnteredIdea, MeetingSource, entered_by, entered_idea
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.meetings import (
    MeetingKind,
    ReachOf,
    may_claim,
    may_count_reach,
    plain_slip,
    slip_code,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.wijkbudget import may_be_done


@dataclass(frozen=True, slots=True)
class Reach:
    """Of how many residents or households a meeting could reach, and who says so."""

    of: ReachOf
    out_of: int
    source: str


def make_meeting(
    session: Session,
    actor: Actor,
    traject: Traject,
    name: str,
    on_day: date,
    place: str,
    kind: MeetingKind,
    now: datetime,
) -> MeetingSource | Refused:
    """Write down where ideas are heard. Refused for a day that has not come."""
    verdict = first_refusal(
        may(actor, Do.ENTER_IDEA, traject.facts().place_at(now)), may_be_done(on_day, now.astimezone(AMSTERDAM).date())
    )
    if isinstance(verdict, Refused):
        return verdict
    meeting = MeetingSource(
        traject_id=traject.id, name=name.strip(), on_day=on_day, place=place.strip(), kind=kind, made_at=now,
        made_by_id=actor.account_id,
    )  # fmt: skip
    session.add(meeting)
    record(session, actor.account_id, Do.ENTER_IDEA, meeting, now, traject=traject.id, kind=str(kind))
    return meeting


def count_meeting(
    session: Session, actor: Actor, meeting: MeetingSource, attendance: int, reach: Reach | None, now: datetime
) -> MeetingSource | Refused:
    """Write down how many came, and of how many. Refused for a reach without its source, or above the whole."""
    verdict = first_refusal(
        may(actor, Do.ENTER_IDEA, meeting.traject.facts().place_at(now)),
        may_count_reach(attendance, reach.out_of if reach else None, reach.source if reach else ""),
    )
    if isinstance(verdict, Refused):
        return verdict
    meeting.attendance = attendance
    meeting.out_of, meeting.reach_of = (reach.out_of, reach.of) if reach else (None, None)
    meeting.counted_by = reach.source.strip() if reach else ""
    record(session, actor.account_id, Do.ENTER_IDEA, meeting, now, attendance=attendance, out_of=meeting.out_of)
    return meeting


def next_turn(session: Session, meeting: MeetingSource, helper_id: int) -> int:
    """Return as their how manieth idea at this meeting a helper writes down the next one."""
    mine = entered_by(meeting.id, helper_id).with_only_columns(func.max(EnteredIdea.turn))
    return (session.scalar(mine) or 0) + 1


def enter_at_meeting(
    session: Session,
    helper: Account,
    resident: Resident,
    meeting: MeetingSource,
    area: Area,
    text: IdeaText,
    turn: int,
    consent: str,
    now: datetime,
) -> Idea | Refused:
    """Publish an idea that was heard at a meeting; `consent` is the sentence to which the resident said yes.

    The same idea sent once more after a broken connection is that one idea: `turn` says which of the helper's it is.
    """
    session.execute(select(MeetingSource.id).where(MeetingSource.id == meeting.id).with_for_update())
    before = session.scalar(entered_by(meeting.id, helper.id).where(EnteredIdea.turn == turn))
    if before is not None and (before.idea.title, before.idea.body) == (text.title.strip(), text.body.strip()):
        return before.idea
    idea = enter_idea(session, helper, resident, meeting.traject, area, text, now)
    if isinstance(idea, Refused):
        return idea
    session.flush()
    session.add(
        EnteredIdea(
            idea_id=idea.id, meeting_id=meeting.id, by_id=helper.id, turn=next_turn(session, meeting, helper.id),
            consent=consent, consent_at=now,
        )
    )  # fmt: skip
    session.flush()
    return idea


def slip_of(idea_id: int, secret_key: str) -> str:
    """Return the code on the slip of paper of an idea. It is made anew each time, and kept nowhere."""
    return slip_code(keyed_hash(secret_key, "slip", idea_id))


def claim_idea(
    session: Session, account: Account, idea: Idea, typed: str, secret_key: str, now: datetime
) -> Idea | Refused:
    """Give an idea that was heard at a meeting to its owner, who had no address then and has the code of the slip."""
    entered = session.scalar(entered_idea(idea.id).with_for_update(of=EnteredIdea))
    if entered is None or idea.author.has_address():
        return refused(Refusal.SLIP_WRONG)
    fits = hmac.compare_digest(plain_slip(typed).encode(), plain_slip(slip_of(idea.id, secret_key)).encode())
    verdict = may_claim(fits=fits, is_claimed=entered.claimed_at is not None, is_helper=entered.by_id == account.id)
    if isinstance(verdict, Refused):
        return verdict
    idea.author = account
    entered.claimed_at = now
    idea.traject.touch()
    record(session, account.id, "idee opgehaald", idea, now, traject=idea.traject_id)
    return idea
