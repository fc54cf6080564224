"""May a traject open, go on, and close? The trajectkaart is the promise (spelregels 2 to 4 of Zwolle, seed 004 from 1272)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Place
from participatie.spelregels.phases import PhaseFacts, PhaseKind, may_plan_phases, phase_at
from participatie.spelregels.rulesets import RuleSet, contradiction_in_rules
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused


class TrajectStatus(StrEnum):
    """Draft is seen by staff only; open and closed are public."""

    DRAFT = "concept"
    OPEN = "open"
    CLOSED = "afgesloten"


class Announced(StrEnum):
    """What is told in public about a traject, and to everybody who takes part in it."""

    NEWS = "nieuws"
    LEVEL = "niveau veranderd"
    LONGER = "fase langer"
    DUTY = "meer tijd genomen"
    BALANCE = "balans"
    PHASE_CLOSED = "fase afgesloten"
    PRODUCT_DRAFT = "concept ter inzage"
    PRODUCT = "stuk vastgesteld"
    RESTART = "stemming over"
    REVOKED = "stemcodes ingetrokken"
    REPORT = "eindverslag"
    CLOSED = "traject afgesloten"


class DisputeKind(StrEnum):
    """What residents lay before the city: how participation is run, or a better way to do what the gemeente plans.

    Disagreement goes up to a named addressee (seed 004:1671, fixture R1); a challenge is the Right to Challenge
    (seed 003:614, fixture F16).
    """

    DISPUTE = "geschil"
    CHALLENGE = "uitdaging"


class Assurance(StrEnum):
    """How sure it is that everybody who takes part may, and does so once (Wdo: each round records it)."""

    LOW = "laag"
    SUBSTANTIAL = "substantieel"
    HIGH = "hoog"


@dataclass(frozen=True, slots=True)
class StakeholderGroup:
    """A group that has to be at the table, and how it is reached (spelregel 3)."""

    name: str
    reached: str


@dataclass(frozen=True, slots=True)
class ProcessCard:
    """The trajectkaart: what the gemeente promises beforehand. Every field is shown to residents."""

    question: str = ""
    goal: str = ""
    fixed: str = ""
    open: str = ""
    decision_maker: str = ""
    contact: str = ""
    dispute_to: str = ""
    use_of_input: str = ""
    not_used: str = ""
    stakeholders: tuple[StakeholderGroup, ...] = ()
    results_back: str = ""
    languages: tuple[str, ...] = ()
    assurance: Assurance | None = None
    assurance_reason: str = ""


#: What a traject that only informs has no use for: there is no input to take, and nobody is counted.
NOT_WHEN_INFORMING = frozenset({"open", "use_of_input", "not_used", "assurance", "assurance_reason"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether there is room, and whether the whole city comes first (spelregels 3 and 4)."""

    already_decided: bool = False
    city_wide: bool = False
    at_city_level: bool = False
    after_city_traject: bool = False


@dataclass(frozen=True, slots=True)
class TrajectFacts:
    """What the rules need to know of a traject. `area_path` is the place in the tree of areas."""

    status: TrajectStatus
    area_path: str
    phases: tuple[PhaseFacts, ...]

    def place_at(self, now: datetime) -> Place:
        """Return where and when an act at `now` would be; a traject that is not open has no running phase."""
        phase = phase_at(self.phases, now) if self.status is TrajectStatus.OPEN else None
        if phase is None:
            return Place(self.area_path)
        return Place(self.area_path, phase.kind, phase.level)


def only_informs(phases: Sequence[PhaseFacts]) -> bool:
    """Tell whether residents are told and not asked, in every phase."""
    return bool(phases) and all(phase.level is Level.MEEWETEN for phase in phases)


def missing_on(card: ProcessCard, phases: Sequence[PhaseFacts]) -> tuple[str, ...]:
    """Name what is still empty, in the order of the card; `phases` when there are none."""
    not_asked = NOT_WHEN_INFORMING if only_informs(phases) else frozenset()
    empty = tuple(
        each.name for each in fields(card) if each.name not in not_asked and not _filled(getattr(card, each.name))
    )
    return empty if phases else (*empty, "phases")


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def opening_refusals(
    card: ProcessCard, scope: Scope, phases: Sequence[PhaseFacts], rules: RuleSet, status: TrajectStatus
) -> tuple[Refused, ...]:
    """Return everything that is in the way of opening, so that a screen can say it all at once. Empty: it may open.

    Spelregel 2: a complete card. Spelregel 3: a question of the whole city goes to the city first, and every
    group has a way in which it is reached. Spelregel 4: without room, or after the decision, only meeweten.
    """
    if status is not TrajectStatus.DRAFT:
        return (refused(Refusal.ALREADY_OPEN),)
    missing = missing_on(card, phases)
    has_say = not only_informs(phases)
    verdicts: tuple[Verdict, ...] = (
        refused(Refusal.CARD_INCOMPLETE, missing=", ".join(missing)) if missing else Allowed(),
        refused(Refusal.LEVEL_WITHOUT_ROOM) if "open" in missing and has_say and phases else Allowed(),
        refused(Refusal.ALREADY_DECIDED_BEFOREHAND) if scope.already_decided and has_say and phases else Allowed(),
        may_ask_here(scope),
        may_name_groups(card.stakeholders),
        may_plan_phases(phases),
        contradiction_in_rules(rules, phases),
    )
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Refused))


