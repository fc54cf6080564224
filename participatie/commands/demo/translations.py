"""What did residents translate for each other? Two texts that a moderator passed, and one that waits."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from participatie.actions.translating import judge_translation, offer_translation
from participatie.commands.demo.stories import Story
from participatie.models.content_translations import ContentTranslation
from participatie.spelregels.verdicts import Refused

FILE = Path(__file__).with_name("translations.toml")
#: Every idea is in by then.
OFFERED = timedelta(hours=24)
JUDGED = timedelta(hours=20)


def plan_translations(story: Story) -> None:
    """Plan that neighbours offer their translations yesterday, and that the moderator looks at them after that."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["translations"]:
        made: list[ContentTranslation] = []
        story.timeline.at(story.timeline.now - OFFERED, partial(_offer, story, row, made))
        if row["judged"]:
            story.timeline.at(story.timeline.now - JUDGED, partial(_judge, story, made))


def _offer(story: Story, row: Mapping[str, Any], made: list[ContentTranslation], now: datetime) -> Refused | None:
    translator, idea = story.world.accounts[row["translator"]], story.made.ideas[row["title"]]
    texts = {name: text.strip() for name, text in row["texts"].items()}
    offered = offer_translation(story.session, translator.actor(), idea, row["lang"], texts, now)
    if isinstance(offered, Refused):
        return offered
    made.append(offered)
    return None


def _judge(story: Story, made: list[ContentTranslation], now: datetime) -> object:
    return judge_translation(story.session, story.moderator.actor(), made[0], "", now, approves=True)
