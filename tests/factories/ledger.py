"""What is kept of carrying out a plan, written directly: a payment and a photo."""

from sqlalchemy.orm import Session

from participatie.models.wijkbudget import LedgerEntry, Plan, PlanPhoto
from participatie.spelregels.ledger import EntryKind
from tests.factories.people import now_of


def kept_of(session: Session, plan: Plan, photo_id: int) -> LedgerEntry:
    """A payment in the ledger of a plan, and a photo of it with this number."""
    now = now_of(session)
    entry = LedgerEntry(plan_id=plan.id, kind=EntryKind.PAID, amount_cents=100, on_day=now.date(), purpose="hout")
    photo = PlanPhoto(
        id=photo_id, plan_id=plan.id, alt="Een bank", width=4, height=3, small_width=4, small_height=3,
        sha256="0" * 64, created_at=now,
    )  # fmt: skip
    session.add_all([entry, photo])
    session.commit()
    return entry
