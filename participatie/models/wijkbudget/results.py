"""What came of a plan: which days were moved, which photos show it, and what was made, by whom?"""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, LargeBinary, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, Prose
from participatie.models.wijkbudget.outcome import Milestone
from participatie.models.wijkbudget.rounds import Plan, Round
from participatie.spelregels.wijkbudget import RoundStatus

#: Of the hash of the content, so much stands in the address: content that changes has another address.
DIGEST_LENGTH = 16


class MilestoneDelay(Base):
    """One time that a step got another day. The day that was promised before stays to be read."""

    __tablename__ = "milestone_delay"

    id: Mapped[Id]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    before_on: Mapped[date] = mapped_column(Date)
    after_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[Prose]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PlanPhoto(Base):
    """A photo of a step that was done, or of the result where it is of no step. `sha256` is of both files together."""

    __tablename__ = "plan_photo"
    __table_args__ = (UniqueConstraint("plan_id", "sha256"),)

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    alt: Mapped[Line]
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]

    @property
    def digest(self) -> str:
        """Return the part of the hash that stands in the address."""
        return self.sha256[:DIGEST_LENGTH]


class PlanPhotoFile(Base):
    """One of the two sizes of a photo, as WebP that was made anew here."""

    __tablename__ = "plan_photo_file"

    photo_id: Mapped[int] = mapped_column(ForeignKey("plan_photo.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PlanResult(Base):
    """What a plan came to, when it was done, and how it was celebrated. `makers` are names of people who agreed to it."""

    __tablename__ = "plan_result"
    __table_args__ = (CheckConstraint("makers_agreed OR makers_named = 0", name="makers_agreed"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    text: Mapped[Prose]
    done_on: Mapped[date] = mapped_column(Date)
    makers: Mapped[list[str]] = mapped_column(JSON, default=list)
    makers_named: Mapped[int] = mapped_column(default=0)
    makers_agreed: Mapped[bool] = mapped_column(default=False)
    celebrated_on: Mapped[date | None] = mapped_column(Date)
    celebration: Mapped[Line] = mapped_column(default="")
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    plan: Mapped[Plan] = relationship()


def delays_of(plan_id: int) -> Select[MilestoneDelay]:
    """Every time that a step of a plan got another day, oldest first."""
    return (
        select(MilestoneDelay)
        .join(Milestone, Milestone.id == MilestoneDelay.milestone_id)
        .where(Milestone.plan_id == plan_id)
        .order_by(MilestoneDelay.id)
    )


def plan_photos(plan_id: int) -> Select[PlanPhoto]:
    """The photos of a plan that is carried out, oldest first, without their bytes."""
    return select(PlanPhoto).where(PlanPhoto.plan_id == plan_id).order_by(PlanPhoto.id)


def plan_photo_content(photo_id: int, digest: str, size: int) -> Select[bytes]:
    """The bytes of a photo of a plan in one size, where everybody may read the result of its round."""
    return (
        select(PlanPhotoFile.content)
        .join(PlanPhoto, PlanPhoto.id == PlanPhotoFile.photo_id)
        .join(Plan, Plan.id == PlanPhoto.plan_id)
        .join(Round, Round.id == Plan.round_id)
        .where(
            PlanPhotoFile.photo_id == photo_id,
            PlanPhotoFile.size == size,
            PlanPhoto.sha256.startswith(digest, autoescape=True),
            Round.status == RoundStatus.PUBLISHED,
        )
    )


def plan_result(plan_id: int) -> Select[PlanResult]:
    """What a plan came to, once it was published."""
    return select(PlanResult).where(PlanResult.plan_id == plan_id)


def result_of_idea(idea_id: int) -> Select[PlanResult]:
    """What the plan of an idea came to, once it was published."""
    return select(PlanResult).join(Plan, Plan.id == PlanResult.plan_id).where(Plan.idea_id == idea_id)
