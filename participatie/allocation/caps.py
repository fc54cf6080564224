"""How much may a category or an area still get, and which plans exclude each other?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from participatie.allocation.terms import AllocationRules, Plan, Reason

Key = tuple[Reason, str]


@dataclass(frozen=True, slots=True)
class Cap:
    """What holds for the plans of one category or one area: the most there is, and what is left of it (cents)."""

    reason: Reason
    name: str
    cap_cents: int
    left_cents: int


class Caps:
    """The caps of one count and what is left of each, and which plans came in the place of others."""

    def __init__(self, rules: AllocationRules) -> None:
        """Begin with the caps of the rules."""
        self._caps: dict[Key, int] = {
            (Reason.OVER_CATEGORY_CAP, name): cap for name, cap in rules.category_caps.items()
        }
        self._caps |= {(Reason.OVER_AREA_CAP, name): cap for name, cap in rules.area_caps.items()}
        self._left = dict(self._caps)
        self._rivals: defaultdict[str, set[str]] = defaultdict(set)
        for group in rules.incompatible:
            for plan_id in group:
                self._rivals[plan_id] |= set(group) - {plan_id}
        self._taken: set[str] = set()

    def narrowest(self, plan: Plan) -> Cap | None:
        """Return the cap that leaves a plan the least, None where it has none."""
        caps = (Cap(key[0], key[1], self._caps[key], self._left[key]) for key in self._of(plan))
        return min(caps, key=lambda cap: cap.left_cents, default=None)

    def rival_of(self, plan: Plan) -> str | None:
        """Return the plan that got money and cannot be together with this one, None where there is none."""
        return min(self._rivals[plan.id] & self._taken, default=None)

    def room_in_area(self, plan: Plan) -> int | None:
        """Return what the area of a plan may still get (cents), None where it has no cap."""
        return None if plan.area is None else self._left.get((Reason.OVER_AREA_CAP, plan.area))

    def fits(self, plan: Plan) -> bool:
        """Say whether a plan stays under all its caps, and no plan came in its place."""
        return self.rival_of(plan) is None and all(plan.cost_cents <= self._left[key] for key in self._of(plan))

    def take(self, plan: Plan, cents: int) -> None:
        """Write down that a plan got an amount."""
        self._taken.add(plan.id)
        for key in self._of(plan):
            self._left[key] -= cents

    def copy(self) -> "Caps":
        """Return the caps as they stand now."""
        other = Caps.__new__(Caps)
        other._caps, other._left = self._caps, dict(self._left)  # noqa: SLF001 - one of our own
        other._rivals, other._taken = self._rivals, set(self._taken)  # noqa: SLF001 - one of our own
        return other

    def _of(self, plan: Plan) -> Iterator[Key]:
        for reason, name in ((Reason.OVER_CATEGORY_CAP, plan.category), (Reason.OVER_AREA_CAP, plan.area)):
            if name is not None and (reason, name) in self._left:
                yield reason, name
