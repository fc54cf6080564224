"""How does a resident lay something before the city, and how is it answered?

Fixtures R1 of seed 004 and F16 of seed 000.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.holding import hold
from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.announcements import Dispute
from participatie.models.trajecten import Traject
from participatie.spelregels.answers import term_ends
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.trajecten import DisputeKind, is_running, may_answer_dispute
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def raise_dispute(
    session: Session, account: Account, traject: Traject, kind: DisputeKind, text: str, now: datetime
) -> Dispute | Refused:
    """Lay a disagreement or a better way before whom the card names; the answer is due within the traject's term."""
    hold(session, traject)
    verdict = first_refusal(
        may(account.actor(), Do.RAISE_DISPUTE, traject.facts().place_at(now)), is_running(traject.status)
    )
    if isinstance(verdict, Refused):
        return verdict
    if not text.strip():
        return refused(Refusal.REASON_MISSING)
    dispute = Dispute(
        traject_id=traject.id,
        kind=kind,
        text=text.strip(),
        account_id=account.id,
        addressee=traject.dispute_to,
        raised_at=now,
        due_at=term_ends(now, traject.answer_days),
    )
    session.add(dispute)
    traject.touch()
    record(session, account.id, Do.RAISE_DISPUTE, dispute, now, traject=traject.id, kind=str(kind))
    return dispute


def answer_dispute(
    session: Session, actor: Actor, traject: Traject, dispute: Dispute, why: str, follow_up: str, now: datetime
) -> Dispute | Refused:
    """Answer in public, why and what happens now, each a paragraph, and tell who raised it.

    Refused without one of the two, for the second time, and to whoever raised it.

    Raises LookupError for a dispute of another traject: who may answer there, may not answer here.
    """
    if dispute.traject_id != traject.id:
        raise LookupError(dispute.id)
    session.refresh(dispute, with_for_update={"of": Dispute})
    verdict = first_refusal(
        may(actor, Do.ANSWER_DISPUTE, traject.facts().place_at(now)),
        may_answer_dispute(
            dispute.account_id, actor.account_id, why, follow_up, answered=dispute.answered_at is not None
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    dispute.answer = f"{why.strip()}\n\n{follow_up.strip()}"
    dispute.answered_at, dispute.answered_by_id = now, actor.account_id
    traject.touch()
    record(session, actor.account_id, Do.ANSWER_DISPUTE, dispute, now, traject=traject.id)
    mail(
        session, dispute.account, "dispute_answered", now,
        answer=dispute.answer, traject=traject.title, slug=traject.slug, addressee=dispute.addressee,
    )  # fmt: skip
    return dispute
