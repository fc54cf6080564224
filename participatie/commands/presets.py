"""Are the gemeente's own sets of rules good, and which are there?"""

import sys
from pathlib import Path

import click

from participatie.commands.opening import open_settings, stop
from participatie.settings import SettingError
from participatie.spelregels.presets import Preset, read_bytes
from participatie.web.presets import presets_of

NOT_GOOD = 1


@click.group("presets")
def presets() -> None:
    """Spelregels om een traject mee te beginnen, van andere plaatsen en van uzelf."""


@presets.command("check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="BESTAND...")
def check(files: tuple[Path, ...]) -> None:
    """Kijk eigen bestanden met spelregels na, en noem elke fout met de regel waarop die staat."""
    told = [said for file in files for said in _said_of(file)]
    for _good, sentence in told:
        click.echo(sentence)
    if not all(good for good, _sentence in told):
        sys.exit(NOT_GOOD)


@presets.command("list")
def show() -> None:
    """Laat zien met welke spelregels een traject hier kan beginnen."""
    try:
        known = presets_of(open_settings())
    except SettingError as error:
        stop(str(error))
    widest = max(len(key) for key in known)
    for key, preset in known.items():
        click.echo(f"{key:<{widest}}  {preset.place}: {preset.name}")


def _said_of(file: Path) -> list[tuple[bool, str]]:
    try:
        source = file.read_bytes()
    except OSError as error:
        return [(False, f"{file.name}: niet te lezen ({error.strerror}).")]
    read = read_bytes(source, file.name)
    if isinstance(read, Preset):
        return [(True, f"{file.name}: goed")]
    return [(False, str(mistake)) for mistake in read]
