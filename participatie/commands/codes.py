"""How are voting codes made from the command line, for the counter and for letters by the thousand?"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.votes import draw_codes, issue_codes, may_issue
from participatie.actions.votes.addresses import AddressesError, read_addresses
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.commands.progress import busy
from participatie.commands.reading import content_of
from participatie.commands.rounds import operator
from participatie.models.database import session_for, transaction
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.models.wijken import Area, area_by_code
from participatie.settings import Settings
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.verdicts import Refused
from participatie.web.assets import AssetsMissingError
from participatie.web.code_lists import code_list, kenmerk_list
from participatie.web.letter_fonts import unprintable
from participatie.web.letters import Letter, letters_pdf, sender_of

OWNER_ONLY = 0o600
MOST_CODES = 1_000_000


@click.group("codes")
def codes() -> None:
    """Stemcodes maken, als bestand of als brieven."""


@codes.command("issue")
@click.argument("slug", metavar="ROUND")
@click.option("--count", required=True, type=click.IntRange(1, MOST_CODES), help="Hoeveel codes.")
@click.option("--csv", "file", required=True, type=click.Path(path_type=Path), help="Nieuw bestand voor de codes.")
@click.option("--label", help="Naam van deze partij. Standaard: de dag van vandaag.")
@click.option("--area", "code", help="CBS-code van de buurt waar deze codes heen gaan, voor de opkomst per buurt.")
def issue(slug: str, count: int, file: Path, label: str | None, code: str | None) -> None:
    """Maak stemcodes en schrijf ze in een nieuw CSV-bestand met de kolommen kenmerk,stemcode.

    Alleen de eigenaar kan het bestand lezen. De codes zijn daarna nergens meer te lezen: wis het bestand na gebruik.
    """
    settings = open_settings()
    engine = open_database(settings)
    batch = _Batch(slug, label, code)
    drawn = _draw(engine, batch, count)
    _issue(engine, settings, batch, drawn, {file: code_list(drawn)})
    click.echo(f"{len(drawn)} stemcodes staan in {file}. Met elke code kan één persoon stemmen.")


@codes.command("letters")
@click.argument("slug", metavar="ROUND")
@click.option(
    "--addresses", required=True, type=click.Path(path_type=Path), help="CSV: naam,adres,postcode,plaats,taal."
)
@click.option("--pdf", "file", required=True, type=click.Path(path_type=Path), help="Nieuw bestand voor de brieven.")
@click.option(
    "--list", "kept", type=click.Path(path_type=Path), help="Nieuw CSV-bestand: welk adres welk kenmerk kreeg."
)
@click.option("--label", help="Naam van deze partij. Standaard: de dag van vandaag.")
@click.option("--area", "code", help="CBS-code van de buurt waar deze brieven heen gaan, voor de opkomst per buurt.")
def letters(slug: str, addresses: Path, file: Path, kept: Path | None, label: str | None, code: str | None) -> None:
    """Maak voor elk adres een brief met een stemcode, samen in één nieuw PDF-bestand.

    Van de adressen blijft hier niets. Bewaar de lijst van --list bij de gemeente: daarmee vervangt u een brief.
    """
    settings = open_settings()
    engine = open_database(settings)
    batch = _Batch(slug, label, code)
    try:
        addressees = read_addresses(content_of(addresses), addresses.name, unprintable)
        drawn = _draw(engine, batch, len(addressees))
        with busy("Brieven maken"), session_for(engine, writes=False) as session:
            of_them = zip(drawn, addressees, strict=True)
            pdf = letters_pdf(
                sender_of(settings, _round(session, slug)), [Letter(code, to, to.locale) for code, to in of_them], now()
            )
    except (AddressesError, AssetsMissingError) as error:
        stop(str(error))
    files = {file: pdf}
    if kept is not None:
        files[kept] = kenmerk_list(drawn, addressees)
    _issue(engine, settings, batch, drawn, files)
    click.echo(f"{len(drawn)} brieven staan in {file}.")


@dataclass(frozen=True, slots=True)
class _Batch:
    """Which codes are asked for: of a round, under a name, for a buurt or for none."""

    slug: str
    label: str | None
    code: str | None

    def area(self, session: Session, budget_round: Round) -> Area | None:
        if self.code is None:
            return None
        area = session.scalar(area_by_code(self.code))
        if area is None or not area.path.startswith(budget_round.traject.area.path):
            stop(f"{self.code}: geen gebied binnen {budget_round.traject.area.name}.")
        return area


def _draw(engine: Engine, batch: _Batch, count: int) -> list[VotingCode]:
    slug = batch.slug
    with session_for(engine, writes=False) as session:
        budget_round = _round(session, slug)
        batch.area(session, budget_round)
        verdict = may_issue(operator(budget_round.traject.area), budget_round)
        if isinstance(verdict, Refused):
            stop(f"{slug}: kan niet ({verdict.code}).")
        return draw_codes(session, budget_round.id, count)


def _issue(
    engine: Engine, settings: Settings, batch: _Batch, drawn: list[VotingCode], files: dict[Path, bytes]
) -> None:
    """Let the codes work once their files are safe on disk; a file that is there already is never written over."""
    moment = now()
    written: list[Path] = []
    try:
        for file, content in files.items():
            _write_new(file, content, written.append)
        with transaction(engine) as session:
            made = _put_on_roll(session, settings, batch, drawn, moment)
            if isinstance(made, Refused):
                stop(f"{batch.slug}: kan niet ({made.code}).")
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise


def _put_on_roll(
    session: Session, settings: Settings, batch: _Batch, drawn: list[VotingCode], moment: datetime
) -> list[VotingCode] | Refused:
    budget_round = _round(session, batch.slug)
    actor = operator(budget_round.traject.area)
    return issue_codes(
        session, actor, budget_round, len(drawn), batch.label or f"{moment:%d-%m-%Y}", settings.secret_key, moment,
        drawn=drawn, area=batch.area(session, budget_round),
    )  # fmt: skip


def _write_new(file: Path, content: bytes, made: Callable[[Path], None]) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        stop(f"{file} bestaat al. Kies een andere naam; een bestand met codes wordt nooit overschreven.")
    except OSError as error:
        stop(f"{file}: niet te schrijven ({error.strerror}).")
    made(file)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _round(session: Session, slug: str) -> Round:
    budget_round = session.scalar(round_by_slug(slug))
    if budget_round is None:
        stop(f"Er is geen ronde {slug}.")
    return budget_round
