"""What did a voter choose so far? It is kept at once, and it counts only when it is cast."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import ballot_key, canonical
from participatie.models.votes import BallotDraft
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused
from participatie.spelregels.votes import may_vote_now


def save_draft(session: Session, budget_round: Round, selector: str, choices: Sequence[int], now: datetime) -> Verdict:
    """Keep what a voter chose so far, even when it breaks a limit: only casting asks for a valid ballot.

    Refused are plans that are not on this ballot, and anything outside voting time.
    """
    verdict = may_vote_now(budget_round.clock(), now)
    if isinstance(verdict, Refused):
        return verdict
    known = budget_round.plans_on_ballot()
    for number in choices:
        if number not in known:
            return refused(Refusal.CHOICE_UNKNOWN, plan=number)
    key = ballot_key(budget_round, selector)
    statement = upserting(session)(BallotDraft).values(
        round_id=budget_round.id, ballot_key=key, choices=canonical(choices), saved_at=now
    )
    # Two tabs may save their first draft at once: the last one stays.
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[BallotDraft.round_id, BallotDraft.ballot_key],
            set_={"choices": statement.excluded.choices, "saved_at": statement.excluded.saved_at},
        )
    )
    return Allowed()