def may_ask_here(scope: Scope) -> Verdict:
    """Refuse a question about the whole city in a wijk that the city was not asked before (spelregel 3, fixture Z5)."""
    if scope.city_wide and not scope.at_city_level and not scope.after_city_traject:
        return refused(Refusal.CITY_FIRST)
    return Allowed()


def may_name_groups(groups: Sequence[StakeholderGroup]) -> Verdict:
    """Refuse a group of which is not said how it is reached."""
    silent = next((group for group in groups if not group.reached.strip() or not group.name.strip()), None)
    return refused(Refusal.GROUP_WITHOUT_WAY, group=silent.name or silent.reached) if silent else Allowed()


def may_open_traject(
    card: ProcessCard, scope: Scope, phases: Sequence[PhaseFacts], rules: RuleSet, status: TrajectStatus
) -> Verdict:
    """Refuse opening while anything is in the way; the first thing is named."""
    return first_refusal(*opening_refusals(card, scope, phases, rules, status))


def may_change_card(status: TrajectStatus, phases: Sequence[PhaseFacts], rules: RuleSet) -> Verdict:
    """Refuse to change a card that is a promise already, to plan phases that cannot be, and rules that contradict."""
    if status is not TrajectStatus.DRAFT:
        return refused(Refusal.ALREADY_OPEN)
    return first_refusal(may_plan_phases(phases), contradiction_in_rules(rules, phases))


def is_running(status: TrajectStatus) -> Verdict:
    """Refuse an act that belongs to an open traject before the opening and after the end."""
    return Allowed() if status is TrajectStatus.OPEN else refused(Refusal.NOT_OPEN)


def may_begin_anew(status: TrajectStatus) -> Verdict:
    """Refuse to begin something in a traject that is closed for good; a draft may be prepared."""
    return refused(Refusal.NOT_OPEN) if status is TrajectStatus.CLOSED else Allowed()


def may_answer_dispute(raised_by: int, account_id: int | None, why: str, follow_up: str, *, answered: bool) -> Verdict:
    """Refuse a second answer, one of whoever raised it themselves, and one without why or without what happens now."""
    if answered:
        return refused(Refusal.ALREADY_ANSWERED)
    if raised_by == account_id:
        return refused(Refusal.SAME_PERSON)
    if not why.strip():
        return refused(Refusal.REASON_MISSING)
    return Allowed() if follow_up.strip() else refused(Refusal.FOLLOW_UP_MISSING)


def all_closed_before(phases: Sequence[PhaseFacts], *kinds: PhaseKind) -> Verdict:
    """Refuse the next step while a phase before the first of these kinds was not closed: its duties come first.

    `position` counts from 1.
    """
    for position, phase in enumerate(takewhile(lambda phase: phase.kind not in kinds, phases), start=1):
        if phase.closed_at is None:
            return refused(Refusal.PHASE_NOT_CLOSED, position=position, phases=phase.kind)
    return Allowed()


def may_extend_phase(phase: PhaseFacts, ends_at: datetime, reason: str, now: datetime, *, vote_opened: bool) -> Verdict:
    """Refuse to lengthen a phase that is closed, without a reason, to an earlier moment, or once the vote opened."""
    if phase.closed_at is not None:
        return refused(Refusal.PHASE_ALREADY_CLOSED)
    if vote_opened:
        return refused(Refusal.LEVEL_FIXED_BY_VOTE)
    if ends_at <= max(phase.ends_at, now):
        return refused(Refusal.EXTENSION_NOT_LATER)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def lengthened(phases: Sequence[PhaseFacts], place: int, ends_at: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return start and end of every phase when the one at `place` ends later: what comes after moves as far as it must."""
    moved: list[tuple[datetime, datetime]] = []
    for position, phase in enumerate(phases):
        starts_at, end = phase.starts_at, ends_at if position == place else phase.ends_at
        if position > place and starts_at < moved[-1][1]:
            shift: timedelta = moved[-1][1] - starts_at
            starts_at, end = starts_at + shift, end + shift
        moved.append((starts_at, end))
    return tuple(moved)
