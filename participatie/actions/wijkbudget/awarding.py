"""How is money awarded where residents do not vote: to every admitted plan, while there is money?"""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.wijkbudget.rounds import promised
from participatie.models.wijkbudget import AWARDED, Allocation, AllocationLine, Round
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import may_award_here
from participatie.spelregels.trajecten import all_closed_before, is_running
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.spelregels.wijkbudget import RoundStatus, may_award_round, sha256_of, tie_seed

#: The besluit comes after the award, so the phase for it cannot be closed before.
AFTER_AWARD = (PhaseKind.DECIDE, PhaseKind.EXECUTE, PhaseKind.ACCOUNT)


def may_award_now(budget_round: Round) -> tuple[Verdict, ...]:
    """Return every answer of the rules about awarding this money now, apart from who does it."""
    traject = budget_round.traject
    return (
        is_running(traject.status),
        may_award_round(budget_round.draft_rulebook(), budget_round.status),
        promised(budget_round),
        all_closed_before(traject.facts().phases, *AFTER_AWARD),
    )


def award_money(session: Session, actor: Actor, budget_round: Round, now: datetime) -> Allocation | Refused:
    """Give every admitted plan what it costs. The besluit about it comes next, as after a vote.

    No plan was admitted that the pot could not pay, so all of them fit. Refused where residents vote, without plans,
    as another round than the traject promised, and while a phase before the besluit and the carrying out was not closed.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    traject = budget_round.traject
    verdict = first_refusal(
        may_award_here(traject.ruleset()),
        may(actor, Do.AWARD_MONEY, Place(traject.area.path)),
        *may_award_now(budget_round),
    )
    if isinstance(verdict, Refused):
        return verdict
    rulebook = budget_round.draft_rulebook()
    budget_round.freeze(rulebook)
    budget_round.status = RoundStatus.COUNTED
    spent = sum(plan.cost_cents for plan in budget_round.plans)
    no_ballots = sha256_of("")
    allocation = Allocation(
        round_id=budget_round.id,
        ballots=0,
        ballots_sha256=no_ballots,
        seed=tie_seed(budget_round.rulebook_sha256 or "", no_ballots),
        spent_cents=spent,
        left_cents=budget_round.pot_cents - spent,
        trace={"awarded": [plan.number for plan in budget_round.plans]},
        counted_at=now,
    )
    session.add(allocation)
    left = budget_round.pot_cents
    for step, plan in enumerate(budget_round.plans, start=1):
        left -= plan.cost_cents
        session.add(
            AllocationLine(
                plan_id=plan.id,
                round_id=budget_round.id,
                votes=0,
                score="0",
                step=step,
                funded_cents=plan.cost_cents,
                balance_after_cents=left,
                position=step,
                reason=AWARDED,
                facts={},
            )
        )
    traject.touch()
    record(session, actor.account_id, Do.AWARD_MONEY, budget_round, now, plans=len(budget_round.plans))
    return allocation
