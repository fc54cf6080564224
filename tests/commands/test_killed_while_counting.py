"""A process that reads in a round or a pool, or counts, is killed (SIGKILL): all of it is there, or none."""

import gc
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine, Row, event, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from participatie.actions.buurtpanels.importing import ChosenFile, ImportedPool, import_pool
from participatie.models.base import Base
from participatie.models.buurtpanels import panel_by_id
from participatie.models.database import transaction
from participatie.models.wijkbudget import AllocationLine, Plan, Round
from participatie.spelregels.buurtpanels.members import Recruitment
from participatie.spelregels.wijkbudget import RoundStatus
from tests.actions.test_panel_pool_races import POOL
from tests.clock import TurnableClock
from tests.commands.conftest import CommandLine
from tests.commands.test_rounds import SMALL, write
from tests.factories import SECRET_KEY, a_wijkmanager, runs_all
from tests.factories.panels import a_panel

COMMIT, SILENT = "COMMIT", "committed, and nobody heard"
#: Before which statements it dies, in the order in which it comes to them: the first write, half-way, and at the end.
READING_IN = ("INSERT INTO area", 'INSERT INTO "plan"', "INSERT INTO ballot", COMMIT, SILENT)
COUNTING = ("INSERT INTO vote_seal", "INSERT INTO allocation_line", "DELETE FROM ballot_draft", COMMIT, SILENT)
POOLING = ("INSERT INTO panel_person", "INSERT INTO audit_row", COMMIT, SILENT)
#: Every table and how many rows it has, in one statement.
ROWS = select(
    *(select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in Base.metadata.sorted_tables),
    select(func.max(Round.status)).scalar_subquery().label("status of the round"),
)  # fmt: skip


def is_killed(work: Callable[[], object], moment: str) -> bool:
    """Work in a process that dies at this moment, and tell whether it did."""
    child = os.fork()
    if child == 0:
        wrote: list[str] = []

        def reaches(reached: str) -> None:
            if moment == reached:
                os.kill(os.getpid(), signal.SIGKILL)

        def writes(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith(("INSERT", "UPDATE", "DELETE")):
                wrote.append(statement)
                if statement.startswith(moment):
                    reaches(moment)

        def commits(*_arguments: object) -> None:
            if wrote:  # one that wrote nothing is not the one
                reaches(COMMIT)
                event.listen(Pool, "reset", lambda *_arguments: reaches(SILENT))

        try:
            gc.disable()
            event.listen(Engine, "before_cursor_execute", writes)
            event.listen(Engine, "commit", commits)
            work()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def killed_at_each(session: Session, work: Callable[[], object], moments: Sequence[str]) -> Row[tuple[object, ...]]:
    """Kill the work at each moment, on what the one before left: nothing at all. Return the rows after the last.

    That one dies after its commit, before it could say a word: all of it is there.
    """
    session.rollback()
    before = session.execute(ROWS).one()
    for moment in moments:
        session.rollback()
        assert is_killed(work, moment), moment
        after = session.execute(ROWS).one()
        session.rollback()
        assert (after == before) is (moment != SILENT), moment
    return after


def test_a_round_that_is_read_in_or_counted_by_a_process_that_is_killed_is_there_whole_or_not(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    """Abuse case 61: after each kill the operator does it again; once is enough, and the outcome is the one."""
    file = write(tmp_path, SMALL)
    there = killed_at_each(session, lambda: participatie("rounds", "import", file), READING_IN)
    assert (there.round, there.plan, there.ballot, there.traject) == (1, 2, 3, 1)
    assert "al ingelezen" in participatie("rounds", "import", file, exit_code=2).output
    assert session.execute(ROWS).one() == there

    counted = killed_at_each(session, lambda: participatie("rounds", "count", "plein"), COUNTING)
    assert (counted.allocation, counted.allocation_line) == (1, 2)
    assert "already-counted" in participatie("rounds", "count", "plein", exit_code=2).output
    assert session.execute(ROWS).one() == counted
    assert "3 stembiljetten geven de uitslag die er staat" in participatie("rounds", "recount", "plein").output
    assert session.scalars(select(Round.status)).all() == [RoundStatus.COUNTED]
    funded = select(Plan.reference).join(AllocationLine, AllocationLine.plan_id == Plan.id)
    assert session.scalars(funded.where(AllocationLine.funded_cents > 0)).all() == ["a"]


def test_a_pool_that_is_read_in_by_a_process_that_is_killed_is_there_whole_or_not(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    """Abuse case 61: nobody is in the pool by half, and reading the file again brings nobody twice."""
    panel_id, manager = a_panel(session).id, runs_all(a_wijkmanager(session))
    session.commit()

    def reads_in() -> ImportedPool:
        with transaction(engine) as own:
            file = ChosenFile(POOL.encode(), "p.csv", Recruitment.LOT)
            panel = own.scalars(panel_by_id(panel_id)).one()
            made = import_pool(own, manager, panel, file, SECRET_KEY, clock.now, consents=True)
            assert isinstance(made, ImportedPool)
            return made

    def in_a_process_of_its_own() -> None:
        engine.dispose(close=False)  # the connections are those of the other process
        reads_in()

    there = killed_at_each(session, in_a_process_of_its_own, POOLING)
    assert there.panel_person == 2
    again = reads_in()
    assert (again.people, again.same) == ([], 2)
    assert session.execute(ROWS).one().panel_person == 2
