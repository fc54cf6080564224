"""A batch of codes that is revoked in public takes its ballots along; none is deleted, and nothing brings them back."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import CastBallot, cast_ballot, present_code, revoke_batch, save_draft
from participatie.actions.wijkbudget import count_holds, forget_secret, restart_vote
from participatie.models.announcements import Announcement
from participatie.models.audit import AuditRow
from participatie.models.besluiten import Besluit
from participatie.models.votes import (
    Ballot,
    BallotSetAside,
    CodeBatch,
    CodeRevocation,
    VoterRoll,
    grouped_ballots,
    receipts_of,
    voters_on_roll,
)
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.trajecten import Announced
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import (
    SECRET_KEY,
    a_round,
    a_wijkmanager,
    an_account,
    ballots,
    codes,
    count_it,
    done,
    runs_all,
)

WHY = "Deze brieven zijn aan de deur opgehaald."
FELL_AWAY = refused(Refusal.CODE_OF_REVOKED_BATCH, reason=WHY)


def batch_of(session: Session, code: VotingCode) -> CodeBatch:
    """The batch in which a code was made."""
    line = select(VoterRoll.batch_id).where(VoterRoll.selector == code.selector)
    return session.scalars(select(CodeBatch).where(CodeBatch.id == line.scalar_subquery())).one()


def revoke(
    session: Session, budget_round: Round, code: VotingCode, clock: TurnableClock, reason: str = WHY
) -> CodeRevocation | Refused:
    """Revoke the batch of a code."""
    manager = runs_all(a_wijkmanager(session))
    outcome = revoke_batch(session, manager, budget_round, batch_of(session, code), reason, clock.now)
    session.commit()
    return outcome


def counted(session: Session, budget_round: Round) -> list[tuple[str, int]]:
    """What would be counted now."""
    return [tuple(row) for row in session.execute(grouped_ballots(budget_round.id))]


def test_a_revoked_batch_takes_its_ballots_along_and_deletes_none(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    mine = codes(session, budget_round, 3)
    [other] = codes(session, budget_round, 1)
    fell = [done(cast_ballot(session, budget_round, code.selector, [1], clock.now)) for code in mine[:2]]
    stays = done(cast_ballot(session, budget_round, other.selector, [2], clock.now))
    session.commit()
    voters = session.scalar(voters_on_roll(budget_round.id)) or 0

    revocation = done(revoke(session, budget_round, mine[0], clock))

    assert (revocation.codes, revocation.ballots, revocation.reason) == (3, 2, WHY)
    assert counted(session, budget_round) == [("[2]", 1)]
    assert session.scalars(receipts_of(budget_round.id)).all() == [stays.receipt]
    kept = set(session.scalars(select(Ballot.receipt)))
    assert kept == {stays.receipt, *(each.receipt for each in fell)}
    assert session.scalar(voters_on_roll(budget_round.id)) == voters - 3
    row = session.scalars(select(AuditRow).where(AuditRow.act == str(Do.REVOKE_BATCH))).one()
    assert row.facts == {"round": budget_round.id, "batch": revocation.batch_id, "codes": 3, "ballots": 2}
    told = session.scalars(select(Announcement).where(Announcement.kind == Announced.REVOKED)).one()
    assert (told.text, told.facts) == (WHY, {"round": budget_round.slug, "codes": 3})


def test_a_voter_of_a_revoked_batch_hears_why_at_every_step(session: Session, clock: TurnableClock) -> None:
    """Abuse case 11: also with a ballot in hand, at the moment of casting."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    session.commit()
    done(revoke(session, budget_round, code, clock))
    assert present_code(session, budget_round, str(code), SECRET_KEY, clock.now) == FELL_AWAY
    assert save_draft(session, budget_round, code.selector, [2], clock.now) == FELL_AWAY
    assert cast_ballot(session, budget_round, code.selector, [2], clock.now) == FELL_AWAY
    assert counted(session, budget_round) == []


