"""The ledger of a plan: it adds up after everything, nothing in it changes, and it is never overdrawn."""

from datetime import date

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import commit_money, give_back, keep_receipt, pay, publish_result, reverse, settle
from participatie.actions.wijkbudget.results import ResultText
from participatie.models.wijkbudget import LedgerEntry, Plan, Purse
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.blueprints.full_world import a_published_round
from tests.factories import a_wijkmanager, an_account, done, now_of, runs_all

TODAY = date(2026, 5, 4)


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan that got 12,000 euros, of which nothing is written down yet."""
    budget_round, _besluit = a_published_round(session)
    return budget_round.plans[0]


@pytest.fixture
def keeper(session: Session) -> Actor:
    """The wijkmanager who keeps the ledger."""
    return runs_all(a_wijkmanager(session))


def stand(session: Session, plan: Plan) -> tuple[int, int, int, int]:
    """Committed, paid, given back and free, after a look whether the lines come to the same."""
    session.flush()
    purse = session.get_one(Purse, plan.id)
    lines = dict(
        session.execute(
            select(LedgerEntry.kind, func.sum(LedgerEntry.amount_cents))
            .where(LedgerEntry.plan_id == plan.id)
            .group_by(LedgerEntry.kind)
        ).all()
    )
    sums = purse.sums()
    assert lines.get(EntryKind.COMMITTED, 0) == sums.committed
    assert lines.get(EntryKind.PAID, 0) == sums.paid
    assert lines.get(EntryKind.RETURNED, 0) == sums.returned
    assert sums.allocated == plan.cost_cents
    return sums.committed, sums.paid, sums.returned, sums.free


def test_money_goes_from_committed_to_paid_and_back_when_it_is_reversed(
    session: Session, plan: Plan, keeper: Actor
) -> None:
    now = now_of(session)
    bench = done(commit_money(session, keeper, plan, 5_000_00, "Hout BV", "Vier banken", now))
    assert stand(session, plan) == (5_000_00, 0, 0, 7_000_00)
    paid = done(pay(session, keeper, plan, 2_000_00, TODAY, "Eerste twee", now, bench))
    assert stand(session, plan) == (3_000_00, 2_000_00, 0, 7_000_00)
    over = pay(session, keeper, plan, 3_000_01, TODAY, "Te veel", now, bench)
    assert over == refused(Refusal.OVER_COMMITMENT, over_cents=1)
    done(reverse(session, keeper, plan, paid, "Dubbel betaald.", now))
    assert stand(session, plan) == (5_000_00, 0, 0, 7_000_00)
    assert reverse(session, keeper, plan, paid, "Nog eens.", now) == refused(Refusal.ALREADY_REVERSED)
    done(pay(session, keeper, plan, 2_000_00, TODAY, "Eerste twee", now, bench))
    done(reverse(session, keeper, plan, bench, "De rest gaat niet door.", now))
    assert stand(session, plan) == (0, 2_000_00, 0, 10_000_00)
    nobody = commit_money(session, an_account(session).actor(), plan, 1, "Ik", "Iets", now)
    assert isinstance(nobody, Refused)


def test_the_final_account_asks_for_a_result_and_for_every_cent(session: Session, plan: Plan, keeper: Actor) -> None:
    now = now_of(session)
    done(pay(session, keeper, plan, 11_999_00, TODAY, "Banken", now))
    assert settle(session, keeper, plan, now) == refused(Refusal.RESULT_MISSING)
    done(publish_result(session, keeper, plan, ResultText("Er staan banken.", TODAY), now))
    assert settle(session, keeper, plan, now) == refused(Refusal.ACCOUNT_OPEN, open_cents=1_00)
    back = give_back(session, keeper, plan, 1_01, [], "", now)
    assert back == refused(Refusal.OVER_FREE, over_cents=1)
    done(give_back(session, keeper, plan, 1_00, ["Bewoners", "Gemeente", "Aanbieders"], "", now))
    returned = select(LedgerEntry.to_whom, LedgerEntry.amount_cents).where(LedgerEntry.kind == EntryKind.RETURNED)
    assert dict(session.execute(returned).all()) == {"Bewoners": 34, "Gemeente": 33, "Aanbieders": 33}
    done(settle(session, keeper, plan, now))
    assert stand(session, plan) == (0, 11_999_00, 1_00, 0)
    first = session.scalars(select(LedgerEntry).where(LedgerEntry.plan_id == plan.id)).first()
    assert reverse(session, keeper, plan, done(first), "Toch niet.", now) == refused(Refusal.ACCOUNT_CLOSED)


def test_no_line_is_changed_or_deleted_and_no_purse_overdrawn_by_who_works_past_the_program(
    session: Session, plan: Plan, keeper: Actor
) -> None:
    entry = done(pay(session, keeper, plan, 1_00, TODAY, "Verf", now_of(session)))
    session.commit()
    for statement in (
        "UPDATE ledger_entry SET amount_cents = 2 WHERE id = :id",
        "DELETE FROM ledger_entry WHERE id = :id",
        "UPDATE purse SET paid_cents = allocated_cents + 1 WHERE plan_id = (SELECT plan_id FROM ledger_entry WHERE id = :id)",
    ):
        with pytest.raises(DBAPIError):
            session.execute(text(statement), {"id": entry.id})
        session.rollback()
    assert stand(session, plan)[1] == 1_00


def test_many_who_pay_and_commit_at_once_never_spend_a_cent_too_much(
    engine: Engine, session: Session, plan: Plan, keeper: Actor
) -> None:
    plan_id, now = plan.id, now_of(session)
    session.commit()

    def spend(own: Session, place: int) -> object:
        its_plan = own.get_one(Plan, plan_id)
        if place % 2:
            return pay(own, keeper, its_plan, 2_000_00, TODAY, "Hout", now)
        return commit_money(own, keeper, its_plan, 2_000_00, "Hout BV", "Hout", now)

    answers = all_at_once(engine, spend, 10)
    assert sum(isinstance(answer, LedgerEntry) for answer in answers) == 6
    session.expire_all()
    committed, paid, _returned, free = stand(session, plan)
    assert (committed + paid, free) == (12_000_00, 0)


def test_a_receipt_is_a_pdf_or_a_photo_and_kept_once(session: Session, plan: Plan, keeper: Actor) -> None:
    now = now_of(session)
    entry = done(pay(session, keeper, plan, 1_00, TODAY, "Verf", now))
    page = keep_receipt(session, keeper, plan, entry, b"<html>", now)
    assert page == refused(Refusal.RECEIPT_UNREADABLE, megabytes=5)
    done(keep_receipt(session, keeper, plan, entry, b"%PDF-1.7", now))
    assert isinstance(keep_receipt(session, keeper, plan, entry, b"%PDF-1.7", now), Refused)
    raad = an_account(session, role=Role.RAAD).actor()
    assert isinstance(keep_receipt(session, raad, plan, entry, b"%PDF-1.7", now), Refused)
