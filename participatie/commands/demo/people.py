"""Where is the demo, and who is in it?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.commands.demo.texts import AreaText, People, Person
from participatie.commands.demo.timeline import Timeline
from participatie.models.accounts import Account, RoleGrant
from participatie.models.wijken import Area

#: Everybody has had an account since this day, long before the oldest story.
SINCE = -800


def make_areas(session: Session, texts: list[AreaText]) -> dict[str, Area]:
    """Make the tree of areas; the areas by code."""
    areas: dict[str, Area] = {}
    for text in texts:
        around = areas.get(text.within)
        area = Area(code=text.code, kind=text.kind, name=text.name, parent=around, path="/")
        session.add(area)
        session.flush()  # the path needs the id
        area.path = f"{around.path if around else '/'}{area.id}/"
        areas[text.code] = area
    return areas


def make_accounts(session: Session, people: People, areas: dict[str, Area], timeline: Timeline) -> dict[str, Account]:
    """Make an account for everybody, with homes and roles; the accounts by the part before the @."""
    since = timeline.moment(SINCE, 10)
    everybody = [*people.staff.values(), *people.residents.values()]
    accounts = {person.key: _account(person, areas) for person in everybody}
    for account in accounts.values():
        account.created_at = since
        session.add(account)
        record(session, None, "account gemaakt", account, since)
    return accounts


def accounts_to_show(people: People) -> tuple[tuple[str, str], ...]:
    """Return the addresses that a visitor of the demo may log in with, and who is behind each."""
    staff = [(person.email, f"{person.name}, {person.what}") for person in people.staff.values()]
    residents = [
        (people.residents[key].email, f"{people.residents[key].name}, {what}") for key, what in people.shown.items()
    ]
    return (*staff, *residents)


def which_exist(session: Session, accounts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return those accounts that are in the database."""
    emails = [email for email, _ in accounts]
    known = set(session.scalars(select(Account.email).where(Account.email.in_(emails))))
    return tuple(line for line in accounts if line[0] in known)


def _account(person: Person, areas: dict[str, Area]) -> Account:
    home = areas[person.buurt] if person.buurt else None
    grants = [RoleGrant(role=person.role, area=areas[person.area])] if person.role is not None else []
    return Account(email=person.email, name=person.name, locale=person.locale, area=home, granted=grants)
