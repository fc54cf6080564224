"""Which ideas are there, who supports them, and how were they tested?"""

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Cents, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.groups import Override, Participant
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area, within
from participatie.spelregels.answers import term_ends
from participatie.spelregels.ideas import IdeaFacts, IdeaStatus, Party, Proposer, Test, test_outcomes
from participatie.spelregels.overrides import set_aside

Row = TypeVar("Row")


class Idea(Base):
    """What a resident proposes. `support_count` follows the support rows, in the same transaction."""

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("support_count >= 0", name="support_count"),
        CheckConstraint("cost_cents >= 0", name="cost_cents"),
        CheckConstraint("overhead_cents >= 0", name="overhead_cents"),
        Index("ix_idea_list", "traject_id", "support_count", "id"),
        # One idea of a household at a time, where the rules say so (seed 000:722).
        Index(
            "uq_idea_household",
            "traject_id",
            "household_key",
            unique=True,
            sqlite_where=text("status <> 'ingetrokken'"),
            postgresql_where=text("status <> 'ingetrokken'"),
        ),
    )

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    title: Mapped[Line]
    body: Mapped[Prose]
    lang: Mapped[str] = mapped_column(String(5), default="nl")
    own_contribution: Mapped[Prose] = mapped_column(default="")
    proposer: Mapped[Proposer] = mapped_column(words(Proposer, "proposer"), default=Proposer.RESIDENT)
    organisation: Mapped[Line] = mapped_column(default="")
    third_party: Mapped[Prose] = mapped_column(default="")
    partner: Mapped[Line] = mapped_column(default="")
    overhead_cents: Mapped[Cents] = mapped_column(default=0)
    ready_on: Mapped[date | None] = mapped_column(Date)
    household_key: Mapped[str | None] = mapped_column(String(64))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    status: Mapped[IdeaStatus] = mapped_column(words(IdeaStatus, "status"), default=IdeaStatus.PUBLISHED)
    answer: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cost_cents: Mapped[Cents | None]
    category: Mapped[Line] = mapped_column(default="")
    support_count: Mapped[int] = mapped_column(default=0)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[Moment]

    traject: Mapped[Traject] = relationship()
    area: Mapped[Area] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    participants: Mapped[list[Participant]] = relationship(order_by=Participant.since, viewonly=True)
    overrides: Mapped[list[Override]] = relationship(order_by=Override.id, viewonly=True)
    assessments: Mapped[list["Assessment"]] = relationship(back_populates="idea", order_by="Assessment.id")

    def facts(self) -> IdeaFacts:
        """Return the idea as the spelregels see it."""
        return IdeaFacts(
            self.status,
            self.hidden_at is not None,
            self.author_id,
            self.support_count,
            self.cost_cents,
            proposer=self.proposer,
            own_contribution=bool(self.own_contribution),
            third_party_asked=bool(self.third_party),
            partner=bool(self.partner),
            overhead_cents=self.overhead_cents,
            ready_on=self.ready_on,
            parties=tuple(participant.party for participant in self.participants),
            carriers=frozenset(each.account_id for each in self.participants if each.party is not Party.GEMEENTE),
        )

    def outcomes(self) -> dict[Test, bool]:
        """Return the outcome of every test that the traject asks and that can be told now."""
        return self._outcomes(set_aside({override.test: override.state() for override in self.overrides}))

    def outcomes_before_overrides(self) -> dict[Test, bool]:
        """Return the same as if no test had been set aside."""
        return self._outcomes(frozenset())

    def _outcomes(self, aside: frozenset[Test]) -> dict[Test, bool]:
        assessed = {assessment.test: assessment.passed for assessment in self.assessments}
        return test_outcomes(self.facts(), assessed, self.traject.ruleset().terms(), aside)

    def answer_due_at(self) -> datetime:
        """Return until when the gemeente has to answer, as its traject promised; more time in public is not counted."""
        return term_ends(self.created_at, self.traject.answer_days)


class Support(Base):
    """One resident backing one idea, once."""

    __tablename__ = "support"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    created_at: Mapped[Moment]


