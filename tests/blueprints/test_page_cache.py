"""Pages that are kept for anonymous readers: never stale, never somebody else's, never in another language."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.models.accounts import Account
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import a_full_world, a_published_round
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    OTHER_ROUTE,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    ballots,
    codes,
    count_it,
    done,
    runs_all,
    support,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

DUTCH = {"Accept-Language": "nl"}


def test_a_kept_page_costs_one_query(client: FlaskClient, session: Session, engine: Engine) -> None:
    idea = an_idea(session)
    listed = f"/trajecten/{idea.traject.slug}/ideeen?volgorde=nieuwste"
    for address in (f"/ideeen/{idea.id}", listed, "/", "/trajecten"):
        first = client.get(address, headers=DUTCH)
        with counting_queries(engine) as queries:
            second = client.get(address, headers=DUTCH)
        assert len(queries) == 1, address
        assert second.data == first.data


@pytest.mark.parametrize("packed", [False, True])
def test_a_browser_that_has_the_page_gets_304(client: FlaskClient, session: Session, packed: bool) -> None:
    idea = an_idea(session)
    headers = {**DUTCH, "Accept-Encoding": "gzip, deflate, br" if packed else "identity"}
    for address in (f"/ideeen/{idea.id}", "/"):
        first = client.get(address, headers=headers)
        again = client.get(address, headers={**headers, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Set-Cookie" not in again.headers
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_changed_idea_shows_at_once(client: FlaskClient, visitor: Visitor, session: Session) -> None:
    idea = an_idea(session)
    here, listed = f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen"
    known = {address: client.get(address, headers=DUTCH).headers["ETag"] for address in (here, listed, "/")}
    support(session, idea, 2)
    assert "2 mensen steunen dit idee" in visitor.get(here).text
    assert "2 mensen steunen dit idee" in visitor.get(listed).text
    for address, etag in known.items():
        assert client.get(address, headers={**DUTCH, "If-None-Match": etag}).status_code == 200
    done(
        reject_idea(
            session, runs_all(a_wijkmanager(session)), idea, "Dit ligt buiten de wijk.", idea.created_at, OTHER_ROUTE
        )
    )
    assert "Dit ligt buiten de wijk." in visitor.get(here).text


def test_a_result_shows_as_soon_as_it_is_published(visitor: Visitor, session: Session) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    ballots(session, budget_round, [[1]])
    result = f"/wijkbudget/{budget_round.slug}/uitslag"
    visitor.get(result, 404)
    count_it(session, budget_round)
    visitor.get(result, 404)
    published, besluit = a_published_round(session)
    visitor.get(f"/wijkbudget/{published.slug}/uitslag")
    assert besluit.title in visitor.get("/").text


def test_a_phase_that_ends_shows_within_a_minute(visitor: Visitor, session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    page = visitor.get(f"/trajecten/{traject.slug}")
    assert "Dien een idee in" in page.text
    clock.turn_to(traject.phases[0].ends_at)
    assert "Dien een idee in" not in visitor.get(f"/trajecten/{traject.slug}").text


def test_a_page_of_one_language_is_not_given_to_another(client: FlaskClient, session: Session) -> None:
    a_traject(session)
    for language in ("nl", "ar", "nl", "tr"):
        Visitor(client, language).get("/")
    dutch = client.get("/", headers=DUTCH).headers["ETag"]
    other = client.get("/", headers={"Accept-Language": "pl", "If-None-Match": dutch})
    assert other.status_code == 200
    assert {"accept-language", "cookie"} <= {name.lower() for name in other.vary}


def test_a_page_of_one_address_is_not_given_to_another(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    an_idea(session, traject, title="Bankjes")
    listed = f"/trajecten/{traject.slug}/ideeen"
    assert "Bankjes" in visitor.get(listed).text
    assert "Bankjes" not in visitor.get(f"{listed}?status=toegelaten").text


def test_readers_get_no_cookie(client: FlaskClient, session: Session) -> None:
    for address in a_full_world(session).public_addresses():
        answer = client.get(address, headers=DUTCH)
        if address != "/inloggen" and not address.startswith("/stemmen/"):
            assert "Set-Cookie" not in answer.headers, address


def test_pages_for_somebody_are_kept_nowhere(
    visit_as: Callable[[Account], Visitor], client: FlaskClient, session: Session
) -> None:
    """Not by a machine in between, and not by us: the next visitor does not see the name (abuse case 52)."""
    world = a_full_world(session)
    resident = visit_as(a_resident(session, name="Zeynep Alkan"))
    for address in [*world.public_addresses(), "/mijn", "/mijn/gegevens"]:
        if address != "/inloggen":
            resident.get(address)
            assert resident.response is not None
            assert resident.response.headers["Cache-Control"] == "no-store", address
            assert "Cookie" in resident.response.vary
            assert "ETag" not in resident.response.headers
    for address in world.public_addresses():
        assert "Zeynep" not in client.get(address, headers=DUTCH).text


def test_pages_of_a_voter_are_kept_nowhere(visitor: Visitor, session: Session) -> None:
    """Abuse case 52, for a browser with a voting code and no account."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    visitor.get(f"/stemmen/{budget_round.slug}")
    visitor.submit("Verder", code=str(code))
    for page in ("", "/kiezen", "/mijn-stem"):
        visitor.get(f"/stemmen/{budget_round.slug}{page}")
        assert visitor.response is not None
        assert visitor.response.headers["Cache-Control"] == "no-store"
