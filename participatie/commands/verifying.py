"""Is the result, or the lot, in a downloaded bundle right? `participatie verify BUNDLE.zip`, without database, network or settings."""

import sys
from pathlib import Path

import click

from participatie.verification.command import NO_BUNDLE, check


@click.command("verify")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Schrijf één JSON-object.")
@click.option("--proof", help="Bij een loting: staat dit bewijs op de lijst?")
@click.option("--pool", type=click.Path(path_type=Path), help="Bij een loting: de verzegelde lijst.")
def verify_file(bundle: Path, *, as_json: bool, proof: str | None, pool: Path | None) -> None:
    """Controleer de bundel van een uitslag of een loting: reken alles na, en zeg waar het eerste verschil zit."""
    status, said = check(bundle, as_json=as_json, proof=proof, pool=pool)
    click.echo(said, err=status == NO_BUNDLE and not as_json)
    sys.exit(status)
