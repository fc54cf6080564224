"""Which households get an invitation? By lot over addresses, spread over buurten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from participatie.lottery.faults import Fault, Problem, RequestError


@dataclass(frozen=True, slots=True)
class Address:
    """A household that can be invited, and the buurt it lies in."""

    id: str
    stratum: str


def invite(
    addresses: Sequence[Address], number: int, seed: str, weights: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Return the ids of `number` addresses by lot, in the order of the lot.

    Each buurt gets its share: its addresses, times its weight where weights are stated (1 for a buurt that they do not
    name, 0 for none), of all. What is left over after whole numbers goes to the largest remainders; between equal
    remainders the hash of seed and buurt decides. A buurt that has no more addresses leaves the rest to the others.
    Within a buurt the hash of the seed and the id, on a line each, decides, the lowest first.

    Raises RequestError for an address that is there twice or without an id, a number below one or above the addresses
    that may be invited, a negative weight, and a weight for a buurt without addresses.
    """
    strata: dict[str, list[str]] = {}
    for address in addresses:
        strata.setdefault(address.stratum, []).append(address.id)
    problems = _problems(addresses, strata, number, weights or {})
    if problems:
        raise RequestError(problems)
    shares = _shares({name: len(ids) for name, ids in strata.items()}, number, seed, weights or {})
    chosen = [
        id_ for name, ids in strata.items() for id_ in sorted(ids, key=lambda one: _hash(seed, one))[: shares[name]]
    ]
    return tuple(sorted(chosen, key=lambda id_: _hash(seed, id_)))


def _problems(
    addresses: Sequence[Address], strata: Mapping[str, list[str]], number: int, weights: Mapping[str, int]
) -> list[Problem]:
    if not addresses:
        return [Problem(Fault.NO_ROWS)]
    problems = [
        Problem(Fault.WEIGHT_INVALID, {"stratum": name, "weight": weight})
        for name, weight in weights.items()
        if weight < 0
    ]
    problems += [Problem(Fault.STRATUM_UNKNOWN, {"stratum": name}) for name in weights if name not in strata]
    if any(not address.id for address in addresses):
        problems.append(Problem(Fault.ID_EMPTY))
    seen: dict[str, int] = {}
    for address in addresses:
        seen[address.id] = seen.get(address.id, 0) + 1
    problems += [Problem(Fault.ID_TWICE, {"id": id_}) for id_, times in seen.items() if id_ and times > 1]
    possible = sum(len(ids) for name, ids in strata.items() if weights.get(name, 1))
    if number < 1:
        problems.append(Problem(Fault.SIZE_TOO_LOW, {"size": number}))
    elif number > possible:
        problems.append(Problem(Fault.NUMBER_ABOVE_ADDRESSES, {"number": number, "addresses": possible}))
    return problems


def _shares(sizes: Mapping[str, int], number: int, seed: str, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide a number over buurten; one that is full is set apart, and the rest is divided anew over the others."""
    shares = dict.fromkeys(sizes, 0)
    claims = {name: size * weights.get(name, 1) for name, size in sizes.items()}
    names = [name for name, claim in claims.items() if claim]
    while names:
        total = sum(claims[name] for name in names)
        full = [name for name in names if number * claims[name] >= sizes[name] * total]
        if not full:
            break
        for name in full:
            shares[name] = sizes[name]
        number -= sum(sizes[name] for name in full)
        names = [name for name in names if name not in full]
    if names:
        total = sum(claims[name] for name in names)
        shares |= {name: number * claims[name] // total for name in names}
        left = number - sum(shares[name] for name in names)
        order = sorted(names, key=lambda name: (-(number * claims[name] % total), _hash(seed, "buurt", name)))
        for name in order[:left]:
            shares[name] += 1
    return shares


def _hash(*lines: str) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()
