"""How are the options of a choice written down, changed and taken away, as long as the round is in preparation?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.wijkbudget import Plan, Round
from participatie.spelregels.options import may_be_option
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_choose_here
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.spelregels.wijkbudget import may_change_round


@dataclass(frozen=True, slots=True)
class OptionText:
    """What stands on the ballot and on the page of an option. `cost_text` tells what it costs, for information only."""

    name: str
    description: str
    cost_text: str = ""

    def fill_in(self, option: Plan) -> None:
        """Write the texts into an option."""
        option.name = " ".join(self.name.split())
        option.description = self.description.strip()
        option.cost_text = " ".join(self.cost_text.split())


def add_option(session: Session, actor: Actor, budget_round: Round, text: OptionText, now: datetime) -> Plan | Refused:
    """Put one more option on the ballot of a round in preparation.

    Refused where residents do not choose among options, once the round is open, and for a name that is there already.
    """
    verdict = _may_write(session, actor, budget_round, text)
    if isinstance(verdict, Refused):
        return verdict
    number = max((option.number for option in budget_round.plans), default=0) + 1
    option = Plan(number=number, reference=str(number), cost_cents=0, lang="nl")
    text.fill_in(option)
    budget_round.plans.append(option)
    _keep(session, actor, budget_round, now, "option-added", number)
    return option


def change_option(session: Session, actor: Actor, option: Plan, text: OptionText, now: datetime) -> Plan | Refused:
    """Change the texts of an option; refused as adding one is."""
    budget_round = option.round
    verdict = _may_write(session, actor, budget_round, text, option)
    if isinstance(verdict, Refused):
        return verdict
    text.fill_in(option)
    _keep(session, actor, budget_round, now, "option-changed", option.number)
    return option


def remove_option(session: Session, actor: Actor, option: Plan, now: datetime) -> Round | Refused:
    """Take an option off the ballot; the numbers of the others stay. Refused as adding one is."""
    budget_round = option.round
    verdict = _may_prepare(session, actor, budget_round)
    if isinstance(verdict, Refused):
        return verdict
    number = option.number
    session.delete(option)
    _keep(session, actor, budget_round, now, "option-removed", number)
    session.expire(budget_round, ["plans"])
    return budget_round


def _may_prepare(session: Session, actor: Actor, budget_round: Round) -> Verdict:
    session.refresh(budget_round, with_for_update={"of": Round})
    return first_refusal(
        may(actor, Do.MANAGE_ROUND, Place(budget_round.traject.area.path)),
        may_choose_here(budget_round.traject.ruleset()),
        may_change_round(budget_round.status),
    )


def _may_write(
    session: Session, actor: Actor, budget_round: Round, text: OptionText, itself: Plan | None = None
) -> Verdict:
    verdict = _may_prepare(session, actor, budget_round)
    others = [option.name for option in budget_round.plans if option is not itself]
    return first_refusal(verdict, may_be_option(text.name, others))


def _keep(session: Session, actor: Actor, budget_round: Round, now: datetime, step: str, number: int) -> None:
    session.flush()
    budget_round.traject.touch()
    record(session, actor.account_id, Do.MANAGE_ROUND, budget_round, now, step=step, number=number)
