"""How many requests a second does a server answer? One thread with raw sockets and requests made beforehand.

Gunicorn's sync workers close every connection after one answer, so each request opens its own. One epoll loop
costs less than a process for each connection, and leaves the cores to the servers; `Run.cpu_share` tells how
much of one core it took.
"""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

HOST = "127.0.0.1"
OPEN_AT_ONCE = 8  # requests: one in each of four workers, and one waiting behind it
PATIENCE_SECONDS = 30
CHUNK_BYTES = 256 * 1024


class WrongAnswerError(Exception):
    """A server answered something else than what is being measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """`answered` requests in `seconds`, of which this process itself worked `cpu_seconds`."""

    answered: int
    seconds: float
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        """How many requests were answered in a second."""
        return self.answered / self.seconds

    @property
    def cpu_share(self) -> float:
        """Which part of one core the generator used."""
        return self.cpu_seconds / self.seconds


@dataclass(slots=True)
class _Exchange:
    """One request on its way: its connection, and the beginning of its answer."""

    connection: socket.socket
    head: bytes = b""


def get(path: str, *headers: str) -> bytes:
    """Return a GET as bytes, asking for gzip as every browser does."""
    lines = (f"GET {path} HTTP/1.1", f"Host: {HOST}", "Accept-Encoding: gzip", "Accept-Language: nl", *headers)
    return _closed(lines, b"")


def post(path: str, body: str, *headers: str) -> bytes:
    """Return a POST of a form as bytes."""
    content = body.encode()
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}",
        "Accept-Encoding: gzip",
        "Accept-Language: nl",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(content)}",
        *headers,
    )
    return _closed(lines, content)


def drive(port: int, requests: Iterator[bytes], expected: bytes, seconds: float = float("inf")) -> Run:
    """Send requests, `OPEN_AT_ONCE` at a time, until there are no more or the time is up.

    Every answer has to begin with `expected`; WrongAnswerError shows the first that does not.
    """
    began, cpu_began, answered = time.perf_counter(), time.process_time(), 0
    until = began + seconds
    with selectors.DefaultSelector() as waiting:
        for _ in range(OPEN_AT_ONCE):
            _send_next(waiting, port, requests, until)
        while waiting.get_map():
            ready = waiting.select(PATIENCE_SECONDS)
            if not ready:
                message = f"no answer in {PATIENCE_SECONDS} seconds"
                raise WrongAnswerError(message)
            for key, _events in ready:
                if _is_complete(key.data):
                    _check(key.data, expected)
                    answered += 1
                    waiting.unregister(key.fileobj)
                    key.data.connection.close()
                    _send_next(waiting, port, requests, until)
    return Run(answered, time.perf_counter() - began, time.process_time() - cpu_began)


def fetch(port: int, request: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of one answer."""
    with socket.create_connection((HOST, port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(CHUNK_BYTES):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return head, body


def _closed(lines: tuple[str, ...], content: bytes) -> bytes:
    return "\r\n".join((*lines, "Connection: close", "", "")).encode() + content


def _send_next(waiting: selectors.BaseSelector, port: int, requests: Iterator[bytes], until: float) -> None:
    request = next(requests, None) if time.perf_counter() < until else None
    if request is None:
        return
    connection = socket.create_connection((HOST, port), PATIENCE_SECONDS)
    connection.sendall(request)
    waiting.register(connection, selectors.EVENT_READ, _Exchange(connection))


def _is_complete(exchange: _Exchange) -> bool:
    part = exchange.connection.recv(CHUNK_BYTES)
    if not exchange.head:
        exchange.head = part
    return not part


def _check(exchange: _Exchange, expected: bytes) -> None:
    if not exchange.head.startswith(expected):
        shown = exchange.head[:2000].decode(errors="replace")
        message = f"expected {expected.decode()}, got:\n{shown or 'nothing'}"
        raise WrongAnswerError(message)
