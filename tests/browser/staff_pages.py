"""Which pages do residents and staff get to see of the spelregels, and which of these are forms that refuse to be empty?"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.moderation import hide_idea
from participatie.actions.profile import import_profile
from participatie.actions.translating import offer_translation
from participatie.models.accounts import Account
from participatie.models.content_translations import ContentTranslation, source_of
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.votes import CodeBatch
from participatie.models.wijkbudget import LedgerEntry
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import OPERATOR, Role
from tests.actions.test_profile import PROFILE
from tests.blueprints.full_world import FullWorld
from tests.browser.panel_pages import seat_pages
from tests.browser.panel_pool_pages import pool_pages
from tests.browser.panel_work_pages import work_pages
from tests.factories import a_resident, a_wijkmanager, an_account, an_idea, done, now_of
from tests.factories.choices import a_choice
from tests.factories.meetings import a_heard_idea, a_meeting
from tests.factories.moderation import an_open_merge
from tests.factories.paper import a_mismatch
from tests.factories.photos import a_photo
from tests.factories.places import shapes
from tests.factories.telling import a_stop_token


@dataclass(frozen=True, slots=True)
class Pages:
    """What somebody of one kind opens: pages to read, and forms that are sent empty as well."""

    account: Account
    read: tuple[str, ...] = ()
    filled_in: tuple[str, ...] = ()


def pages_behind_a_login(session: Session, world: FullWorld) -> list[Pages]:
    """Return who sees which pages of a world with one of everything."""
    done(import_profile(session, OPERATOR, PROFILE.encode(), "wijkprofiel.csv", now_of(session)))
    pages = [_of_a_wijkmanager(session, world), _of_an_author(session, world), *_of_others(session, world)]
    session.commit()
    return pages


def _of_a_wijkmanager(session: Session, world: FullWorld) -> Pages:
    traject, draft = f"/trajecten/{world.governed.traject.slug}", f"/trajecten/{world.draft_traject.slug}"
    voting, idea = f"/wijkbudget/{world.voting.slug}", f"/ideeen/{world.governed.idea.id}"
    organisation = f"/bewonersorganisaties/{world.organisation.id}"
    entry = session.scalars(select(LedgerEntry.id)).first()
    batch = session.scalars(select(CodeBatch.id).where(CodeBatch.round_id == world.voting.id)).first()
    choice = f"/wijkbudget/{a_choice(session, opened=False).slug}"
    published, again = f"/wijkbudget/{world.published.slug}", f"/wijkbudget/{world.governed.restarted.slug}"
    paper = f"{voting}/papier/{a_mismatch(session, world.voting).stack_id}"
    seats, pool = seat_pages(session), pool_pages(session)
    return Pages(
        a_wijkmanager(session),
        read=(
            "/werk", "/trajecten/nieuw", draft, traject, f"{traject}/voortgang", f"{traject}/balans", idea,
            f"{traject}/verslag-voorbeeld", f"/antwoorden/idee/{world.idea.id}/overdragen",
            f"{voting}/beheer", f"{voting}/opvallend", f"{again}/beheer", f"{published}/beheer",
            f"{choice}/beheer",
            f"{voting}/papier", paper, f"{voting}/papier/stembiljet", *seats.read, *pool.read, *work_pages(session).read,
        ),
        filled_in=(
            "/bewonersorganisaties/nieuw", f"{organisation}/bewerken", f"{organisation}/leden",
            f"{choice}/opties",
            f"{choice}/opties/1",
            "/trajecten/nieuw/zwolle", "/trajecten/nieuw/delft", f"{draft}/bewerken",
            f"{traject}/fasen/2/niveau", f"{traject}/fasen/2/langer", f"{traject}/fasen/1/stuk",
            f"{traject}/fasen/1/afsluiten", f"{traject}/nieuws-geven", f"{traject}/meer-tijd",
            f"{traject}/verslag-schrijven", f"{traject}/afsluiten",
            f"/ideeen/{world.idea.id}/antwoorden", f"/trajecten/{world.collecting.slug}/ideeen/samen-beantwoorden",
            f"{traject}/wijkbudget/nieuw", f"{again}/bewerken",
            f"{voting}/stemcodes/{batch}/intrekken", f"{voting}/opnieuw", f"{voting}/stemcodes", f"{voting}/stemcodes/balie", f"{voting}/stemcodes/vervangen",
            f"/wijken/{world.collecting.area_id}/woonplaatscodes",
            f"{voting}/proef/bestand", f"{voting}/papier/nieuw", f"{paper}/invoeren", f"{paper}/csv", f"{paper}/terugnemen", f"{paper}/aantal",
            f"{paper}/tekenen", f"{paper}/vellen/1",
            f"{voting}/stemcodes/intrekken", f"{voting}/stemcodes/machtigen", f"/wijkbudget/{world.counted.slug}/besluit",
            f"{traject}/besluit", f"/besluiten/{world.besluit.id}/verbeteren", f"/ideeen/{_answered(session, world)}/besluit",
            f"/wijkbudget/{world.counted.slug}/opnieuw-tellen",
            f"{published}/plannen/3/uitvoering", f"{published}/plannen/3/kasboek", f"{published}/plannen/3/resultaat",
            f"{published}/plannen/3/uitvoering/fotos/nieuw", f"{published}/plannen/3/kasboek/{entry}/terugdraaien",
            f"{published}/plannen/3/kasboek/{entry}/bon-toevoegen", f"{traject}/toezeggingen/nieuw",
            f"/wijken/{world.places.wijken[0].id}/toezeggingen/nieuw", f"/toezeggingen/{world.promise.id}/bijwerken",
            *seats.filled_in, *pool.filled_in,
        ),
    )  # fmt: skip


def _answered(session: Session, world: FullWorld) -> int:
    """Return the number of an idea that got its answer, so that the gemeente can decide about it."""
    idea = an_idea(session, world.collecting)
    idea.status, idea.answered_at = IdeaStatus.ADMITTED, now_of(session)
    session.commit()
    return idea.id


def _of_an_author(session: Session, world: FullWorld) -> Pages:
    """Whoever put in an idea says where it comes, and shows it."""
    shapes(session)
    author = a_resident(session)
    idea = an_idea(session, world.collecting, author=author)
    photo, own = a_photo(session, idea), f"/ideeen/{idea.id}"
    merge = an_open_merge(session, idea, an_idea(session, world.collecting))
    refused = an_idea(session, world.collecting, author=author)
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, refused, HouseRule.ADVERTISING, "Het is reclame.", now_of(session)))
    return Pages(
        author,
        read=(
            own,
            f"{own}/intrekken",
            f"{own}/plek",
            f"{own}/fotos/{photo.id}/weghalen",
            f"{own}/samenvoegingen/{merge.id}",
        ),
        filled_in=(f"{own}/fotos/nieuw", f"/ideeen/{refused.id}/opnieuw-laten-kijken", f"{own}/melden"),
    )


def _offered(session: Session, idea: Idea) -> ContentTranslation:
    """A translation that waits for a moderator."""
    texts = {name: f"{name} in other words" for name in source_of(idea).texts}
    return done(offer_translation(session, a_resident(session).actor(), idea, "en", texts, now_of(session)))


def _of_a_meeting(session: Session, traject: Traject) -> list[Pages]:
    """A helper writes down what is heard; a resident has the slip of paper."""
    helper, own = an_account(session, role=Role.HELPER), f"/trajecten/{traject.slug}"
    meeting = a_meeting(session, helper, traject)
    heard = f"/ideeen/{a_heard_idea(session, helper, meeting).id}"
    there = f"{own}/bijeenkomsten/{meeting.id}"
    return [
        Pages(
            helper,
            read=(f"{own}/bijeenkomsten", there, f"{heard}/briefje"),
            filled_in=(
                f"{own}/ideeen/voor-een-bewoner", f"{own}/bijeenkomsten/nieuw", f"{there}/opkomst",
                f"{there}/invoeren/2",
            ),
        ),
        Pages(a_resident(session), filled_in=(f"{heard}/van-mij",)),
    ]  # fmt: skip


def _of_others(session: Session, world: FullWorld) -> list[Pages]:
    traject, idea = f"/trajecten/{world.governed.traject.slug}", f"/ideeen/{world.governed.idea.id}"
    dispute, offered = world.governed.dispute.id, _offered(session, world.idea)
    session.flush()
    return [
        Pages(
            a_resident(session),
            read=(
                "/mijn",
                "/mijn/gegevens",
                "/mijn/volgen",
                f"/e-mail-stoppen/{a_stop_token(session, a_resident(session), world.collecting)}",
                "/mijn/woonplaats",
                traject,
                idea,
                f"{traject}/over-mij",
                f"{idea}/meedoen",
                f"{idea}/steunen",
            ),
            filled_in=(
                f"{traject}/ideeen/nieuw",
                f"{traject}/geschillen/voorleggen",
                f"{traject}/vertalen",
                f"{idea}/vertalen",
                f"/besluiten/{world.besluit.id}/vertalen",
            ),
        ),
        *_of_a_meeting(session, world.governed.traject),
        Pages(
            an_account(session, role=Role.ASSESSOR),
            read=(f"{idea}/namens-de-gemeente",),
            filled_in=(f"{idea}/toetsen", f"{idea}/afwijken"),
        ),
        Pages(an_account(session, role=Role.COLLEGE), filled_in=(f"{traject}/geschillen/{dispute}/antwoord",)),
        Pages(
            an_account(session, role=Role.MODERATOR),
            read=("/moderatie", "/moderatie/wachtrij", f"{idea}/taal", f"{traject}/balans", "/vertalingen"),
            filled_in=(
                f"{idea}/verbergen",
                f"{idea}/beoordelen",
                f"{idea}/samenvoegen",
                f"/ideeen/{world.hidden_idea.id}/opnieuw-kijken",
                f"/ideeen/{world.hidden_idea.id}/terugzetten",
                f"/vertalingen/{offered.id}",
            ),
        ),
        Pages(an_account(session, role=Role.RAAD), read=("/logboek",)),
    ]
