"""How does an act leave its trace? One audit row, and mail into the outbox as template name and facts."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.outbox import OutboxMail
from participatie.spelregels.permissions import Do


def record(session: Session, actor_id: int | None, act: Do | str, subject: Any, now: datetime, **facts: Any) -> None:
    """Write who did what to which row. `facts` are codes and numbers; no typed text, no secret, no vote."""
    session.flush()  # the subject needs its id
    session.add(
        AuditRow(
            at=now,
            actor_id=actor_id,
            act=str(act),
            object_kind=subject.__tablename__,
            object_id=subject.id,
            facts=facts,
        )
    )


def mail(session: Session, account: Account, template: str, now: datetime, **facts: Any) -> None:
    """Put a mail to an account in the outbox, in the language that account reads. One without an address gets none."""
    if not account.has_address():
        return
    mail_address(session, account.email, account.locale, template, now, **facts)


def mail_address(session: Session, address: str, locale: str, template: str, now: datetime, **facts: Any) -> None:
    """Put a mail to an address in the outbox; it leaves when the transaction has committed."""
    session.add(
        OutboxMail(recipient=address, locale=locale, template=template, facts=facts, created_at=now, due_at=now)
    )


def mail_later(
    session: Session, account: Account, template: str, now: datetime, leaves_at: datetime, **facts: Any
) -> None:
    """Put a mail to an account with an address in the outbox that leaves at a moment that they chose."""
    session.add(
        OutboxMail(
            recipient=account.email, locale=account.locale, template=template, facts=facts, created_at=now,
            due_at=leaves_at,
        )
    )  # fmt: skip
