"""Who takes an open seat? The first reserve with whom all quotas can still hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from participatie.lottery.groups import ground_of
from participatie.lottery.relaxing import smallest_relaxation
from participatie.lottery.terms import Pool, Quotas, Relaxation


@dataclass(frozen=True, slots=True)
class Choice:
    """The reserve who is asked, None where nobody is left, and which quotas cannot hold any more with them."""

    id: str | None
    breaks: tuple[Relaxation, ...] = ()

    @property
    def by(self) -> int:
        """By how many members quotas give way in all."""
        return sum(one.by for one in self.breaks)


def next_reserve(
    pool: Pool, quotas: Quotas, sitting: Sequence[str], open_seats: int, candidates: Sequence[str]
) -> Choice:
    """Return the first candidate with whom all quotas can still hold once all open seats are taken.

    `sitting` are the members who stay, `candidates` the reserves in the order of the lot, all by id; the other open
    seats go to candidates as well. Where no candidate keeps all quotas, it is the first of those with whom quotas give
    way by the fewest members, and `breaks` says which. Who shares a household with a member is passed over. Raises
    ValueError for an id that is not of the pool.
    """
    unknown = [id_ for id_ in (*sitting, *candidates) if id_ not in pool.positions]
    if unknown:
        raise ValueError("not in the pool", unknown[0])
    members = [pool.people[pool.positions[id_]] for id_ in sitting]
    homes = {pool.homes[pool.positions[id_]] for id_ in sitting}
    free = [id_ for id_ in dict.fromkeys(candidates) if pool.homes[pool.positions[id_]] not in homes]
    if open_seats < 1 or not free:
        return Choice(None)
    left = Pool(tuple(pool.people[pool.positions[id_]] for id_ in free), pool.features)
    seated = Counter((name, person.features[name]) for person in members for name in quotas.features)
    still = Quotas(
        tuple(
            replace(quota, minimum=quota.minimum - taken, maximum=quota.maximum - taken)
            for quota in quotas
            for taken in [seated[quota.feature, quota.value]]
        )
    )
    ground = ground_of(left, still, min(open_seats, len(set(left.homes))))
    found: dict[int, Choice] = {}
    for id_ in free:
        group = ground.group_of[left.positions[id_]]
        if group in found:
            continue
        found[group] = Choice(id_, smallest_relaxation(ground, {group: 1}))
        if not found[group].breaks:
            return found[group]
    return min(found.values(), key=lambda choice: choice.by)
