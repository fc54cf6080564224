"""Which mail must still go out? Rows are written by the act that causes them, in its own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Moment, UtcDateTime


class OutboxMail(Base):
    """One mail: a template name and the facts to fill it with, rendered in the reader's language when it is sent."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_due", "sent_at", "due_at"),)

    id: Mapped[Id]
    recipient: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    template: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[Moment]
    due_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def due_mail(now: datetime, limit: int) -> Select[OutboxMail]:
    """The mail that waits and whose time has come: login codes before all else, then the oldest."""
    return (
        select(OutboxMail)
        .where(OutboxMail.sent_at.is_(None), OutboxMail.due_at <= now)
        .order_by(OutboxMail.template != "login_code", OutboxMail.due_at, OutboxMail.id)
        .limit(limit)
    )


def newest_mail(limit: int) -> Select[OutboxMail]:
    """The last mail, sent or not, for the demo mailbox."""
    return select(OutboxMail).order_by(OutboxMail.id.desc()).limit(limit)