class Assessment(Base):
    """The outcome of one test of one idea, with the reason that its author reads."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("idea_id", "test"),)

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    test: Mapped[Test] = mapped_column(words(Test, "test"))
    passed: Mapped[bool]
    reason: Mapped[Prose]
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Moment]

    idea: Mapped[Idea] = relationship(back_populates="assessments")


def published_ideas(traject_id: int, area_id: int | None = None, status: IdeaStatus | None = None) -> Select[Idea]:
    """The ideas of a traject that everybody may read, most support first, with author and area.

    `area_id` and `status` leave out all other areas and statuses.
    """
    return (
        _published(select(Idea), traject_id, area_id, status)
        .options(joinedload(Idea.area), joinedload(Idea.author))
        .order_by(Idea.support_count.desc(), Idea.id.desc())
    )


def count_published_ideas(traject_id: int, area_id: int | None = None, status: IdeaStatus | None = None) -> Select[int]:
    """How many ideas of a traject everybody may read, with the same filters."""
    return _published(select(func.count(Idea.id)), traject_id, area_id, status)


def _published(ideas: Select[Row], traject_id: int, area_id: int | None, status: IdeaStatus | None) -> Select[Row]:
    ideas = ideas.where(Idea.traject_id == traject_id, Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
    if area_id is not None:
        ideas = ideas.where(Idea.area_id == area_id)
    if status is not None:
        ideas = ideas.where(Idea.status == status)
    return ideas


def idea_by_id(idea_id: int) -> Select[Idea]:
    """One idea with its traject, phases, area, author and assessments."""
    return (
        select(Idea)
        .where(Idea.id == idea_id)
        .options(
            joinedload(Idea.traject).joinedload(Traject.area),
            joinedload(Idea.traject).joinedload(Traject.contact),
            joinedload(Idea.traject).selectinload(Traject.phases),
            joinedload(Idea.area),
            joinedload(Idea.author),
            selectinload(Idea.assessments),
            selectinload(Idea.participants).joinedload(Participant.account),
            selectinload(Idea.overrides),
        )
    )


#: The version of the traject that an idea belongs to. Made once: it is asked at every visit to a page.
VERSION_BY_IDEA = (
    select(Traject.version).join(Idea, Idea.traject_id == Traject.id).where(Idea.id == bindparam("idea_id"))
)


def ideas_of(account_id: int) -> Select[Idea]:
    """The ideas somebody put in, newest first, hidden ones too."""
    return (
        select(Idea)
        .where(Idea.author_id == account_id)
        .options(joinedload(Idea.traject), joinedload(Idea.area))
        .order_by(Idea.id.desc())
    )


def unanswered_ideas(*area_paths: str) -> Select[Idea]:
    """The ideas in these areas that wait for the gemeente's answer, oldest first."""
    return (
        _in_areas(select(Idea), area_paths)
        .where(Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None))
        .options(joinedload(Idea.traject), joinedload(Idea.area))
        .order_by(Idea.created_at, Idea.id)
    )


def ideas_to_moderate(*area_paths: str) -> Select[Idea]:
    """All ideas in these areas, hidden ones too, newest first, with traject, area and author."""
    return (
        _in_areas(select(Idea), area_paths)
        .options(joinedload(Idea.traject), joinedload(Idea.area), joinedload(Idea.author))
        .order_by(Idea.id.desc())
    )


def count_ideas_to_moderate(*area_paths: str) -> Select[int]:
    """How many ideas there are in these areas, hidden ones too."""
    return _in_areas(select(func.count(Idea.id)), area_paths)


def _in_areas(ideas: Select[Row], area_paths: tuple[str, ...]) -> Select[Row]:
    return ideas.join(Idea.traject).join(Traject.area).where(within(area_paths))


def support_of(idea_id: int, account_id: int) -> Select[Support]:
    """Whether an account supports an idea."""
    return select(Support).where(Support.idea_id == idea_id, Support.account_id == account_id)


def idea_of_household(traject_id: int, household_key: str) -> Select[Idea]:
    """What a household asked for already in a traject, and did not withdraw."""
    return select(Idea).where(
        Idea.traject_id == traject_id,
        Idea.household_key == household_key,
        Idea.status != IdeaStatus.WITHDRAWN,
    )


def ask_of_author(traject_id: int, author_id: int) -> Select[Idea]:
    """What somebody asked for already in a traject for a household of theirs, whichever, and did not withdraw."""
    return (
        select(Idea)
        .where(
            Idea.traject_id == traject_id,
            Idea.author_id == author_id,
            Idea.household_key.is_not(None),
            Idea.status != IdeaStatus.WITHDRAWN,
        )
        .limit(1)
    )


def supporters(idea_id: int) -> Select[Account]:
    """The accounts that support an idea."""
    return select(Account).join(Support, Support.account_id == Account.id).where(Support.idea_id == idea_id)


def running_ideas_of(account_id: int, traject_id: int) -> Select[int]:
    """How many ideas somebody has running in a traject, or carries out with others: a moderator with one is a rival there."""
    carried = select(Participant.idea_id).where(
        Participant.account_id == account_id, Participant.party != Party.GEMEENTE
    )
    return (
        select(func.count())
        .select_from(Idea)
        .where(
            (Idea.author_id == account_id) | Idea.id.in_(carried),
            Idea.traject_id == traject_id,
            Idea.status != IdeaStatus.WITHDRAWN,
        )
    )


def newest_ideas(traject_id: int, limit: int) -> Select[Idea]:
    """The last ideas of a traject that everybody may read, newest first, with their authors."""
    return published_ideas(traject_id).order_by(None).order_by(Idea.id.desc()).limit(limit)
