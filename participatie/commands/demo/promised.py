"""What did the gemeente promise, and was it kept? On a day, by somebody, and everything said about it since."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.promises import PromiseText, keep_promise, make_promise, move_promise, speak_of
from participatie.commands.demo.stories import Story
from participatie.models.besluiten import besluit_of_round
from participatie.models.promises import Promise
from participatie.spelregels.promises import Said, Source
from participatie.spelregels.verdicts import Refused


def plan_promised(story: Story) -> None:
    """Plan every promise of a story, and every line under it."""
    at, moment = story.timeline.at, story.timeline.moment
    for row in story.text.rows.get("promises", ()):
        made: list[Promise] = []
        at(moment(row["made"], 17), partial(_promise, story, row, made))
        for line in row.get("lines", ()):
            at(moment(line[0], 17), partial(_say, story, line, made))


def _promise(story: Story, row: Mapping[str, Any], made: list[Promise], now: datetime) -> Refused | None:
    day, source = story.timeline.day, Source(row["source"])
    text = PromiseText(
        row["text"], row["owner"], source, day(row["made"]), day(row["due"]), row["source_name"], _link(story, row)
    )
    traject = story.traject
    promise = make_promise(story.session, story.manager.actor(), traject.area, traject, text, story.manager, now)
    if isinstance(promise, Refused):
        return promise
    made.append(promise)
    return None


def _link(story: Story, row: Mapping[str, Any]) -> str:
    """Return where on the site it was promised; a meeting is not there."""
    match row.get("about"):
        case None:
            return ""
        case "besluit":
            return f"/besluiten/{story.session.scalars(besluit_of_round(story.round.id)).one().id}"
        case title:
            return f"/ideeen/{story.made.ideas[title].id}"


def _say(story: Story, line: list[Any], made: list[Promise], now: datetime) -> object:
    day, said, text, *due = line
    actor, promise = story.manager.actor(), made[0]
    match Said(said):
        case Said.KEPT:
            return keep_promise(story.session, actor, promise, story.timeline.day(day), text, now)
        case Said.MOVED:
            return move_promise(story.session, actor, promise, story.timeline.day(due[0]), text, now)
        case Said.NEWS:
            return speak_of(story.session, actor, promise, text, now)
