"""Published results with their bundles, as the database gives them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import revoke_batch
from participatie.actions.wijkbudget import bundle_facts
from participatie.models.besluiten import besluit_of_round
from participatie.models.votes import Ballot, CodeBatch
from participatie.models.wijkbudget import Round, bundle_with_content
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import Channel, Choices
from participatie.verification import Report, files_of, pack, verify
from tests.databases import unguarded
from tests.factories import a_round, a_wijkmanager, ballots, count_it, done, now_of, runs_all

USUAL_BALLOTS: Sequence[Choices] = ([1], [1, 3], [3], [2, 3], [1], [1, 2, 3])


def publish(session: Session, budget_round: Round) -> None:
    """Publish a besluit that follows the vote, and the bundle with it."""
    outcome = publish_besluit(
        session, runs_all(a_wijkmanager(session)), budget_round, title="Besluit", decision_body="college",
        motivation="Wij volgen de uitslag.", deviates=False, ground=None, now=now_of(session),
    )  # fmt: skip
    session.commit()
    done(outcome)


def a_closed_round(session: Session, cast: Sequence[Choices] = USUAL_BALLOTS, **terms: Any) -> Round:
    """A round whose vote is over, with these ballots, not counted yet."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE, **terms)
    if cast:
        ballots(session, budget_round, cast)
    return budget_round


def a_result(session: Session, cast: Sequence[Choices] = USUAL_BALLOTS, **terms: Any) -> Round:
    """A round that was counted and published."""
    budget_round = a_closed_round(session, cast, **terms)
    count_it(session, budget_round)
    publish(session, budget_round)
    return budget_round


def package_of(session: Session, budget_round: Round) -> bytes:
    """The bundle as everybody downloads it."""
    return session.scalars(bundle_with_content(budget_round.id)).one().content


def checked(session: Session, budget_round: Round) -> Report:
    """What `participatie verify` says of it."""
    return verify(package_of(session, budget_round))


def packed_now(session: Session, budget_round: Round) -> bytes:
    """A bundle as it would be made of what the database holds now, without asking whether it is right."""
    facts = bundle_facts(session, budget_round, session.scalar(besluit_of_round(budget_round.id)))
    assert facts is not None
    return pack(files_of(facts))


def on_paper(session: Session, budget_round: Round, cast: Sequence[str]) -> None:
    """Ballots on paper, as they come in after the close."""
    put(session, budget_round, cast, Channel.PAPER)
    session.commit()


def put(session: Session, budget_round: Round, cast: Sequence[str], channel: Channel) -> None:
    """Write ballots into the database without asking anybody."""
    rows = [
        {
            "round_id": budget_round.id, "ballot_key": f"{number:064}", "choices": choices, "channel": channel,
            "receipt": f"PAPER{number:011}", "cast_hour": now_of(session).replace(minute=0),
        }
        for number, choices in enumerate(cast)
    ]  # fmt: skip
    session.execute(insert(Ballot), rows)


def revoke_last_batch(session: Session, budget_round: Round, reason: str = "Een doos brieven was weg.") -> None:
    """Revoke the codes that were issued last, with the ballots that were cast with them."""
    batch = session.scalars(
        select(CodeBatch).where(CodeBatch.round_id == budget_round.id).order_by(CodeBatch.id.desc()).limit(1)
    ).one()
    done(revoke_batch(session, runs_all(a_wijkmanager(session)), budget_round, batch, reason, now_of(session)))
    session.commit()


@contextmanager
def without_guards(session: Session) -> Iterator[None]:
    """Write as somebody who can do anything to the database: past what guards the ballots. It commits."""
    with unguarded(session.connection()):
        yield
        session.flush()
    session.commit()
