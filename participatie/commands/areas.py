"""How do the gemeente, its wijken and its buurten come in?"""

from pathlib import Path

import click

from participatie.actions.lines import LineError
from participatie.actions.wijken import import_areas
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.models.database import transaction
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.verdicts import Refused


@click.group("areas")
def areas() -> None:
    """De gemeente met haar stadsdelen, wijken en buurten."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_file(file: Path) -> None:
    """Lees gebieden uit een CSV-bestand met de kolommen code,kind,name,parent.

    Het soort (kind) is gemeente, stadsdeel, wijk of buurt. Bij parent staat de code van het gebied eromheen;
    alleen de gemeente heeft er geen. Nog eens inlezen werkt namen en plaatsen bij en verwijdert niets.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")
    with transaction(open_database(open_settings())) as session:
        try:
            changes = import_areas(session, OPERATOR, source, file.name, now())
        except LineError as error:
            stop(str(error))
        if isinstance(changes, Refused):
            stop("Alleen de beheerder leest gebieden in.")
    click.echo(f"Gebieden: {changes.added} nieuw, {changes.changed} gewijzigd, {changes.same} gelijk gebleven.")
