"""What is kept of carrying out a plan: a payment and a photo written directly, and how it comes to its end."""

from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import give_back, money_for, publish_result, settle
from participatie.actions.wijkbudget.results import ResultText
from participatie.models.wijkbudget import LedgerEntry, Plan, PlanPhoto, plan_result, purse_of
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.permissions import Actor
from tests.factories.people import done, now_of


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


def account_made(session: Session, actor: Actor, plan: Plan) -> None:
    """Let the gemeente tell what a plan came to, give back all that was not spent of it, and make the final account."""
    now, purse = now_of(session), session.scalar(purse_of(plan.id))
    if session.scalar(plan_result(plan.id)) is None:
        done(publish_result(session, actor, plan, ResultText("Het is er.", now.date(), ["Fatma"], consent=True), now))
    free = money_for(session, plan) if purse is None else purse.sums().free
    if free:
        done(give_back(session, actor, plan, free, (), "Niet nodig", now))
    done(settle(session, actor, plan, now))
    session.commit()
