"""A command is imported when somebody asks for it: an answer about one file needs neither website nor database."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = "{'flask', 'sqlalchemy', 'jinja2', 'wtforms', 'alembic'}"
SCRIPT = f"""
import sys
from participatie.commands import main
try:
    main(sys.argv[1:])
finally:
    print('imported', sorted({HEAVY} & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    "words, said",
    [(["allocate", "geen.pb"], "bestaat niet"), (["verify", "geen.zip"], "geen bundel"), (["--help"], "allocate")],
)
def test_an_answer_about_one_file_needs_neither_website_nor_database(
    words: list[str], said: str, tmp_path: Path
) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert said in done.stdout + done.stderr
    assert done.stdout.endswith("imported []\n"), done.stdout + done.stderr


def test_a_command_that_is_not_there_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "participatie.commands", "verdeel"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "verdeel" in done.stderr) == (2, True)
