"""How do the figures about who lives in a wijk come in?"""

from pathlib import Path

import click

from participatie.actions.lines import LineError
from participatie.actions.profile import import_profile
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.models.database import transaction
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.verdicts import Refused


@click.group("profile")
def profile() -> None:
    """Cijfers over wie er in een wijk wonen, om te zien wie nog niet meedoet."""


@profile.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_file(file: Path) -> None:
    """Lees cijfers uit een CSV-bestand met de kolommen area,feature,group,share,source,year,people.

    Bij area staat de code van het gebied, bij share een percentage met hoogstens één cijfer achter de komma, bij people
    het aantal mensen dat de bron vroeg of telde. Nog eens inlezen vervangt de cijfers over hetzelfde kenmerk van
    hetzelfde gebied. Naar herkomst en geloof vragen wij nooit.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")
    with transaction(open_database(open_settings())) as session:
        try:
            changes = import_profile(session, OPERATOR, source, file.name, now())
        except LineError as error:
            stop(str(error))
        if isinstance(changes, Refused):
            stop("Alleen de beheerder leest cijfers in.")
    click.echo(f"Wijkprofiel ingelezen: cijfers {changes.figures}, kenmerken {changes.features}.")
