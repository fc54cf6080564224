"""How is the database brought up to date, and filled with the demo?"""

from functools import partial

import click
from sqlalchemy import Engine, select

from participatie.commands.clock import now
from participatie.commands.demo import DemoSummary, load_demo
from participatie.commands.opening import open_database, open_settings, stop
from participatie.commands.progress import walked
from participatie.models.database import session_for, transaction
from participatie.models.wijken import Area
from participatie.settings import Settings


@click.command("migrate")
def migrate() -> None:
    """Breng de database naar de nieuwste versie."""
    open_database(open_settings())
    click.echo("De database is bij.")


@click.command("demo")
def demo() -> None:
    """Vul een lege database met de verzonnen gemeente van de demo."""
    settings = open_settings()
    summary = fill_if_empty(open_database(settings), settings)
    if summary is None:
        stop("De database is niet leeg. De demo gaat alleen in een lege database.")
    click.echo(f"De demo staat klaar, met {len(summary.accounts)} mensen die kunnen inloggen.")


def fill_if_empty(engine: Engine, settings: Settings) -> DemoSummary | None:
    """Load the demo into an empty database; None when there are areas already."""
    with session_for(engine, writes=False) as session:
        if session.scalar(select(Area.id).limit(1)) is not None:
            return None
    with transaction(engine) as session:
        return load_demo(session, settings.secret_key, now(), partial(walked, label="De demo maken"))
