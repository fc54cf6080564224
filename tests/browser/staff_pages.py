"""Which pages do residents and staff get to see of the spelregels, and which of these are forms that refuse to be empty?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from participatie.actions.profile import import_profile
from participatie.models.accounts import Account
from participatie.spelregels.permissions import OPERATOR, Role
from tests.actions.test_profile import PROFILE
from tests.blueprints.full_world import FullWorld
from tests.factories import a_resident, a_wijkmanager, an_account, done, now_of


@dataclass(frozen=True, slots=True)
class Pages:
    """What somebody of one kind opens: pages to read, and forms that are sent empty as well."""

    account: Account
    read: tuple[str, ...] = ()
    filled_in: tuple[str, ...] = ()


def pages_behind_a_login(session: Session, world: FullWorld) -> list[Pages]:
    """Return who sees which pages of a world with one of everything."""
    done(import_profile(session, OPERATOR, PROFILE.encode(), "wijkprofiel.csv", now_of(session)))
    pages = [_of_a_wijkmanager(session, world), *_of_others(session, world)]
    session.commit()
    return pages


def _of_a_wijkmanager(session: Session, world: FullWorld) -> Pages:
    traject, draft = f"/trajecten/{world.governed.traject.slug}", f"/trajecten/{world.draft_traject.slug}"
    voting, idea = f"/wijkbudget/{world.voting.slug}", f"/ideeen/{world.governed.idea.id}"
    published, again = f"/wijkbudget/{world.published.slug}", f"/wijkbudget/{world.governed.restarted.slug}"
    return Pages(
        a_wijkmanager(session),
        read=(
            "/werk", "/trajecten/nieuw", draft, traject, f"{traject}/voortgang", f"{traject}/balans", idea,
            f"{voting}/beheer", f"{again}/beheer", f"{published}/beheer",
        ),
        filled_in=(
            "/trajecten/nieuw/zwolle", "/trajecten/nieuw/delft", f"{draft}/bewerken",
            f"{traject}/fasen/2/niveau", f"{traject}/fasen/2/langer", f"{traject}/fasen/1/stuk",
            f"{traject}/fasen/1/afsluiten", f"{traject}/nieuws-geven", f"{traject}/meer-tijd",
            f"{traject}/verslag-schrijven", f"{traject}/afsluiten",
            f"/ideeen/{world.idea.id}/antwoorden", f"{traject}/wijkbudget/nieuw", f"{again}/bewerken",
            f"{voting}/opnieuw", f"{voting}/stemcodes", f"/wijkbudget/{world.counted.slug}/besluit",
            f"{published}/plannen/3/uitvoering",
        ),
    )  # fmt: skip


def _of_others(session: Session, world: FullWorld) -> list[Pages]:
    traject, idea = f"/trajecten/{world.governed.traject.slug}", f"/ideeen/{world.governed.idea.id}"
    dispute = world.governed.dispute.id
    return [
        Pages(
            a_resident(session),
            read=("/mijn", "/mijn/gegevens", traject, idea, f"{traject}/over-mij", f"{idea}/meedoen"),
            filled_in=(f"{traject}/ideeen/nieuw", f"{traject}/geschillen/voorleggen"),
        ),
        Pages(an_account(session, role=Role.HELPER), filled_in=(f"{traject}/ideeen/voor-een-bewoner",)),
        Pages(
            an_account(session, role=Role.ASSESSOR),
            read=(f"{idea}/namens-de-gemeente",),
            filled_in=(f"{idea}/toetsen", f"{idea}/afwijken"),
        ),
        Pages(an_account(session, role=Role.COLLEGE), filled_in=(f"{traject}/geschillen/{dispute}/antwoord",)),
        Pages(
            an_account(session, role=Role.MODERATOR),
            read=("/moderatie", f"{traject}/balans"),
            filled_in=(f"{idea}/verbergen", f"/ideeen/{world.hidden_idea.id}/terugzetten"),
        ),
        Pages(an_account(session, role=Role.RAAD), read=("/logboek",)),
    ]
