"""A hundred workers of a real server are killed (SIGKILL) while they cast, and PostgreSQL once: is anything lost or half done?

A phone that gets no answer sends the same page again, and so does this: at the end every page has its answer.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.models.votes import Ballot, BallotDraft, VoterRoll
from participatie.spelregels.votes import RollStatus
from tests.load.generator import fetch

KILLS, LONGEST = 100, 0.25  # seconds between two kills
PHONES = 8
TRIES, PAUSE = 400, 0.05
SEE_OTHER = b"HTTP/1.1 303 "


@dataclass(frozen=True, slots=True)
class Killed:
    """How many workers were killed, how many ballots were acknowledged and how many times one was sent again."""

    kills: int
    acknowledged: int
    resent: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database holds: ballots, used codes, and drafts of codes that voted."""

    ballots: int
    used: int
    drafts: int


def cast_under_fire(port: int, master: int, requests: Sequence[bytes], also: Callable[[], None] | None) -> Killed:
    """Cast all of these while workers of the server with this process number are killed; `also` happens half-way."""
    stop, kills = threading.Event(), [0]

    def fire() -> None:
        chance = random.Random(7)
        while kills[0] < KILLS and not stop.is_set():
            time.sleep(chance.uniform(0.02, LONGEST))
            workers = _children(master)
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
                kills[0] += 1
                if also is not None and kills[0] == KILLS // 2:
                    also()

    shooter = threading.Thread(target=fire)
    shooter.start()
    with ThreadPoolExecutor(PHONES) as phones:
        tries = list(phones.map(lambda request: _until_answered(port, request), requests))
    stop.set()
    shooter.join()
    answered = [count for count in tries if count]
    return Killed(kills[0], len(answered), sum(answered) - len(answered), len(tries) - len(answered))


def kept_in(engine: Engine, round_id: int) -> Kept:
    """Count what must be equal: a code is used where its ballot is, and its draft is gone."""
    with Session(engine) as session:

        def count(table: type, *also: object) -> int:
            return session.scalar(select(func.count()).select_from(table).where(table.round_id == round_id, *also)) or 0  # type: ignore[attr-defined, arg-type]

        return Kept(count(Ballot), count(VoterRoll, VoterRoll.status == RollStatus.USED), count(BallotDraft))


def _until_answered(port: int, request: bytes) -> int:
    """Return at which try there was an answer that acknowledges it, or 0 when there was none at all."""
    for place in range(1, TRIES + 1):
        try:
            head, _body = fetch(port, request)
        except OSError:
            head = b""
        if head.startswith(SEE_OTHER):
            return place
        time.sleep(PAUSE)
    return 0


def _children(master: int) -> list[int]:
    listed = Path(f"/proc/{master}/task/{master}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
