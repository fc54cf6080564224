"""What is a preset: the rules of a place, the phases that go with them, and what is wrong with a file that is none?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a preset's file, on which line (1 is the first), and what was expected there.

    `expected` and `found` are Dutch, short and without a full stop; as text it is one sentence for the command line.
    """

    file: str
    line: int
    expected: str
    found: str = ""

    def __str__(self) -> str:
        """Return the sentence."""
        found = f", gevonden {self.found}" if self.found else ""
        return f"{self.file}, regel {self.line}: verwacht {self.expected}{found}."


class PresetPhase(NamedTuple):
    """A phase that goes with the rules, and how many weeks it usually takes."""

    kind: PhaseKind
    level: Level
    weeks: int


class PlannedPhase(NamedTuple):
    """A phase on the calendar, with its first and its last day."""

    kind: PhaseKind
    level: Level
    first_day: date
    last_day: date


class DayOfYear(NamedTuple):
    """A day that comes back every year."""

    month: int
    day: int

    def first_from(self, day: date) -> date:
        """Return the first such day that is not before `day`."""
        this_year = date(day.year, self.month, self.day)
        return this_year if this_year >= day else date(day.year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Preset:
    """The spelregels of a place, to begin a traject with. `key` is the name of its file, and that of its rules.

    `ready_before` is the day that the rules ask of every plan and `starts_on` the day on which the first phase
    usually begins, both without a year: that comes when the traject is made.
    """

    key: str
    name: str
    place: str
    summary: str
    source: str
    rules: RuleSet
    phases: tuple[PresetPhase, ...]
    answer_days: int
    ready_before: DayOfYear | None = None
    starts_on: DayOfYear | None = None

    def first_day_from(self, today: date) -> date:
        """Return a first day to propose: the usual one of this place when it has one, else the next Monday."""
        if self.starts_on is not None:
            return self.starts_on.first_from(today)
        return today + timedelta(days=7 - today.weekday())

    def planned_from(self, first_day: date) -> tuple[PlannedPhase, ...]:
        """Return the phases on the calendar, one after the other, from a first day."""
        planned: list[PlannedPhase] = []
        for kind, level, weeks in self.phases:
            after = first_day + timedelta(weeks=weeks)
            planned.append(PlannedPhase(kind, level, first_day, after - timedelta(days=1)))
            first_day = after
        return tuple(planned)

    def rules_from(self, first_day: date) -> RuleSet:
        """Return the rules of a traject that begins on a day, with the day in its year on which plans must be ready.

        That is the first one on which all phases are over, so that no plan has to be ready before it may start.
        """
        if self.ready_before is None:
            return self.rules
        last_day = max((phase.last_day for phase in self.planned_from(first_day)), default=first_day)
        return replace(self.rules, ready_before=self.ready_before.first_from(last_day))
