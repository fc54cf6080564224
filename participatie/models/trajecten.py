"""Which trajecten are there, with which phases and which trajectkaart?"""

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, String, bindparam, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.wijken import Area, AreaKind, within
from participatie.spelregels.duties import Terms
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import RuleSet, ruleset_from
from participatie.spelregels.trajecten import (
    Assurance,
    ProcessCard,
    Scope,
    StakeholderGroup,
    TrajectFacts,
    TrajectStatus,
)


@lru_cache(maxsize=64)
def read_rules(rules: str) -> RuleSet:
    """Read canonical rules; the same text is read once, and nobody may write in what it gives."""
    return ruleset_from(json.loads(rules))


class Traject(Base):
    """One participation process about one area. `version` rises with every change that a reader could see."""

    __tablename__ = "traject"
    __table_args__ = (
        CheckConstraint("answer_days BETWEEN 1 AND 365", name="answer_days"),
        CheckConstraint("status = 'concept' OR rules_sha256 IS NOT NULL", name="rules_frozen"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Line]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    status: Mapped[TrajectStatus] = mapped_column(words(TrajectStatus, "status"), default=TrajectStatus.DRAFT)
    question: Mapped[Prose] = mapped_column(default="")
    goal: Mapped[Prose] = mapped_column(default="")
    fixed: Mapped[Prose] = mapped_column(default="")
    open: Mapped[Prose] = mapped_column(default="")
    decision_maker: Mapped[Line] = mapped_column(default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    dispute_to: Mapped[Line] = mapped_column(default="")
    use_of_input: Mapped[Prose] = mapped_column(default="")
    not_used: Mapped[Prose] = mapped_column(default="")
    stakeholders: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    results_back: Mapped[Prose] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    assurance: Mapped[Assurance | None] = mapped_column(words(Assurance, "assurance"))
    assurance_reason: Mapped[Prose] = mapped_column(default="")
    already_decided: Mapped[bool] = mapped_column(default=False)
    city_wide: Mapped[bool] = mapped_column(default=False)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("traject.id"))
    rules: Mapped[Prose] = mapped_column(default=RuleSet().canonical_json())
    rules_sha256: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_days: Mapped[int] = mapped_column(default=42)
    source: Mapped[Line] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Moment]

    area: Mapped[Area] = relationship()
    contact: Mapped[Account | None] = relationship()
    phases: Mapped[list["Phase"]] = relationship(
        back_populates="traject", order_by="Phase.position", cascade="all, delete-orphan"
    )

    def facts(self) -> TrajectFacts:
        """Return the traject as the spelregels see it."""
        return TrajectFacts(self.status, self.area.path, tuple(phase.facts() for phase in self.phases))

    def card(self) -> ProcessCard:
        """Return the trajectkaart, with the contact person by name."""
        return ProcessCard(
            question=self.question,
            goal=self.goal,
            fixed=self.fixed,
            open=self.open,
            decision_maker=self.decision_maker,
            contact=self.contact.name if self.contact else "",
            dispute_to=self.dispute_to,
            use_of_input=self.use_of_input,
            not_used=self.not_used,
            stakeholders=tuple(StakeholderGroup(name, reached) for name, reached in self.stakeholders),
            results_back=self.results_back,
            languages=tuple(self.languages),
            assurance=self.assurance,
            assurance_reason=self.assurance_reason,
        )

    def scope(self) -> Scope:
        """Return whether there is room, and whether the city comes first."""
        return Scope(
            already_decided=self.already_decided,
            city_wide=self.city_wide,
            at_city_level=self.area.kind is AreaKind.GEMEENTE,
            after_city_traject=self.after_id is not None,
        )

    def ruleset(self) -> RuleSet:
        """Return the spelregels of this traject; they are frozen when it opens."""
        return read_rules(self.rules)

    def terms(self) -> Terms:
        """Return the terms that this traject promised, in days."""
        rules = self.ruleset()
        return Terms(self.answer_days, rules.news_days, rules.execution_days)

    def phase_at(self, now: datetime) -> "Phase | None":
        """Return the phase that runs at `now`, if the traject is open and one does."""
        running = (phase for phase in self.phases if phase.facts().holds(now))
        return next(running, None) if self.status is TrajectStatus.OPEN else None

    def touch(self) -> None:
        """Raise the version: cached pages of this traject are stale from now on."""
        self.version = Traject.version + 1


class Phase(Base):
    """A dated step of a traject, with its own level."""

    __tablename__ = "phase"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="dates"),)

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    position: Mapped[int]
    kind: Mapped[PhaseKind] = mapped_column(words(PhaseKind, "kind"))
    level: Mapped[Level] = mapped_column(words(Level, "level"))
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    traject: Mapped[Traject] = relationship(back_populates="phases")

    def facts(self) -> PhaseFacts:
        """Return the phase as the spelregels see it."""
        return PhaseFacts(self.kind, self.level, self.starts_at, self.ends_at, self.closed_at)


class Follow(Base):
    """Somebody who wants mail about a traject."""

    __tablename__ = "follow"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), primary_key=True, index=True)
    since: Mapped[Moment]


_WHOLE = (joinedload(Traject.area), joinedload(Traject.contact), selectinload(Traject.phases))


def public_trajecten() -> Select[Traject]:
    """Every traject that is not a draft, newest first, with area and phases."""
    return select(Traject).where(Traject.status != TrajectStatus.DRAFT).options(*_WHOLE).order_by(Traject.id.desc())


def trajecten_in(*area_paths: str) -> Select[Traject]:
    """The trajecten in these areas, drafts too, newest first, for staff."""
    return select(Traject).join(Traject.area).where(within(area_paths)).options(*_WHOLE).order_by(Traject.id.desc())


def open_trajecten_in(*area_paths: str) -> Select[Traject]:
    """The open trajecten in these areas, newest first."""
    return trajecten_in(*area_paths).where(Traject.status == TrajectStatus.OPEN)


def traject_by_slug(slug: str) -> Select[Traject]:
    """One traject with its area, contact person and phases."""
    return select(Traject).where(Traject.slug == slug).options(*_WHOLE)


def traject_by_id(traject_id: int) -> Select[Traject]:
    """One traject with its area, contact person and phases."""
    return select(Traject).where(Traject.id == traject_id).options(*_WHOLE)


def trajecten_around(area: Area) -> Select[Traject]:
    """The public trajecten that lie in an area or reach over it."""
    ancestors = [int(part) for part in area.path.strip("/").split("/")]
    return public_trajecten().join(Traject.area).where(Area.id.in_(ancestors) | Area.path.startswith(area.path))


def followers(traject_id: int) -> Select[Account]:
    """The accounts that follow a traject."""
    return select(Account).join(Follow, Follow.account_id == Account.id).where(Follow.traject_id == traject_id)


def followed_trajecten(account_id: int) -> Select[Traject]:
    """The public trajecten that an account follows, with area and phases, newest first."""
    return public_trajecten().join(Follow, Follow.traject_id == Traject.id).where(Follow.account_id == account_id)


def city_trajecten() -> Select[Traject]:
    """The public trajecten of the whole gemeente: those that a question in a wijk may follow."""
    return public_trajecten().join(Traject.area).where(Area.kind == AreaKind.GEMEENTE)


#: The version of a traject. Made once: it is asked at every visit to a page.
VERSION_BY_SLUG = select(Traject.version).where(Traject.slug == bindparam("slug"))

#: What changes when any traject does: the sum of their versions, and how many there are.
ALL_VERSIONS = select(func.sum(Traject.version), func.count(Traject.id))
