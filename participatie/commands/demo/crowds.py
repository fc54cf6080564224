"""How do hundreds of residents support and vote in a second? By writing the rows that the actions write, without their questions.

Only what the actions would have allowed is written: the callers choose moments
inside the phase, people from the area, and ballots within the limits, and the
tests of the demo hold it to that.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from participatie.actions.votes import RECEIPT_LENGTH, ballot_key, canonical, whole_hour
from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea, Support
from participatie.models.votes import Ballot, VoterRoll
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Do
from participatie.spelregels.votes import Channel, RollStatus

PUBLIC = (IdeaStatus.PUBLISHED, IdeaStatus.ADMITTED)


def write_support(session: Session, given: Sequence[tuple[datetime, tuple[Idea, Account]]]) -> None:
    """Write who backed what at which moment, as `support_idea` does: nothing of what is not public any more."""
    rows = [(now, idea, account) for now, (idea, account) in given if idea.hidden_at is None and idea.status in PUBLIC]
    if not rows:
        return
    session.execute(
        insert(Support),
        [{"idea_id": idea.id, "account_id": account.id, "created_at": now} for now, idea, account in rows],
    )
    session.execute(
        insert(AuditRow),
        [
            {"at": now, "actor_id": account.id, "act": str(Do.SUPPORT_IDEA), "object_kind": Idea.__tablename__,
             "object_id": idea.id, "facts": {}}
            for now, idea, account in rows
        ],
    )  # fmt: skip
    for _now, idea, _account in rows:
        idea.support_count += 1
    session.flush()


def write_ballots(session: Session, budget_round: Round, cast: Sequence[tuple[str, list[int], datetime]]) -> None:
    """Write ballots of (selector, plan numbers, moment), one for each selector, as `cast_ballot` does."""
    session.execute(
        insert(Ballot),
        [
            {
                "round_id": budget_round.id,
                "ballot_key": ballot_key(budget_round, selector),
                "choices": canonical(choices),
                "channel": Channel.WEB,
                "receipt": "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH)),
                "cast_hour": whole_hour(moment),
            }
            for selector, choices, moment in cast
        ],
    )
    session.execute(
        update(VoterRoll)
        .where(VoterRoll.round_id == budget_round.id, VoterRoll.selector.in_([selector for selector, _, _ in cast]))
        .values(status=RollStatus.USED, channel=Channel.WEB),
        execution_options={"synchronize_session": False},
    )
