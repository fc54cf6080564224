"""What stops the start says so in one sentence, and changes nothing."""

import socket
import sqlite3
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine, text

from participatie.commands import COMMANDS, main
from participatie.migrations import head
from participatie.models.database import connect
from participatie.settings import PREFIX
from tests.commands.conftest import CommandLine


def one_sentence(output: str) -> str:
    """Return the only line of an output."""
    (line,) = output.strip().splitlines()
    return line


def test_a_port_in_use_is_named(participatie: CommandLine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = one_sentence(participatie("start", "--port", str(port), exit_code=2).output)
    assert f"Poort {port} is niet vrij" in said


def test_a_database_of_a_newer_version_is_left_alone(participatie: CommandLine, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        said = one_sentence(participatie("migrate", exit_code=2).output)
        assert "nieuwere versie" in said
        assert "9999" in said
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head()})


def test_an_unknown_setting_is_named(participatie: CommandLine) -> None:
    participatie.environment[f"{PREFIX}DEBUGG"] = "1"
    assert f"{PREFIX}DEBUGG" in one_sentence(participatie("migrate", exit_code=2).output)


def test_an_instance_folder_that_cannot_be_written_is_named(participatie: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.touch()
    participatie.environment[f"{PREFIX}INSTANCE_DIR"] = str(file)
    assert f"{PREFIX}INSTANCE_DIR" in one_sentence(participatie("migrate", exit_code=2).output)


def test_a_file_that_is_no_database_is_one_sentence(participatie: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is not a database, but it is long enough to look like one" * 20)
    participatie.environment[f"{PREFIX}DATABASE_URL"] = f"sqlite:///{broken}"
    assert "niet te gebruiken" in one_sentence(participatie("migrate", exit_code=2).output)


def test_the_worker_without_a_mail_server_says_so_and_seals(participatie: CommandLine) -> None:
    assert "PARTICIPATIE_SMTP_URL" in participatie("worker", "--once").output


def test_every_command_explains_itself() -> None:
    """The list of commands has each sentence from a table; it is the first of what the command says itself."""
    for name, wanted in COMMANDS.items():
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.name == name
        assert (command.help or "").split("\n")[0] == wanted.sentence
    assert main.get_command(click.Context(main), "bestaat-niet") is None


def test_votes_survive_a_power_cut(tmp_path: Path) -> None:
    """The embedded database writes through to the disk at every commit (voting design)."""
    engine = connect(f"sqlite:///{tmp_path / 'own.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
    assert sqlite3.sqlite_version_info >= (3, 24)  # upserts


@pytest.mark.parametrize("word", ["start", "migrate", "demo", "worker", "rounds", "allocate"])
def test_help_works_without_settings(word: str, participatie: CommandLine) -> None:
    participatie.environment[f"{PREFIX}DEBUGG"] = "1"
    assert "Usage" in participatie(word, "--help").output
