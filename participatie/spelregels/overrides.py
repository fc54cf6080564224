"""May a failed test be set aside? Only by two people who agree, in public; a third decides where they do not.

Zwolle's tests ask it of an exception; that two decide, and an independent third when they
differ, is the rule for wijkwerkers in 'Leefbare steden' (seed 003:311).
"""

from dataclasses import dataclass
from enum import StrEnum

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class OverrideState(StrEnum):
    """Where a proposal to set a test aside stands."""

    WAITS = "wacht op een tweede"
    DISPUTED = "wacht op een derde"
    GRANTED = "toegestaan"
    DECLINED = "niet toegestaan"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person thinks of it."""

    account_id: int
    agrees: bool


def override_state(second: Opinion | None, third: Opinion | None) -> OverrideState:
    """Return where it stands: the one who proposed it agrees, so a second yes grants it."""
    if second is None:
        return OverrideState.WAITS
    if second.agrees:
        return OverrideState.GRANTED
    if third is None:
        return OverrideState.DISPUTED
    return OverrideState.GRANTED if third.agrees else OverrideState.DECLINED


def may_propose(weight: Weight, reason: str, *, failed: bool, proposed: bool) -> Verdict:
    """Refuse to set aside what does not stop the idea, without a reason, or what was proposed before."""
    if weight is not Weight.HARD or not failed:
        return refused(Refusal.NOTHING_TO_OVERRIDE)
    if proposed:
        return refused(Refusal.OVERRIDE_SETTLED)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_give_opinion(state: OverrideState, involved: tuple[int, ...], account_id: int | None, reason: str) -> Verdict:
    """Refuse the opinion of somebody who gave one already, one without a reason, or one too late."""
    if state in (OverrideState.GRANTED, OverrideState.DECLINED):
        return refused(Refusal.OVERRIDE_SETTLED)
    if account_id is None or account_id in involved:
        return refused(Refusal.SAME_PERSON)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_judge_again(*, passed: bool, before: bool | None, proposed: bool) -> Verdict:
    """Refuse another outcome of a test that somebody proposed to set aside: two people decide on it now, and not one."""
    return refused(Refusal.OVERRIDE_SETTLED) if proposed and passed is not before else Allowed()


def set_aside(states: dict[Test, OverrideState]) -> frozenset[Test]:
    """Return the tests that were set aside for good."""
    return frozenset(test for test, state in states.items() if state is OverrideState.GRANTED)
