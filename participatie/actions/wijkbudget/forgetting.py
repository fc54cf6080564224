"""How does a round forget which code cast which ballot, once nobody can object any more?"""

import secrets
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.paper import forget_entries
from participatie.actions.votes.visits import end_visits
from participatie.models.besluiten import besluit_of_round
from participatie.models.votes import Ballot, BallotDraft, that_counts
from participatie.models.wijkbudget import Round
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.wijkbudget import may_destroy_secret

KEPT = (Ballot.round_id, Ballot.choices, Ballot.channel, Ballot.receipt, Ballot.cast_hour)


def forget_secret(session: Session, actor: Actor, budget_round: Round, today: date, now: datetime) -> bool | Refused:
    """Destroy the secret that makes ballot keys out of codes; False when it was gone already.

    Ballots that were set aside go for good. The counted ballots stay, with their receipts, and are written anew in the order of
    the receipts, under keys made by chance: neither their numbers, nor the order in
    which the database keeps them, nor an old copy of the secret says whose they are.
    Refused before the besluit and while somebody can object; `today` is a day in Amsterdam.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    besluit = session.scalar(besluit_of_round(budget_round.id))
    verdict = first_refusal(
        may(actor, Do.MANAGE_ROUND, Place(budget_round.traject.area.path)),
        may_destroy_secret(budget_round.status, besluit.objection_until if besluit else None, today),
    )
    if isinstance(verdict, Refused):
        return verdict
    if budget_round.ballot_secret is None:
        return False
    budget_round.ballot_secret = None
    # A draft has the key of its code too.
    session.execute(delete(BallotDraft).where(BallotDraft.round_id == budget_round.id))
    forget_entries(session, budget_round)
    end_visits(session, budget_round.id)
    budget_round.traject.touch()
    ballots = _write_anew(session, budget_round)
    record(session, actor.account_id, "geheim vernietigd", budget_round, now, ballots=ballots)
    return True


def _write_anew(session: Session, budget_round: Round) -> int:
    of_round = Ballot.round_id == budget_round.id
    # Those that were set aside count nowhere, and of a small batch they would still tell whose they were.
    session.execute(delete(Ballot).where(of_round, ~that_counts()))
    kept = session.execute(select(*KEPT).where(of_round).order_by(Ballot.receipt)).mappings().all()
    session.execute(delete(Ballot).where(of_round))
    if kept:
        session.execute(insert(Ballot), [{**ballot, "ballot_key": secrets.token_hex(32)} for ballot in kept])
    return len(kept)
