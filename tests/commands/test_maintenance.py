"""The site is closed and opened with a command; long commands write a bar on a terminal and nothing in a log."""

import sys
from io import StringIO
from pathlib import Path

import pytest

from participatie.commands.progress import busy, walked
from participatie.settings import PREFIX
from tests.commands.conftest import CommandLine


class Terminal(StringIO):
    """A stream that says that somebody is looking."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_closing_and_opening(participatie: CommandLine, tmp_path: Path) -> None:
    assert "De site is dicht" in participatie("maintenance", "on", "--minutes", "5").output
    assert (tmp_path / "maintenance").is_file()
    assert participatie("maintenance", "off").output == "De site is open.\n"
    assert not (tmp_path / "maintenance").exists()
    assert participatie("maintenance", "off").output == "De site is open.\n"
    participatie.environment[f"{PREFIX}MAINTENANCE"] = "1"
    assert "blijft dicht" in participatie("maintenance", "off").output


def test_a_bar_is_for_eyes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, log = Terminal(), StringIO()
    for stream in (terminal, log):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(walked([1, 2, 3], "Stembiljetten")) == [1, 2, 3]
        with busy("Tellen"):
            pass
    assert "Stembiljetten" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    assert "Tellen …" in terminal.getvalue()
    assert log.getvalue() == ""
