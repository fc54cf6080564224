"""A meeting where ideas are heard, and one that was heard there."""

from sqlalchemy.orm import Session

from participatie.actions.ideas import IdeaText, Resident, enter_at_meeting, make_meeting
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.meetings import MeetingSource
from participatie.models.trajecten import Traject
from participatie.spelregels.meetings import MeetingKind
from tests.factories.people import a_gemeente, done, now_of


def a_meeting(session: Session, helper: Account, traject: Traject) -> MeetingSource:
    """A café where a helper listens today."""
    now = now_of(session)
    place, kind = "Het buurthuis", MeetingKind.CAFE
    made = make_meeting(session, helper.actor(), traject, "Café DOEN", now.date(), place, kind, now)
    session.commit()
    return done(made)


def a_heard_idea(session: Session, helper: Account, meeting: MeetingSource) -> Idea:
    """An idea of somebody who gave no address and no name."""
    buurt = next(each for each in a_gemeente(session).buurten if each.path.startswith(meeting.traject.area.path))
    text = IdeaText("Een bankje bij de bushalte", "Dan kunnen wij zitten.", "Wij houden het schoon.", "nl")
    who, said, now = Resident("", "", consents=True), "Het mag op de website.", now_of(session)
    idea = enter_at_meeting(session, helper, who, meeting, buurt, text, 1, said, now)
    session.commit()
    return done(idea)
