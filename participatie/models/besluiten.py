"""Which besluiten did the gemeente publish, about what, and in which versions?"""

from datetime import date
from typing import TypeVar

from sqlalchemy import Date, ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.base import Base, Id, Line, Moment, Prose, unguarded_words, words
from participatie.models.buurtpanels.advice import PanelAdvice
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan, Round, WithheldPlan
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Outcome, SubjectKind

Row = TypeVar("Row")


class Besluit(Base):
    """A decision of the gemeente, with reasons, as its latest version reads.

    `subject_kind` says what it is about: the round, the idea or the advice of a panel beside it, or the traject itself. `outcome` is NULL
    about a round, where the count is the outcome. `deviation_ground` is NULL when it follows what residents decided;
    `advice_use` is what was done with advice, and NULL where the outcome was no advice. `no_objection` says why
    nobody can object, and is empty where they can; `objection_until` is counted all the same. `withheld_plans` are
    those that residents chose and that do not go ahead, where it deviates.
    """

    __tablename__ = "besluit"

    id: Mapped[Id]
    subject_kind: Mapped[SubjectKind] = mapped_column(unguarded_words(SubjectKind))
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), unique=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), unique=True)
    advice_id: Mapped[int | None] = mapped_column(ForeignKey("panel_advice.id"), unique=True)
    title: Mapped[Line]
    decision_body: Mapped[Line]
    decided_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[Outcome | None] = mapped_column(unguarded_words(Outcome))
    motivation: Mapped[Prose]
    legal_ground: Mapped[Prose]
    deviation_ground: Mapped[DeviationGround | None] = mapped_column(words(DeviationGround, "deviation_ground"))
    advice_use: Mapped[AdviceUse | None] = mapped_column(words(AdviceUse, "advice_use"))
    no_objection: Mapped[Prose]
    objection_until: Mapped[date] = mapped_column(Date)
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    traject: Mapped[Traject] = relationship()
    round: Mapped[Round | None] = relationship()
    idea: Mapped[Idea | None] = relationship()
    advice: Mapped[PanelAdvice | None] = relationship()
    versions: Mapped[list["BesluitVersion"]] = relationship(
        back_populates="besluit", order_by="BesluitVersion.number", cascade="all, delete-orphan"
    )
    withheld_plans: Mapped[list[WithheldPlan]] = relationship(
        order_by=WithheldPlan.plan_id, cascade="all, delete-orphan"
    )

    @property
    def withheld(self) -> list[Plan]:
        """Return the plans that do not go ahead by this besluit, by their number."""
        return sorted((each.plan for each in self.withheld_plans), key=lambda plan: plan.number)

    def latest(self) -> "BesluitVersion":
        """Return the version that holds."""
        return self.versions[-1]


class BesluitVersion(Base):
    """A besluit as it was published or corrected, never changed: `content` is the canonical JSON that was hashed."""

    __tablename__ = "besluit_version"
    __table_args__ = (UniqueConstraint("besluit_id", "number"),)

    id: Mapped[Id]
    besluit_id: Mapped[int] = mapped_column(ForeignKey("besluit.id"))
    number: Mapped[int]
    content: Mapped[Prose]
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[Prose]
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    besluit: Mapped[Besluit] = relationship(back_populates="versions")


# The traject of a round, an idea or a panel is the one of its besluit, so that it is loaded with that.
_WHOLE = (
    joinedload(Besluit.traject).joinedload(Traject.area),
    joinedload(Besluit.traject).selectinload(Traject.phases),
    joinedload(Besluit.round),
    joinedload(Besluit.idea),
    joinedload(Besluit.advice).joinedload(PanelAdvice.panel),
    selectinload(Besluit.versions),
    selectinload(Besluit.withheld_plans).joinedload(WithheldPlan.plan),
)
_NEWEST_FIRST = (Besluit.published_at.desc(), Besluit.id.desc())


def published_besluiten() -> Select[Besluit]:
    """Every besluit, newest first, with what it is about, its traject and its versions."""
    return select(Besluit).options(*_WHOLE).order_by(*_NEWEST_FIRST)


def besluiten_matching(
    area: Area | None = None, kind: SubjectKind | None = None, *, deviating: bool = False
) -> Select[Besluit]:
    """The besluiten about an area (with what lies in it, and what it lies in), of a kind, or that deviate; newest first."""
    return _matching(published_besluiten(), area, kind, deviating=deviating)


def count_besluiten_matching(
    area: Area | None = None, kind: SubjectKind | None = None, *, deviating: bool = False
) -> Select[int]:
    """How many besluiten there are, with the same filters."""
    return _matching(select(func.count(Besluit.id)), area, kind, deviating=deviating)


def _matching(besluiten: Select[Row], area: Area | None, kind: SubjectKind | None, *, deviating: bool) -> Select[Row]:
    if area is not None:
        ancestors = [int(part) for part in area.path.strip("/").split("/")]
        besluiten = (
            besluiten.join(Besluit.traject)
            .join(Traject.area)
            .where(Area.id.in_(ancestors) | Area.path.startswith(area.path))
        )
    if kind is not None:
        besluiten = besluiten.where(Besluit.subject_kind == kind)
    if deviating:
        besluiten = besluiten.where(Besluit.deviation_ground.is_not(None))
    return besluiten


def besluit_by_id(besluit_id: int) -> Select[Besluit]:
    """One besluit with what it is about, its traject and its versions."""
    return select(Besluit).where(Besluit.id == besluit_id).options(*_WHOLE)


def besluiten_past_objection(today: date) -> Select[Besluit]:
    """The besluiten to which nobody can object any more, and whose round still has its secret."""
    return (
        select(Besluit)
        .join(Besluit.round)
        .where(Besluit.objection_until < today, Round.ballot_secret.is_not(None))
        .options(*_WHOLE)
        .order_by(Besluit.id)
    )


def besluit_of_round(round_id: int) -> Select[Besluit]:
    """The besluit about a round, if there is one."""
    return select(Besluit).where(Besluit.round_id == round_id)


def besluit_of_idea(idea_id: int) -> Select[Besluit]:
    """The besluit about an idea, if there is one."""
    return select(Besluit).where(Besluit.idea_id == idea_id)


def besluiten_of_panel(panel_id: int) -> Select[Besluit]:
    """The besluiten about what a panel said: at most one for each version of its text."""
    return select(Besluit).join(Besluit.advice).where(PanelAdvice.panel_id == panel_id).order_by(Besluit.id)


def besluit_of_advice(advice_id: int) -> Select[Besluit]:
    """The besluit about one text of a panel, if there is one."""
    return select(Besluit).where(Besluit.advice_id == advice_id)


def besluiten_about_traject(traject_id: int) -> Select[Besluit]:
    """The besluiten about a traject as a whole and about its panels, newest first."""
    kinds = SubjectKind.TRAJECT, SubjectKind.PANEL
    return (
        select(Besluit)
        .where(Besluit.traject_id == traject_id, Besluit.subject_kind.in_(kinds))
        .order_by(*_NEWEST_FIRST)
    )
