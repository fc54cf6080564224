"""The statements of casting, made once: a vote asks them while others wait."""

from sqlalchemy import bindparam, delete, insert, select, update

from participatie.models.trajecten import Traject
from participatie.models.votes.ballots import Ballot, BallotDraft
from participatie.models.votes.roll import VoterRoll
from participatie.models.votes.watching import ROUND_OF_VISIT
from participatie.models.wijkbudget.rounds import Round
from participatie.spelregels.votes import RollStatus

_HELD_ROUND = (
    select(Round.id, Round.status, Round.sealed, Round.traject_id)
    .where(Round.id == bindparam("round_id"))
    .with_for_update(read=True)
    .subquery("held_round")
)

#: All that casting has to know behind its locks, in one statement: how the round stands, held as by HOLD_STATUS,
#: and after it the line of the credential, locked until the transaction ends. The lock on the line is taken on top
#: of the join, so that of the two the round always comes first, as it does where batches are revoked. Its version and
#: the visit of the browser come along, for who did not look them up before.
HOLD_AND_LOCK = (
    select(
        _HELD_ROUND.c.status.label("round_status"),
        _HELD_ROUND.c.sealed,
        VoterRoll.id,
        VoterRoll.status,
        VoterRoll.channel,
        Traject.version,
        ROUND_OF_VISIT.scalar_subquery().label("visits"),
    )
    .join(Traject, Traject.id == _HELD_ROUND.c.traject_id)
    .join(VoterRoll, VoterRoll.round_id == _HELD_ROUND.c.id)
    .where(VoterRoll.selector == bindparam("selector"))
    .with_for_update(of=VoterRoll)
)

#: The line of a credential, locked until the transaction ends: two casts with one code wait for each other.
LOCK_CREDENTIAL = (
    select(VoterRoll.id, VoterRoll.status, VoterRoll.channel)
    .where(VoterRoll.round_id == bindparam("round_id"), VoterRoll.selector == bindparam("selector"))
    .with_for_update()
)

#: What was cast before with the same key.
FIND_BALLOT = select(Ballot.choices, Ballot.receipt, Ballot.cast_keys).where(
    Ballot.round_id == bindparam("round_id"), Ballot.ballot_key == bindparam("key")
)

#: Other choices on a ballot that is in; its receipt stays.
CHANGE_BALLOT = (
    update(Ballot)
    .where(Ballot.round_id == bindparam("of_round"), Ballot.ballot_key == bindparam("of_key"))
    .values(choices=bindparam("new_choices"), cast_hour=bindparam("new_hour"), cast_keys=bindparam("new_keys"))
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

_FIRST_BALLOT = insert(Ballot).values(
    {
        Ballot.round_id: bindparam("of_round"),
        Ballot.ballot_key: bindparam("of_key"),
        Ballot.choices: bindparam("new_choices"),
        Ballot.channel: bindparam("through"),
        Ballot.receipt: bindparam("new_receipt"),
        Ballot.cast_hour: bindparam("new_hour"),
        Ballot.cast_keys: bindparam("new_keys"),
    }
)
_ITS_DRAFT = delete(BallotDraft).where(
    BallotDraft.round_id == bindparam("of_round"), BallotDraft.ballot_key == bindparam("of_key")
)

#: What a first ballot writes: the ballot, the line of its credential, and its draft goes. Where the database can it is
#: one statement with one answer. All take the same parameters, and none has the name of a column: in the one
#: statement SQLAlchemy would take it for a value of that column in every table.
PUT_FIRST = {
    "sqlite": (_FIRST_BALLOT, MARK_USED, _ITS_DRAFT),
    "postgresql": (_FIRST_BALLOT.add_cte(MARK_USED.cte("marked"), _ITS_DRAFT.cte("dropped")),),
}
