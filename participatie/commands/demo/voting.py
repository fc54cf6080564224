"""How does a story vote, and decide?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.besluit_versions import Formal
from participatie.actions.besluiten import publish_besluit
from participatie.actions.deciding import Said, correct_besluit
from participatie.actions.votes import issue_codes
from participatie.actions.wijkbudget import count_round, open_vote
from participatie.commands.demo.crowds import write_ballots
from participatie.commands.demo.stories import HOUR, Story
from participatie.commands.demo.texts import BesluitText
from participatie.commands.demo.voters import Offer, ballots
from participatie.models.besluiten import besluit_of_round
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused

LETTERS = "Brieven aan alle bewoners"


def plan_vote(story: Story) -> None:
    """Plan the letters with codes, the opening, and every ballot up to the close or until now."""
    if "codes" not in story.text.days:
        return
    opens, closes = story.phase(PhaseKind.VOTE)
    opened = opens + 9 * HOUR
    story.timeline.at(story.timeline.moment(story.text.days["codes"], 11), partial(_send_letters, story))
    story.timeline.at(opened, lambda now: open_vote(story.session, story.manager.actor(), story.round, now))
    moments = [story.timeline.between(opened + HOUR, closes - HOUR, story.rng) for _ in range(story.text.round.ballots)]
    story.timeline.at(max(moments), partial(_cast, story, moments))


def plan_besluit(story: Story) -> None:
    """Plan the count, the besluit and its correction."""
    besluit = story.text.besluit
    if besluit is None:
        return
    days = story.text.days
    counted = story.timeline.moment(days["counted"], 10)
    story.timeline.at(counted, lambda now: count_round(story.session, story.manager.actor(), story.round, now))
    story.timeline.at(story.timeline.moment(days["decided"], 15), partial(_publish, story, besluit))
    if besluit.correction is not None:
        corrected = story.timeline.moment(besluit.correction["day"], 11)
        story.timeline.at(corrected, partial(_correct, story, besluit, besluit.correction))


def _send_letters(story: Story, now: datetime) -> Refused | None:
    issued = issue_codes(
        story.session, story.manager.actor(), story.round, story.text.round.voters, LETTERS,
        story.world.secret_key, now,
    )  # fmt: skip
    if isinstance(issued, Refused):
        return issued
    story.made.selectors = [code.selector for code in story.rng.sample(issued, story.text.round.ballots)]
    return None


def _choices(story: Story) -> list[list[int]]:
    offers = [
        Offer(story.made.plans[idea.title].number, idea.theme, (idea.cost or 0) * 100, idea.likes)
        for idea in story.text.ideas
        if idea.title in story.made.plans
    ]
    limits = story.round.limits()
    return ballots(
        offers,
        story.text.round.ballots,
        story.rng,
        max_choices=limits.max_choices,
        max_sum_cents=limits.max_sum_cents,
    )


def _cast(story: Story, moments: list[datetime], _now: datetime) -> None:
    cast = list(zip(story.made.selectors, _choices(story), moments, strict=True))
    write_ballots(story.session, story.round, cast)


def _publish(story: Story, text: BesluitText, now: datetime) -> object:
    return publish_besluit(
        story.session,
        story.world.staff["college"].actor(),
        story.round,
        title=text.title,
        decision_body=text.decision_body,
        motivation=text.motivation,
        deviates=False,
        ground=None,
        now=now,
        formal=Formal(legal_ground=text.legal_ground),
    )


def _correct(story: Story, text: BesluitText, correction: Mapping[str, Any], now: datetime) -> object:
    besluit = story.session.scalars(besluit_of_round(story.round.id)).one()
    said = Said(
        text.title, text.decision_body, correction["motivation"].strip(), formal=Formal(legal_ground=text.legal_ground)
    )
    college = story.world.staff["college"].actor()
    return correct_besluit(story.session, college, besluit, said, correction["reason"], besluit.latest().number, now)
