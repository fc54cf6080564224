"""How does a story vote, decide, and carry out what was decided?"""

from datetime import date, datetime
from functools import partial

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import issue_codes
from participatie.actions.wijkbudget import add_milestone, count_round, finish_milestone, open_vote, pay
from participatie.commands.demo.content import BesluitText, IdeaText, MilestoneText, PaymentText
from participatie.commands.demo.crowds import write_ballots
from participatie.commands.demo.stories import HOUR, Story
from participatie.commands.demo.voters import Offer, ballots
from participatie.models.wijkbudget import Milestone
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused

LETTERS = "Brieven aan alle bewoners"
PLANNED_AFTER_DAYS = 10


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
    """Plan the count and the besluit, and after it what is done with each plan that got money."""
    besluit = story.text.besluit
    if besluit is None:
        return
    days = story.text.days
    counted = story.timeline.moment(days["counted"], 10)
    story.timeline.at(counted, lambda now: count_round(story.session, story.manager.actor(), story.round, now))
    story.timeline.at(story.timeline.moment(days["decided"], 15), partial(_publish, story, besluit))
    for idea in story.text.ideas:
        for step in idea.milestones:
            _plan_milestone(story, idea, step, days["decided"] + PLANNED_AFTER_DAYS)
        for payment in idea.payments:
            story.timeline.at(story.timeline.moment(payment.on, 11), partial(_pay, story, idea, payment))


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
    )


def _plan_milestone(story: Story, idea: IdeaText, step: MilestoneText, planned: int) -> None:
    made: list[Milestone] = []
    due_on = story.timeline.day(step.due)
    story.timeline.at(story.timeline.moment(planned, 14), partial(_promise, story, idea, step, due_on, made))
    if step.done is not None:
        done_on = story.timeline.day(step.done)
        story.timeline.at(story.timeline.moment(step.done, 16), partial(_finish, story, idea, step, done_on, made))


def _promise(
    story: Story, idea: IdeaText, step: MilestoneText, due_on: date, made: list[Milestone], now: datetime
) -> Refused | None:
    plan = story.made.plans[idea.title]
    milestone = add_milestone(story.session, story.manager.actor(), plan, step.title, due_on, now)
    if isinstance(milestone, Refused):
        return milestone
    made.append(milestone)
    return None


def _finish(
    story: Story, idea: IdeaText, step: MilestoneText, done_on: date, made: list[Milestone], now: datetime
) -> object:
    plan = story.made.plans[idea.title]
    return finish_milestone(story.session, story.manager.actor(), plan, made[0], done_on, step.note, now)


def _pay(story: Story, idea: IdeaText, payment: PaymentText, now: datetime) -> object:
    plan = story.made.plans[idea.title]
    paid_on = story.timeline.day(payment.on)
    return pay(story.session, story.manager.actor(), plan, payment.euros * 100, paid_on, payment.purpose, now)
