"""Which options win? The highest scores, and for every other option how many votes it lacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from participatie.allocation.accounts import Accounts
from participatie.allocation.greedy import by_merit
from participatie.allocation.terms import Fact, Plan, Reason, Tie
from participatie.allocation.ties import ties_in_order


@dataclass(frozen=True, slots=True)
class Choosing:
    """One choice among options: the scores, everybody's place in a tie, and how many options win."""

    scores: Mapping[str, int | Fraction]
    place: Mapping[str, int]
    seats: int

    def choose(self, options: Sequence[Plan], accounts: Accounts) -> tuple[Plan, ...]:
        """Let the options with the highest scores win, and return all of them in their order.

        An option that nobody chose never wins, also when a seat stays empty. What options cost plays no part: a
        winner gets 0 cents.
        """
        ordered = by_merit(options, self._score, self.place)
        winners = [option for option in ordered if self.scores[option.id] > 0][: self.seats]
        others = ordered[len(winners) :]
        for option in winners:
            accounts.fund(option, Reason.CHOSEN, 0, **self._equals(option, others))
        for option in others:
            reason = Reason.NOT_CHOSEN if self.scores[option.id] > 0 else Reason.NO_VOTES
            accounts.deny(option, reason, **self._shortage(option, winners), **self._equals(option, winners))
        return tuple(ordered)

    def ties(self, ordered: Sequence[Plan], winners: set[str]) -> tuple[Tie, ...]:
        """Return the options that stood equal, without those that nobody chose: no lot was drawn about them."""
        voted_for = [option for option in ordered if self.scores[option.id] > 0]
        return ties_in_order(voted_for, self._score, winners)

    def _score(self, option: Plan) -> int | Fraction:
        return self.scores[option.id]

    def _shortage(self, option: Plan, winners: Sequence[Plan]) -> dict[str, Fact]:
        if len(winners) < self.seats:
            return {}  # a seat stayed empty: one vote was enough
        last = winners[-1]
        lacking = Fraction(self.scores[last.id]) - self.scores[option.id]
        wins_ties = self.place[option.id] < self.place[last.id]
        return {"taken_by": last.id, "votes_short": ceil(lacking) if wins_ties else floor(lacking) + 1}

    def _equals(self, option: Plan, on_the_other_side: Sequence[Plan]) -> dict[str, Fact]:
        # Named only where the tie decided: equals that all won, or all lost, needed no lot.
        equals = tuple(other.id for other in on_the_other_side if self.scores[other.id] == self.scores[option.id])
        return {"tied_with": equals} if equals else {}
