"""A vote is sealed at its close by a machine; what changes afterwards is found at the count, and a count can be done again."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot
from participatie.actions.wijkbudget import count_round, recount_round, seal_vote, votes_to_seal
from participatie.commands import sealing
from participatie.commands.sealing import Sealer
from participatie.models.audit import AuditRow
from participatie.models.votes import Ballot, VoteSeal, online_ballots
from participatie.models.wijkbudget import Round, WithdrawnCount, allocation_of
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import Channel
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.verification import ballots_sha256, sealed_sha256
from participatie.verification.hashes import in_order
from tests.clock import TurnableClock
from tests.factories import a_resident, a_round, a_wijkmanager, ballots, codes, count_it, done, now_of, runs_all
from tests.verification.bundles import a_closed_round, on_paper, publish, put, revoke_last_batch, without_guards


def sealed(session: Session, budget_round: Round) -> VoteSeal:
    """Seal a vote that is over."""
    seal = done(seal_vote(session, budget_round, now_of(session)))
    session.commit()
    return seal


def count(session: Session, budget_round: Round) -> object:
    """Let the wijkmanager count."""
    outcome = count_round(session, runs_all(a_wijkmanager(session)), budget_round, now_of(session))
    session.commit()
    return outcome


def recount(session: Session, budget_round: Round, reason: str = "Een bewoner vroeg erom.") -> object:
    """Let the wijkmanager count again."""
    outcome = recount_round(session, runs_all(a_wijkmanager(session)), budget_round, reason, now_of(session))
    session.commit()
    return outcome


def test_a_seal_fixes_the_ballots_and_gives_nothing_away(session: Session) -> None:
    budget_round = a_closed_round(session, [[1], [1, 3], [1]])
    seal = sealed(session, budget_round)
    groups = in_order(tuple(row) for row in session.execute(online_ballots(budget_round.id)))
    assert groups == [("[1,3]", 1), ("[1]", 2)]
    assert (seal.ballots, seal.ballots_sha256) == (3, sealed_sha256(groups, seal.salt))
    assert seal.ballots_sha256 != ballots_sha256(groups), "with three voters everybody could guess it"
    logged = session.scalars(select(AuditRow).where(AuditRow.act == "stemmen verzegeld")).one()
    assert (logged.actor_id, logged.facts) == (None, {"ballots": 3})


def test_nothing_is_sealed_before_the_close_and_all_of_it_once_after(
    session: Session, engine: Engine, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Abuse case 69: two workers at once, and a count after them, leave one seal."""
    monkeypatch.setattr(sealing, "now", clock)
    budget_round, other = a_round(session), a_round(session)
    ballots(session, budget_round, [[1]])
    closes_at = budget_round.clock().closes_at
    clock.turn_to(closes_at - timedelta(seconds=1))
    assert Sealer(engine).work() == 0
    assert seal_vote(session, budget_round, clock.now) == refused(Refusal.VOTE_STILL_OPEN)
    session.rollback()
    clock.turn_to(closes_at)
    one, two = Sealer(engine), Sealer(engine)
    seen_by_two = [each.slug for each in votes_to_seal(session, clock.now)]
    session.rollback()
    assert one.work() == 2
    assert [two._seal(slug, clock.now) for slug in seen_by_two] == [True, True]
    assert one.work() == 0
    session.expire_all()
    seals = session.scalars(select(VoteSeal).order_by(VoteSeal.round_id)).all()
    assert [(seal.round_id, seal.ballots) for seal in seals] == [(budget_round.id, 1), (other.id, 0)]
    assert session.scalar(select(func.count()).where(AuditRow.act == "stemmen verzegeld")) == 2
    before = seals[0].ballots_sha256
    session.commit()
    done(count(session, budget_round))
    assert session.scalars(select(VoteSeal.ballots_sha256).where(VoteSeal.round_id == budget_round.id)).one() == before


