"""What did a voter choose so far? It is kept at once, and it counts only when it is cast."""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import ballot_key, canonical
from participatie.actions.votes.fallen import with_reason
from participatie.models.votes import BallotDraft, credential
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Allowed, Refused, Verdict, first_refusal
from participatie.spelregels.votes import Channel, Choices, check_form, may_use_credential, may_vote_in, may_vote_now


def save_draft(
    session: Session, budget_round: Round, selector: str, choices: Choices, now: datetime, seen: int | None = None
) -> Verdict:
    """Keep what a voter chose so far, even when it breaks a limit: only casting asks for a valid ballot.

    Refused are what is no ballot at all, anything outside voting time, a page of an earlier opening (`seen`), and a
    code that fell away meanwhile.
    """
    kind = budget_round.limits().ballot_kind
    verdict = first_refusal(
        may_vote_now(budget_round.clock(), now),
        may_vote_in(seen, budget_round.opening),
        check_form(choices, budget_round.plans_on_ballot(), kind),
        may_still_vote(session, budget_round, selector),
    )
    if isinstance(verdict, Refused):
        return verdict
    key = ballot_key(budget_round, selector)
    statement = upserting(session)(BallotDraft).values(
        round_id=budget_round.id, ballot_key=key, choices=canonical(choices, kind), saved_at=now
    )
    # Two tabs may save their first draft at once: the last one stays.
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[BallotDraft.round_id, BallotDraft.ballot_key],
            set_={"choices": statement.excluded.choices, "saved_at": statement.excluded.saved_at},
        )
    )
    return Allowed()


def may_still_vote(session: Session, budget_round: Round, selector: str) -> Verdict:
    """Refuse a code that was revoked or used on paper since this browser showed it (abuse cases 11 and 57).

    So that a voter hears it while choosing; casting asks again behind a lock. Who votes with an account comes on the
    roll by casting, and is not on it yet.
    """
    line = session.scalar(credential(budget_round.id, selector))
    if line is None:
        return Allowed()
    verdict = may_use_credential(line.status, line.channel, Channel.WEB)
    return with_reason(session, budget_round.id, selector, verdict) if isinstance(verdict, Refused) else verdict
