"""What does the META section say about the pot, the ballots and the rule?"""

from collections.abc import Collection
from typing import Protocol

from participatie.allocation.pabulib.amounts import cents, money, whole
from participatie.allocation.pabulib.election import BallotKind, BallotLimits
from participatie.allocation.pabulib.errors import Fault, PabulibError
from participatie.allocation.pabulib.sections import Section
from participatie.allocation.terms import AllocationRules, Leftover, Rule, Utility

# Pabulib's names. The two add1 rules differ: see terms.Rule.
_RULES = {
    "greedy": Rule.GREEDY,
    "greedy-no-skip": Rule.GREEDY_STOP,
    "greedy-threshold": Rule.GREEDY,
    "equalshares": Rule.EQUAL_SHARES,
    "equalshares/add1": Rule.EQUAL_SHARES_ADD1,
    "equalshares/add1u": Rule.EQUAL_SHARES_ADD1U,
    "equalshares/add1-comparison": Rule.EQUAL_SHARES_ADD1_COMPARISON,
    # Pabulib has no name for these, so the files that we write have ours.
    "greedy-per-euro": Rule.GREEDY_PER_EURO,
    "equalshares/greedy": Rule.EQUAL_SHARES_GREEDY,
    "phragmen": Rule.PHRAGMEN,
    "most-votes": Rule.MOST_VOTES,
}
# The sentences of the Amsterdam files, by how they begin.
_LEFTOVERS = {
    "fund additional projects that fit": Leftover.NEXT_FITTING,
    "partially fund one additional project": Leftover.PART,
}


def meta_of_rules(rules: AllocationRules) -> dict[str, str]:
    """Return the keys and values of META that say these rules; `Meta` reads the same rules back."""
    meta = {"rule": next(name for name, rule in _RULES.items() if rule is rules.rule)}
    if rules.rule is Rule.GREEDY and rules.minimum_votes:
        meta["rule"] = "greedy-threshold"
    if rules.leftover is not Leftover.NONE:
        meta["leftover_budget"] = next(text for text, leftover in _LEFTOVERS.items() if leftover is rules.leftover)
    if rules.rule is Rule.MOST_VOTES:
        meta["seats"] = str(rules.seats)
    if rules.minimum_votes:
        meta["min_project_score_threshold"] = str(rules.minimum_votes)
    if rules.category_caps:
        meta["categories"] = ",".join(rules.category_caps)
        meta["budget_per_category"] = ",".join(map(money, rules.category_caps.values()))
    # The format has no words for these: they are ours, and whoever does not know them passes them over.
    if rules.area_caps:
        meta["neighborhoods"] = ",".join(rules.area_caps)
        meta["budget_per_neighborhood"] = ",".join(map(money, rules.area_caps.values()))
    if rules.utility is not Utility.COST:
        meta["utility"] = rules.utility.value
    if rules.incompatible:
        meta["incompatible"] = ",".join("+".join(group) for group in rules.incompatible)
    return meta


class _Reader(Protocol):
    def __call__(self, text: str, name: str, line: int, *, of: str) -> int: ...


