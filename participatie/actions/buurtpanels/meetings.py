"""How is a meeting of a panel planned, changed and cancelled, and who hears of it?"""

from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from participatie.actions.record import mail_address, record
from participatie.models.buurtpanels import Buurtpanel, PanelMeeting, seated_on
from participatie.spelregels.buurtpanels.work import may_plan_meeting, may_touch_meeting
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused

#: What a mail is about.
NEW, CHANGED, CANCELLED = "new", "changed", "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingText:
    """What is told about a meeting. `agenda` and `reading` (what to read beforehand) are Markdown."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    agenda: str = ""
    reading: str = ""


def plan_meeting(
    session: Session, actor: Actor, panel: Buurtpanel, text: MeetingText, now: datetime
) -> PanelMeeting | Refused:
    """Plan a meeting, and tell everybody who has a seat. Refused in the past, and of a panel that is not there yet or any more."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_plan_meeting(panel.status, text.starts_at, text.ends_at, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    meeting = PanelMeeting(panel=panel, uid=uuid4().hex, made_at=now, changed_at=now)
    _write(meeting, text)
    session.add(meeting)
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, meeting, now, traject=panel.traject_id)
    _tell(session, panel, meeting, NEW, now)
    return meeting


def change_meeting(
    session: Session, actor: Actor, panel: Buurtpanel, meeting: PanelMeeting, text: MeetingText, now: datetime
) -> PanelMeeting | Refused:
    """Change a meeting that is to come, and tell everybody who has a seat; where nothing changed nobody hears of it."""
    session.refresh(meeting, with_for_update={"of": PanelMeeting})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_touch_meeting(meeting.cancelled_at, meeting.ends_at, now),
        may_plan_meeting(panel.status, text.starts_at, text.ends_at, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    if astuple(text_of(meeting)) == astuple(text):
        return meeting
    _write(meeting, text)
    _moved_on(meeting, now)
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, meeting, now, traject=panel.traject_id)
    _tell(session, panel, meeting, CHANGED, now)
    return meeting


def cancel_meeting(
    session: Session, actor: Actor, panel: Buurtpanel, meeting: PanelMeeting, reason: str, now: datetime
) -> PanelMeeting | Refused:
    """Cancel a meeting that is to come, with a reason that everybody reads. It stays on the list and in calendars, as cancelled."""
    session.refresh(meeting, with_for_update={"of": PanelMeeting})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_touch_meeting(meeting.cancelled_at, meeting.ends_at, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    if not reason.strip():
        return refused(Refusal.REASON_MISSING)
    meeting.cancelled_at, meeting.cancel_reason = now, reason.strip()
    _moved_on(meeting, now)
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, meeting, now, traject=panel.traject_id)
    _tell(session, panel, meeting, CANCELLED, now)
    return meeting


def text_of(meeting: PanelMeeting) -> MeetingText:
    """Return what a meeting says now."""
    return MeetingText(
        meeting.title, meeting.starts_at, meeting.ends_at, meeting.place, meeting.agenda, meeting.reading
    )


def _write(meeting: PanelMeeting, text: MeetingText) -> None:
    meeting.title, meeting.place = text.title, text.place
    meeting.starts_at, meeting.ends_at = text.starts_at, text.ends_at
    meeting.agenda, meeting.reading = text.agenda, text.reading


def _moved_on(meeting: PanelMeeting, now: datetime) -> None:
    """Let calendars know that this is newer than what they have."""
    meeting.sequence += 1
    meeting.changed_at = now


def _tell(session: Session, panel: Buurtpanel, meeting: PanelMeeting, about: str, now: datetime) -> None:
    for person in session.scalars(seated_on(panel.id)):
        if person.email:
            mail_address(
                session, person.email, person.locale, "panel_meeting", now,
                about=about, panel=panel.title, slug=panel.slug, meeting_id=meeting.id, title=meeting.title,
                starts_at=meeting.starts_at.isoformat(), ends_at=meeting.ends_at.isoformat(), place=meeting.place,
                has_reading=bool(meeting.reading), reason=meeting.cancel_reason,
            )  # fmt: skip
