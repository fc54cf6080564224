"""Which servers does a measurement need? A database that waits for the disk, and gunicorn with four sync workers."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from participatie.settings import ROOT
from tests.databases import CARELESS, POSTGRESQL, PostgresqlServer, SqliteServer, start_server
from tests.load.generator import HOST, PATIENCE_SECONDS, fetch, get

WORKERS = 4
SHOWN_OF_LOG = 3000  # characters


class NotDurableError(Exception):
    """A database would forget in a power cut what it acknowledged, so its numbers would flatter."""


@contextmanager
def durable_server(kind: str) -> Iterator[SqliteServer | PostgresqlServer]:
    """Start a database server whose commits are on the disk when they return, and throw it away afterwards."""
    server = start_server(kind)
    try:
        if isinstance(server, PostgresqlServer):
            for setting in CARELESS:
                server._run(f"ALTER SYSTEM SET {setting} = on")
            server._run("SELECT pg_reload_conf()")
        yield server
    finally:
        server.stop()


def promise_of(kind: str, url: str) -> str:
    """Return the version of a database and how it keeps its promises. Raises NotDurableError when it does not."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if kind != POSTGRESQL:
            version = connection.scalar(text("SELECT sqlite_version()"))
            engine.dispose()
            return f"SQLite {version} (WAL, synchronous = FULL)"
        settings = {name: connection.scalar(text(f"SHOW {name}")) for name in ("server_version", *CARELESS)}
    engine.dispose()
    careless = [name for name in CARELESS if settings[name] != "on"]
    if careless:
        raise NotDurableError(", ".join(careless))
    return f"PostgreSQL {settings['server_version']} ({', '.join(f'{name} = on' for name in CARELESS)})"


@contextmanager
def gunicorn(app: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve a WSGI app with four sync workers on a free port of this machine; gives the port."""
    with served(app, environment, "--workers", str(WORKERS)) as (port, _master):
        yield port


@contextmanager
def served(app: str, environment: Mapping[str, str], *options: str) -> Iterator[tuple[int, int]]:
    """Serve a WSGI app with sync workers; gives the port, and the process number of gunicorn's master."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), "--bind", f"{HOST}:{port}",
        "--worker-class", "sync", "--log-level", "critical" if "--preload" in options else "warning", *options, app,
    ]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARTICIPATIE_")}
    with tempfile.TemporaryFile("w+") as log:
        # Our own command; a group of its own, so that Ctrl+C reaches it through us and in order.
        process = subprocess.Popen(  # noqa: S603
            command, env={**kept, **environment}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_until_answering(process, port, log.fileno())
            yield port, process.pid
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let a polite request to stop (SIGTERM) end the program as Ctrl+C does: through every `finally`."""

    def leave(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def milliseconds_of_a_sync(folder: Path) -> float:
    """Return the median time that this disk takes to keep 4 KB: what bounds ballots a second."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(101):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2] * 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_answering(process: subprocess.Popen[bytes], port: int, log: int) -> None:
    until = time.perf_counter() + PATIENCE_SECONDS
    while process.poll() is None and time.perf_counter() < until:
        try:
            fetch(port, get("/"))
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = f"gunicorn does not answer:\n{os.pread(log, SHOWN_OF_LOG, 0).decode(errors='replace')}"
    raise RuntimeError(message)
