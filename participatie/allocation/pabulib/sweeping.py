"""Which votes stand in VOTES, when all is as it should be? A million lines in a few seconds.

What is odd in any way (a quote, a missing cell, an unknown plan, a voter twice) is left to `ballots`, which
reads line by line and can say which line is wrong: here None is the only answer to it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np

from participatie.allocation.columns import MOST, Columns, Whole
from participatie.allocation.pabulib.election import BallotKind, BallotLimits, Irregularity, Vote
from participatie.allocation.terms import Plan

#: Digits of the points on one ballot; more are read line by line.
DIGITS = 6
#: Whatever may stand around an id and is no part of it; in an ASCII text the most of them cost no time.
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))).replace("\n", "")


@dataclass(frozen=True, slots=True, eq=False)
class SweptVotes(Sequence[Vote]):
    """The votes in the order of the file; each is made when it is asked for.

    `written[v]` is the ballot that voter `voters[v]` handed in. Ballot b names the plans `plan_ids[chosen[k]]`
    for k from `starts[b]` to `starts[b + 1]`, with `points[k]` where voters write points.
    """

    voters: Sequence[str]
    written: Whole
    plan_ids: tuple[str, ...]
    starts: Whole
    chosen: Whole
    points: Whole | None

    def __len__(self) -> int:
        """Return the number of votes."""
        return len(self.voters)

    @overload
    def __getitem__(self, index: int) -> Vote: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Vote, ...]: ...
    def __getitem__(self, index: int | slice) -> Vote | tuple[Vote, ...]:
        """Return a vote as it was handed in."""
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        return Vote(self.voters[index], *self._ballot(int(self.written[index])))

    def __iter__(self) -> Iterator[Vote]:
        """Go over the votes."""
        ballots = [self._ballot(number) for number in range(len(self.starts) - 1)]
        for voter, number in zip(self.voters, self.written.tolist(), strict=True):
            yield Vote(voter, *ballots[number])

    def __eq__(self, other: object) -> bool:
        """Tell whether these are the same votes in the same order, however they are held."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return a number for dictionaries."""
        return hash(tuple(self))

    def ballots(self, kind: BallotKind) -> Columns:
        """Return the ballots that were written alike as groups, ready for `allocate`; a ranking as Borda points."""
        lengths = np.diff(self.starts)
        starts, chosen, points = self.starts, self.chosen, self.points
        if points is not None:
            # A choice with 0 points is no choice.
            given = points > 0
            kept = np.concatenate(([0], np.cumsum(given)))
            starts, chosen, points = kept[starts], chosen[given], points[given]
        elif kind is BallotKind.ORDINAL:
            points = np.repeat(self.starts[1:], lengths) - np.arange(len(chosen))
        else:
            points = np.ones(len(chosen), dtype=np.int64)
        counts = np.bincount(self.written, minlength=len(lengths))
        return Columns(self.plan_ids, starts, chosen, points, counts, np.ones(len(lengths), dtype=np.int64))

    def _ballot(self, number: int) -> tuple[tuple[str, ...], tuple[int, ...] | None]:
        at = slice(int(self.starts[number]), int(self.starts[number + 1]))
        points = None if self.points is None else tuple(self.points[at].tolist())
        return tuple(self.plan_ids[each] for each in self.chosen[at].tolist()), points


def needed_columns(kind: BallotKind) -> frozenset[str]:
    """Return the columns that VOTES must have."""
    return frozenset({"voter_id", "vote", *(("points",) if kind.has_points else ())})


