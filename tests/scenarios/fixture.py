"""What is said of one fixture of the seeds: which tests replay it, or what it waits for?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waits:
    """What a fixture waits for, and why it cannot be replayed before that."""

    capability: str
    why: str


@dataclass(frozen=True, slots=True)
class Fixture:
    """A fixture of the seeds: what it says, the tests that replay it, and what of it still waits."""

    name: str
    says: str
    tests: tuple[str, ...] = ()
    waits: Waits | None = None


#: What more than one of them waits for.
INDICATORS = "indicators"
