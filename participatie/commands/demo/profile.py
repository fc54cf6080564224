"""Who lives in Lindewaard, and what do residents who take part tell of themselves?"""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from participatie.actions.profile import features_of, import_profile, tell_about_self
from participatie.commands.demo.stories import HOUR, Story, World
from participatie.models.accounts import Account
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.phases import PhaseKind

FIGURES = Path(__file__).with_name("profile.csv")
#: The figures came in on this day: nobody was asked about themselves in a story that began before.
IMPORTED = -420
#: One in so many neighbours leaves the questions open.
SILENT = 6


def plan_figures(world: World) -> None:
    """Plan the import of the invented figures."""
    moment = world.timeline.moment(IMPORTED, 11)
    text = FIGURES.read_bytes()
    world.timeline.at(moment, lambda now: import_profile(world.session, OPERATOR, text, FIGURES.name, now))


def plan_answers_about_self(story: Story) -> None:
    """Plan that most neighbours tell of themselves while ideas come in; who says what hangs on nothing but the name."""
    first, after = story.phase(PhaseKind.COLLECT)
    last = min(after, story.timeline.now)
    if first < story.timeline.moment(IMPORTED):
        return
    for account in story.neighbours():
        rng = Random(f"{story.text.name} {account.email}")  # noqa: S311 (content, no secrets)
        if rng.randrange(SILENT) > 0:
            moment = story.timeline.between(first + timedelta(days=1), last - HOUR, rng)
            story.timeline.at(moment, partial(_tell, story, account, rng))


def _tell(story: Story, account: Account, rng: Random, now: datetime) -> object:
    # The eldest group answers most: as in life, and so that there is something to see.
    answers = {
        feature.name: list(feature.groups)[max(rng.randrange(len(feature.groups)) for _ in range(3))]
        for feature in features_of(story.session, story.traject.area)
    }
    return tell_about_self(story.session, account, story.traject, answers, now)
