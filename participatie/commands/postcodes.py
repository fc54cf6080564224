"""How do the postcodes come in, so that residents find their wijk?"""

from pathlib import Path

import click

from participatie.actions.postcodes import import_postcodes
from participatie.commands.reading import content_of, read_in


@click.command("postcodes")
@click.argument("file", type=click.Path(path_type=Path))
def postcodes(file: Path) -> None:
    """Lees postcodes uit een CSV-bestand met de kolommen postcode,area.

    Een postcode is 8011AB, of 8011 voor alles wat zo begint. Bij area staat de code van een gebied dat er al is.
    Nog eens inlezen werkt bij en verwijdert niets.
    """
    changes = read_in(file, content_of(file), import_postcodes)
    click.echo(f"Postcodes: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven.")
