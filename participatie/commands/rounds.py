"""How does a round come in from an open data file, and get counted, published and forgotten from the command line?"""

import re
import sys
from datetime import date
from functools import partial
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import forget_due_networks
from participatie.actions.wijkbudget import compare_outcome, count_round, forget_secret, import_round, pabulib_text_of
from participatie.allocation.pabulib import Election, PabulibError, read_pabulib
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.commands.progress import busy, walked
from participatie.models.besluiten import besluiten_past_objection
from participatie.models.database import session_for, transaction
from participatie.models.trajecten import traject_by_slug
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.models.wijken import Area, AreaKind, area_by_code, root_area
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.permissions import Actor, Grant, Role
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import RoundStatus


@click.group("rounds")
def rounds() -> None:
    """Stemrondes inlezen, tellen, publiceren en vergeten."""


@rounds.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--area", "area_code", help="CBS-code van het gebied. Standaard: de hele gemeente.")
@click.option("--slug", help="Kort adres van de ronde. Standaard: de naam van het bestand.")
def import_file(file: Path, area_code: str | None, slug: str | None) -> None:
    """Lees een Pabulib-bestand (.pb) in als ronde waarvan de stemming voorbij is."""
    election = _read(file)
    slug = slug or slug_of(file.stem)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        stop(f"Het adres {slug!r} kan niet: gebruik kleine letters, cijfers en streepjes.")
    with transaction(open_database(open_settings())) as session:
        if session.scalar(round_by_slug(slug)) is not None:
            stop(f"De ronde {slug} is al ingelezen.")
        if session.scalar(traject_by_slug(slug)) is not None:
            stop(f"Er is al een traject met het adres {slug}. Geef een ander adres met --slug.")
        area = _area(session, area_code, election)
        watch = partial(walked, label="Stembiljetten")
        budget_round = import_round(session, operator(area), area, election, slug, now(), watch)
        if isinstance(budget_round, Refused):
            stop(_no(slug, budget_round))
        for irregularity, count in election.irregularities.items():
            click.echo(
                f"Let op: {irregularity.value} ({count} keer); de stembiljetten tellen zoals ze in het bestand staan."
            )
        if election.area_caps:
            click.echo(
                "Let op: de grenzen per gebied in dit bestand tellen hier niet; `participatie allocate` telt ze wel."
            )
        click.echo(
            f"Ingelezen als {budget_round.slug}: {len(election.plans)} plannen, {len(election.votes)} stembiljetten."
        )


@rounds.command("count")
@click.argument("slug")
def count(slug: str) -> None:
    """Tel een ronde waarvan de stemming gesloten is, en verdeel het geld."""
    with transaction(open_database(open_settings())) as session:
        budget_round = _round(session, slug)
        with busy("Tellen"):
            allocation = count_round(session, operator(budget_round.traject.area), budget_round, now())
        if isinstance(allocation, Refused):
            # That a seal is broken stands in the log, so that has to stay.
            session.commit()
            stop(_no(slug, allocation))
        funded = len(allocation.trace["funded"])
        click.echo(
            f"Geteld: {allocation.ballots} stembiljetten, {funded} plannen krijgen geld, "
            f"{_amount(allocation.spent_cents, budget_round)} verdeeld, {_amount(allocation.left_cents, budget_round)} over."
        )


@rounds.command("recount")
@click.argument("slug")
def recount(slug: str) -> None:
    """Reken na of de uitslag in de database is wat de stembiljetten daar geven. Er verandert niets."""
    with session_for(open_database(open_settings()), writes=False) as session:
        with busy("Narekenen"):
            found = compare_outcome(session, _round(session, slug))
        if isinstance(found, Refused):
            stop(_no(slug, found))
    wrong = [
        sentence
        for sentence, holds in (
            ("Het zegel klopt niet: er veranderde iets aan de online stemmen na het sluiten.", found.sealed),
            ("De stembiljetten die tellen, zijn andere dan bij de telling.", found.same_ballots),
            ("Opnieuw tellen geeft een andere uitslag.", found.same_outcome),
        )
        if holds is False
    ]
    if wrong:
        click.echo("\n".join(wrong))
        sys.exit(1)
    seal = {True: "Het zegel klopt.", None: "Er is geen zegel om te vergelijken."}[found.sealed]
    click.echo(f"{slug}: {found.ballots} stembiljetten geven de uitslag die er staat. {seal}")


@rounds.command("publish")
@click.argument("slug")
@click.option("--title", help="Titel van het besluit.")
@click.option("--body", default="college van burgemeester en wethouders", show_default=True, help="Wie besluit.")
@click.option(
    "--motivation",
    default="Wij volgen de uitslag van de stemming. De plannen die geld kregen, worden uitgevoerd.",
    help="Waarom zo is besloten.",
)
def publish(slug: str, title: str | None, body: str, motivation: str) -> None:
    """Publiceer de uitslag van een getelde ronde, met het besluit erover."""
    settings = open_settings()
    with transaction(open_database(settings)) as session:
        budget_round = _round(session, slug)
        besluit = publish_besluit(
            session,
            operator(budget_round.traject.area),
            budget_round,
            title=title or f"Besluit: {budget_round.title}"[:200],
            decision_body=body,
            motivation=motivation,
            deviates=False,
            ground=None,
            now=now(),
        )
        if isinstance(besluit, Refused):
            stop(_no(slug, besluit))
        click.echo(f"Gepubliceerd: {settings.public_url}/wijkbudget/{budget_round.slug}/uitslag")


