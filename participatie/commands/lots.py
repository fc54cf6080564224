"""Who prepares a lot? The worker, in a process of its own, so that mail and the seals of votes never wait for it.

A process and not a thread: the engine holds Python for seconds at a time, and one that is killed for want of memory
takes nobody along. It runs at a lower priority, tells the page through the database how far it is, and binds what it
made. When it dies the lot is still being prepared, and the next one begins anew; the panels come out the same.
"""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from time import monotonic

import click
from sqlalchemy import Engine

from participatie.actions.buurtpanels.binding import CRASHED, TOO_LATE, is_too_late
from participatie.actions.buurtpanels.preparing import commit_lot, fail_lot, lot_input, note_progress, reasons_of
from participatie.commands.clock import now
from participatie.lottery import LotteryError, Portfolio, Progress, prepare
from participatie.models.buurtpanels import PanelLot, lots_to_prepare
from participatie.models.database import connect, session_for, transaction

LOOK_EVERY = timedelta(seconds=2)
TELL_EVERY_SECONDS = 1.0
#: A process that ends badly is tried again after this, so many times in all.
REST = timedelta(minutes=1)
MOST_TRIES = 3
_KINDNESS = 10
#: Begun anew, without what this process has open: a connection to a database must not be shared.
SPAWN = get_context("spawn")


class Preparer:
    """Has lots prepared, one at a time."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None
        self._process: SpawnProcess | None = None
        self._lot_id = 0
        self._tries: dict[int, int] = {}

    @property
    def is_busy(self) -> bool:
        """Tell whether a lot is being prepared at this moment."""
        return self._process is not None

    def work(self) -> int:
        """Look whether a lot waits, or is ready; never wait for it. Return how many got ready."""
        if self._process is not None:
            return 0 if self._process.is_alive() else self._finish(self._process)
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        with session_for(self.database, writes=False) as session:
            lot = session.scalars(lots_to_prepare()).first()
        if lot is not None:
            self._begin(lot)
        return 0

    def _begin(self, lot: PanelLot) -> None:
        self._lot_id = lot.id
        url = self.database.url.render_as_string(hide_password=False)
        self._process = SPAWN.Process(target=prepare_apart, args=(url, lot.id), daemon=True)
        self._process.start()

    def _finish(self, process: SpawnProcess) -> int:
        self._process = None
        self._look_at = None
        if process.exitcode == 0:
            return 1
        tries = self._tries[self._lot_id] = self._tries.get(self._lot_id, 0) + 1
        click.echo(f"Loting {self._lot_id} is niet voorbereid (einde {process.exitcode}, keer {tries}).", err=True)
        if tries >= MOST_TRIES:
            with transaction(self.database) as session:
                fail_lot(session, self._lot_id, [{"fault": CRASHED}], now())
            return 1
        self._look_at = now() + REST
        return 0


class _TooLateError(Exception):
    """The number may be there soon: nothing may be bound any more."""


class _OvertakenError(Exception):
    """Another worker finished this lot, so there is nothing left to do."""


class _Teller:
    """Tells the page how far a lot is, at most every second, and stops when going on is of no use."""

    def __init__(self, database: Engine, lot: PanelLot) -> None:
        self.database, self.lot = database, lot
        self._told_at = -TELL_EVERY_SECONDS

    def look(self) -> None:
        if is_too_late(self.lot, now()):
            raise _TooLateError

    def __call__(self, progress: Progress) -> None:
        self.look()
        if monotonic() - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = monotonic()
        with transaction(self.database) as session:
            if not note_progress(session, self.lot.id, progress):
                raise _OvertakenError


def prepare_apart(url: str, lot_id: int) -> None:
    """Prepare one lot in a process that was made for it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.nice(_KINDNESS)
    engine = connect(url)
    try:
        prepare_lot(engine, lot_id)
    finally:
        engine.dispose()


def prepare_lot(database: Engine, lot_id: int, make: Callable[..., Portfolio] = prepare) -> None:
    """Prepare one lot and bind it, or give it up: too late, or with quotas that this pool cannot meet.

    Nothing happens to a lot that is not being prepared (any more). No transaction is open while `make`, the engine,
    works.
    """
    with session_for(database, writes=False) as session:
        given = lot_input(session, lot_id)
    if given is None:
        return
    teller = _Teller(database, given.lot)
    try:
        teller.look()
        portfolio = make(given.pool, given.quotas, given.seats, progress=teller)
    except _OvertakenError:
        return
    except (_TooLateError, LotteryError) as error:
        why = reasons_of(error) if isinstance(error, LotteryError) else [{"fault": TOO_LATE}]
        with transaction(database) as session:
            fail_lot(session, lot_id, why, now())
    else:
        with transaction(database) as session:
            commit_lot(session, lot_id, portfolio, now())