def test_a_ballot_that_waited_for_the_seal_is_refused(session: Session, clock: TurnableClock) -> None:
    """However late the clock was read: nobody gets a receipt for what is not under the seal."""
    budget_round = a_round(session)
    [first, second] = codes(session, budget_round, 2)
    done(cast_ballot(session, budget_round, first.selector, [1], clock.now))
    session.commit()
    before_the_close = clock.now
    clock.turn_to(budget_round.clock().closes_at)
    sealed(session, budget_round)
    for code in (first, second):
        late = cast_ballot(session, budget_round, code.selector, [2], before_the_close)
        assert late == refused(Refusal.VOTE_CLOSED)
    done(count(session, budget_round))


def test_the_database_itself_keeps_sealed_ballots(session: Session) -> None:
    budget_round = a_closed_round(session, [[1], [2]])
    sealed(session, budget_round)
    row = {
        "round_id": budget_round.id,
        "ballot_key": "x",
        "channel": "web",
        "receipt": "R",
        "cast_hour": now_of(session),
    }
    for statement in (
        delete(Ballot),
        update(Ballot).values(choices="[3]"),
        Ballot.__table__.insert().values(choices="[3]", **row),
        delete(VoteSeal),
        update(VoteSeal).values(ballots=9),
    ):
        with pytest.raises(IntegrityError, match="sealed"), session.begin_nested():
            session.execute(statement)
    session.execute(update(Ballot).values(cast_keys="x"))
    on_paper(session, budget_round, ["[3]"])
    assert done(count(session, budget_round)).ballots == 3
    with pytest.raises(IntegrityError, match="sealed"):
        on_paper(session, budget_round, ["[1]"])
    session.rollback()


@pytest.mark.parametrize("how", ["taken away", "changed", "added"])
def test_ballots_that_were_tampered_with_are_not_counted_and_the_council_reads_it(session: Session, how: str) -> None:
    """Abuse case 40."""
    budget_round = a_closed_round(session, [[1], [2], [3]])
    sealed(session, budget_round)
    one = select(func.min(Ballot.id)).scalar_subquery()
    with without_guards(session):
        if how == "added":
            put(session, budget_round, ["[3]"], Channel.WEB)
        elif how == "changed":
            session.execute(update(Ballot).where(Ballot.id == one).values(choices="[3]"))
        else:
            session.execute(delete(Ballot).where(Ballot.id == one))
    found = {"taken away": 2, "changed": 3, "added": 4}[how]
    assert count(session, budget_round) == refused(Refusal.SEAL_BROKEN, sealed=3, found=found)
    assert budget_round.status is RoundStatus.OPEN
    logged = session.scalars(select(AuditRow).where(AuditRow.act == "zegel klopt niet")).one()
    assert logged.facts == {"sealed": 3, "found": found}


def test_a_count_is_done_again_with_a_reason_that_stays(session: Session) -> None:
    budget_round = a_closed_round(session, [[1]])
    ballots(session, budget_round, [[2], [2]])
    first = count_it(session, budget_round)
    former = (first.ballots, first.ballots_sha256, json.dumps(first.trace))
    assert recount(session, budget_round, "  ") == refused(Refusal.REASON_MISSING)
    revoke_last_batch(session, budget_round)
    again = done(recount(session, budget_round, "Er waren stemcodes ingetrokken."))
    assert (again.ballots, again.trace["plans"][0]["id"]) == (1, "1")
    kept = session.scalars(select(WithdrawnCount)).one()
    assert (kept.number, kept.ballots, kept.ballots_sha256, json.dumps(kept.trace)) == (1, *former)
    assert kept.reason == "Er waren stemcodes ingetrokken."
    assert session.scalars(select(AuditRow.facts).where(AuditRow.act == "stemmen opnieuw geteld")).one() == {
        "number": 1, "same": False,
    }  # fmt: skip
    once_more = done(recount(session, budget_round))
    assert once_more.trace == again.trace, "the same ballots give the same outcome"
    publish(session, budget_round)
    assert recount(session, budget_round) == refused(Refusal.ALREADY_DECIDED)
    assert session.scalars(allocation_of(budget_round.id)).one().ballots == 1


def test_only_who_counts_counts_again_and_only_what_was_counted(session: Session) -> None:
    budget_round = a_closed_round(session)
    assert recount(session, budget_round) == refused(Refusal.NOT_COUNTED)
    count_it(session, budget_round)
    verdict = recount_round(session, a_resident(session).actor(), budget_round, "Ik ook.", now_of(session))
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.NOT_YOUR_ROLE
