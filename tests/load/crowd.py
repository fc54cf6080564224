"""What does one of many see? Voters who think between two votes, two hundred who press at one moment, and a last hour.

Each answer is timed from the moment that its connection is asked for: waiting in the queue of the listening socket
is waiting too. A wrong answer, a broken connection and one without an answer are counted and never sent again.
"""

import heapq
import random
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.load.generator import CHUNK_BYTES, HOST, PATIENCE_SECONDS

PEOPLE = 200
#: Seconds between two requests of one voter: three screens and a confirmation take no less.
THINKS = 4.0


@dataclass(slots=True)
class Crowd:
    """How long each answer took, in seconds, and how many were not what was expected."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def per_second(self) -> float:
        """How many were answered in a second."""
        return len(self.took) / self.seconds if self.seconds else 0.0

    def percentile(self, part: int) -> float:
        """Return after how many milliseconds this part of a hundred had their answer."""
        in_order = sorted(self.took)
        return 1000 * in_order[min(len(in_order) - 1, len(in_order) * part // 100)] if in_order else 0.0


@dataclass(slots=True)
class _Waiting:
    connection: socket.socket
    asked_at: float
    head: bytes = b""


def rush(port: int, requests: Iterator[bytes], expected: bytes, at_once: int = PEOPLE) -> Crowd:
    """Keep so many requests open until there are no more."""
    crowd, began = Crowd(), time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        for request in (next(requests, None) for _ in range(at_once)):
            _ask(waiting, port, request, crowd)
        while waiting.get_map():
            for _ in range(_answers(waiting, expected, crowd, PATIENCE_SECONDS)):
                _ask(waiting, port, next(requests, None), crowd)
    crowd.seconds = time.perf_counter() - began
    return crowd


def thinking(port: int, requests: Sequence[bytes], expected: bytes, people: int = PEOPLE) -> Crowd:
    """Let so many people each send one request in `THINKS` seconds, at moments of their own, until all are sent."""
    chance, crowd, began = random.Random(3), Crowd(), time.perf_counter()
    moments = [began + chance.uniform(0, THINKS) for _ in range(people)]
    heapq.heapify(moments)
    left = iter(requests)
    sent = 0
    with selectors.DefaultSelector() as waiting:
        while sent < len(requests) or waiting.get_map():
            while sent < len(requests) and moments[0] <= time.perf_counter():
                heapq.heapreplace(moments, moments[0] + chance.uniform(0.5 * THINKS, 1.5 * THINKS))
                _ask(waiting, port, next(left), crowd)
                sent += 1
            until = moments[0] - time.perf_counter() if sent < len(requests) else PATIENCE_SECONDS
            _answers(waiting, expected, crowd, max(until, 0.0), gives_up=sent == len(requests))
    crowd.seconds = time.perf_counter() - began
    return crowd


def _ask(waiting: selectors.BaseSelector, port: int, request: bytes | None, crowd: Crowd) -> None:
    if request is None:
        return
    asked_at = time.perf_counter()
    try:
        connection = socket.create_connection((HOST, port), PATIENCE_SECONDS)
        connection.sendall(request)
    except OSError:
        crowd.wrong += 1
        return
    waiting.register(connection, selectors.EVENT_READ, _Waiting(connection, asked_at))


def _answers(
    waiting: selectors.BaseSelector, expected: bytes, crowd: Crowd, patience: float, *, gives_up: bool = True
) -> int:
    """Take what has come; return how many were answered, rightly or not. Who waits longer than that goes home."""
    if not waiting.get_map():
        time.sleep(patience)
        return 0
    ready = waiting.select(patience)
    if not ready and gives_up:
        ready = [(key, selectors.EVENT_READ) for key in list(waiting.get_map().values())]
        for key, _events in ready:
            key.data.connection.settimeout(0)
    done = 0
    for key, _events in ready:
        exchange: _Waiting = key.data
        try:
            part = exchange.connection.recv(CHUNK_BYTES)
        except OSError:
            exchange.head, part = b"no answer", b""
        exchange.head = exchange.head or part
        if part:
            continue
        done += 1
        waiting.unregister(key.fileobj)
        exchange.connection.close()
        if exchange.head.startswith(expected):
            crowd.took.append(time.perf_counter() - exchange.asked_at)
        else:
            crowd.wrong += 1
    return done
