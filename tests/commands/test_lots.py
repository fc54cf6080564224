"""The worker prepares lots beside its other work; it may die, come late, or meet another worker."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.lots import CannotDraw, LotRequest, bind_lot
from participatie.commands import clock as commands_clock
from participatie.commands import lots
from participatie.commands.lots import MOST_TRIES, Preparer, prepare_lot
from participatie.lottery import Bound, NotPossibleError, Portfolio, Progress, Relaxation, Step
from participatie.models.buurtpanels import PanelLot
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource
from participatie.spelregels.buurtpanels.opening import PanelStatus
from tests.clock import TurnableClock
from tests.factories import done
from tests.factories.lots import bound, manager_of, some_panels
from tests.factories.panels import a_panel, registered

PATIENCE_SECONDS = 60


@pytest.fixture
def worker_clock(monkeypatch: pytest.MonkeyPatch, clock: TurnableClock) -> TurnableClock:
    """The worker has a clock of its own; here it is the one that the test can turn."""
    monkeypatch.setattr(lots, "now", clock)
    return clock


def waiting(session: Session, people: int = 12) -> PanelLot:
    panel = a_panel(session)
    registered(session, panel, people)
    return bound(session, panel)


def quick(pool: Any, quotas: Any, seats: int, **_others: Any) -> Portfolio:
    return some_panels(pool, quotas, seats)


def again(session: Session, lot: PanelLot) -> PanelLot:
    """The lot as it stands now."""
    session.rollback()
    session.refresh(lot)
    session.refresh(lot.panel)
    return lot


@pytest.mark.slow
def test_a_lot_is_prepared_in_a_process_of_its_own_and_a_dead_one_is_taken_up_again(
    engine: Engine, session: Session
) -> None:
    panel, moment = a_panel(session), commands_clock.now()
    registered(session, panel, 12)
    request = LotRequest(LotKind.SELECTION, NumberSource.DRAND, "drand quicknet", moment + timedelta(hours=1))
    lot = done(bind_lot(session, manager_of(session), panel, request, moment))
    assert not isinstance(lot, CannotDraw)
    session.commit()
    dying = Preparer(engine)
    assert (dying.work(), dying.is_busy) == (0, True), "it does not wait"
    assert dying._process is not None
    dying._process.kill()
    dying._process.join()
    assert (dying.work(), dying.is_busy) == (0, False)
    assert again(session, lot).status is LotStatus.PREPARING
    session.commit()
    preparer, until = Preparer(engine), time.monotonic() + PATIENCE_SECONDS
    while not preparer.work():
        assert time.monotonic() < until
        time.sleep(0.05)
    assert again(session, lot).status is LotStatus.COMMITTED, lot.failure
    assert lot.panels.count("\n") == 1002


def test_a_process_that_keeps_dying_ends_the_lot(engine: Engine, session: Session, worker_clock: TurnableClock) -> None:
    lot = waiting(session)
    preparer = Preparer(engine)
    for _time in range(MOST_TRIES):
        preparer._lot_id = lot.id
        preparer._finish(Died())  # type: ignore[arg-type]
    assert again(session, lot).failure == [{"fault": "crashed"}]
    assert (lot.status, lot.panel.status) == (LotStatus.FAILED, PanelStatus.REGISTERING)


class Died:
    """A process that was killed."""

    exitcode = -9


def test_of_two_workers_one_binds(engine: Engine, session: Session, worker_clock: TurnableClock) -> None:
    lot = waiting(session)
    first: list[str | None] = []

    def slow(pool: Any, quotas: Any, seats: int, **_others: Any) -> Portfolio:
        prepare_lot(engine, lot.id, quick)
        first.append(again(session, lot).commitment)
        session.commit()
        worker_clock.forward(minutes=1)
        return quick(pool, quotas, seats)

    prepare_lot(engine, lot.id, slow)
    assert again(session, lot).status is LotStatus.COMMITTED
    assert [lot.commitment] == first
    prepare_lot(engine, lot.id, slow)
    assert len(first) == 1, "what is bound is not prepared again"


@pytest.mark.parametrize("tells", [False, True])
def test_a_lot_that_is_ready_too_late_fails_and_lets_the_pool_go(
    engine: Engine, session: Session, worker_clock: TurnableClock, tells: bool
) -> None:
    """Abuse case 60: nothing is bound once its number may be there."""
    lot = waiting(session)

    def late(pool: Any, quotas: Any, seats: int, *, progress: Any) -> Portfolio:
        worker_clock.turn_to(lot.due_at - timedelta(minutes=14))
        if tells:
            progress(Progress(Step.IDEAL, 0, 1))
        return quick(pool, quotas, seats)

    prepare_lot(engine, lot.id, late)
    assert again(session, lot).failure == [{"fault": "too-late"}]
    assert (lot.status, lot.commitment, lot.sealed, lot.leaves) == (LotStatus.FAILED, None, None, "")
    assert lot.panel.status is PanelStatus.REGISTERING


def test_how_far_it_is_stands_in_the_database(engine: Engine, session: Session, worker_clock: TurnableClock) -> None:
    lot = waiting(session)
    seen: list[tuple[str, int, int]] = []

    def telling(pool: Any, quotas: Any, seats: int, *, progress: Any) -> Portfolio:
        for done_by_now in (3, 4):
            progress(Progress(Step.PANELS, done_by_now, 9))
        seen.append((again(session, lot).step, lot.done, lot.of))
        session.commit()
        return quick(pool, quotas, seats)

    prepare_lot(engine, lot.id, telling)
    assert seen == [("panels", 3, 9)], "at most once a second"


def test_quotas_that_cannot_be_met_are_told_with_how_much_they_are_off(
    engine: Engine, session: Session, worker_clock: TurnableClock
) -> None:
    lot = waiting(session)

    def impossible(*_pool: Any, **_others: Any) -> Portfolio:
        raise NotPossibleError([Relaxation("woning", "koop", Bound.MINIMUM, 1)])

    prepare_lot(engine, lot.id, impossible)
    assert again(session, lot).failure == [{"feature": "woning", "value": "koop", "bound": "minimum", "by": 1}]
    assert lot.panel.status is PanelStatus.REGISTERING
