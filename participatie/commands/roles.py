"""Who may do what where: how does somebody get a role, and lose it?"""

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from participatie.actions.accounts import grant_role, revoke_role
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.models.accounts import all_grants
from participatie.models.database import session_for, transaction
from participatie.models.wijken import Area, area_by_code
from participatie.spelregels.permissions import GRANTED, OPERATOR, Role
from participatie.spelregels.verdicts import Refused

NAMES = ", ".join(GRANTED)


@click.group("roles")
def roles() -> None:
    """Rollen van medewerkers en moderatoren, per gebied."""


@roles.command("grant", epilog=f"Rollen: {NAMES}.")
@click.argument("email")
@click.argument("role")
@click.argument("area_code")
def grant(email: str, role: str, area_code: str) -> None:
    """Geef iemand een rol voor een gebied en alles daarbinnen.

    Wie nog geen account heeft, krijgt er een. Wie is ingelogd, moet daarna opnieuw inloggen.
    """
    address, wanted = _address(email), _role(role)
    with transaction(open_database(open_settings())) as session:
        area = _area(session, area_code)
        outcome = grant_role(session, OPERATOR, address, wanted, area, now())
        if isinstance(outcome, Refused):
            stop(f"De rol {role} is niet te geven. Kies een van: {NAMES}.")
        where = f"{wanted} voor {area.name} ({area.code})"
        if not outcome.changed:
            click.echo(f"{address} was al {where}; er is niets veranderd.")
        elif outcome.is_new:
            click.echo(f"Er is een account gemaakt voor {address}: nu {where}.")
        else:
            click.echo(f"{address} is nu {where}, en moet opnieuw inloggen.")


@roles.command("revoke")
@click.argument("email")
@click.argument("role")
@click.argument("area_code")
def revoke(email: str, role: str, area_code: str) -> None:
    """Trek een rol voor een gebied in; wie is ingelogd, moet daarna opnieuw inloggen."""
    address, held = _address(email), _role(role)
    with transaction(open_database(open_settings())) as session:
        area = _area(session, area_code)
        if not revoke_role(session, OPERATOR, address, held, area, now()):
            stop(f"{address} is geen {held} voor {area.name} ({area.code}).")
        click.echo(f"{address} is geen {held} meer voor {area.name} ({area.code}), en moet opnieuw inloggen.")


@roles.command("list")
def show() -> None:
    """Laat zien wie welke rol heeft, en waar."""
    with session_for(open_database(open_settings()), writes=False) as session:
        held = session.scalars(all_grants()).all()
        for line in held:
            click.echo(f"{line.account.email}  {line.role}  {line.area.code}  {line.area.name}")
    if not held:
        click.echo("Niemand heeft een rol.")


def _address(typed: str) -> str:
    address = typed.strip().lower()
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        stop(f"{typed!r} is geen e-mailadres.")
    return address


def _role(typed: str) -> Role:
    if typed not in GRANTED:
        stop(f"De rol {typed!r} is niet te geven. Kies een van: {NAMES}.")
    return Role(typed)


def _area(session: Session, code: str) -> Area:
    area = session.scalar(area_by_code(code))
    if area is None:
        stop(f"Er is geen gebied met code {code!r}. Lees de gebieden in met: participatie areas import BESTAND.")
    return area
