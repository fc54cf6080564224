"""How do the gemeente, its wijken and its buurten come in?"""

from pathlib import Path

import click

from participatie.actions.shapes import import_shapes
from participatie.actions.wijken import import_areas
from participatie.commands.postcodes import postcodes
from participatie.commands.progress import busy
from participatie.commands.reading import content_of, read_in


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
    source = content_of(file)
    if _is_geojson(file, source):
        with busy("Gebieden inlezen"):
            shapes = read_in(file, source, import_shapes)
        click.echo(
            f"Grenzen: {shapes.added} nieuw, {shapes.changed} gewijzigd, {shapes.same} gelijk gebleven. "
            f"Gebieden: {shapes.areas} nieuw. Overgeslagen (andere gemeente of water): {shapes.skipped}."
        )
        return
    with busy("Gebieden inlezen"):
        changes = read_in(file, source, import_areas)
    click.echo(f"Gebieden: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven.")


def _is_geojson(file: Path, source: bytes) -> bool:
    return file.suffix.lower() in (".json", ".geojson") or source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


areas.add_command(postcodes)
