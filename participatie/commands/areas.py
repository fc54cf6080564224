"""How do the gemeente, its wijken and its buurten come in?"""

from pathlib import Path

import click

from participatie.actions.lines import LineError
from participatie.actions.shapes import ShapeChanges, import_shapes
from participatie.actions.wijken import import_areas
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.commands.progress import busy
from participatie.geography import FeatureError
from participatie.models.database import transaction
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.verdicts import Refused


@click.group("areas")
def areas() -> None:
    """De gemeente met haar stadsdelen, wijken en buurten."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_file(file: Path) -> None:
    """Lees gebieden uit een CSV-bestand met de kolommen code,kind,name,parent, of hun grenzen uit een GeoJSON-bestand.

    Het soort (kind) is gemeente, stadsdeel, wijk of buurt. Bij parent staat de code van het gebied eromheen;
    alleen de gemeente heeft er geen. Nog eens inlezen werkt namen en plaatsen bij en verwijdert niets.

    GeoJSON is zoals het CBS de wijken en buurten geeft, in WGS84 of RD. Een gebied dat er al is, houdt zijn naam en
    plaats; een gebied dat er nog niet is, komt erbij. Gebieden van andere gemeenten en water blijven weg.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")
    with transaction(open_database(open_settings())) as session:
        try:
            imports = import_shapes if _is_geojson(file, source) else import_areas
            with busy("Gebieden inlezen"):
                changes = imports(session, OPERATOR, source, file.name, now())
        except (LineError, FeatureError) as error:
            stop(str(error))
        if isinstance(changes, Refused):
            stop("Alleen de beheerder leest gebieden in.")
    if isinstance(changes, ShapeChanges):
        click.echo(
            f"Grenzen: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven. "
            f"Gebieden: {changes.areas} nieuw. Overgeslagen (andere gemeente of water): {changes.skipped}."
        )
        return
    click.echo(f"Gebieden: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven.")


def _is_geojson(file: Path, source: bytes) -> bool:
    return file.suffix.lower() in (".json", ".geojson") or source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