class Meta:
    """The keys and values of META, and what they mean; errors name the line of the key."""

    def __init__(self, section: Section, name: str) -> None:
        """Read the rows; refuses a key that stands there twice."""
        self.file = name
        self.line = section.line
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        key_at, value_at = section.column("key", name), section.column("value", name)
        for line, cells in section.rows:
            key = cells[key_at].strip()
            if key in self.values:
                raise PabulibError(name, line, Fault.KEY_TWICE, "elke sleutel één keer in META", key)
            self.values[key] = cells[value_at].strip()
            self.lines[key] = line

    def kind(self) -> BallotKind:
        """Return how voters voted (`vote_type`)."""
        text = self._required("vote_type")
        try:
            return BallotKind(text)
        except ValueError as error:
            kinds = ", ".join(BallotKind)
            raise PabulibError(
                self.file, self.lines["vote_type"], Fault.VOTE_TYPE_UNKNOWN, f"vote_type één van {kinds}", text
            ) from error

    def pot_cents(self) -> int:
        """Return the pot (`budget`) in cents."""
        return cents(self._required("budget"), self.file, self.lines["budget"], of="budget")

    def number(self, key: str, read: _Reader = whole) -> int | None:
        """Return the number of a key (cents for money), None when it is absent or empty."""
        text = self.values.get(key, "")
        return read(text, self.file, self.lines[key], of=key) if text else None

    def rule(self) -> tuple[Rule, bool]:
        """Return our rule, and whether the file's name for it is known ('unknown' is)."""
        text = self.values.get("rule", "unknown")
        return _RULES.get(text, Rule.GREEDY), text in _RULES or text == "unknown"

    def leftover(self) -> tuple[Leftover, bool]:
        """Return what happens with money left, and whether the file's sentence is known."""
        text = self.values.get("leftover_budget", "").casefold()
        for start, leftover in _LEFTOVERS.items():
            if text.startswith(start):
                return leftover, True
        return Leftover.NONE, not text

    def utility(self) -> Utility:
        """Return what a plan is worth to its supporters: its cost, unless the file says otherwise."""
        text = self.values.get("utility", "")
        if text and text not in set(Utility):
            words = " of ".join(Utility)
            raise PabulibError(self.file, self.lines["utility"], Fault.UTILITY_UNKNOWN, f"utility {words}", text)
        return Utility(text or Utility.COST)

    def incompatible(self, plan_ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return the groups of plans of which one gets money at most, written `1+4,2+7`."""
        text = self.values.get("incompatible", "")
        groups = tuple(tuple(name.strip() for name in group.split("+")) for group in text.split(",")) if text else ()
        for group in groups:
            unknown = next((name for name in group if name not in plan_ids), None)
            if unknown is not None or len(set(group)) != len(group) or len(group) == 1:
                raise PabulibError(
                    self.file,
                    self.lines["incompatible"],
                    Fault.INCOMPATIBLE_UNKNOWN,
                    "bij incompatible twee of meer verschillende project_id's met + ertussen",
                    unknown or "+".join(group),
                )
        return groups

    def per_category(self, key: str, read: _Reader, of: str = "categories") -> dict[str, int]:
        """Return a number per category, in the order of the key `of`; one number counts for all."""
        text = self.values.get(key, "")
        if not text:
            return {}
        line = self.lines[key]
        categories = [category.strip() for category in self.values.get(of, "").split(",")]
        numbers = [read(part, self.file, line, of=key) for part in text.split(",")]
        if len(numbers) == 1:
            numbers *= len(categories)
        if not all(categories) or len(set(categories)) != len(numbers):
            raise PabulibError(
                self.file,
                line,
                Fault.CATEGORY_CAPS_MISMATCH,
                f"bij {key} één getal per naam in {of}",
                f"{len(numbers)} getallen en {len(set(categories) - {''})} namen",
            )
        return dict(zip(categories, numbers, strict=True))

    def limits(self) -> BallotLimits:
        """Return what one ballot may hold."""
        return BallotLimits(
            min_length=self.number("min_length"),
            max_length=self.number("max_length"),
            max_sum_cost_cents=self.number("max_sum_cost", cents),
            min_sum_points=self.number("min_sum_points"),
            max_sum_points=self.number("max_sum_points"),
            min_length_per_category=self.per_category("min_length_per_category", whole),
            max_length_per_category=self.per_category("max_length_per_category", whole),
            max_sum_cost_cents_per_category=self.per_category("max_sum_cost_per_category", cents),
        )

    def check_count(self, key: str, counted: int) -> None:
        """Refuse a number of projects or votes that is not what was read."""
        stated = self.number(key)
        if stated is not None and stated != counted:
            raise PabulibError(
                self.file, self.lines[key], Fault.COUNT_WRONG, f"{key} gelijk aan {counted}", str(stated)
            )

    def _required(self, key: str) -> str:
        text = self.values.get(key, "")
        if not text:
            raise PabulibError(
                self.file, self.lines.get(key, self.line), Fault.KEY_MISSING, f"een waarde voor {key} in META", text
            )
        return text
