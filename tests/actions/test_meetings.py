"""Ideas that are heard at a meeting: many in a row, each of its resident, who takes it later with a slip of paper."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import (
    IdeaText,
    Reach,
    Resident,
    claim_idea,
    count_meeting,
    enter_at_meeting,
    make_meeting,
    slip_of,
)
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.meetings import EnteredIdea, MeetingSource
from participatie.models.outbox import OutboxMail
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, an_account, done

KEY = "a key of this test"
CONSENT = "Dit is mijn idee, en het mag op de website."


@pytest.fixture
def helper(session: Session) -> Account:
    return an_account(session, role=Role.HELPER, role_area=a_gemeente(session).wijken[0])


@pytest.fixture
def cafe(session: Session, helper: Account, clock: TurnableClock) -> MeetingSource:
    made = make_meeting(
        session, helper.actor(), a_traject(session), " Café DOEN ", clock.now.date(), "Het buurthuis", MeetingKind.CAFE,
        clock.now,
    )  # fmt: skip
    session.commit()
    return done(made)


def heard(
    session: Session, helper: Account, cafe: MeetingSource, turn: int, title: str = "Een bankje", **resident: object
) -> Idea | Refused:
    who = Resident(str(resident.get("email", "")), str(resident.get("name", "")), bool(resident.get("consents", True)))
    text = IdeaText(title, "Om te zitten.", "", "tr")
    idea = enter_at_meeting(
        session, helper, who, cafe, a_gemeente(session).buurten[0], text, turn, CONSENT, cafe.made_at
    )
    session.commit()
    return idea


def test_an_idea_without_an_address_is_of_somebody_who_gets_no_mail(
    session: Session, helper: Account, cafe: MeetingSource
) -> None:
    first, second = done(heard(session, helper, cafe, 1)), done(heard(session, helper, cafe, 2, "Een boom"))
    assert first.author_id != second.author_id
    assert (first.author.name, first.author.has_address(), first.entered_by_id) == ("", False, helper.id)
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0
    kept = session.get_one(EnteredIdea, first.id)
    assert (kept.consent, kept.consent_at, kept.by_id) == (CONSENT, cafe.made_at, helper.id)


def test_the_same_idea_sent_twice_is_one_and_another_one_is_not_lost(
    session: Session, helper: Account, cafe: MeetingSource
) -> None:
    """Abuse case of a poor connection: the answer got lost, and the helper sends it again."""
    first = done(heard(session, helper, cafe, 1))
    assert done(heard(session, helper, cafe, 1)).id == first.id
    other = done(heard(session, helper, cafe, 1, "Een boom"))
    assert [each.turn for each in session.scalars(select(EnteredIdea).order_by(EnteredIdea.idea_id))] == [1, 2]
    assert other.id != first.id


def test_nothing_is_kept_without_consent(session: Session, helper: Account, cafe: MeetingSource) -> None:
    people = session.scalar(select(func.count()).select_from(Account))
    assert heard(session, helper, cafe, 1, consents=False) == refused(Refusal.CONSENT_MISSING)
    assert session.scalar(select(func.count()).select_from(Account)) == people
    assert session.scalar(select(func.count()).select_from(EnteredIdea)) == 0


def test_the_owner_takes_her_idea_with_the_slip_once(
    session: Session, helper: Account, cafe: MeetingSource, clock: TurnableClock
) -> None:
    idea, other = done(heard(session, helper, cafe, 1)), done(heard(session, helper, cafe, 2, "Een boom"))
    owner, code = a_resident(session), slip_of(idea.id, KEY)
    for who, typed in ((owner, ""), (owner, slip_of(other.id, KEY)), (helper, code)):
        assert claim_idea(session, who, idea, typed, KEY, clock.now) == refused(Refusal.SLIP_WRONG)
    done(claim_idea(session, owner, idea, f" {code.lower()}", KEY, clock.now))
    session.commit()
    assert idea.author_id == owner.id
    assert claim_idea(session, a_resident(session), idea, code, KEY, clock.now) == refused(Refusal.SLIP_WRONG)
    mailed = done(heard(session, helper, cafe, 3, "Een pad", email="mevrouw@voorbeeld.example"))
    never = claim_idea(session, owner, mailed, slip_of(mailed.id, KEY), KEY, clock.now)
    assert never == refused(Refusal.SLIP_WRONG), "who gave an address has it already"


def test_a_meeting_is_made_by_helpers_and_not_before_its_day(
    session: Session, helper: Account, clock: TurnableClock
) -> None:
    traject, day = a_traject(session), clock.now.date()
    rest = ("Wijkschouw", day, "De vijver", MeetingKind.WALK, clock.now)
    assert isinstance(make_meeting(session, a_resident(session).actor(), traject, *rest), Refused)
    late = make_meeting(
        session, helper.actor(), traject, "X", day + timedelta(days=1), "Y", MeetingKind.WALK, clock.now
    )
    assert late == refused(Refusal.DAY_TO_COME)


def test_who_came_is_counted_and_a_reach_says_of_whom(
    session: Session, helper: Account, cafe: MeetingSource, clock: TurnableClock
) -> None:
    actor = helper.actor()
    done(count_meeting(session, actor, cafe, 30, None, clock.now))
    assert (cafe.attendance, cafe.percent()) == (30, None)
    done(count_meeting(session, actor, cafe, 30, Reach(ReachOf.HOUSEHOLDS, 40, " CBS 2025 "), clock.now))
    session.commit()
    assert (cafe.percent(), cafe.counted_by, cafe.reach_of) == (75, "CBS 2025", ReachOf.HOUSEHOLDS)
    for reach, why in (
        (Reach(ReachOf.RESIDENTS, 29, "CBS"), Refusal.REACH_TOO_LARGE),
        (Reach(ReachOf.RESIDENTS, 400, " "), Refusal.REASON_MISSING),
    ):
        assert count_meeting(session, actor, cafe, 30, reach, clock.now) == refused(why)
