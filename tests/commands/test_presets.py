"""A municipality checks its own rules before they can stop the start, and sees which there are."""

from pathlib import Path

import pytest

from participatie.app import create_app
from participatie.settings import PREFIX, ROOT, SettingError, Settings
from participatie.spelregels.presets import shipped
from tests.commands.conftest import CommandLine

SHIPPED = ROOT / "participatie" / "spelregels" / "presets"
ZWOLLE = (SHIPPED / "zwolle.toml").read_text(encoding="utf-8")


def own(folder: Path, text: str = ZWOLLE, name: str = "onze-wijk.toml") -> Path:
    """Write a file of a municipality."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_file_of_ours_is_good(participatie: CommandLine) -> None:
    files = sorted(SHIPPED.glob("*.toml"))
    output = participatie("presets", "check", *files).output
    assert output.splitlines() == [f"{file.name}: goed" for file in files]


def test_a_wrong_file_is_told_with_every_line_and_the_others_are_read(
    participatie: CommandLine, tmp_path: Path
) -> None:
    wrong = ZWOLLE.replace("support_needed = 10", "support_needed = veel").replace('place = "Zwolle"', "place = 7")
    half = ZWOLLE.replace('place = "Zwolle"', "place = 7").replace("news_days = 60", "news_days = 0")
    files = (own(tmp_path), own(tmp_path, wrong, "fout.toml"), own(tmp_path, half, "half.toml"))
    output = participatie("presets", "check", *files, exit_code=1).output.splitlines()
    place = 1 + ZWOLLE.split("\n").index('place = "Zwolle"')
    assert output[0] == "onze-wijk.toml: goed"
    assert output[1].startswith("fout.toml, regel ")
    assert "gevonden support_needed = veel" in output[1]
    assert output[2] == (
        f"half.toml, regel {place}: verwacht bij place: tekst tussen aanhalingstekens, van hoogstens 100 tekens, gevonden 7."
    )
    assert "verwacht bij news_days: een heel getal van 1 tot en met 365, gevonden 0." in output[3]
    assert len(output) == 4


def test_a_file_that_is_not_there_is_one_sentence(participatie: CommandLine, tmp_path: Path) -> None:
    output = participatie("presets", "check", tmp_path / "nergens.toml", exit_code=1).output
    assert output.startswith("nergens.toml: niet te lezen")


def test_checking_needs_no_settings_and_no_database(participatie: CommandLine, tmp_path: Path) -> None:
    participatie.environment[f"{PREFIX}DEBUGG"] = "1"
    assert "goed" in participatie("presets", "check", own(tmp_path)).output


def test_the_list_begins_with_what_the_gemeente_made_itself(participatie: CommandLine, tmp_path: Path) -> None:
    assert [line.split()[0] for line in participatie("presets", "list").output.splitlines()] == list(shipped())
    own(tmp_path, ZWOLLE.replace('place = "Zwolle"', 'place = "Lindewaard"'))
    participatie.environment[f"{PREFIX}PRESETS"] = str(tmp_path)
    lines = participatie("presets", "list").output.splitlines()
    assert lines[0].split() == ["onze-wijk", "Lindewaard:", "Wijkbudget", "met", "zeven", "toetsen"]
    assert len(lines) == 1 + len(shipped())


@pytest.mark.parametrize("command", [("presets", "list"), ("start", "--port", "0")])
def test_a_wrong_file_stops_the_start_with_one_sentence(
    participatie: CommandLine, tmp_path: Path, command: tuple[str, ...]
) -> None:
    own(tmp_path, ZWOLLE.replace('"algemeen belang" = "hard"', '"algemeen belang" = "streng"'))
    participatie.environment[f"{PREFIX}PRESETS"] = str(tmp_path)
    (said,) = participatie(*command, exit_code=2).output.strip().splitlines()
    line = 1 + ZWOLLE.split("\n").index('"algemeen belang" = "hard"')
    assert said.startswith(f"{PREFIX}PRESETS: onze-wijk.toml, regel {line}: verwacht ")
    assert said.endswith("gevonden streng.")


def test_the_app_offers_what_the_folder_holds_and_does_not_start_with_a_wrong_one(tmp_path: Path) -> None:
    environ = {f"{PREFIX}INSTANCE_DIR": str(tmp_path), f"{PREFIX}PRESETS": str(tmp_path)}
    own(tmp_path)
    app = create_app(Settings.from_environ(environ))
    assert list(app.extensions["participatie.presets"]) == ["onze-wijk", *shipped()]
    app.extensions["participatie.engine"].dispose()
    own(tmp_path, "")
    with pytest.raises(SettingError, match=r"onze-wijk\.toml, regel 1: verwacht"):
        create_app(Settings.from_environ(environ))


def test_a_name_of_ours_cannot_be_taken(participatie: CommandLine, tmp_path: Path) -> None:
    own(tmp_path, ZWOLLE.replace("= 10", "= 1"), "zwolle.toml")
    participatie.environment[f"{PREFIX}PRESETS"] = str(tmp_path)
    assert (
        "zwolle.toml, regel 1: verwacht een bestand met een eigen naam"
        in participatie("presets", "list", exit_code=2).output
    )
