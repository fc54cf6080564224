"""What was translated of what people wrote, by whom, and what waits for a moderator or for the engine?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import JSON, ForeignKey, Index, Select, String, UniqueConstraint, and_, exists, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Moment, Prose, UtcDateTime, words
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.translations import (
    Candidate,
    ContentKind,
    TranslationStatus,
    Translator,
    fingerprint,
)

Row = TypeVar("Row")
Translatable = Idea | Besluit | Traject

#: The texts that are translated, by kind. A text that is empty is left out.
FIELDS: Mapping[ContentKind, tuple[str, ...]] = {
    ContentKind.IDEA: ("title", "body", "own_contribution", "third_party"),
    ContentKind.BESLUIT: ("title", "motivation"),
    ContentKind.CARD: (
        "question", "goal", "fixed", "open", "decision_maker", "dispute_to", "use_of_input", "not_used", "results_back",
        "assurance_reason",
    ),
}  # fmt: skip
#: What the gemeente writes is Dutch.
OFFICIAL = "nl"


class ContentTranslation(Base):
    """One object in one other language, whole: `texts` holds every text of it by name.

    `source_sha256` is of what was translated; when that changes, the translation stays but is not shown.
    """

    __tablename__ = "content_translation"
    __table_args__ = (
        Index("ix_content_translation_object", "object_kind", "object_id", "lang"),
        # One at a time waits for a moderator, and an engine translates a text once.
        Index(
            "uq_content_translation_waiting",
            "object_kind", "object_id", "lang", "source_sha256",
            unique=True,
            sqlite_where=text("status = 'wacht op een moderator'"),
            postgresql_where=text("status = 'wacht op een moderator'"),
        ),
        Index(
            "uq_content_translation_engine",
            "object_kind", "object_id", "lang", "source_sha256",
            unique=True,
            sqlite_where=text("made_by = 'machine'"),
            postgresql_where=text("made_by = 'machine'"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    object_kind: Mapped[ContentKind] = mapped_column(words(ContentKind, "object_kind"))
    object_id: Mapped[int]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    source_sha256: Mapped[str] = mapped_column(String(64))
    lang: Mapped[str] = mapped_column(String(5))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    made_by: Mapped[Translator] = mapped_column(words(Translator, "made_by"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    status: Mapped[TranslationStatus] = mapped_column(words(TranslationStatus, "status"))
    reason: Mapped[Prose] = mapped_column(default="")
    created_at: Mapped[Moment]
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    traject: Mapped[Traject] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])

    def heading(self) -> str:
        """Return by what the object can be known, in the language of the translation."""
        return self.texts.get("title") or self.texts.get("question") or next(iter(self.texts.values()), "")

    def facts(self) -> Candidate:
        """Return the translation as the spelregels see it."""
        since = self.judged_at or self.created_at
        return Candidate(self.source_sha256, self.made_by, self.status, since, self.id)


class TranslationJob(Base):
    """One object that the engine is to put in one language; it stays, so that nothing is sent twice."""

    __tablename__ = "translation_job"
    __table_args__ = (
        UniqueConstraint("object_kind", "object_id", "lang"),
        Index("ix_translation_job_due", "done_at", "due_at"),
    )

    id: Mapped[Id]
    object_kind: Mapped[ContentKind] = mapped_column(words(ContentKind, "object_kind"))
    object_id: Mapped[int]
    lang: Mapped[str] = mapped_column(String(5))
    created_at: Mapped[Moment]
    due_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Original:
    """What somebody wrote, as it stands: what it is, in which language, and its texts by name."""

    kind: ContentKind
    object_id: int
    lang: str
    texts: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the texts."""
        return fingerprint(self.lang, self.texts)


@dataclass(frozen=True, slots=True)
class Source(Original):
    """An original with where it belongs, and whether it is public."""

    traject: Traject
    hidden: bool


def original_in(row: Translatable) -> Original:
    """Return what stands in a row; it asks for nothing that the row does not hold itself."""
    match row:
        case Idea():
            kind, lang = ContentKind.IDEA, row.lang
        case Besluit():
            kind, lang = ContentKind.BESLUIT, OFFICIAL
        case Traject():
            kind, lang = ContentKind.CARD, OFFICIAL
    return Original(kind, row.id, lang, {name: typed for name in FIELDS[kind] if (typed := getattr(row, name))})


