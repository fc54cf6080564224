"""What do the members of a panel do? They meet, score options, and say in which they have an interest of their own."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.buurtpanels.people import PanelPerson
from participatie.spelregels.buurtpanels.members import MemberStatus


class PanelMeeting(Base):
    """A meeting of a panel. `uid` and `sequence` are what a calendar knows it by, and how often it changed."""

    __tablename__ = "panel_meeting"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="ends"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    title: Mapped[Line]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    place: Mapped[Line]
    agenda: Mapped[Prose] = mapped_column(default="")
    reading: Mapped[Prose] = mapped_column(default="")
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[Prose] = mapped_column(default="")

    panel: Mapped[Buurtpanel] = relationship()


class ScoreQuestion(Base):
    """A question on which the members score options from 1 to 5. The options are fixed once it is open."""

    __tablename__ = "score_question"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) OR (opened_at IS NOT NULL)", name="closed"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    text: Mapped[Prose]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    panel: Mapped[Buurtpanel] = relationship()
    options: Mapped[list["ScoreOption"]] = relationship(
        back_populates="question", order_by="ScoreOption.position", cascade="all, delete-orphan"
    )

    def is_open(self) -> bool:
        """Tell whether members can give scores."""
        return self.opened_at is not None and self.closed_at is None


class ScoreOption(Base):
    """A plan, design or idea that is scored."""

    __tablename__ = "score_option"
    __table_args__ = (UniqueConstraint("question_id", "position"),)

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("score_question.id"), index=True)
    position: Mapped[int]
    name: Mapped[Line]

    question: Mapped[ScoreQuestion] = relationship(back_populates="options")


class PanelScore(Base):
    """What one member gave one option. It stays a score when who gave it is forgotten."""

    __tablename__ = "panel_score"
    __table_args__ = (
        UniqueConstraint("option_id", "person_id"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )

    id: Mapped[Id]
    option_id: Mapped[int] = mapped_column(ForeignKey("score_option.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("panel_person.id", ondelete="SET NULL"), index=True)
    score: Mapped[int]
    words: Mapped[Prose] = mapped_column(default="")


class PanelInterest(Base):
    """What a member says of their own interest: none, or what it is, and whether others may read that without a name."""

    __tablename__ = "panel_interest"

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("panel_person.id", ondelete="CASCADE"), unique=True)
    has_interest: Mapped[bool]
    text: Mapped[Prose] = mapped_column(default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    at: Mapped[Moment]

    in_options: Mapped[list["InterestInOption"]] = relationship(cascade="all, delete-orphan")


class InterestInOption(Base):
    """An option in which a member has an interest, and to which they give no score."""

    __tablename__ = "panel_interest_option"

    interest_id: Mapped[int] = mapped_column(ForeignKey("panel_interest.id", ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("score_option.id"), primary_key=True, index=True)


def meetings_of(panel_id: int) -> Select[PanelMeeting]:
    """The meetings of a panel, cancelled ones too, the first to begin on top."""
    return (
        select(PanelMeeting).where(PanelMeeting.panel_id == panel_id).order_by(PanelMeeting.starts_at, PanelMeeting.id)
    )


def meetings_to_come(panel_id: int, now: datetime) -> Select[PanelMeeting]:
    """The meetings of a panel that are not over and not cancelled, the next one on top."""
    return meetings_of(panel_id).where(PanelMeeting.ends_at > now, PanelMeeting.cancelled_at.is_(None))


def meeting_of(panel_id: int, meeting_id: int) -> Select[PanelMeeting]:
    """One meeting of a panel."""
    return select(PanelMeeting).where(PanelMeeting.panel_id == panel_id, PanelMeeting.id == meeting_id)


def questions_of(panel_id: int) -> Select[ScoreQuestion]:
    """The questions of a panel with their options, oldest first."""
    return (
        select(ScoreQuestion)
        .where(ScoreQuestion.panel_id == panel_id)
        .options(selectinload(ScoreQuestion.options))
        .order_by(ScoreQuestion.id)
    )


def question_of(panel_id: int, question_id: int) -> Select[ScoreQuestion]:
    """One question of a panel with its options."""
    return questions_of(panel_id).where(ScoreQuestion.id == question_id)


def count_open_questions(panel_id: int) -> Select[int]:
    """How many questions of a panel members can score now."""
    return select(func.count(ScoreQuestion.id)).where(
        ScoreQuestion.panel_id == panel_id, ScoreQuestion.opened_at.is_not(None), ScoreQuestion.closed_at.is_(None)
    )


def scores_of_questions(question_ids: Collection[int]) -> Select[int, int, int]:
    """Of some questions: option, score, and how often it was given, by whom is not in it.

    Who left the panel before the close does not count; closing a question takes such scores away.
    """
    return (
        select(PanelScore.option_id, PanelScore.score, func.count(PanelScore.id))
        .join(ScoreOption, ScoreOption.id == PanelScore.option_id)
        .join(ScoreQuestion, ScoreQuestion.id == ScoreOption.question_id)
        .outerjoin(PanelPerson, PanelPerson.id == PanelScore.person_id)
        .where(
            ScoreOption.question_id.in_(question_ids),
            ScoreQuestion.closed_at.is_not(None) | (PanelPerson.status == MemberStatus.CONFIRMED),
        )
        .group_by(PanelScore.option_id, PanelScore.score)
        .order_by(PanelScore.option_id, PanelScore.score)
    )


def words_of_questions(question_ids: Collection[int]) -> Select[int, str]:
    """The words that members gave with their scores, with the option, in the order of the alphabet: nobody's order."""
    return (
        select(PanelScore.option_id, PanelScore.words)
        .join(ScoreOption, ScoreOption.id == PanelScore.option_id)
        .join(ScoreQuestion, ScoreQuestion.id == ScoreOption.question_id)
        .outerjoin(PanelPerson, PanelPerson.id == PanelScore.person_id)
        .where(
            ScoreOption.question_id.in_(question_ids),
            PanelScore.words != "",
            ScoreQuestion.closed_at.is_not(None) | (PanelPerson.status == MemberStatus.CONFIRMED),
        )
        .order_by(PanelScore.option_id, PanelScore.words)
    )


