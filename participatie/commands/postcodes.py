"""How do the postcodes come in, so that residents find their wijk?"""

from pathlib import Path

import click

from participatie.actions.lines import LineError
from participatie.actions.postcodes import import_postcodes
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.models.database import transaction
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.verdicts import Refused


@click.command("postcodes")
@click.argument("file", type=click.Path(path_type=Path))
def postcodes(file: Path) -> None:
    """Lees postcodes uit een CSV-bestand met de kolommen postcode,area.

    Een postcode is 8011AB, of 8011 voor alles wat zo begint. Bij area staat de code van een gebied dat er al is.
    Nog eens inlezen werkt bij en verwijdert niets.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")
    with transaction(open_database(open_settings())) as session:
        try:
            changes = import_postcodes(session, OPERATOR, source, file.name, now())
        except LineError as error:
            stop(str(error))
        if isinstance(changes, Refused):
            stop("Alleen de beheerder leest postcodes in.")
    click.echo(f"Postcodes: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven.")
