"""How is a round prepared, and its vote opened with rules that nobody can change any more?"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.actions.votes.by_account import settle_roll
from participatie.models.trajecten import Traject
from participatie.models.votes import voters_on_roll
from participatie.models.wijkbudget import Round
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.rulebooks import COST, EQUAL_SHARES
from participatie.spelregels.rulesets import may_have_a_round, may_have_pot, may_vote_here
from participatie.spelregels.trajecten import all_closed_before, may_begin_anew
from participatie.spelregels.verdicts import Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import (
    RoundStatus,
    holds_plans,
    may_change_round,
    may_have_round,
    may_open_round,
)


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """What a round in preparation says: the pot in cents of euros, how many plans a ballot names, and how it is counted.

    A ballot for one plan has one choice at most, and a knapsack may cost as much as the pot. `seats` is how many options
    win where residents choose among options. `points_total` and `points_per_plan` are for ballots with points; in a
    ranking `max_choices` is the number of places. Caps are in cents by category, `incompatible` are groups of plan numbers,
    and `utility` is kept with equal shares alone.
    """

    title: str
    pot_cents: int
    ballot_kind: BallotKind
    min_choices: int
    max_choices: int | None
    rule: str
    leftover: str
    seats: int = 1
    voting_method: VotingMethod = VotingMethod.LETTER
    min_per_category: int | None = None
    max_per_category: int | None = None
    points_total: int | None = None
    points_per_plan: int | None = None
    minimum_votes: int = 0
    category_caps_cents: Mapping[str, int] = field(default_factory=dict)
    incompatible: Sequence[Sequence[int]] = ()
    utility: str = COST

    def most_choices(self) -> int | None:
        """Return how many plans a ballot names at most, or None for any number."""
        return 1 if self.ballot_kind is BallotKind.CHOOSE_ONE else self.max_choices

    def may_be(self, traject: Traject) -> Verdict:
        """Refuse terms that the traject did not promise, that contradict each other, or that its phases cannot carry."""
        rules = traject.ruleset()
        return first_refusal(
            may_prepare_round(traject),
            may_have_pot(
                rules, pot_cents=self.pot_cents, ballot_kind=self.ballot_kind, rule=self.rule, leftover=self.leftover
            ),
            may_have_round(
                traject.facts().phases,
                by_vote=bool(may_vote_here(rules)),
                min_choices=self.min_choices,
                max_choices=self.most_choices(),
            ),
        )

    def fill_in(self, budget_round: Round) -> None:
        """Write the terms into a round."""
        budget_round.title = self.title.strip()
        budget_round.pot_cents = self.pot_cents
        budget_round.ballot_kind = self.ballot_kind
        budget_round.min_choices, budget_round.max_choices = self.min_choices, self.most_choices()
        budget_round.max_sum_cents = self.pot_cents if self.ballot_kind is BallotKind.KNAPSACK else None
        budget_round.rule, budget_round.leftover = self.rule, self.leftover
        has_points = self.ballot_kind is BallotKind.POINTS
        budget_round.points_total = self.points_total if has_points else None
        budget_round.points_per_plan = self.points_per_plan if has_points else None
        budget_round.min_per_category, budget_round.max_per_category = self.min_per_category, self.max_per_category
        budget_round.seats = self.seats
        budget_round.minimum_votes, budget_round.category_caps_cents = (
            self.minimum_votes,
            dict(self.category_caps_cents),
        )
        budget_round.incompatible = [list(group) for group in self.incompatible]
        budget_round.utility = self.utility if self.rule in EQUAL_SHARES else COST
        budget_round.voting_method = self.voting_method


def may_prepare_round(traject: Traject) -> Verdict:
    """Refuse a round in a traject that is closed, or that has nothing to divide and nothing to choose."""
    return first_refusal(may_begin_anew(traject.status), may_have_a_round(traject.ruleset()))


def prepare_round(
    session: Session, actor: Actor, traject: Traject, slug: str, terms: RoundTerms, now: datetime
) -> Round | Refused:
    """Make a round in preparation, as the traject promised it.

    Refused where the traject has no money, no voting phase for a vote, or promised another amount or way.
    """
    verdict = first_refusal(may(actor, Do.MANAGE_ROUND, Place(traject.area.path)), terms.may_be(traject))
    if isinstance(verdict, Refused):
        return verdict
    budget_round = Round(slug=slug, traject=traject, plans=[])
    terms.fill_in(budget_round)
    try:
        with session.begin_nested():
            session.add(budget_round)
    except IntegrityError:
        return refused(Refusal.ADDRESS_TAKEN)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_ROUND, budget_round, now, pot_cents=terms.pot_cents)
    return budget_round


def change_round(
    session: Session, actor: Actor, budget_round: Round, terms: RoundTerms, now: datetime
) -> Round | Refused:
    """Change a round in preparation, with the same care as when it was made; its address stays, for letters may name it.

    Refused once it is open, and where money is awarded a pot that does not hold the plans that were admitted.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    traject = budget_round.traject
    plans = [] if budget_round.is_voted() else [plan.frozen() for plan in budget_round.plans]
    verdict = first_refusal(
        may(actor, Do.MANAGE_ROUND, Place(traject.area.path)),
        may_change_round(budget_round.status),
        terms.may_be(traject),
        holds_plans(terms.pot_cents, plans),
    )
    if isinstance(verdict, Refused):
        return verdict
    terms.fill_in(budget_round)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_ROUND, budget_round, now, step="changed", pot_cents=terms.pot_cents)
    return budget_round


def promised(budget_round: Round) -> Verdict:
    """Refuse a round that is not what its traject promised: the rules of a draft may have changed after it was prepared."""
    return may_have_pot(
        budget_round.traject.ruleset(),
        pot_cents=budget_round.pot_cents,
        ballot_kind=budget_round.ballot_kind,
        rule=budget_round.rule,
        leftover=budget_round.leftover,
    )


def may_open_now(budget_round: Round, voters: int) -> tuple[Verdict, ...]:
    """Return every answer of the rules about opening this vote now, apart from who does it; `voters` is the voter roll."""
    phases = budget_round.traject.facts().phases
    return (
        may_open_round(budget_round.draft_rulebook(), budget_round.status, voters),
        promised(budget_round),
        all_closed_before(phases, budget_round.voting_phase()),
    )


def open_vote(session: Session, actor: Actor, budget_round: Round, now: datetime) -> Round | Refused:
    """Freeze the rulebook with its plans, publish its hash, and let voters in, for a vote or for advice.

    The round and its traject are locked and read again first: of two officials who click at once, one opens and the
    other hears that it is open already, and dates that a colleague just changed are the dates that are frozen.
    """
    hold(session, budget_round.traject)
    voters = session.scalar(voters_on_roll(budget_round.id)) or 0
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, budget_round.act(Do.OPEN_VOTE), budget_round.traject.facts().place_at(now)),
        *may_open_now(budget_round, voters),
    )
    if isinstance(verdict, Refused):
        return verdict
    settle_roll(session, budget_round, now)
    budget_round.freeze(budget_round.draft_rulebook())
    budget_round.ballot_secret = budget_round.ballot_secret or secrets.token_hex(32)
    budget_round.status = RoundStatus.OPEN
    budget_round.traject.touch()
    opened = budget_round.act(Do.OPEN_VOTE)
    record(session, actor.account_id, opened, budget_round, now, rulebook_sha256=budget_round.rulebook_sha256)
    return budget_round
