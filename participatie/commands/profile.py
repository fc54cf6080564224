"""How do the figures about who lives in a wijk come in?"""

from pathlib import Path

import click

from participatie.actions.profile import import_profile
from participatie.commands.reading import content_of, read_in


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
    changes = read_in(file, content_of(file), import_profile)
    click.echo(f"Wijkprofiel ingelezen: cijfers {changes.figures}, kenmerken {changes.features}.")
