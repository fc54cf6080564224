"""How is a code taken back, with or without a new one in its place (abuse case 23)?"""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.ballots import ballot_key
from participatie.actions.votes.issuing import make_one
from participatie.models.votes import LOCK_CREDENTIAL, BallotDraft, VoterRoll, proxy_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import VotingCode, read_selector
from participatie.spelregels.issuing import BatchPurpose, may_hand_out, may_take_back
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.votes import RollStatus


def replace_code(
    session: Session, actor: Actor, budget_round: Round, kenmerk: str, secret_key: str, now: datetime
) -> VotingCode | Refused:
    """Take a code back and make a new one in its place, in one transaction.

    Refused for a code that was used, so that nobody votes twice, and for one that was taken back before: of two
    officials at once, one gets a new code. Who votes for another goes on doing so with the new code.
    """
    verdict = first_refusal(
        may(actor, Do.REPLACE_CODE, Place(budget_round.traject.area.path)), may_change_code(session, budget_round, now)
    )
    selector = read_selector(kenmerk)
    if isinstance(verdict, Refused) or selector is None:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.KENMERK_UNKNOWN)
    verdict = take_back(session, budget_round, selector)
    if isinstance(verdict, Refused):
        return verdict
    batch, code = make_one(session, budget_round.id, BatchPurpose.REPLACEMENT, secret_key, now)
    consent = session.scalar(proxy_of(budget_round.id, selector))
    if consent is not None:
        consent.selector = code.selector
    record(session, actor.account_id, Do.REPLACE_CODE, batch, now, round=budget_round.id, count=1)
    return code


def revoke_code(session: Session, actor: Actor, budget_round: Round, kenmerk: str, now: datetime) -> str | Refused:
    """Take one code back without a new one, and return its selector. A code that was used stays."""
    verdict = first_refusal(
        may(actor, Do.REPLACE_CODE, Place(budget_round.traject.area.path)), may_change_code(session, budget_round, now)
    )
    selector = read_selector(kenmerk)
    if isinstance(verdict, Refused) or selector is None:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.KENMERK_UNKNOWN)
    verdict = take_back(session, budget_round, selector)
    if isinstance(verdict, Refused):
        return verdict
    record(session, actor.account_id, Do.REPLACE_CODE, budget_round, now, count=1)
    return selector


def may_change_code(session: Session, budget_round: Round, now: datetime) -> Verdict:
    """Hold the round, and refuse to change a code where nobody votes, and once the vote is over."""
    session.refresh(budget_round, with_for_update={"of": Round})
    return first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may_hand_out(budget_round.status, budget_round.clock().closes_at, now),
    )


def take_back(session: Session, budget_round: Round, selector: str) -> Verdict:
    """Let a code that was not used stop, behind the same lock that casting takes; its draft goes with it."""
    mine = {"round_id": budget_round.id, "selector": selector}
    line = session.connection().execute(LOCK_CREDENTIAL, mine).first()
    if line is None:
        return refused(Refusal.KENMERK_UNKNOWN)
    verdict = may_take_back(line.status, line.channel)
    if isinstance(verdict, Refused):
        return verdict
    session.execute(update(VoterRoll).where(VoterRoll.id == line.id).values(status=RollStatus.REVOKED))
    if budget_round.ballot_secret is not None:
        key = ballot_key(budget_round, selector)
        draft = (BallotDraft.round_id == budget_round.id) & (BallotDraft.ballot_key == key)
        session.execute(delete(BallotDraft).where(draft))
    return Allowed()
