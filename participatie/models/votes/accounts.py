"""Who voted with an account, as a credential? Its line comes on the roll at the moment of casting, and names nobody."""

from typing import Any

from sqlalchemy import Select, bindparam, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from participatie.models.votes.roll import CodeBatch, VoterRoll
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.votes import RollStatus

#: What stands where a letter has the hash of its code: no code has this hash.
NO_CODE = "geen code"


def account_batches(round_id: int) -> Select[int]:
    """The number of the batch to which the lines of everybody belong who votes with an account in a round."""
    return select(CodeBatch.id).where(CodeBatch.round_id == round_id, CodeBatch.purpose == BatchPurpose.ACCOUNT)


def _put_on_roll(insert: Any) -> Any:
    row = select(
        CodeBatch.round_id,
        bindparam("selector", type_=VoterRoll.selector.type),
        literal(NO_CODE),
        literal(RollStatus.ISSUED, VoterRoll.status.type),
        CodeBatch.id,
    ).where(CodeBatch.round_id == bindparam("round_id"), CodeBatch.purpose == BatchPurpose.ACCOUNT)
    columns = ["round_id", "selector", "verifier_hash", "status", "batch_id"]
    return insert(VoterRoll).from_select(columns, row).on_conflict_do_nothing(index_elements=["round_id", "selector"])


#: A line for whoever votes with an account; the unique key of the roll makes it one line in any race. By database.
PUT_ON_ROLL = {"postgresql": _put_on_roll(postgresql.insert), "sqlite": _put_on_roll(sqlite.insert)}

#: Takes a line away again that did not vote.
TAKE_OFF_ROLL = delete(VoterRoll).where(
    VoterRoll.round_id == bindparam("of_round"),
    VoterRoll.selector == bindparam("of_selector"),
    VoterRoll.status == RollStatus.ISSUED,
)