def swept(body: str, columns: Mapping[str, int], kind: BallotKind, plans: Sequence[Plan]) -> SweptVotes | None:
    """Return the votes of the lines below the header of VOTES, or None where one of them is odd.

    `columns` is the place of each column. Refused with None is also what is only unusual: blanks around
    an id, points of more than six digits, rankings with points.
    """
    if '"' in body or any(blank in body for blank in BLANKS):
        return None
    lines = body.strip("\n").split("\n")
    width = len(columns)
    if any(line.count(";") != width - 1 for line in lines):
        return None
    cells = ";".join(lines).split(";")
    voters = cells[columns["voter_id"] :: width]
    if len(set(voters)) != len(voters) or "" in voters:
        return None
    votes = cells[columns["vote"] :: width]
    if kind.has_points:
        written: list[str] = [
            f"{vote};{given}" for vote, given in zip(votes, cells[columns["points"] :: width], strict=True)
        ]
    elif kind is BallotKind.ORDINAL and any(cells[columns["points"] :: width] if "points" in columns else ()):
        return None
    else:
        written = votes
    number: dict[str, int] = {}
    of_voter = [number.setdefault(ballot, len(number)) for ballot in written]
    return _read(voters, of_voter, list(number), kind, tuple(plan.id for plan in plans))


def _read(
    voters: list[str], of_voter: list[int], written: list[str], kind: BallotKind, plan_ids: tuple[str, ...]
) -> SweptVotes | None:
    ballots, given = written, None
    if kind.has_points:
        ballots = [ballot.partition(";")[0] for ballot in written]
        given = [ballot.partition(";")[2] for ballot in written]
    lengths = np.array([ballot.count(",") + 1 if ballot else 0 for ballot in ballots], dtype=np.int64)
    place = {plan_id: position for position, plan_id in enumerate(plan_ids)}
    named = ",".join(filter(None, ballots)).split(",") if any(ballots) else []
    positions = [place.get(plan_id, -1) for plan_id in named]
    chosen = np.array(positions, dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    if len(chosen) and (chosen.min() < 0 or _names_twice(chosen, lengths, len(plan_ids))):
        return None
    if kind is BallotKind.CHOOSE_1 and lengths.max(initial=0) > 1:
        return None
    points = None
    if given is not None:
        numbers = list(chain.from_iterable(text.split(",") for text in given if text))
        counted = [text.count(",") + 1 if text else 0 for text in given]
        if counted != lengths.tolist() or not all(
            len(text) <= DIGITS and text.isdecimal() and text.isascii() for text in numbers
        ):
            return None
        points = np.array([int(text) for text in numbers], dtype=np.int64)
    return SweptVotes(voters, np.array(of_voter, dtype=np.int64), plan_ids, starts, chosen, points)


def _names_twice(chosen: Whole, lengths: Whole, plans: int) -> bool:
    of_ballot = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths) * plans + chosen
    of_ballot.sort()
    return bool((of_ballot[1:] == of_ballot[:-1]).any())


def irregular(votes: SweptVotes, plans: Sequence[Plan], limits: BallotLimits) -> Counter[Irregularity]:
    """Count the votes that break a limit of the file's own rules."""
    lengths = np.diff(votes.starts)
    times = np.bincount(votes.written, minlength=len(lengths))
    found: Counter[Irregularity] = Counter()
    if limits.max_length is not None:
        found[Irregularity.TOO_MANY_CHOICES] = int(times[lengths > limits.max_length].sum())
    if limits.min_length is not None:
        found[Irregularity.TOO_FEW_CHOICES] = int(times[lengths < limits.min_length].sum())
    if limits.max_sum_cost_cents is not None:
        costs = [min(plan.cost_cents, MOST // max(len(plans), 1)) for plan in plans]
        sums = _sums(np.array(costs, dtype=np.int64)[votes.chosen], votes.starts)
        found[Irregularity.OVER_MAX_COST] = int(times[sums > limits.max_sum_cost_cents].sum())
    if limits.max_sum_points is not None and votes.points is not None:
        sums = _sums(votes.points, votes.starts)
        found[Irregularity.OVER_MAX_POINTS] = int(times[sums > limits.max_sum_points].sum())
    return found


def _sums(amounts: Whole, starts: Whole) -> Whole:
    running = np.concatenate(([0], np.cumsum(amounts)))
    return running[starts[1:]] - running[starts[:-1]]