def source_of(row: Translatable) -> Source:
    """Return the same, with the traject that it belongs to; a draft of a traject is not public, and a hidden idea is not."""
    match row:
        case Idea():
            traject, hidden = row.traject, row.hidden_at is not None
        case Besluit():
            traject, hidden = row.traject, False
        case Traject():
            traject, hidden = row, row.status is TrajectStatus.DRAFT
    found = original_in(row)
    return Source(found.kind, found.object_id, found.lang, found.texts, traject, hidden)


def translations_into(lang: str, kind: ContentKind, ids: Collection[int]) -> Select[ContentTranslation]:
    """What is approved in a language for these objects; which of them is shown, the spelregels say."""
    return select(ContentTranslation).where(
        ContentTranslation.object_kind == kind,
        ContentTranslation.object_id.in_(ids),
        ContentTranslation.lang == lang,
        ContentTranslation.status == TranslationStatus.APPROVED,
    )


def waiting_of(source: Original) -> Select[ContentTranslation]:
    """The translations of an original, as it stands, that wait for a moderator."""
    return select(ContentTranslation).where(
        ContentTranslation.object_kind == source.kind,
        ContentTranslation.object_id == source.object_id,
        ContentTranslation.source_sha256 == source.sha256,
        ContentTranslation.status == TranslationStatus.WAITING,
    )


def translation_by_id(translation_id: int) -> Select[ContentTranslation]:
    """One translation, with its traject and who made it."""
    return (
        select(ContentTranslation)
        .where(ContentTranslation.id == translation_id)
        .options(
            joinedload(ContentTranslation.traject).joinedload(Traject.area),
            joinedload(ContentTranslation.traject).joinedload(Traject.contact),
            joinedload(ContentTranslation.traject).selectinload(Traject.phases),
            joinedload(ContentTranslation.author),
        )
    )


def translations_to_judge(*area_paths: str) -> Select[ContentTranslation]:
    """The translations in these areas that wait for a moderator, oldest first, with traject and author."""
    return (
        _waiting(select(ContentTranslation), area_paths)
        .options(joinedload(ContentTranslation.traject), joinedload(ContentTranslation.author))
        .order_by(ContentTranslation.id)
    )


def count_translations_to_judge(*area_paths: str) -> Select[int]:
    """How many translations in these areas wait for a moderator."""
    return _waiting(select(func.count(ContentTranslation.id)), area_paths)


def _waiting(rows: Select[Row], area_paths: tuple[str, ...]) -> Select[Row]:
    return (
        rows.join(ContentTranslation.traject)
        .join(Traject.area)
        .where(ContentTranslation.status == TranslationStatus.WAITING, within(area_paths))
    )


def original_of(kind: ContentKind, object_id: int) -> Select[Translatable]:
    """The row that a translation or a job is about, with what `source_of` reads."""
    whole = (joinedload(Traject.area), selectinload(Traject.phases))
    rows: Select[Translatable]
    match kind:
        case ContentKind.IDEA:
            rows = select(Idea).where(Idea.id == object_id).options(joinedload(Idea.traject).options(*whole))
        case ContentKind.BESLUIT:
            rows = select(Besluit).where(Besluit.id == object_id).options(joinedload(Besluit.traject).options(*whole))
        case ContentKind.CARD:
            rows = select(Traject).where(Traject.id == object_id).options(*whole)
    return rows


def without_jobs(kind: ContentKind) -> Select[int]:
    """The ids of what is public and was never put before the engine, oldest first."""
    queued = exists().where(TranslationJob.object_kind == kind)
    match kind:
        case ContentKind.IDEA:
            public = and_(Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
            return select(Idea.id).where(public, ~queued.where(TranslationJob.object_id == Idea.id)).order_by(Idea.id)
        case ContentKind.BESLUIT:
            return select(Besluit.id).where(~queued.where(TranslationJob.object_id == Besluit.id)).order_by(Besluit.id)
        case ContentKind.CARD:
            public = Traject.status != TrajectStatus.DRAFT
            return (
                select(Traject.id)
                .where(public, ~queued.where(TranslationJob.object_id == Traject.id))
                .order_by(Traject.id)
            )


def due_jobs(now: datetime, most_tries: int, limit: int) -> Select[TranslationJob]:
    """The jobs whose time has come and that were not given up, oldest first."""
    return (
        select(TranslationJob)
        .where(TranslationJob.done_at.is_(None), TranslationJob.due_at <= now, TranslationJob.tries < most_tries)
        .order_by(TranslationJob.due_at, TranslationJob.id)
        .limit(limit)
    )
