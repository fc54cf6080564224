"""What stands in the database about ballots on paper, as the tests look at it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.votes import Ballot, PaperEntry, VoterRoll
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.votes import Channel, RollStatus


def roll_status(session: Session, code: VotingCode) -> tuple[RollStatus, Channel | None]:
    line = session.scalars(select(VoterRoll).where(VoterRoll.selector == code.selector)).one()
    session.refresh(line)
    return line.status, line.channel


def cast_choices(session: Session) -> list[str]:
    return list(session.scalars(select(Ballot.choices).order_by(Ballot.choices)))


def entries(session: Session) -> list[tuple[int, str | None, str | None]]:
    session.expire_all()
    rows = session.scalars(select(PaperEntry).order_by(PaperEntry.sheet_id, PaperEntry.place))
    return [(row.place, row.ballot_key, row.choices) for row in rows]
