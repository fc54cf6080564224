"""What did a voter choose so far? It is kept at once, and it counts only when it is cast."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_
from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import ballot_key, canonical
from participatie.actions.votes.fallen import with_reason
from participatie.models.votes import BallotDraft, credential
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Allowed, Refused, Verdict, first_refusal
from participatie.spelregels.votes import Channel, Choices, check_form, may_use_credential, may_vote_in, may_vote_now


class Sent(NamedTuple):
    """From which page did a choice come, and as its how-manieth? A script names its page by chance when it starts."""

    page: str
    turn: int


NO_SCRIPT = Sent("", 0)


def save_draft(
    session: Session,
    budget_round: Round,
    selector: str,
    choices: Choices,
    now: datetime,
    seen: int | None = None,
    sent: Sent | None = None,
) -> Verdict:
    """Keep what a voter chose so far, even when it breaks a limit: only casting asks for a valid ballot.

    Refused are what is no ballot at all, anything outside voting time, a page of an earlier opening (`seen`), and a
    code that fell away meanwhile.

    A page that goes away sends its last choice beside one that is still under way, and the earlier one may come in
    last. So of one page (`sent`) only a later turn replaces; of two pages the last to come in stays. Without `sent`,
    as from a page without script, where a browser sends one thing at a time, the last stays too.
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
        round_id=budget_round.id,
        ballot_key=key,
        choices=canonical(choices, kind),
        saved_at=now,
        **(sent or NO_SCRIPT)._asdict(),
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[BallotDraft.round_id, BallotDraft.ballot_key],
            set_={name: statement.excluded[name] for name in ("choices", "saved_at", "page", "turn")},
            where=or_(BallotDraft.page != statement.excluded.page, BallotDraft.turn <= statement.excluded.turn),
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
