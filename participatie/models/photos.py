"""Which photos does an idea have, and what did a moderator take away?

The bytes stand in a table of their own: a list of ideas reads where a photo is and how it looks in words, and no more.
"""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, Prose, words
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.photos import MOST_PHOTOS
from participatie.spelregels.trajecten import TrajectStatus

#: Of the hash of the content, so much stands in the address: content that changes has another address.
DIGEST_LENGTH = 16


class Photo(Base):
    """A photo of an idea, with what is on it in words, in the language `lang`. Widths and heights are in pixels.

    `sha256` is of both files together.
    """

    __tablename__ = "idea_photo"
    __table_args__ = (
        # No more than three, whoever comes at the same moment.
        UniqueConstraint("idea_id", "position"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_PHOTOS}", name="position"),
        # A button that was pressed twice adds one photo.
        UniqueConstraint("idea_id", "sha256"),
    )

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    position: Mapped[int]
    alt: Mapped[Line]
    lang: Mapped[str] = mapped_column(String(5))
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]

    idea: Mapped[Idea] = relationship()

    @property
    def digest(self) -> str:
        """Return the part of the hash that stands in the address."""
        return self.sha256[:DIGEST_LENGTH]


class PhotoFile(Base):
    """One of the two sizes of a photo, as it is sent: WebP, made anew here. `size` is its greatest width in pixels."""

    __tablename__ = "idea_photo_file"

    photo_id: Mapped[int] = mapped_column(ForeignKey("idea_photo.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PhotoRemoval(Base):
    """One time that a moderator took a photo away, and why. The photo is gone; its author reads this."""

    __tablename__ = "idea_photo_removal"

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    house_rule: Mapped[HouseRule] = mapped_column(words(HouseRule, "house_rule"))
    reason: Mapped[Prose]
    removed_at: Mapped[Moment]


def photos_of(*idea_ids: int) -> Select[Photo]:
    """The photos of these ideas, in their order, without their bytes."""
    return select(Photo).where(Photo.idea_id.in_(idea_ids)).order_by(Photo.idea_id, Photo.position)


def first_photos(*idea_ids: int) -> Select[Photo]:
    """The first photo of each of these ideas that has any, without its bytes."""
    other = aliased(Photo)
    first = select(func.min(other.position)).where(other.idea_id == Photo.idea_id).scalar_subquery()
    return select(Photo).where(Photo.idea_id.in_(idea_ids), Photo.position == first)


def photo_of_idea(idea_id: int, photo_id: int) -> Select[Photo]:
    """One photo, if it is of that idea."""
    return select(Photo).where(Photo.id == photo_id, Photo.idea_id == idea_id)


def photo_by_address(photo_id: int, digest: str) -> Select[Photo]:
    """The photo at an address, whoever may see it, with its idea."""
    return (
        select(Photo)
        .where(Photo.id == photo_id, Photo.sha256.startswith(digest, autoescape=True))
        .options(joinedload(Photo.idea))
    )


def photo_content(photo_id: int, size: int) -> Select[bytes]:
    """The bytes of a photo in one size, whoever may see it."""
    return select(PhotoFile.content).where(PhotoFile.photo_id == photo_id, PhotoFile.size == size)


def public_photo_content(photo_id: int, digest: str, size: int) -> Select[bytes]:
    """The bytes of a photo in one size, where everybody may read its idea: not hidden, not withdrawn, no draft."""
    return (
        photo_content(photo_id, size)
        .join(Photo, Photo.id == PhotoFile.photo_id)
        .join(Idea, Idea.id == Photo.idea_id)
        .join(Traject, Traject.id == Idea.traject_id)
        .where(
            Photo.sha256.startswith(digest, autoescape=True),
            Idea.hidden_at.is_(None),
            Idea.status != IdeaStatus.WITHDRAWN,
            Traject.status != TrajectStatus.DRAFT,
        )
    )


def removals_of(idea_id: int) -> Select[PhotoRemoval]:
    """What moderators took away from an idea, newest first."""
    return select(PhotoRemoval).where(PhotoRemoval.idea_id == idea_id).order_by(PhotoRemoval.id.desc())


def newest_photos(*area_paths: str) -> Select[Photo]:
    """The photos in these areas that everybody may see, newest first, with their ideas."""
    return (
        select(Photo)
        .join(Photo.idea)
        .join(Idea.traject)
        .join(Traject.area)
        .where(within(area_paths), Idea.hidden_at.is_(None))
        .options(joinedload(Photo.idea))
        .order_by(Photo.id.desc())
    )
