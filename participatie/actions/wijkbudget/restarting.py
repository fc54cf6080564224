"""How is a vote done over in public, when its rules turned out to be wrong?"""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.record import record
from participatie.actions.votes.by_account import forget_accounts
from participatie.actions.votes.networks import forget_networks
from participatie.actions.votes.paper import forget_sheets
from participatie.models.votes import Ballot, BallotDraft, VoterRoll, VoteSeal, that_counts
from participatie.models.wijkbudget import Round, WithdrawnRulebook
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.trajecten import Announced
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.votes import RollStatus
from participatie.spelregels.wijkbudget import RoundStatus, may_restart


def restart_vote(session: Session, actor: Actor, budget_round: Round, reason: str, now: datetime) -> Round | Refused:
    """Do a vote over, in public: the rulebook is kept as withdrawn, all ballots are void, the codes work again.

    The round is in preparation again, so that its rules can be mended; opening it freezes a new rulebook. Refused
    without a reason and once the ballots are counted.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, budget_round.act(Do.RESTART_VOTE), budget_round.traject.facts().place_at(now)),
        may_restart(budget_round.status, reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    ballots = (
        session.scalar(select(func.count(Ballot.id)).where(Ballot.round_id == budget_round.id, that_counts())) or 0
    )
    session.add(
        WithdrawnRulebook(
            round_id=budget_round.id,
            opening=budget_round.opening,
            rulebook=budget_round.rulebook or "",
            rulebook_sha256=budget_round.rulebook_sha256 or "",
            ballots=ballots,
            reason=reason.strip(),
            withdrawn_at=now,
            withdrawn_by_id=actor.account_id,
        )
    )
    session.flush()  # the database lets a rulebook go only when it stands there
    session.execute(delete(VoteSeal).where(VoteSeal.round_id == budget_round.id))
    budget_round.sealed = False
    session.execute(delete(Ballot).where(Ballot.round_id == budget_round.id))
    session.execute(delete(BallotDraft).where(BallotDraft.round_id == budget_round.id))
    forget_sheets(session, budget_round)
    used = (VoterRoll.round_id == budget_round.id) & (VoterRoll.status == RollStatus.USED)
    session.execute(update(VoterRoll).where(used).values(status=RollStatus.ISSUED, channel=None))
    # What was revoked stays so, with its reason; it is the ballots, and what was counted about them, that go.
    revoked = (VoterRoll.round_id == budget_round.id) & (VoterRoll.status == RollStatus.REVOKED)
    session.execute(update(VoterRoll).where(revoked).values(channel=None))
    forget_networks(session, budget_round.id)
    forget_accounts(session, budget_round)
    budget_round.rulebook = budget_round.rulebook_sha256 = None
    budget_round.status = RoundStatus.DRAFT
    announce(
        session, actor, budget_round.traject, Announced.RESTART, reason, now,
        round=budget_round.slug, opening=budget_round.opening, is_advice=budget_round.is_advice(),
    )  # fmt: skip
    restarted = budget_round.act(Do.RESTART_VOTE)
    record(session, actor.account_id, restarted, budget_round, now, ballots=ballots, opening=budget_round.opening)
    return budget_round