def test_a_batch_is_revoked_once_with_a_reason_by_the_wijkmanager(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    raad = an_account(session, role=Role.RAAD).actor()
    verdict = revoke_batch(session, raad, budget_round, batch_of(session, code), WHY, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")
    assert revoke(session, budget_round, code, clock, " ") == refused(Refusal.REASON_MISSING)
    done(revoke(session, budget_round, code, clock))
    assert revoke(session, budget_round, code, clock) == refused(Refusal.BATCH_REVOKED)
    assert session.scalar(select(func.count()).select_from(CodeRevocation)) == 1


def test_before_the_opening_codes_are_revoked_and_nobody_is_mailed(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, opened=False)
    [code] = codes(session, budget_round, 1)
    assert done(revoke(session, budget_round, code, clock)).ballots == 0
    assert session.scalars(select(Announcement)).all() == []


def test_a_count_from_before_a_revocation_is_not_published(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    ballots(session, budget_round, [[1], [2]])
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    assert count_holds(session, budget_round)
    code = session.scalars(select(VoterRoll).where(VoterRoll.status == RollStatus.USED)).first()
    assert code is not None
    done(revoke(session, budget_round, VotingCode(code.selector, ""), clock))
    manager = runs_all(a_wijkmanager(session))
    verdict = publish_besluit(
        session, manager, budget_round, title="Besluit", decision_body="college", motivation=WHY,
        deviates=False, ground=None, now=clock.now,
    )  # fmt: skip
    assert verdict == refused(Refusal.COUNT_OUTDATED)
    assert session.scalars(select(Besluit)).all() == []


def test_after_the_besluit_nothing_is_revoked_any_more(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    session.commit()
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    manager = runs_all(a_wijkmanager(session))
    besluit = done(
        publish_besluit(
            session, manager, budget_round, title="Besluit", decision_body="college", motivation=WHY,
            deviates=False, ground=None, now=clock.now,
        )
    )  # fmt: skip
    assert revoke(session, budget_round, code, clock) == refused(Refusal.REVOKING_TOO_LATE)
    assert len(counted(session, budget_round)) == 1
    assert besluit.id


def test_what_was_set_aside_goes_for_good_with_the_secret(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code], [other] = codes(session, budget_round, 1), codes(session, budget_round, 1)
    for each in (code, other):
        done(cast_ballot(session, budget_round, each.selector, [1], clock.now))
    session.commit()
    done(revoke(session, budget_round, code, clock))
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    manager = runs_all(a_wijkmanager(session))
    besluit = done(
        publish_besluit(
            session, manager, budget_round, title="Besluit", decision_body="college", motivation=WHY,
            deviates=False, ground=None, now=clock.now,
        )
    )  # fmt: skip
    after = besluit.objection_until + timedelta(days=1)
    assert forget_secret(session, manager, budget_round, after, clock.now) is True
    session.commit()
    assert session.scalar(select(func.count()).select_from(BallotSetAside)) == 0
    assert counted(session, budget_round) == [("[1]", 1)]
    assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_after_a_restart_revoked_codes_stay_revoked(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    session.commit()
    done(revoke(session, budget_round, code, clock))
    done(restart_vote(session, runs_all(a_wijkmanager(session)), budget_round, "Een fout.", clock.now))
    session.commit()
    line = session.scalars(select(VoterRoll).where(VoterRoll.selector == code.selector)).one()
    assert (line.status, line.channel) == (RollStatus.REVOKED, None)
    for table in (Ballot, BallotSetAside):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("again", [False, True])
def test_a_ballot_that_comes_in_while_its_batch_is_revoked_never_counts(
    engine: Engine, session: Session, clock: TurnableClock, again: bool
) -> None:
    """Abuse case 11: it is set aside or refused, in whatever order the database takes them."""
    budget_round = a_round(session)
    letters = codes(session, budget_round, 9)
    if again:
        for code in letters:
            done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
        session.commit()
    batch_id, slug = batch_of(session, letters[0]).id, budget_round.slug
    manager = runs_all(a_wijkmanager(session))
    session.commit()

    def act(own: Session, place: int) -> object:
        its_round = own.scalars(round_by_slug(slug)).one()
        if place == len(letters):
            return revoke_batch(own, manager, its_round, own.get_one(CodeBatch, batch_id), WHY, clock.now)
        return cast_ballot(own, its_round, letters[place].selector, [2], clock.now)

    answers = all_at_once(engine, act, len(letters) + 1)
    assert isinstance(answers[-1], CodeRevocation)
    assert all(answer == FELL_AWAY or isinstance(answer, CastBallot) for answer in answers[:-1]), answers
    session.rollback()
    assert counted(session, budget_round) == []
    aside = session.scalar(select(func.count()).select_from(BallotSetAside))
    assert aside == session.scalar(select(func.count()).select_from(Ballot)) == answers[-1].ballots
