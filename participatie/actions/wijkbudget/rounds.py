"""How is a round prepared, and its vote opened with rules that nobody can change any more?"""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.trajecten import Traject
from participatie.models.votes import voters_on_roll
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import ZWOLLE_WEIGHTS
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus, may_have_round, may_open_round


def prepare_round(
    session: Session,
    actor: Actor,
    traject: Traject,
    *,
    slug: str,
    title: str,
    pot_cents: int,
    ballot_kind: BallotKind,
    min_choices: int,
    max_choices: int | None,
    rule: str,
    leftover: str,
    support_needed: int,
    assurance: str,
    assurance_reason: str,
    now: datetime,
) -> Round | Refused:
    """Make a round in preparation for a traject that has a voting phase. Amounts in cents of euros.

    A knapsack ballot may cost as much as the pot. Zwolle's weights of the seven
    tests are the start; a later capability lets them be chosen.
    """
    facts = traject.facts()
    if ballot_kind is BallotKind.CHOOSE_ONE:
        max_choices = 1
    verdict = first_refusal(
        may(actor, Do.MANAGE_ROUND, Place(facts.area_path)),
        may_have_round(facts.phases, min_choices=min_choices, max_choices=max_choices),
    )
    if isinstance(verdict, Refused):
        return verdict
    budget_round = Round(
        slug=slug,
        traject=traject,
        title=title.strip(),
        pot_cents=pot_cents,
        ballot_kind=ballot_kind,
        min_choices=min_choices,
        max_choices=max_choices,
        max_sum_cents=pot_cents if ballot_kind is BallotKind.KNAPSACK else None,
        rule=rule,
        leftover=leftover,
        support_needed=support_needed,
        test_weights={str(test): str(weight) for test, weight in ZWOLLE_WEIGHTS.items()},
        assurance=assurance.strip(),
        assurance_reason=assurance_reason.strip(),
        plans=[],
    )
    try:
        with session.begin_nested():
            session.add(budget_round)
    except IntegrityError:
        return refused(Refusal.ADDRESS_TAKEN)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_ROUND, budget_round, now, pot_cents=pot_cents)
    return budget_round


def open_vote(session: Session, actor: Actor, budget_round: Round, now: datetime) -> Round | Refused:
    """Freeze the rulebook with its plans, publish its hash, and let voters in.

    The row is locked and read again first: of two officials who click at once,
    one opens and the other hears that it is open already.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    voters = session.scalar(voters_on_roll(budget_round.id)) or 0
    rulebook = budget_round.draft_rulebook()
    verdict = first_refusal(
        may(actor, Do.OPEN_VOTE, budget_round.traject.facts().place_at(now)),
        may_open_round(rulebook, budget_round.status, voters),
    )
    if isinstance(verdict, Refused):
        return verdict
    budget_round.freeze(rulebook)
    budget_round.ballot_secret = secrets.token_hex(32)
    budget_round.status = RoundStatus.OPEN
    budget_round.traject.touch()
    record(session, actor.account_id, Do.OPEN_VOTE, budget_round, now, rulebook_sha256=budget_round.rulebook_sha256)
    return budget_round
