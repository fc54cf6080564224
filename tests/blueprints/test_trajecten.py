"""Trajecten: started, opened, followed and read; their feed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, RoleGrant
from participatie.models.trajecten import Follow, Traject
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import a_published_round, somebody
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, an_account, an_idea
from tests.visitor import Visitor

ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = {
    "collect_from": "2026-05-04", "assess_from": "2026-06-01", "vote_from": "2026-10-12",
    "execute_from": "2026-10-26", "ends_on": "2027-03-28",
}  # fmt: skip
CARD = {
    "question": "Waar is het te heet?", "goal": "Koelte in de zomer.", "fixed": "Het bedrag.", "open": "De plekken.",
    "decision_maker": "De bewoners.", "use_of_input": "Elk idee krijgt antwoord.", "results_back": "Op deze site.",
}  # fmt: skip


@pytest.fixture
def manager(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """The wijkmanager of the whole gemeente."""
    return visit_as(a_wijkmanager(session))


def start(manager: Visitor, **fields: Any) -> None:
    """Fill in the form for a new traject."""
    manager.get("/trajecten/nieuw")
    manager.submit("Bewaar als concept", **{"title": "Groen in de wijk", "slug": "groen", **DAYS, **fields})


def the(session: Session, slug: str = "groen") -> Traject:
    """The traject of that address."""
    return session.scalars(select(Traject).where(Traject.slug == slug)).one()


def test_a_traject_starts_as_a_draft_and_opens_as_a_promise(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    start(manager, **CARD)
    assert "nog een concept" in manager.follow().text
    visitor.get("/trajecten/groen", 404)
    assert "Groen in de wijk" not in visitor.get("/trajecten").text
    manager.submit("Open dit traject")
    assert "Het traject is open" in manager.follow().text
    assert "Dien een idee in" in visitor.get("/trajecten/groen").text
    card = visitor.click("Trajectkaart: wat is beloofd").text
    assert all(promise in card for promise in CARD.values())
    assert "Wim Bakker" in card


def test_phases_turn_at_midnight_in_amsterdam_also_when_the_clock_is_set_back(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    """The vote ends with Sunday 25 October 2026, a day of 25 hours (abuse case 8)."""
    start(manager, **CARD)
    manager.follow()
    manager.submit("Open dit traject")
    vote = next(phase for phase in the(session).phases if phase.kind is PhaseKind.VOTE)
    assert vote.starts_at == datetime(2026, 10, 11, 22, tzinfo=UTC)
    assert vote.ends_at == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert "12 oktober 2026 tot en met 25 oktober 2026" in visitor.get("/trajecten/groen").text


def test_an_incomplete_card_cannot_open_and_the_page_names_what_is_missing(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    start(manager, **{**CARD, "goal": "", "results_back": ""})
    manager.follow()
    page = manager.submit("Open dit traject", status=403)
    assert "Vul eerst in: het doel, hoe bewoners het resultaat horen" in page.text
    visitor.get("/trajecten/groen", 404)


def test_without_room_for_input_only_meeweten_can_be_promised(manager: Visitor) -> None:
    start(manager, **{**CARD, "open": ""})
    manager.follow()
    assert "Dan mag alleen het niveau meeweten" in manager.submit("Open dit traject", status=403).text


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "nieuw"}, {"slug": "bestaat-al"}, {"slug": "Groen!"}, {"slug": "../x"}, {"title": " "},
        {"assess_from": "2026-05-01"}, {"ends_on": "9999-12-31"}, {"collect_from": "0001-01-01"}, {"ends_on": "31-12-2026"},
        {"vote_from": "2026-06-01"}, {"answer_days": "0"}, {"answer_days": "9" * 5000}, {"area": "99999999"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_everything_that_was_typed(
    manager: Visitor, session: Session, fields: dict[str, str]
) -> None:
    a_traject(session, slug="bestaat-al")
    manager.get("/trajecten/nieuw")
    typed = {"title": "Groen", "slug": "groen", **DAYS, **CARD, **fields}
    page = manager.submit("Bewaar als concept", **typed, status=400 if fields != {"vote_from": "2026-06-01"} else 403)
    assert all(promise in page.html for promise in CARD.values())
    assert session.scalars(select(Traject.slug)).all() == ["bestaat-al"]


def test_a_wijkmanager_starts_trajecten_in_ones_own_areas_alone(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """Whatever other roles they hold elsewhere."""
    places = a_gemeente(session)
    account = an_account(session, role=Role.WIJKMANAGER, role_area=places.wijken[1])
    for role in (Role.MODERATOR, Role.ASSESSOR, Role.RAAD, Role.COLLEGE):
        account.granted.append(RoleGrant(role=role, area=places.wijken[0]))
    page = visit_as(account).get("/trajecten/nieuw")
    offered = {option.text for option in page.all("option")}
    assert offered == {"Havenoost", "Kadebuurt", "Loodsbuurt"}


def test_a_draft_of_a_colleague_is_not_there(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    draft = a_traject(session, opened=False)
    visit_as(somebody(session, Role.WIJKMANAGER)).get(f"/trajecten/{draft.slug}")
    visit_as(somebody(session, Role.WIJKMANAGER, elsewhere=True)).get(f"/trajecten/{draft.slug}", 404)


def test_opening_twice_is_refused(manager: Visitor, session: Session) -> None:
    draft = a_traject(session, opened=False)
    manager.get(f"/trajecten/{draft.slug}")
    assert manager.page is not None
    filled = manager.page.form("Open dit traject").filled({})
    manager.send(filled)
    assert "al geopend" in manager.send(filled, 403).text


def test_following_and_no_longer_following(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    traject = a_traject(session)
    resident = visit_as(a_resident(session))
    resident.get(f"/trajecten/{traject.slug}")
    assert resident.page is not None
    again = resident.page.form("Volg dit traject per e-mail").filled({})
    resident.send(again)
    resident.send(again)
    assert "U krijgt voortaan e-mail" in resident.follow().text
    assert len(session.scalars(select(Follow)).all()) == 1
    resident.submit("Niet meer volgen")
    assert "U krijgt geen e-mail meer" in resident.follow().text
    assert session.scalars(select(Follow)).all() == []


def test_a_draft_cannot_be_followed(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    traject, draft = a_traject(session), a_traject(session, opened=False)
    resident = visit_as(a_resident(session))
    resident.get(f"/trajecten/{traject.slug}")
    resident.post(f"/trajecten/{draft.slug}/volgen", status=404)


def test_at_meeweten_no_page_offers_to_put_in_an_idea(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    traject = a_traject(session, level=Level.MEEWETEN)
    for page in ("", "/ideeen"):
        assert "Dien een idee in" not in visitor.get(f"/trajecten/{traject.slug}{page}").text
    refused = visit_as(a_resident(session)).get(f"/trajecten/{traject.slug}/ideeen/nieuw", 403)
    assert "In deze fase is het niveau meeweten" in refused.text


def test_the_feed_is_atom_with_ideas_and_the_besluit(visitor: Visitor, session: Session) -> None:
    """RFC 4287: id, title and updated in the feed and in each entry; texts that look like tags are text (abuse case 41)."""
    published, besluit = a_published_round(session)
    idea = an_idea(session, published.traject, title="<script>alert(1)</script> & meer", body="Regel\n\n]]> einde")
    page = visitor.get(f"/trajecten/{published.traject.slug}/feed")
    assert visitor.response is not None
    assert visitor.response.mimetype == "application/atom+xml"
    feed = fromstring(page.html)  # noqa: S314 - our own feed
    entries = feed.findall(f"{ATOM}entry")
    for part in [feed, *entries]:
        assert all((part.findtext(f"{ATOM}{name}") or "").strip() for name in ("id", "title", "updated"))
        assert part.find(f"{ATOM}link") is not None
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [besluit.title, "<script>alert(1)</script> & meer"]
    assert entries[1].findtext(f"{ATOM}id") == f"http://localhost/ideeen/{idea.id}"


def test_the_feed_survives_whatever_was_typed(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """XML holds no control characters: one idea must not take the feed away from everybody (abuse case 46)."""
    traject = a_traject(session)
    resident = visit_as(a_resident(session))
    for text in ("Bank\x0c\x1bje", "Bank\uffffje", "Bank\ufdd0je", "Bank\x85\x9bje", "Bank🌳je"):
        resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
        resident.submit("Dien het idee in", title=text, body=text)
        resident.follow()
    feed = fromstring(resident.get(f"/trajecten/{traject.slug}/feed").html)  # noqa: S314 - our own feed
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}
    assert titles == {"Bankje", "Bank🌳je"}
