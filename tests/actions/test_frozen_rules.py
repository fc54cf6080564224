"""What was promised does not change, whatever program writes: the database itself refuses. No action is asked here."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import open_vote, restart_vote
from participatie.models.base import Base
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan, Round, WithdrawnRulebook
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus
from tests.factories import a_round, a_traject, a_wijkmanager, ballots, count_it, done, now_of

OF_ROUND: dict[str, Any] = {
    "id": 99999999, "slug": "elders", "traject_id": 99999999, "title": "Anders", "currency": "USD", "pot_cents": 1,
    "ballot_kind": "knapsack", "min_choices": 0, "max_choices": 1, "max_sum_cents": 1, "max_per_category": 1,
    "category_sums_cents": {"groen": 1}, "rule": "equal-shares", "leftover": "part", "category_caps_cents": {"groen": 1},
    "minimum_votes": 5, "opening": 0, "rulebook": "{}", "rulebook_sha256": "0" * 64, "min_per_category": 1,
    "points_total": 9, "points_per_plan": 9, "seats": 9, "voting_method": "account", "utility": "cardinality",
    "incompatible": [[1, 2]],
}  # fmt: skip
OF_PLAN: dict[str, Any] = {
    "id": 99999999, "number": 9, "reference": "x9", "name": "Anders", "cost_cents": 1, "category": "groen",
}  # fmt: skip
OF_TRAJECT: dict[str, Any] = {
    "id": 99999999, "rules": "{}", "rules_sha256": "0" * 64, "area_id": 99999999, "question": "?", "goal": "?", "fixed": "?", "open": "?",
    "decision_maker": "?", "dispute_to": "?", "use_of_input": "?", "not_used": "?", "stakeholders": [],
    "results_back": "?", "languages": ["nl"], "opened_at": None, "assurance": "hoog", "assurance_reason": "?",
    "answer_days": 365, "already_decided": True, "city_wide": True, "after_id": 99999999, "status": "concept",
}  # fmt: skip
#: Of the columns of these tables, those that say nothing about what was promised.
FREE = {
    "round": {"status", "ballot_secret", "sealed"},
    "plan": {"round_id", "idea_id", "description", "lang", "cost_text"},
    "traject": {"slug", "title", "contact_id", "closed_at", "source", "version", "created_at"},
}


def refuses(session: Session, statement: Any) -> None:
    """Check that the database refuses a statement because of what is frozen, and goes on as if it was not there."""
    with pytest.raises(IntegrityError, match="are frozen"), session.begin_nested():
        session.execute(statement)
    session.expire_all()


@pytest.mark.parametrize("table, guarded", [("round", OF_ROUND), ("plan", OF_PLAN), ("traject", OF_TRAJECT)])
def test_every_column_is_guarded_or_known_to_promise_nothing(table: str, guarded: dict[str, Any]) -> None:
    """Whoever adds a column to one of these decides which of the two it is."""
    assert set(Base.metadata.tables[table].columns.keys()) == set(guarded) | FREE[table]


@pytest.mark.parametrize("column", OF_ROUND)
def test_nothing_of_an_opened_round_changes(session: Session, column: str) -> None:
    budget_round = a_round(session, categories=["groen"])
    values = {column: OF_ROUND[column]}
    refuses(session, update(Round).values(values))
    refuses(session, update(Round).values(values | {"status": RoundStatus.COUNTED}))
    session.execute(update(Round).values(status=RoundStatus.COUNTED))
    refuses(session, update(Round).values(values))
    assert budget_round.frozen_rulebook()["opening"] == 1


@pytest.mark.parametrize("column", OF_PLAN)
def test_nothing_of_its_plans_changes(session: Session, column: str) -> None:
    budget_round = a_round(session)
    first = Plan.id == budget_round.plans[0].id
    refuses(session, update(Plan).where(first).values({column: OF_PLAN[column]}))
    session.execute(update(Plan).where(first).values(description="Met een foto erbij."))


def test_plans_neither_join_nor_leave_an_opened_round(session: Session) -> None:
    opened, draft = a_round(session), a_round(session, opened=False, plans=[("Nieuw", 100)])
    row = {"round_id": opened.id, "number": 9, "reference": "9", "name": "Later", "cost_cents": 1}
    refuses(session, insert(Plan).values(row))
    refuses(session, update(Plan).where(Plan.round_id == draft.id).values(round_id=opened.id, number=9, reference="9"))
    refuses(
        session, update(Plan).where(Plan.id == opened.plans[0].id).values(round_id=draft.id, number=9, reference="9")
    )
    refuses(session, delete(Plan).where(Plan.id == opened.plans[0].id))
    session.execute(insert(Plan).values(row | {"round_id": draft.id}))
    session.execute(delete(Plan).where(Plan.round_id == draft.id))


def test_an_opened_round_is_not_thrown_away(session: Session) -> None:
    """Or another one could be put in its place."""
    opened = a_round(session, plans=[("Boom", 100)])
    refuses(session, delete(Round).where(Round.id == opened.id))
    if session.get_bind().dialect.name == "sqlite":
        row = session.execute(select(Round.__table__)).mappings().one()
        replacing = insert(Round.__table__).prefix_with("OR REPLACE")
        refuses(session, replacing.values(dict(row) | {"rulebook": "{}"}))


@pytest.mark.parametrize("status", [RoundStatus.COUNTED, RoundStatus.PUBLISHED])
def test_what_was_counted_is_not_open_again(session: Session, status: RoundStatus) -> None:
    budget_round = a_round(session)
    session.execute(update(Round).values(status=status))
    withdraw = insert(WithdrawnRulebook).values(withdrawn_row(budget_round))
    refuses(session, update(Round).values(status=RoundStatus.OPEN))
    refuses(session, update(Round).values(status=RoundStatus.DRAFT, rulebook=None, rulebook_sha256=None))
    refuses(session, withdraw)
    if status is RoundStatus.PUBLISHED:
        refuses(session, update(Round).values(status=RoundStatus.COUNTED))


def test_openings_are_numbered_one_by_one(session: Session) -> None:
    """A number that comes twice would let a later rulebook take the place of an earlier one."""
    budget_round = a_round(session)
    frozen = {"rulebook": budget_round.rulebook, "rulebook_sha256": budget_round.rulebook_sha256}
    done(restart_vote(session, a_wijkmanager(session).actor(), budget_round, "Een plan ontbrak.", now_of(session)))
    session.commit()
    for opening in (0, 2):
        refuses(session, update(Round).values(opening=opening))
    for opening in (0, 1, 3):
        refuses(session, update(Round).values(opening=opening, status=RoundStatus.OPEN, **frozen))
    session.execute(update(Round).values(opening=2, status=RoundStatus.OPEN, **frozen))


def withdrawn_row(budget_round: Round, **other: Any) -> dict[str, Any]:
    """The row that lets the rulebook of a round go."""
    return {
        "round_id": budget_round.id, "opening": budget_round.opening, "rulebook": budget_round.rulebook,
        "rulebook_sha256": budget_round.rulebook_sha256, "ballots": 0, "reason": "De regels klopten niet.",
        "withdrawn_at": budget_round.traject.phases[2].starts_at,
    } | other  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"rulebook": "{}"},
        {"rulebook_sha256": "0" * 64},
        {"opening": 0},
        {"opening": 2},
        {"opening": -1},
        {"round_id": 99999999},
    ],
)
def test_only_the_rulebook_that_holds_is_withdrawn(session: Session, other: dict[str, Any]) -> None:
    budget_round = a_round(session)
    refuses(session, insert(WithdrawnRulebook).values(withdrawn_row(budget_round, **other)))


def test_a_rulebook_is_not_withdrawn_without_a_trace(session: Session) -> None:
    a_round(session)
    refuses(session, update(Round).values(status=RoundStatus.DRAFT, rulebook=None, rulebook_sha256=None))


@pytest.mark.parametrize(
    "instead",
    [
        {"rulebook": "{}", "rulebook_sha256": "0" * 64, "status": RoundStatus.OPEN},
        {"rulebook": "{}"},
        {"pot_cents": 1},
        {"pot_cents": 1, "rulebook": None, "rulebook_sha256": None, "status": RoundStatus.DRAFT},
        {"opening": 0, "rulebook": None, "rulebook_sha256": None, "status": RoundStatus.DRAFT},
        {"opening": 2, "rulebook": "{}", "rulebook_sha256": "0" * 64},
    ],
)
def test_withdrawing_lets_the_restart_through_and_nothing_else(session: Session, instead: dict[str, Any]) -> None:
    budget_round = a_round(session)
    session.execute(insert(WithdrawnRulebook).values(withdrawn_row(budget_round)))
    refuses(session, update(Round).values(instead))
    refuses(session, insert(Plan).values(round_id=budget_round.id, number=9, reference="9", name="x", cost_cents=1))
    session.execute(update(Round).values(rulebook=None, rulebook_sha256=None, status=RoundStatus.DRAFT))
    session.execute(update(Round).values(pot_cents=1))


def test_what_was_withdrawn_stays_as_it_was(session: Session) -> None:
    budget_round = a_round(session)
    done(restart_vote(session, a_wijkmanager(session).actor(), budget_round, "Een plan ontbrak.", now_of(session)))
    session.commit()
    for column, value in withdrawn_row(budget_round, rulebook="{}", rulebook_sha256="0" * 64, opening=7).items():
        refuses(session, update(WithdrawnRulebook).values({column: value}))
    refuses(session, delete(WithdrawnRulebook))
    done(open_vote(session, a_wijkmanager(session).actor(), budget_round, now_of(session)))
    session.commit()
    refuses(session, delete(WithdrawnRulebook))


@pytest.mark.parametrize("column", OF_TRAJECT)
@pytest.mark.parametrize("status", [TrajectStatus.OPEN, TrajectStatus.CLOSED])
def test_nothing_of_an_open_trajects_promise_changes(session: Session, column: str, status: TrajectStatus) -> None:
    traject = a_traject(session)
    session.execute(update(Traject).values(status=status))
    refuses(session, update(Traject).values({column: OF_TRAJECT[column]}))
    session.execute(
        update(Traject).values(title="Met een tikfout minder", contact_id=None, version=Traject.version + 1)
    )
    if status is TrajectStatus.CLOSED:
        refuses(session, update(Traject).values(status=TrajectStatus.OPEN))
    assert traject.question != "?"


@pytest.mark.parametrize("table", ["round", "plan", "traject"])
def test_what_is_in_preparation_can_change(session: Session, table: str) -> None:
    make: Callable[..., Any] = a_traject if table == "traject" else a_round
    make(session, opened=False)
    name = "question" if table == "traject" else "name" if table == "plan" else "title"
    changed = session.execute(text(f"UPDATE \"{table}\" SET {name} = 'Anders'"))  # noqa: S608 - our own names
    assert changed.rowcount > 0  # type: ignore[attr-defined]


def test_counting_and_deciding_go_on(session: Session) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    ballots(session, budget_round, [[1]])
    count_it(session, budget_round)
    session.execute(update(Round).values(status=RoundStatus.PUBLISHED))
    session.execute(update(Round).values(ballot_secret=None))