def scores_by(person_id: int) -> Select[PanelScore]:
    """The scores of one member."""
    return select(PanelScore).where(PanelScore.person_id == person_id)


def count_members(panel_id: int) -> Select[int]:
    """How many confirmed members a panel has."""
    return select(func.count(PanelPerson.id)).where(
        PanelPerson.panel_id == panel_id, PanelPerson.status == MemberStatus.CONFIRMED
    )


def interest_of(person_id: int) -> Select[PanelInterest]:
    """What one member said of their interest, with the options."""
    return (
        select(PanelInterest)
        .where(PanelInterest.person_id == person_id)
        .options(selectinload(PanelInterest.in_options))
    )


def interests_of(panel_id: int) -> Select[PanelInterest]:
    """What the members of a panel say of their interests, in the order of the alphabet: nobody's order."""
    return (
        select(PanelInterest)
        .join(PanelPerson, PanelPerson.id == PanelInterest.person_id)
        .where(PanelInterest.panel_id == panel_id, PanelPerson.status == MemberStatus.CONFIRMED)
        .order_by(PanelInterest.text, PanelInterest.id)
    )


def interests_in_options(question_ids: Collection[int]) -> Select[int, int]:
    """How many members have an interest in each option of some questions; options without one are left out."""
    return (
        select(InterestInOption.option_id, func.count(InterestInOption.interest_id))
        .join(ScoreOption, ScoreOption.id == InterestInOption.option_id)
        .join(PanelInterest, PanelInterest.id == InterestInOption.interest_id)
        .join(PanelPerson, PanelPerson.id == PanelInterest.person_id)
        .where(ScoreOption.question_id.in_(question_ids), PanelPerson.status == MemberStatus.CONFIRMED)
        .group_by(InterestInOption.option_id)
    )
