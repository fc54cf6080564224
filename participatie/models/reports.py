"""Which versions of a final report were published, what is in the archive of each, and what is still a draft?"""

import json
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Moment, Prose
from participatie.models.ideas import Idea


class ReportDraft(Base):
    """What a wijkmanager typed for the report of a traject and did not publish yet; the figures are made when it is read."""

    __tablename__ = "report_draft"

    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), primary_key=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ReportVersion(Base):
    """A final report as it was published or corrected, never changed.

    `manifest` is the canonical JSON that lists the hash of each file and of each idea, and `sha256` is the hash of that.
    `files` are the texts of the files by name, `ideas` the canonical JSON of each idea by its number: they are apart, so
    that one that is hidden later can be left out without touching a hash.
    """

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("traject_id", "number"),)

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"))
    number: Mapped[int]
    manifest: Mapped[Prose]
    sha256: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    ideas: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[Prose] = mapped_column(default="")
    published_at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    def told(self) -> dict[str, Any]:
        """Return what the report says: its texts and its figures."""
        told: dict[str, Any] = json.loads(self.files["report.json"])
        return told


def report_versions(traject_id: int) -> Select[ReportVersion]:
    """The versions of a report, the newest first."""
    return select(ReportVersion).where(ReportVersion.traject_id == traject_id).order_by(ReportVersion.number.desc())


def report_version(traject_id: int, number: int) -> Select[ReportVersion]:
    """One version of a report."""
    return report_versions(traject_id).where(ReportVersion.number == number)


def report_draft_of(traject_id: int) -> Select[ReportDraft]:
    """What was typed for the report of a traject and is not published."""
    return select(ReportDraft).where(ReportDraft.traject_id == traject_id)


def hidden_ideas_of(traject_id: int) -> Select[int]:
    """The numbers of the ideas of a traject that are hidden now."""
    return select(Idea.id).where(Idea.traject_id == traject_id, Idea.hidden_at.is_not(None))
