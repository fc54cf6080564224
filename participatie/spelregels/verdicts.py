"""What does a spelregel answer? `Allowed()`, or `Refused(code, facts)`: never prose, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participatie.spelregels.refusals import Refusal

__all__ = ["Allowed", "Fact", "Refusal", "Refused", "Verdict", "first_refusal", "refused"]


Fact = int | str


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. Truthy, so that a template may ask `{% if verdict %}`."""

    def __bool__(self) -> bool:
        """Return True: the act may go on."""
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """No, with the code of the rule and the facts its sentence needs (cents, counts, names)."""

    code: Refusal
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return False: the act stops here."""
        return False


Verdict = Allowed | Refused


def refused(code: Refusal, **facts: Fact) -> Refused:
    """Say no, with the facts by name: `refused(Refusal.OVER_BUDGET, over_cents=50_000)`."""
    return Refused(code, facts)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """Return the first no among the verdicts, or Allowed when all say yes."""
    return next((verdict for verdict in verdicts if isinstance(verdict, Refused)), Allowed())
