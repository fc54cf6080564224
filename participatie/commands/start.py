"""How does everything start with one command? Checks, migrates, fills an empty demo, and serves."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from types import FrameType

import click
from sqlalchemy import Engine

from participatie.commands.database import fill_if_empty
from participatie.commands.demo import known_accounts
from participatie.commands.opening import open_database, open_settings, stop
from participatie.models.database import session_for
from participatie.settings import ROOT, SettingError, Settings
from participatie.web.assets import AssetsMissingError, read_manifest
from participatie.web.look import look_of
from participatie.web.presets import presets_of

HOST = "127.0.0.1"


@click.command("start")
@click.option("--port", default=8000, show_default=True, help="Poort op deze machine.")
@click.option("--workers", default=2, show_default=True, help="Aantal processen dat pagina's maakt.")
def start(port: int, workers: int) -> None:
    """Start de site op deze machine, met de worker erbij die stemmingen verzegelt en e-mail verstuurt."""
    settings = open_settings()
    try:
        read_manifest()
        presets_of(settings)
        look_of(settings)
    except (AssetsMissingError, SettingError) as error:
        stop(str(error))
    _check_port(port)
    engine = open_database(settings)
    codes = _demo_codes(engine, settings) if settings.demo else None
    with session_for(engine, writes=False) as session:
        accounts = known_accounts(session) if settings.demo else ()
    engine.dispose()
    _tell(settings, port, accounts, codes)
    sys.exit(_serve(port, workers))


@dataclass(frozen=True, slots=True)
class DemoCodes:
    """Unused voting codes of the demo, and the round they are for."""

    slug: str
    codes: tuple[str, ...]


def _demo_codes(engine: Engine, settings: Settings) -> DemoCodes | None:
    """Fill an empty database, and return the demo's spare voting codes, which are kept beside the database."""
    kept = settings.instance_dir / "demo-codes.txt"
    summary = fill_if_empty(engine, settings)
    if summary is not None:
        kept.write_text("\n".join((summary.voting_slug, *summary.codes)))
    if not kept.exists():
        return None
    slug, *codes = kept.read_text().split()
    return DemoCodes(slug, tuple(codes))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            stop(f"Poort {port} is niet vrij ({error.strerror}). Kies een andere met PORT=8001 of --port 8001.")


def _tell(settings: Settings, port: int, accounts: tuple[tuple[str, str], ...], codes: DemoCodes | None) -> None:
    click.echo(f"\nDe site:     http://{HOST}:{port}")
    if settings.demo:
        click.echo(f"De e-mail:   http://{HOST}:{port}/demo/postvak (ook de inlogcodes)")
    if accounts:
        click.echo("Inloggen met een van deze adressen; de code staat in het postvak:")
        widest = max(len(email) for email, _description in accounts)
        for email, description in accounts:
            click.echo(f"  {email:<{widest}}  {description}")
    if codes is not None:
        click.echo(f"Stemmen zonder account: http://{HOST}:{port}/stemmen/{codes.slug}, met een van deze codes:")
        for code in codes.codes:
            click.echo(f"  {code}")
    click.echo("Stoppen met Ctrl+C.\n")


def _serve(port: int, workers: int) -> int:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    commands = [
        [sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), "--bind", f"{HOST}:{port}",
         "--workers", str(workers), "--log-level", "warning", "wsgi:app"],
        [sys.executable, "-m", "participatie.commands", "worker"],
    ]  # fmt: skip
    # The commands are our own programs with our own arguments.
    children = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603

    def stop_children(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop_children)
    signal.signal(signal.SIGINT, stop_children)
    status = children[0].wait()
    stop_children(0, None)
    for child in children[1:]:
        child.wait()
    return 0 if status in (0, -signal.SIGTERM) else status
