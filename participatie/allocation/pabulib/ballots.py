"""Which votes stand in VOTES, and do they keep to the file's own rules?"""

from collections import Counter
from collections.abc import Mapping

from participatie.allocation.columns import MOST
from participatie.allocation.pabulib.amounts import whole
from participatie.allocation.pabulib.election import BallotKind, BallotLimits, Irregularity, Vote
from participatie.allocation.pabulib.errors import Fault, PabulibError
from participatie.allocation.pabulib.sections import Row, Section
from participatie.allocation.terms import Plan

Written = tuple[str, str]
Read = tuple[tuple[str, ...], tuple[int, ...] | None, tuple[Irregularity, ...]]


def checked_votes(
    section: Section, kind: BallotKind, plans: tuple[Plan, ...], limits: BallotLimits, name: str
) -> tuple[tuple[Vote, ...], Counter[Irregularity]]:
    """Return the votes in the order of the file, and how often they break its rules.

    Ballots that are written alike are read once: a city has far fewer different
    ballots than voters.
    """
    voter_at, vote_at = section.column("voter_id", name), section.column("vote", name)
    points_at = section.columns.get("points")
    if kind.has_points:
        points_at = section.column("points", name)
    elif kind is not BallotKind.ORDINAL:
        points_at = None
    reader = _BallotReader(kind, {plan.id: plan.cost_cents for plan in plans}, limits, name)
    known: dict[Written, Read] = {}
    found: Counter[Irregularity] = Counter()
    seen: set[str] = set()
    votes = []
    heaviest, on_line = 0, 0
    for row in section.rows:
        cells = row.cells
        voter = cells[voter_at].strip()
        if not voter:
            raise PabulibError(name, row.line, Fault.ID_MISSING, "een voter_id", voter)
        if voter in seen:
            raise PabulibError(name, row.line, Fault.VOTER_TWICE, "elke voter_id één keer", voter)
        seen.add(voter)
        written = (cells[vote_at], "" if points_at is None else cells[points_at])
        read = known.get(written)
        if read is None:
            read = known[written] = reader.read(row, written)
            if max(read[1] or (0,)) > heaviest:
                heaviest, on_line = max(read[1] or (0,)), row.line
        if read[2]:
            found.update(read[2])
        votes.append(Vote(voter, read[0], read[1]))
    if heaviest * len(votes) > MOST:
        raise PabulibError(
            name,
            on_line,
            Fault.NUMBER_INVALID,
            f"hooguit {MOST // len(votes)} punten bij zoveel stemmen",
            str(heaviest),
        )
    return tuple(votes), found


class _BallotReader:
    """Reads one written ballot; its refusals name the row."""

    def __init__(self, kind: BallotKind, costs: Mapping[str, int], limits: BallotLimits, name: str) -> None:
        self.kind = kind
        self.costs = costs
        self.limits = limits
        self.name = name

    def read(self, row: Row, written: Written) -> Read:
        choices = _parts(written[0])
        for choice in choices:
            if choice not in self.costs:
                raise self._refusal(row, Fault.PLAN_UNKNOWN, "een project_id uit PROJECTS", choice)
        points = self._points(row, written[1], len(choices))
        once = choices if len(set(choices)) == len(choices) else tuple(dict.fromkeys(choices))
        if len(once) < len(choices) and self.kind is not BallotKind.APPROVAL:
            twice = next(choice for choice, times in Counter(choices).items() if times > 1)
            raise self._refusal(row, Fault.CHOICE_TWICE, "elk project hooguit één keer op een stembiljet", twice)
        if self.kind is BallotKind.CHOOSE_1 and len(once) > 1:
            raise self._refusal(row, Fault.TOO_MANY_CHOICES, "hooguit één keuze", written[0])
        repeated = (Irregularity.CHOICE_REPEATED,) if len(once) < len(choices) else ()
        return once, points, (*repeated, *self._broken_limits(once, points))

    def _points(self, row: Row, written: str, choices: int) -> tuple[int, ...] | None:
        if not self.kind.has_points and not written.strip():
            return None
        parts = _parts(written)
        if len(parts) != choices:
            raise self._refusal(row, Fault.POINTS_MISMATCH, f"{choices} keer punten", written)
        return tuple(whole(part, self.name, row.line, of="points") for part in parts)

    def _broken_limits(self, choices: tuple[str, ...], points: tuple[int, ...] | None) -> tuple[Irregularity, ...]:
        limits = self.limits
        broken = []
        if limits.max_length is not None and len(choices) > limits.max_length:
            broken.append(Irregularity.TOO_MANY_CHOICES)
        if limits.min_length is not None and len(choices) < limits.min_length:
            broken.append(Irregularity.TOO_FEW_CHOICES)
        most = limits.max_sum_cost_cents
        if most is not None and sum(map(self.costs.__getitem__, choices)) > most:
            broken.append(Irregularity.OVER_MAX_COST)
        if limits.max_sum_points is not None and sum(points or ()) > limits.max_sum_points:
            broken.append(Irregularity.OVER_MAX_POINTS)
        return tuple(broken)

    def _refusal(self, row: Row, code: Fault, expected: str, found: str) -> PabulibError:
        return PabulibError(self.name, row.line, code, expected, found)


def _parts(written: str) -> tuple[str, ...]:
    """Split a cell at its commas; an empty cell has no parts."""
    parts = tuple(written.split(","))
    if " " in written or "\t" in written:
        parts = tuple(part.strip() for part in parts)
    return parts if parts != ("",) else ()
