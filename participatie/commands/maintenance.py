"""How is the site closed for a while, and opened again?"""

from datetime import timedelta

import click

from participatie.commands.clock import now
from participatie.commands.opening import open_settings
from participatie.web.maintenance import flag_of


@click.group("maintenance")
def maintenance() -> None:
    """De site even dichtdoen voor onderhoud, en weer open."""


@maintenance.command("on")
@click.option("--minutes", type=click.IntRange(1, 1440), default=30, show_default=True, help="Hoelang het duurt.")
def close(minutes: int) -> None:
    """Doe de site dicht: elke pagina zegt tot wanneer. Dit geldt voor deze machine, en ook na een herstart.

    Doe dit niet terwijl een stemming open is: wie dan komt, kan niet stemmen, en de stemming sluit niet later.
    """
    until = now() + timedelta(minutes=minutes)
    flag_of(open_settings()).write_text(f"{until.isoformat()}\n")
    click.echo("De site is dicht. Weer open met: participatie maintenance off.")


@maintenance.command("off")
def reopen() -> None:
    """Doe de site weer open."""
    settings = open_settings()
    flag_of(settings).unlink(missing_ok=True)
    if settings.maintenance:
        click.echo("Let op: PARTICIPATIE_MAINTENANCE staat nog op 1, dus de site blijft dicht.")
    else:
        click.echo("De site is open.")
