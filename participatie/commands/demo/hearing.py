"""Which ideas came in another way than at home behind a screen: heard at a meeting, or as one out of two?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.ideas import IdeaText as Submission
from participatie.actions.ideas import Resident
from participatie.actions.ideas.meeting import Reach, count_meeting, enter_at_meeting, make_meeting
from participatie.actions.merging import answer_merge, move_support, propose_merge
from participatie.commands.demo.stories import HOUR, Story
from participatie.models.merging import Merge, supporters_left_behind
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.verdicts import Refused

#: What was asked of everybody who told an idea.
CONSENT = "Mag uw idee op de website, met uw naam of zonder?"


def plan_meetings(story: Story) -> None:
    """Plan the meetings of a story, with what was heard there."""
    for row in story.text.rows.get("meetings", ()):
        story.timeline.at(story.timeline.moment(row["day"], 20), partial(_meet, story, row))


def _meet(story: Story, row: Mapping[str, Any], now: datetime) -> Refused | None:
    session, helper = story.session, story.world.staff[row["helper"]]
    meeting = make_meeting(
        session, helper.actor(), story.traject, row["name"], story.timeline.day(row["day"]), row["place"],
        MeetingKind(row["kind"]), now,
    )  # fmt: skip
    if isinstance(meeting, Refused):
        return meeting
    session.flush()
    for turn, (name, buurt, title, body, own) in enumerate(row["ideas"], start=1):
        resident = Resident(email="", name=name, consents=True)
        idea = enter_at_meeting(
            session, helper, resident, meeting, story.world.areas[buurt], Submission(title, body, own, "nl"), turn,
            CONSENT, now,
        )  # fmt: skip
        if isinstance(idea, Refused):
            return idea
        story.made.ideas[title] = idea
    reach = Reach(ReachOf(row["reach_of"]), row["out_of"], row["counted_by"]) if "reach_of" in row else None
    counted = count_meeting(session, helper.actor(), meeting, row["attendance"], reach, now)
    return counted if isinstance(counted, Refused) else None


def plan_merges(story: Story) -> None:
    """Plan which ideas became one: proposed by an author, agreed by the other, and a few supporters who went along."""
    for row in story.text.rows.get("merges", ()):
        made: list[Merge] = []
        story.timeline.at(story.timeline.moment(row["proposed"], 19), partial(_propose, story, row, made))
        story.timeline.at(story.timeline.moment(row["agreed"], 18), partial(_agree, story, made))
        # Once nobody else backs the other idea any more: the crowd does not look who did already.
        story.timeline.at(story.timeline.now - HOUR / 2, partial(_go_along, story, row, made))


def _propose(story: Story, row: Mapping[str, Any], made: list[Merge], now: datetime) -> Refused | None:
    source, target = story.made.ideas[row["source"]], story.made.ideas[row["target"]]
    merge = propose_merge(story.session, source.author, source, target, row["reason"], now)
    if isinstance(merge, Refused):
        return merge
    made.append(merge)
    return None


def _agree(story: Story, made: list[Merge], now: datetime) -> object:
    return answer_merge(story.session, made[0].target.author, made[0], now, agrees=True)


def _go_along(story: Story, row: Mapping[str, Any], made: list[Merge], now: datetime) -> Refused | None:
    merge = made[0]
    left = story.session.scalars(supporters_left_behind(merge.source_id, merge.target_id)).all()
    for account in left[: row["supporters"]]:
        moved = move_support(story.session, account, merge, now)
        if isinstance(moved, Refused):
            return moved
    return None
