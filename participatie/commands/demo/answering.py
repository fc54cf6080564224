"""How are the ideas of a story tested and answered?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.handing import hand_over
from participatie.actions.ideas import admit_idea, assess_idea, reject_idea
from participatie.actions.owing import standing_of
from participatie.commands.demo.stories import ANSWERED_EARLY, Story
from participatie.commands.demo.texts import IdeaText
from participatie.commands.demo.timeline import OFFICE_HOURS
from participatie.models.wijkbudget import Plan
from participatie.spelregels.answers import Parts
from participatie.spelregels.ideas import Test
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused


def plan_answers(story: Story) -> None:
    """Plan the tests and the answers: in the phase for it, or in the last days where ideas still come in.

    The answers come in another order than the ideas, so that numbers on the ballot
    say nothing about who came first.
    """
    opens, closes = story.phase(PhaseKind.ASSESS)
    if opens > story.timeline.now:
        opens, closes = story.timeline.now - ANSWERED_EARLY, story.timeline.now
    middle = opens + (closes - opens) * 0.6
    ideas = [idea for idea in story.text.ideas if idea.verdict]
    story.rng.shuffle(ideas)
    answered = sorted(story.timeline.between(middle, closes, story.rng, OFFICE_HOURS) for _ in ideas)
    for idea, moment in zip(ideas, answered, strict=True):
        tested = story.timeline.between(opens, middle, story.rng, OFFICE_HOURS)
        story.timeline.at(tested, partial(_test, story, idea))
        if idea.verdict != "assessed":
            story.timeline.at(moment, partial(_answer, story, idea))
    for row in story.text.rows.get("handed", ()):
        story.timeline.at(story.timeline.moment(row["day"], 10), partial(_hand_over, story, row))


def _test(story: Story, text: IdeaText, now: datetime) -> object:
    results = _failed(story, text) if text.fails is not None else _passed(story, text)
    cost_cents = None if text.cost is None else text.cost * 100
    actor = story.world.staff["assessor"].actor()
    return assess_idea(story.session, actor, story.made.ideas[text.title], results, cost_cents, now)


def _passed(story: Story, text: IdeaText) -> dict[Test, tuple[bool, str]]:
    sentences, rng = story.world.sentences, story.rng
    results = {test: (True, rng.choice(reasons)) for test, reasons in sentences.reasons.items()}
    if text.advice:
        results[Test.FEASIBLE] = (True, text.advice)
    asked = rng.random() < 0.5  # noqa: PLR2004 (as often as not)
    reasons = sentences.third_party_asked if asked else sentences.third_party_not_asked
    results[Test.THIRD_PARTY_MONEY] = (asked, rng.choice(reasons))
    return results


def _failed(story: Story, text: IdeaText) -> dict[Test, tuple[bool, str]]:
    assert text.fails is not None
    initiative = story.rng.choice(story.world.sentences.reasons[Test.INITIATIVE])
    return {Test.INITIATIVE: (True, initiative), text.fails: (False, text.advice)}


def _answer(story: Story, text: IdeaText, now: datetime) -> Refused | None:
    idea = story.made.ideas[text.title]
    if text.verdict == "rejected":
        parts = Parts(text.used, text.not_used, text.route)
        answered = reject_idea(story.session, story.manager.actor(), idea, text.answer, now, parts)
        return answered if isinstance(answered, Refused) else None
    answer = text.answer or story.rng.choice(story.world.sentences.admitted)
    used = text.used or story.world.sentences.used[len(story.made.plans) % len(story.world.sentences.used)]
    parts = Parts(used, text.not_used)
    plan = admit_idea(story.session, story.manager.actor(), idea, text.theme, answer, now, parts)
    if isinstance(plan, Refused):
        return plan
    assert isinstance(plan, Plan)  # every story divides money
    story.made.plans[text.title] = plan
    return None


def _hand_over(story: Story, row: Mapping[str, Any], now: datetime) -> object:
    owed = standing_of(story.session, story.made.ideas[row["title"]])
    return hand_over(story.session, story.manager.actor(), owed, story.world.staff[row["to"]], now)
