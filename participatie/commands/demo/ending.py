"""How does a story end: with its last phase closed, a report that everybody can read, and then for good?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.phases import close_phase, close_traject
from participatie.actions.reporting import publish_report
from participatie.commands.demo.stories import HOUR, Story
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.reporting import TEXTS


def plan_ending(story: Story) -> None:
    """Plan it where a story has a report."""
    report = story.text.rows.get("report")
    if report is None:
        return
    _first, after = story.phase(PhaseKind.EXECUTE)
    story.timeline.at(after + 9 * HOUR, partial(_close_execution, story))
    story.timeline.at(story.timeline.moment(report["day"], 11), partial(_report, story, report))
    story.timeline.at(
        story.timeline.moment(report["closed"], 11),
        lambda now: close_traject(story.session, story.manager.actor(), story.traject, now),
    )


def _close_execution(story: Story, now: datetime) -> object:
    phase = next(phase for phase in story.traject.phases if phase.kind is PhaseKind.EXECUTE)
    return close_phase(story.session, story.manager.actor(), phase, now)


def _report(story: Story, row: Mapping[str, Any], now: datetime) -> object:
    more = {name: row[name] for name in TEXTS if name in row}
    return publish_report(
        story.session, story.manager.actor(), story.traject, row["used"], row["not_used"], row["lessons"], now, more
    )
