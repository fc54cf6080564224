"""How is a plan carried out: steps with days that move, money that is agreed and paid, and in the end its result?"""

from datetime import datetime
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from participatie.actions.wijkbudget import add_milestone, finish_milestone, move_milestone, pay
from participatie.actions.wijkbudget.ledger import commit_money, give_back, keep_receipt, settle
from participatie.actions.wijkbudget.results import ResultText as Result
from participatie.actions.wijkbudget.results import publish_result
from participatie.commands.demo.photos import show_step
from participatie.commands.demo.stories import Story
from participatie.commands.demo.texts import IdeaText, MilestoneText, PaymentText, ResultText
from participatie.models.wijkbudget import LedgerEntry, Milestone, purse_of
from participatie.spelregels.verdicts import Refused

PLANNED_AFTER_DAYS = 10
RECEIPT_SIZE = (420, 300)


def plan_carrying_out(story: Story) -> None:
    """Plan everything that happens with the plans that got money, up to now."""
    for idea in story.text.ideas:
        for step in idea.milestones:
            _plan_step(story, idea, step)
        for payment in idea.payments:
            _plan_payment(story, idea, payment)
        if idea.result is not None:
            told = story.timeline.moment(idea.result.on, 12)
            story.timeline.at(told, partial(_tell_result, story, idea, idea.result))


def _plan_step(story: Story, idea: IdeaText, step: MilestoneText) -> None:
    made: list[Milestone] = []
    at, moment = story.timeline.at, story.timeline.moment
    at(moment(story.text.days["decided"] + PLANNED_AFTER_DAYS, 14), partial(_promise, story, idea, step, made))
    for on, due, reason in step.moved:
        at(moment(on, 15), partial(_move, story, idea, made, due, reason))
    if step.done is not None:
        at(moment(step.done, 16), partial(_finish, story, idea, step, step.done, made))


def _promise(story: Story, idea: IdeaText, step: MilestoneText, made: list[Milestone], now: datetime) -> Refused | None:
    # What was promised first: the days that came in its place are told when they do.
    due_on = story.timeline.day(step.due)
    milestone = add_milestone(
        story.session, story.manager.actor(), story.made.plans[idea.title], step.title, due_on, now
    )
    if isinstance(milestone, Refused):
        return milestone
    made.append(milestone)
    return None


def _move(story: Story, idea: IdeaText, made: list[Milestone], due: int, reason: str, now: datetime) -> object:
    plan, due_on = story.made.plans[idea.title], story.timeline.day(due)
    return move_milestone(story.session, story.manager.actor(), plan, made[0], due_on, reason, now)


def _finish(
    story: Story, idea: IdeaText, step: MilestoneText, done: int, made: list[Milestone], now: datetime
) -> Refused | None:
    plan, done_on = story.made.plans[idea.title], story.timeline.day(done)
    finished = finish_milestone(story.session, story.manager.actor(), plan, made[0], done_on, step.note, now)
    if isinstance(finished, Refused):
        return finished
    return show_step(story, plan, finished, step.photo, now) if step.photo else None


def _plan_payment(story: Story, idea: IdeaText, payment: PaymentText) -> None:
    agreed: list[LedgerEntry] = []
    if payment.agreed is not None:
        story.timeline.at(story.timeline.moment(payment.agreed, 11), partial(_agree, story, idea, payment, agreed))
    if payment.on is not None:
        story.timeline.at(story.timeline.moment(payment.on, 11), partial(_pay, story, idea, payment, agreed))


def _agree(
    story: Story, idea: IdeaText, payment: PaymentText, agreed: list[LedgerEntry], now: datetime
) -> Refused | None:
    line = commit_money(
        story.session, story.manager.actor(), story.made.plans[idea.title], payment.amount_cents, payment.to,
        payment.purpose, now, names_person=payment.person,
    )  # fmt: skip
    if isinstance(line, Refused):
        return line
    agreed.append(line)
    return None


def _pay(story: Story, idea: IdeaText, payment: PaymentText, agreed: list[LedgerEntry], now: datetime) -> object:
    plan, actor = story.made.plans[idea.title], story.manager.actor()
    commitment = agreed[0] if agreed else None
    story.session.flush()  # a payment names the number of what it pays
    paid = pay(
        story.session, actor, plan, payment.amount_cents, story.timeline.day(payment.on or 0),
        payment.purpose, now, commitment,
    )  # fmt: skip
    if isinstance(paid, Refused) or not payment.receipt:
        return paid
    story.session.flush()
    return keep_receipt(story.session, actor, plan, paid, _receipt(payment), now)


def _receipt(payment: PaymentText) -> bytes:
    image = Image.new("RGB", RECEIPT_SIZE, "#ffffff")
    lines = ("VERZONNEN BON", payment.purpose, f"EUR {payment.euros},{payment.cents:02}", "Lindewaard bestaat niet")
    draw = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        draw.text((30, 40 + place * 50), line, fill="#000000")
    file = BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


def _tell_result(story: Story, idea: IdeaText, text: ResultText, now: datetime) -> object:
    plan, actor, day = story.made.plans[idea.title], story.manager.actor(), story.timeline.day
    result = Result(
        text.text, day(text.done), text.makers, bool(text.makers),
        day(text.celebrated) if text.celebrated is not None else None, text.celebration,
    )  # fmt: skip
    told = publish_result(story.session, actor, plan, result, now)
    if isinstance(told, Refused):
        return told
    purse = story.session.scalars(purse_of(plan.id)).one()
    if purse.sums().free:
        back = give_back(story.session, actor, plan, purse.sums().free, (), "Over, terug naar het wijkbudget", now)
        if isinstance(back, Refused):
            return back
    return settle(story.session, actor, plan, now)
