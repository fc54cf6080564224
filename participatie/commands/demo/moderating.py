"""Which residents moderate, and what did they look at? Organisations, a hiding that did not last, and a report that hid nothing."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.moderation import appeal, hide_idea, judge_appeal, judge_idea, report_idea
from participatie.actions.organisations import OrganisationTerms, add_member, make_organisation
from participatie.commands.demo.content import read_rows
from participatie.commands.demo.people import SINCE
from participatie.commands.demo.stories import Story, World
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.verdicts import Refused


def plan_organisations(world: World) -> None:
    """Plan that the wijkmanagers let organisations moderate, before any story begins."""
    for row in read_rows("people")["organisations"]:
        world.timeline.at(world.timeline.moment(SINCE, 12), partial(_organise, world, row))


def _organise(world: World, row: Mapping[str, Any], now: datetime) -> Refused | None:
    manager = world.staff[row["manager"]].actor()
    terms = OrganisationTerms(row["name"], row["about"], row["hours"], [world.areas[code] for code in row["areas"]])
    organisation = make_organisation(world.session, manager, terms, now)
    if isinstance(organisation, Refused):
        return organisation
    for name in row["members"]:
        member = add_member(world.session, manager, organisation, world.staff[name].email, now)
        if isinstance(member, Refused):
            return member
    return None


def plan_moderation(story: Story) -> None:
    """Plan what moderators, authors and others do about ideas of a story."""
    for row in story.text.rows.get("moderation", ()):
        story.timeline.at(story.timeline.moment(row["day"], 14), partial(_moderate, story, row))


def _moderate(story: Story, row: Mapping[str, Any], now: datetime) -> object:
    session, world, idea = story.session, story.world, story.made.ideas[row["title"]]
    who, reason = row.get("who", ""), row.get("reason", "")
    match row["do"]:
        case "hide":
            return hide_idea(session, world.staff[who].actor(), idea, HouseRule(row["rule"]), reason, now)
        case "appeal":
            return appeal(session, idea.author, idea, reason, now)
        case "judge":
            return judge_appeal(session, world.staff[who].actor(), idea, reason, now, restores=True)
        case "report":
            reporter = world.accounts[who].actor()
            return report_idea(session, reporter, idea, HouseRule(row["rule"]), reason, None, world.secret_key, now)
        case _:
            return judge_idea(session, world.staff[who].actor(), idea, None, reason, now)
