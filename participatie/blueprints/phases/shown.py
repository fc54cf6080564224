"""How does the life of a traject read: its phases with what can be done about each, and the figures of its report?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participatie.models.announcements import Product, Report
from participatie.models.reports import ReportVersion
from participatie.models.trajecten import Phase, Traject
from participatie.spelregels.answers import Timing
from participatie.spelregels.balance import Of, Side
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.closing import react_until
from participatie.spelregels.duties import FROM_LEVEL, OF_PHASE, Duty, DutyState
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.ledger import Sums
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.phases import WITH_PRODUCT
from participatie.spelregels.promises import PromiseState
from participatie.spelregels.reporting import tells_outcome
from participatie.web.words import word


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase on the page of its wijkmanager. `is_over` holds from the first moment after it."""

    phase: Phase
    duties: tuple[Duty, ...]
    product: Product | None
    has_product: bool
    is_over: bool


def shown_phases(traject: Traject, products: Mapping[int, Product], now: datetime) -> list[ShownPhase]:
    """Return the phases in their order; `products` by the id of their phase."""
    return [
        ShownPhase(
            phase,
            tuple(duty for duty in OF_PHASE[phase.kind] if phase.level.reaches(FROM_LEVEL[duty])),
            products.get(phase.id),
            phase.kind in WITH_PRODUCT,
            now >= phase.ends_at,
        )
        for phase in traject.phases
    ]


def reacting_until(product: Product, traject: Traject) -> datetime:
    """Return until when residents can react to a document."""
    return react_until(product.drafted_at, traject.ruleset().reaction_days)


def shares_in_words(figures: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Return the shares of a report: of what, held by whom, how many percents."""
    return [(word(Of(of)).capitalize(), word(Side(side)), percent) for of, side, percent in figures["shares"]]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as a page reads it. `facts` has its parts, none for one from before there were archives; `version` too."""

    texts: Mapping[str, str]
    figures: Mapping[str, Any]
    facts: Mapping[str, Any]
    published_at: datetime | None = None
    version: ReportVersion | None = None
    ideas: Sequence[Mapping[str, Any]] = ()

    def shares(self) -> list[tuple[str, str, int]]:
        """Return the shares of the balance in words."""
        return shares_in_words(self.figures)

    def tells_outcome(self) -> bool:
        """Tell whether it says what changed, and not only what was done."""
        return tells_outcome(self.texts)

    def answers(self, status: IdeaStatus) -> list[Mapping[str, Any]]:
        """Return the ideas that got this answer."""
        return [idea for idea in self.ideas if idea["status"] == status]

    def admitted(self) -> list[Mapping[str, Any]]:
        """Return the ideas that were admitted."""
        return self.answers(IdeaStatus.ADMITTED)

    def turned_down(self) -> list[Mapping[str, Any]]:
        """Return the ideas that were not."""
        return self.answers(IdeaStatus.NOT_ADMITTED)

    def meetings(
        self,
    ) -> list[tuple[str, MeetingKind, date, int, int | None, int | None, ReachOf | None, int | None, str]]:
        """Return the meetings: name, kind, day, ideas, who came, percent, of whom, of how many, and who says so."""
        return [
            (
                each["name"], MeetingKind(each["kind"]), date.fromisoformat(each["on_day"]), each["ideas"],
                each["attendance"], each["percent"], ReachOf(each["reach_of"]) if each["reach_of"] else None,
                each["out_of"], each["counted_by"],
            )
            for each in self.facts.get("taking_part", {}).get("meetings", ())
        ]  # fmt: skip

    def decided(self) -> list[tuple[int, str, date, DeviationGround | None, str]]:
        """Return the besluiten: number, title, day, the ground of a deviation, and which plans do not go ahead by it."""
        return [
            (
                each["besluit"], each["title"], date.fromisoformat(each["decided_on"]),
                DeviationGround(each["deviation_ground"]) if each["deviation_ground"] else None,
                "; ".join(each.get("withheld", ())),
            )
            for each in self.facts.get("decided", ())
        ]  # fmt: skip

    def sums(self) -> list[tuple[str, Sums]]:
        """Return what became of the money, plan by plan."""
        money = self.facts.get("money") or {"plans": []}
        return [(each["name"], _sums(each)) for each in money["plans"]]

    def total(self) -> Sums | None:
        """Return what became of the money together; None where none was allocated."""
        money = self.facts.get("money")
        return _sums(money["total"]) if money else None

    def promised(self) -> list[tuple[str, str, date, PromiseState]]:
        """Return the promises: what, by whom, for which day, and how it stands."""
        return [
            (each["text"], each["owner"], date.fromisoformat(each["due_on"]), PromiseState(each["state"]))
            for each in self.facts.get("promises", ())
        ]

    def timings(self) -> list[tuple[Timing, int]]:
        """Return how many answers came in time, and how many did not."""
        answers = self.facts.get("terms", {}).get("answers", {})
        return [(timing, answers[timing.value]) for timing in Timing if answers.get(timing.value)]

    def duties(self) -> list[tuple[Duty, DutyState]]:
        """Return how every duty stood."""
        return [(Duty(duty), DutyState(state)) for duty, state in self.facts.get("terms", {}).get("duties", ())]


def _sums(cents: Mapping[str, int]) -> Sums:
    return Sums(cents["allocated"], cents["committed"], cents["paid"], cents["returned"])


def of_report(report: Report) -> ShownReport:
    """Return a report from before there were archives."""
    texts = {"used": report.used, "not_used": report.not_used, "lessons": report.lessons}
    return ShownReport(texts, report.figures, {}, report.published_at)


def shown_version(version: ReportVersion, ideas: Sequence[Mapping[str, Any]]) -> ShownReport:
    """Return a version as it was published, with its ideas that everybody may read now."""
    told = version.told()
    facts = told["facts"]
    return ShownReport(told["texts"], facts["taking_part"], facts, version.published_at, version, ideas)


def shown_with(texts: Mapping[str, str], facts: Mapping[str, Any]) -> ShownReport:
    """Return a report that is not published."""
    return ShownReport(texts, facts["taking_part"], facts)
