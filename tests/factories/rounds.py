"""Rounds, their voting codes and their ballots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, cast_ballot, issue_codes
from participatie.actions.wijkbudget import RoundTerms, count_round, open_vote, prepare_round
from participatie.models.trajecten import Traject
from participatie.models.votes import VoterRoll
from participatie.models.wijkbudget import Allocation, Plan, Round
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind, Choices
from tests.factories.people import a_wijkmanager, done, next_number, now_of, runs_all
from tests.factories.remembered import remembered
from tests.factories.trajecten import a_traject, close_phases, during

SECRET_KEY = "tests-only-" + "0123456789abcdef" * 3  # long enough, and plainly no secret
USUAL_PLANS = (("Bankjes langs de Lindevaart", 12_000), ("Groen schoolplein", 45_000), ("Buurtmoestuin", 8_500))


def euros(amount: float) -> int:
    """Return an amount of euros in cents."""
    return round(amount * 100)


@remembered
def a_round(
    session: Session,
    *,
    phase: PhaseKind | None = PhaseKind.VOTE,
    traject: Traject | None = None,
    pot: int = 5_000_000,
    plans: Sequence[tuple[str, int]] | None = None,
    categories: Sequence[str] = (),
    ballot_kind: BallotKind = BallotKind.APPROVAL,
    min_choices: int = 1,
    max_choices: int | None = None,
    rule: str = "greedy",
    leftover: str = "none",
    opened: bool = True,
    voters: int = 1,
    title: str = "Wijkbudget Molenkwartier 2026",
    slug: str | None = None,
    **limits: Any,
) -> Round:
    """A round with plans of (name, cost in cents), opened on the second day of its voting phase at the latest.

    `pot` is in cents. `plans` default to three; `categories` go to the plans in turn. Opening needs a voter
    roll, so `voters` codes exist that nobody knows; `codes` issues more. `limits` are other terms of the round.
    """
    traject = traject or a_traject(session, phase=phase)
    manager = runs_all(a_wijkmanager(session))
    budget_round = done(
        prepare_round(
            session, manager, traject, slug or f"ronde-{next_number()}",
            RoundTerms(title, pot, ballot_kind, min_choices, max_choices, rule, leftover, **limits),
            during(session, traject, PhaseKind.ASSESS),
        )
    )  # fmt: skip
    offered = [(name, euros(cost)) for name, cost in USUAL_PLANS] if plans is None else plans
    for number, (name, cost_cents) in enumerate(offered, start=1):
        category = categories[(number - 1) % len(categories)] if categories else ""
        budget_round.plans.append(
            Plan(number=number, reference=str(number), name=name, cost_cents=cost_cents, category=category)
        )
    session.commit()
    if opened:
        if voters:
            codes(session, budget_round, voters)
        close_phases(session, traject, PhaseKind.VOTE)
        done(open_vote(session, manager, budget_round, during(session, traject, PhaseKind.VOTE)))
    session.commit()
    return budget_round


def codes(session: Session, budget_round: Round, number: int) -> list[VotingCode]:
    """Issue voting codes; `str(code)` is what the letter says."""
    manager = runs_all(a_wijkmanager(session))
    made = issue_codes(session, manager, budget_round, number, "brieven", SECRET_KEY, now_of(session))
    session.commit()
    return done(made)


def ballots(session: Session, budget_round: Round, choices: Sequence[Choices]) -> list[CastBallot]:
    """Cast one ballot of a new voter for each list of choices."""
    moment = during(session, budget_round.traject, PhaseKind.VOTE)
    issued = codes(session, budget_round, len(choices))
    cast = [
        done(cast_ballot(session, budget_round, code.selector, chosen, moment))
        for code, chosen in zip(issued, choices, strict=True)
    ]
    session.commit()
    return cast


def count_it(session: Session, budget_round: Round) -> Allocation:
    """Count a round whose vote is over by the clock; for `a_round(phase=PhaseKind.DECIDE)`."""
    allocation = count_round(session, runs_all(a_wijkmanager(session)), budget_round, now_of(session))
    session.commit()
    return done(allocation)


def roll_of(session: Session, budget_round: Round) -> list[VoterRoll]:
    """The lines of the voter roll of a round."""
    lines = select(VoterRoll).where(VoterRoll.round_id == budget_round.id)
    return list(session.scalars(lines.order_by(VoterRoll.id)))
