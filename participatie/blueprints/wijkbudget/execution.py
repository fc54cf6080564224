"""Which of the three forms of carrying out a plan was sent, and what does it do? And in which parts is it paid?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from operator import and_

from flask import request
from werkzeug.datastructures import MultiDict

from participatie.actions import wijkbudget as actions
from participatie.blueprints.wijkbudget.forms import MilestoneDoneForm, MilestoneForm, MilestoneMovedForm
from participatie.models.wijkbudget import Milestone, MilestoneDelay, Plan
from participatie.spelregels.rulesets import Earned, amounts_of_parts
from participatie.spelregels.verdicts import Refused
from participatie.web.clock import now
from participatie.web.formats import AMSTERDAM
from participatie.web.forms import Form, SelectChoice
from participatie.web.login import actor
from participatie.web.transaction import db

Done = Milestone | MilestoneDelay | Refused | None


@dataclass(frozen=True, slots=True)
class ExecutionForms:
    """The forms of the page; `sent` is the one that came in. `finish` and `move` are None when no step is open."""

    add: MilestoneForm
    finish: MilestoneDoneForm | None
    move: MilestoneMovedForm | None
    sent: Form | None

    @classmethod
    def of(cls, steps: Sequence[Milestone], moment: datetime) -> "ExecutionForms":
        """Make the forms; only the one whose button was used takes what was sent."""
        doing = request.form.get("doe") if request.method == "POST" else None
        today = moment.astimezone(AMSTERDAM).date()
        add = MilestoneForm(_fields(here=doing == "stap"), prefix="stap-")
        waiting = [SelectChoice(step.id, step.title) for step in steps if step.done_on is None]
        finish = move = None
        if waiting:
            finish = MilestoneDoneForm(_fields(here=doing == "klaar"), prefix="klaar-", done_on=today)
            finish.milestone.choices = waiting
            move = MilestoneMovedForm(_fields(here=doing == "later"), prefix="later-")
            move.milestone.choices = waiting
        by_name: dict[str | None, Form | None] = {"stap": add, "klaar": finish, "later": move}
        return cls(add, finish, move, by_name.get(doing))


def carry_out(plan: Plan, steps: Sequence[Milestone], forms: ExecutionForms) -> Done:
    """Do what the form that was sent asks for; None when none was sent, or it is not filled in well."""
    form = forms.sent
    if form is None or not form.validate():
        return None
    filled = form.data
    outcome: Milestone | MilestoneDelay | Refused
    if form is forms.add:
        outcome = actions.add_milestone(db(), actor(), plan, filled["title"], filled["due_on"], now())
    else:
        step = next(step for step in steps if step.id == filled["milestone"])
        if isinstance(form, MilestoneMovedForm):
            outcome = actions.move_milestone(db(), actor(), plan, step, filled["due_on"], filled["reason"], now())
        else:
            outcome = actions.finish_milestone(
                db(), actor(), plan, step, filled["done_on"], filled["note"] or "", now()
            )
    if isinstance(outcome, Refused):
        form.refuse(outcome)
    return outcome


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan's money: how much, what earns it, and whether it is earned, with the parts before it."""

    percent: int
    cents: int
    earned_by: Earned
    is_earned: bool


def parts_of(plan: Plan, allocated_cents: int, steps: Sequence[Milestone], today: date) -> list[Part]:
    """Return the parts in which this plan's money is paid, in their order; none where it is paid as it comes."""
    payout = plan.round.traject.ruleset().payout
    earned = actions.earned_by(steps, today)
    so_far = accumulate((earned[part.earned] for part in payout), and_)
    return [
        Part(part.percent, cents, part.earned, is_earned)
        for part, cents, is_earned in zip(payout, amounts_of_parts(allocated_cents, payout), so_far, strict=True)
    ]


def _fields(*, here: bool) -> MultiDict[str, str] | None:
    # None means: nothing came in; the form must not read fields that were meant for another.
    return request.form if here else None
