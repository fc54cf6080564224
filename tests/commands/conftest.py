"""Commands as an operator runs them: through the real command line, on the database of this test."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from participatie.commands import main
from participatie.settings import PREFIX
from tests.factories import SECRET_KEY


class CommandLine:
    """`participatie …` with the settings of this test in its environment."""

    def __init__(self, environment: dict[str, str]) -> None:
        """Keep the environment."""
        self.environment = environment

    def __call__(self, *words: str | Path, exit_code: int = 0) -> Result:
        """Run a command and expect its exit code."""
        result = CliRunner().invoke(main, [str(word) for word in words], env=self.environment)
        assert result.exit_code == exit_code, result.output + (repr(result.exception) if result.exception else "")
        return result


@pytest.fixture
def participatie(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on an empty, migrated database."""
    for name in ("DEMO", "SMTP_URL", "PUBLIC_URL"):
        monkeypatch.delenv(PREFIX + name, raising=False)
    return CommandLine(
        {
            f"{PREFIX}DATABASE_URL": engine.url.render_as_string(hide_password=False),
            f"{PREFIX}INSTANCE_DIR": str(tmp_path),
            f"{PREFIX}SECRET_KEY": SECRET_KEY,
        }
    )
