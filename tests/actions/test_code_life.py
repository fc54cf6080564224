"""A code is issued, lost, replaced, revoked and passed on: at every moment one code a voter, and no ballot twice."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.votes import (
    cast_ballot,
    draw_codes,
    issue_at_desk,
    issue_codes,
    let_another_vote,
    let_another_vote_on_paper,
    present_code,
    replace_code,
    revoke_code,
    save_draft,
)
from participatie.models.audit import AuditRow
from participatie.models.votes import BallotDraft, CodeBatch, VoterRoll, VotingProxy, batches_of, proxies_in
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import BatchPurpose, Consent
from participatie.spelregels.permissions import Actor, Do
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_round, a_wijkmanager, codes, count_it, done, roll_of, runs_all

USED, GONE = refused(Refusal.CODE_ALREADY_USED), refused(Refusal.CODE_ALREADY_REVOKED)


def an_official(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def replaces(session: Session, budget_round: Round, kenmerk: str, clock: TurnableClock) -> VotingCode | Refused:
    return replace_code(session, an_official(session), budget_round, kenmerk, SECRET_KEY, clock.now)


def passes_on(
    session: Session, budget_round: Round, code: VotingCode, clock: TurnableClock, *, consents: bool = True
) -> VotingCode | Refused:
    return let_another_vote(session, budget_round, code.selector, SECRET_KEY, clock.now, consents=consents)


def shows(session: Session, budget_round: Round, code: VotingCode, clock: TurnableClock) -> str | Refused:
    return present_code(session, budget_round, str(code), SECRET_KEY, clock.now)


def test_a_lost_letter_is_replaced_and_the_old_code_stops(session: Session, clock: TurnableClock) -> None:
    """Abuse case 23."""
    budget_round = a_round(session)
    [lost] = codes(session, budget_round, 1)
    done(save_draft(session, budget_round, lost.selector, [1], clock.now))
    new = done(replaces(session, budget_round, f" {lost.selector.lower()} ", clock))
    assert shows(session, budget_round, lost, clock) == refused(Refusal.CODE_REVOKED)
    assert shows(session, budget_round, new, clock) == new.selector
    assert session.scalars(select(BallotDraft)).all() == []
    assert replaces(session, budget_round, lost.selector, clock) == GONE
    done(cast_ballot(session, budget_round, new.selector, [1], clock.now))
    session.flush()
    lines = {line.selector: line for line in roll_of(session, budget_round)}
    batch = session.get_one(CodeBatch, lines[new.selector].batch_id)
    assert (batch.purpose, batch.size) == (BatchPurpose.REPLACEMENT, 1)


def test_a_used_code_is_never_replaced_revoked_or_passed_on(session: Session, clock: TurnableClock) -> None:
    """Abuse case 23: a code that was used is not issued again."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(cast_ballot(session, budget_round, code.selector, [2], clock.now))
    official, before = an_official(session), len(roll_of(session, budget_round))
    assert replaces(session, budget_round, code.selector, clock) == USED
    assert revoke_code(session, official, budget_round, code.selector, clock.now) == USED
    assert passes_on(session, budget_round, code, clock) == USED
    on_paper = let_another_vote_on_paper(
        session, official, budget_round, code.selector, SECRET_KEY, clock.now, is_signed=True
    )
    assert on_paper == USED
    assert len(roll_of(session, budget_round)) == before
    assert shows(session, budget_round, code, clock) == code.selector