@rounds.command("export")
@click.argument("slug", metavar="ROUND")
@click.option("--pb", "file", required=True, type=click.Path(path_type=Path), help="Nieuw Pabulib-bestand (.pb).")
def export(slug: str, file: Path) -> None:
    """Schrijf de stembiljetten en de regels van een gepubliceerde ronde als open data, net als de website die geeft."""
    with session_for(open_database(open_settings()), writes=False) as session:
        budget_round = _round(session, slug)
        if budget_round.status is not RoundStatus.PUBLISHED or not budget_round.is_voted():
            stop(
                f"{budget_round.slug}: er is nog geen openbare uitslag van een stemming, dus er is niets om te schrijven."
            )
        content = pabulib_text_of(session, budget_round)
    try:
        with file.open("xb") as new:
            new.write(content.encode())
    except FileExistsError:
        stop(f"{file}: dit bestand bestaat al. Geef een nieuw bestand.")
    except OSError as error:
        stop(f"{file}: niet te schrijven ({error.strerror}).")
    click.echo(f"Geschreven: {file}.")


@rounds.command("forget")
@click.argument("slug", required=False)
@click.option("--due", is_flag=True, help="Doe dit voor alle rondes waarvan de termijn voor bezwaar voorbij is.")
def forget(slug: str | None, *, due: bool) -> None:
    """Vernietig het geheim van een ronde, zodat geen stem meer aan een stemcode te koppelen is.

    Dit kan pas als de termijn voor bezwaar voorbij is, en niet terug. De getelde stemmen blijven staan.
    """
    if due == (slug is not None):
        stop("Noem één ronde, of gebruik --due voor alle rondes waarvan de termijn voorbij is.")
    today = now().astimezone(AMSTERDAM).date()
    with transaction(open_database(open_settings())) as session:
        if slug is not None:
            chosen = [_round(session, slug)]
        else:
            besluiten = session.scalars(besluiten_past_objection(today))
            chosen = [besluit.round for besluit in besluiten if besluit.round is not None]
        forgotten = [budget_round.slug for budget_round in chosen if _forget(session, budget_round, today)]
        networks = forget_due_networks(session, now()) if due else 0
    if networks:
        click.echo(f"Gewist: de tellingen per netwerk. Aantal rondes: {networks}.")
    if forgotten:
        click.echo(f"Vernietigd: het geheim van {', '.join(forgotten)}. Bewaar geen reservekopie van voor dit moment.")
    elif not networks:
        click.echo("Er was niets te vernietigen.")


def slug_of(name: str) -> str:
    """Return a short address for a file name: lower case with dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-")


def operator(area: Area) -> Actor:
    """Return the one at the keyboard: whoever may run commands here acts as wijkmanager of the area of a round."""
    return Actor(grants=frozenset({Grant(Role.WIJKMANAGER, area.path)}))


def _forget(session: Session, budget_round: Round, today: date) -> bool:
    outcome = forget_secret(session, operator(budget_round.traject.area), budget_round, today, now())
    if isinstance(outcome, Refused):
        stop(_no(budget_round.slug, outcome))
    return outcome


def _read(file: Path) -> Election:
    try:
        with busy("Bestand lezen"):
            return read_pabulib(file.read_bytes(), file.name)
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")
    except PabulibError as error:
        stop(str(error))


def _round(session: Session, slug: str) -> Round:
    budget_round = session.scalar(round_by_slug(slug_of(Path(slug).stem) if slug.endswith(".pb") else slug))
    if budget_round is None:
        known = ", ".join(session.scalars(select(Round.slug).order_by(Round.slug).limit(50)))
        stop(f"Er is geen ronde {slug}. Wel: {known or 'geen enkele'}.")
    return budget_round


def _area(session: Session, code: str | None, election: Election) -> Area:
    if code is not None:
        area = session.scalar(area_by_code(code))
        if area is None:
            stop(f"Er is geen gebied met code {code}.")
        return area
    root = session.scalar(root_area())
    if root is None:
        # An empty installation: the file's own municipality becomes the gemeente.
        root = Area(code="GM0000", kind=AreaKind.GEMEENTE, name=election.meta.get("unit") or "Gemeente", path="/")
        session.add(root)
        session.flush()
        root.path = f"/{root.id}/"
    return root


def _amount(cents: int, budget_round: Round) -> str:
    return f"{budget_round.currency} {cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))


def _no(slug: str, refusal: Refused) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in refusal.facts.items())
    return f"{slug}: kan niet ({refusal.code}{', ' + facts if facts else ''})."
