"""Which words does a lot use: quotas, people, a pool, and how far a long calculation is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Bound(StrEnum):
    """Which of the two numbers of a quota."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"


class Step(StrEnum):
    """What a long calculation is busy with."""

    CHECKING = "checking"
    IDEAL = "ideal"
    PANELS = "panels"
    PROVING = "proving"
    ROUNDING = "rounding"
    SEATING = "seating"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: `done` of `of`. Where nobody can know how much there is, `of` is what is expected by now."""

    step: Step
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Quota:
    """Of the panel, at least `minimum` and at most `maximum` members have this value of this feature."""

    feature: str
    value: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Quotas:
    """All quotas in the order in which they were written; the order changes no outcome."""

    quotas: tuple[Quota, ...]

    def __iter__(self) -> Iterator[Quota]:
        """Give them one by one."""
        return iter(self.quotas)

    def __len__(self) -> int:
        """Count them."""
        return len(self.quotas)

    @cached_property
    def features(self) -> tuple[str, ...]:
        """Every feature once, in order of appearance."""
        return tuple(dict.fromkeys(quota.feature for quota in self.quotas))

    def values(self, feature: str) -> tuple[str, ...]:
        """Return the values of a feature, in order of appearance; none for an unknown feature."""
        return tuple(quota.value for quota in self.quotas if quota.feature == feature)

    def of(self, feature: str) -> tuple[Quota, ...]:
        """Return the quotas of a feature, in order of appearance."""
        return tuple(quota for quota in self.quotas if quota.feature == feature)

    def find(self, feature: str, value: str) -> Quota | None:
        """Return the quota for a value of a feature, or None."""
        return self._by_name.get((feature, value))

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Quota]:
        return {(quota.feature, quota.value): quota for quota in self.quotas}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who said yes. Who share a `household` never sit on the panel together; None is alone."""

    id: str
    features: Mapping[str, str]
    household: str | None = None


@dataclass(frozen=True)
class Pool:
    """Everybody who said yes, always sorted by id, so that the order in which they came changes nothing.

    `features` are the ones that are used; what else is known of a person plays no part.
    """

    people: tuple[Person, ...]
    features: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Put the people in their order."""
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda person: person.id)))

    def __len__(self) -> int:
        """Count the people."""
        return len(self.people)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each id is in `people`."""
        return {person.id: at for at, person in enumerate(self.people)}

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """The home of each person, in order: the household, or a home of their own. Equal homes never sit together."""
        return tuple(
            f"alone {at}" if person.household is None else f"with {person.household}"
            for at, person in enumerate(self.people)
        )


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One number of one quota, and by how many members it must give way."""

    feature: str
    value: str
    bound: Bound
    by: int
