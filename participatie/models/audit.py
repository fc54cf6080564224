"""Who did what, when? One row for every act that changed something, written by the act itself."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Moment
from participatie.spelregels.permissions import Do


class AuditRow(Base):
    """One act. `facts` holds codes and numbers, never a text that somebody typed and never how anyone voted."""

    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_object", "object_kind", "object_id"),)

    id: Mapped[Id]
    at: Mapped[Moment] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    act: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[Account | None] = relationship()


def newest_audit_rows(limit: int) -> Select[AuditRow]:
    """The last acts, newest first, with who did them; who supported what is promised to stay between us and them."""
    return (
        select(AuditRow)
        .where(AuditRow.act != Do.SUPPORT_IDEA)
        .options(joinedload(AuditRow.actor))
        .order_by(AuditRow.id.desc())
        .limit(limit)
    )