def test_a_revoked_code_gets_no_new_one(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    before = len(roll_of(session, budget_round))
    official = an_official(session)
    assert revoke_code(session, official, budget_round, code.selector, clock.now) == code.selector
    assert shows(session, budget_round, code, clock) == refused(Refusal.CODE_REVOKED)
    assert revoke_code(session, official, budget_round, code.selector, clock.now) == GONE
    assert replaces(session, budget_round, code.selector, clock) == GONE
    assert len(roll_of(session, budget_round)) == before


@pytest.mark.parametrize("kenmerk", ["", "ZZZZZZ", "QQQQQQQ", "U", "*" * 6, str(VotingCode("A" * 6, "B" * 10))])
def test_a_kenmerk_that_no_letter_has_changes_nothing(session: Session, clock: TurnableClock, kenmerk: str) -> None:
    budget_round, other = a_round(session), a_round(session)
    [foreign] = codes(session, other, 1)
    for tried in (kenmerk, foreign.selector):
        assert replaces(session, budget_round, tried, clock) == refused(Refusal.KENMERK_UNKNOWN)


def test_two_officials_replace_a_letter_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    """Abuse case 23: one new code, whoever is first; the others hear that it was done."""
    budget_round = a_round(session)
    [lost] = codes(session, budget_round, 1)
    slug, official, before = budget_round.slug, an_official(session), len(roll_of(session, budget_round))
    session.commit()

    def replace(own: Session, _place: int) -> VotingCode | Refused:
        its_round = own.scalars(round_by_slug(slug)).one()
        return replace_code(own, official, its_round, lost.selector, SECRET_KEY, clock.now)

    answers = all_at_once(engine, replace, 6)
    [new] = [answer for answer in answers if isinstance(answer, VotingCode)]
    assert answers.count(GONE) == 5
    session.expire_all()
    lines = roll_of(session, budget_round)
    assert len(lines) == before + 1
    assert shows(session, budget_round, new, clock) == new.selector


def test_the_counter_makes_one_code_a_form(session: Session, clock: TurnableClock) -> None:
    budget_round, official = a_round(session), an_official(session)
    first = done(issue_at_desk(session, official, budget_round, SECRET_KEY, clock.now, "een"))
    again = issue_at_desk(session, official, budget_round, SECRET_KEY, clock.now, "een")
    assert again == refused(Refusal.CODES_ALREADY_MADE)
    done(issue_at_desk(session, official, budget_round, SECRET_KEY, clock.now, "twee"))
    assert shows(session, budget_round, first, clock) == first.selector
    desk = [row for row in session.execute(batches_of(budget_round.id)) if row[0].purpose is BatchPurpose.DESK]
    assert [(batch.size, there, gone) for batch, there, gone in desk] == [(2, 2, 0)]


def test_the_same_form_makes_one_batch(session: Session, clock: TurnableClock) -> None:
    budget_round, official = a_round(session), an_official(session)
    drawn = draw_codes(session, budget_round.id, 3)
    assert issue_codes(
        session, official, budget_round, 3, "mei", SECRET_KEY, clock.now, drawn=drawn, request_key="k"
    ) == list(drawn)
    again = issue_codes(session, official, budget_round, 3, "mei", SECRET_KEY, clock.now, request_key="k")
    assert again == refused(Refusal.CODES_ALREADY_MADE)


def test_who_lets_another_vote_hands_on_one_code(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [own] = codes(session, budget_round, 1)
    assert passes_on(session, budget_round, own, clock, consents=False) == refused(Refusal.PROXY_WITHOUT_CONSENT)
    handed = done(passes_on(session, budget_round, own, clock))
    assert shows(session, budget_round, own, clock) == refused(Refusal.CODE_REVOKED)
    assert passes_on(session, budget_round, own, clock) == GONE
    assert passes_on(session, budget_round, handed, clock) == refused(Refusal.PROXY_NOT_PASSED_ON)
    consent = session.scalars(select(VotingProxy)).one()
    assert (consent.selector, consent.consent, consent.day) == (handed.selector, Consent.ON_SCREEN, clock.now.date())
    done(cast_ballot(session, budget_round, handed.selector, [1], clock.now))
    assert session.scalar(proxies_in(budget_round.id)) == 1


def test_a_lost_code_of_a_proxy_is_replaced_by_one(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [own] = codes(session, budget_round, 1)
    official = an_official(session)
    unsigned, signed = (
        let_another_vote_on_paper(
            session, official, budget_round, own.selector, SECRET_KEY, clock.now, is_signed=is_signed
        )
        for is_signed in (False, True)
    )
    assert unsigned == refused(Refusal.PROXY_WITHOUT_CONSENT)
    new = done(replaces(session, budget_round, done(signed).selector, clock))
    session.flush()
    assert passes_on(session, budget_round, new, clock) == refused(Refusal.PROXY_NOT_PASSED_ON)
    assert session.scalar(proxies_in(budget_round.id)) == 1
    assert session.scalars(select(VotingProxy.consent)).all() == [Consent.ON_PAPER]


def test_after_the_close_no_code_changes(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    clock.turn_to(budget_round.clock().closes_at)
    official, closed = an_official(session), refused(Refusal.VOTE_CLOSED)
    assert replaces(session, budget_round, code.selector, clock) == closed
    assert revoke_code(session, official, budget_round, code.selector, clock.now) == closed
    assert issue_at_desk(session, official, budget_round, SECRET_KEY, clock.now, "x") == closed
    assert passes_on(session, budget_round, code, clock) == closed
    clock.turn_to(budget_round.clock().closes_at - timedelta(seconds=1))
    done(replaces(session, budget_round, code.selector, clock))


def test_a_counted_round_gets_no_code(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    [code] = codes(session, budget_round, 1)
    count_it(session, budget_round)
    assert replaces(session, budget_round, code.selector, clock) == refused(Refusal.ALREADY_COUNTED)


def test_the_log_names_no_code_and_no_table_has_its_minute(session: Session, clock: TurnableClock) -> None:
    """Abuse case 22: nobody learns a code, or when a lone code was passed on, from what is kept."""
    budget_round = a_round(session)
    own, lost = codes(session, budget_round, 2)
    handed = done(passes_on(session, budget_round, own, clock))
    new = done(replaces(session, budget_round, lost.selector, clock))
    session.flush()
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert not any(str(code.selector) in str(row.facts) for code in (own, handed, lost, new) for row in rows)
    assert [row.act for row in rows[-1:]] == [str(Do.REPLACE_CODE)]
    batches = session.scalars(select(CodeBatch).where(CodeBatch.purpose != BatchPurpose.LETTERS)).all()
    assert {(batch.created_at.minute, batch.created_at.second) for batch in batches} == {(0, 0)}
    assert all(batch.created_at < clock.now for batch in batches)
    gone = [line for line in roll_of(session, budget_round) if line.status is RollStatus.REVOKED]
    assert {line.selector for line in gone} == {own.selector, lost.selector}
    assert session.scalars(select(VoterRoll.verifier_hash)).all()
