"""How are people and quotas given to the engine? The same way when a lot is prepared and when it is checked.

The engine needs more than Python alone, so nothing that checks the public part of a bundle imports this.
"""

from collections.abc import Iterable, Mapping, Sequence

from participatie.lottery import Person, Pool, Quota, Quotas

#: A panel may have no quotas; the engine asks for one feature at least, so everybody then has this one.
EVERYBODY = "iedereen"


def pool_from(people: Iterable[tuple[str, Mapping[str, str], str | None]]) -> Pool:
    """Return a pool of people, each a leaf, features and household (None is alone). The leaf is the id."""
    made = tuple(
        Person(leaf, dict(features) or {EVERYBODY: EVERYBODY}, household) for leaf, features, household in people
    )
    return Pool(made, tuple(dict.fromkeys(name for person in made for name in person.features)))


def quotas_from(quotas: Sequence[tuple[str, str, int, int]], seats: int) -> Quotas:
    """Return quotas, each a feature, a value, the fewest and the most; none at all lets anybody have each of the seats."""
    return Quotas(
        tuple(Quota(feature, value, least, most) for feature, value, least, most in quotas)
        or (Quota(EVERYBODY, EVERYBODY, seats, seats),)
    )
