"""Who of a group sits on which panel? Everybody equally often, give or take one.

Homes of a kind take turns, in an order from the SHA-256 of their ids, and so do people of one group within a home. Where
homes have people of several groups, turns are a colouring: a panel asks a kind of home for some people of each group,
each home is a colour, no colour is there twice in a panel, and in each group all colours are there equally often, give or
take one. Such a colouring always exists (Kőnig, 1916), and is found by swapping two colours along a path.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from participatie.lottery.groups import Counts, Ground, Kind
from participatie.lottery.terms import Pool


def seated(pool: Pool, ground: Ground, panels: Sequence[Counts]) -> tuple[tuple[int, ...], ...]:
    """Return for each panel the sorted positions of its members, the panels themselves in order."""
    hashes = [sha256(person.id.encode()).hexdigest() for person in pool.people]
    seats: list[list[int]] = [[] for _ in panels]
    for kind in ground.kinds:
        homes = [
            [sorted(people, key=hashes.__getitem__) for people in home]
            for home in sorted(kind.homes, key=lambda home: min(hashes[at] for people in home for at in people))
        ]
        served = [[0] * len(kind.groups) for _ in homes]
        for panel, group, home in _turns(kind, panels):
            people = homes[home][group]
            seats[panel].append(people[served[home][group] % len(people)])
            served[home][group] += 1
    return tuple(sorted(tuple(sorted(members)) for members in seats))


def _turns(kind: Kind, panels: Sequence[Counts]) -> Iterator[tuple[int, int, int]]:
    """Give for each seat: the panel, which group of the kind, and which home."""
    asked = [
        (at, place)
        for place, group in enumerate(kind.groups)
        for at, panel in enumerate(panels)
        for _ in range(int(panel[group]))
    ]
    homes = len(kind.homes)
    if len(kind.groups) == 1 or homes == 1:
        for turn, (panel, group) in enumerate(asked):
            yield panel, group, turn % homes
        return
    # In each group so many seats in a row as there are homes are one round, in which every home has one turn.
    rounds: list[tuple[int, int]] = []
    turns = [0] * len(kind.groups)
    for _, group in asked:
        rounds.append((group, turns[group] // homes))
        turns[group] += 1
    colours = _coloured(
        [(("panel", panel), ("round", *one)) for (panel, _), one in zip(asked, rounds, strict=True)], homes
    )
    for (panel, group), home in zip(asked, colours, strict=True):
        yield panel, group, home


def _coloured(edges: Sequence[tuple[object, object]], colours: int) -> list[int]:
    """Colour the edges between two sides so that no end has a colour twice; no end may have more edges than colours."""
    used: dict[object, list[int | None]] = {end: [None] * colours for edge in edges for end in edge}
    colour_of: list[int] = []
    for number, (one, other) in enumerate(edges):
        free, swapped = used[one].index(None), used[other].index(None)
        path = []
        end, colour = other, free
        while (edge := used[end][colour]) is not None:
            path.append(edge)
            end = edges[edge][0] if edges[edge][1] == end else edges[edge][1]
            colour = free + swapped - colour
        for edge in path:
            for end in edges[edge]:
                used[end][colour_of[edge]] = None
        for edge in path:
            colour_of[edge] = free + swapped - colour_of[edge]
            for end in edges[edge]:
                used[end][colour_of[edge]] = edge
        colour_of.append(free)
        for end in (one, other):
            used[end][free] = number
    return colour_of
