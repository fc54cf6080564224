"""The statements of casting, made once: a vote asks them while others wait."""

from sqlalchemy import bindparam, delete, insert, select, update

from participatie.models.votes.ballots import Ballot, BallotDraft
from participatie.models.votes.roll import VoterRoll
from participatie.spelregels.votes import RollStatus

#: The line of a credential, locked until the transaction ends: two casts with one code wait for each other.
LOCK_CREDENTIAL = (
    select(VoterRoll.id, VoterRoll.status, VoterRoll.channel)
    .where(VoterRoll.round_id == bindparam("round_id"), VoterRoll.selector == bindparam("selector"))
    .with_for_update()
)

#: What was cast before with the same key.
FIND_BALLOT = select(Ballot.choices, Ballot.receipt).where(
    Ballot.round_id == bindparam("round_id"), Ballot.ballot_key == bindparam("key")
)

#: A first ballot, with its columns as parameters.
PUT_BALLOT = insert(Ballot)

#: Other choices on a ballot that is in; its receipt stays.
CHANGE_BALLOT = (
    update(Ballot)
    .where(Ballot.round_id == bindparam("of_round"), Ballot.ballot_key == bindparam("of_key"))
    .values(choices=bindparam("new_choices"), cast_hour=bindparam("new_hour"))
)

#: The credential has voted, through this channel.
MARK_USED = (
    update(VoterRoll)
    .where(VoterRoll.id == bindparam("line"))
    .values(status=RollStatus.USED, channel=bindparam("through"))
)

#: The draft of a key is no longer needed.
DROP_DRAFT = delete(BallotDraft).where(
    BallotDraft.round_id == bindparam("round_id"), BallotDraft.ballot_key == bindparam("key")
)
