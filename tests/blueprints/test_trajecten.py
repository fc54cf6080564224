"""Trajecten as residents read them: what can be done now, the card, the rules, following, and the feed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.phases import adopt_product, draft_product
from participatie.models.accounts import Account
from participatie.models.trajecten import Follow, Traject
from participatie.settings import LOCALES
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Do, Role
from participatie.spelregels.phases import POLL_LEVELS, WITH_BALLOTS, PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division
from participatie.spelregels.trajecten import TrajectStatus
from tests.blueprints.full_world import a_published_round, somebody
from tests.clock import TurnableClock
from tests.factories import (
    USUAL_RULES,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    done,
    now_of,
    runs_all,
)
from tests.factories.trajecten import CARD
from tests.visitor import Visitor

ATOM = "{http://www.w3.org/2005/Atom}"
KINDS_AND_LEVELS = [
    (kind, level)
    for kind in PhaseKind
    for level in Level
    if level in {PhaseKind.VOTE: {Level.MEEBESLISSEN}, PhaseKind.POLL: POLL_LEVELS}.get(kind, set(Level))
]


def in_phase(session: Session, kind: PhaseKind, level: Level) -> Traject:
    """A traject of that one phase, of which it is the second week."""
    now = now_of(session)
    phases = [PhaseFacts(kind, level, now - timedelta(days=7), now + timedelta(days=7))]
    division = Division.VOTE if kind in WITH_BALLOTS else Division.NONE
    return a_traject(session, phases=phases, rules=replace(USUAL_RULES, division=division))


def allows(do: Do, kind: PhaseKind, level: Level) -> bool:
    """Does the table let a resident do this in such a phase?"""
    return kind in TABLE[do].during and level.reaches(TABLE[do].level)


@pytest.mark.parametrize(("kind", "level"), KINDS_AND_LEVELS)
def test_what_can_be_done_now_is_what_the_table_allows(
    visitor: Visitor, session: Session, kind: PhaseKind, level: Level
) -> None:
    traject = in_phase(session, kind, level)
    page = visitor.get(f"/trajecten/{traject.slug}")
    assert ("Dien een idee in" in page.text) == allows(Do.SUBMIT_IDEA, kind, level)
    assert ("de stemming is nog niet open" in page.text) == (kind is PhaseKind.VOTE)
    assert ("de peiling is nog niet open" in page.text) == (kind is PhaseKind.POLL)
    assert "Doe mee met een idee" not in page.text, "there is no idea yet"
    assert "Stem nu" not in page.text
    if level is Level.MEEWETEN:
        assert "Het niveau is nu meeweten" in page.text


@pytest.mark.parametrize("kind", [PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.EXECUTE])
@pytest.mark.parametrize("level", [Level.MEEDENKEN, Level.MEEDOEN, Level.MEEBESLISSEN])
def test_from_meedoen_up_residents_are_asked_to_join(
    visitor: Visitor, session: Session, kind: PhaseKind, level: Level
) -> None:
    traject = a_traject(session, phase=kind, level=level)
    an_idea(session, traject)
    page = visitor.get(f"/trajecten/{traject.slug}")
    assert ("word lid van de groep" in page.text) == level.reaches(Level.MEEDOEN)


def test_an_open_vote_is_told_with_its_last_day(visitor: Visitor, session: Session) -> None:
    traject = a_round(session).traject
    page = visitor.get(f"/trajecten/{traject.slug}")
    assert f"Stem met de code uit uw brief. Dat kan tot en met {last_day_of(traject)} mei 2026." in page.text
    assert page.link("Stem nu").startswith("/stemmen/")


def last_day_of(traject: Traject) -> int:
    """The day on which the vote ends, in the night."""
    return next(phase.ends_at.day for phase in traject.phases if phase.kind is PhaseKind.VOTE)


def test_a_vote_in_preparation_is_not_told_as_one_that_is_open(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    slug = a_round(session, opened=False).traject.slug
    for reader in (visitor, visit_as(a_wijkmanager(session))):
        page = reader.get(f"/trajecten/{slug}")
        assert "Dit is de tijd om te stemmen, maar de stemming is nog niet open." in page.text
        assert "U kunt nu lezen en volgen" not in page.text


def test_before_between_and_after_the_phases_the_page_says_what_is_next(
    visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    traject = a_traject(session, phase=None)
    address = f"/trajecten/{traject.slug}"
    assert "De volgende begint op 5 mei 2026" in visitor.get(address).text
    clock.turn_to(traject.phases[-1].ends_at)
    assert "Alle fasen zijn voorbij" in visitor.get(address).text
    traject.status, traject.closed_at = TrajectStatus.CLOSED, clock.now
    traject.touch()
    assert "Dit traject is afgesloten. U kunt alles nog lezen." in visitor.get(address).text


def test_a_published_result_stays_in_sight(visitor: Visitor, session: Session) -> None:
    published, besluit = a_published_round(session)
    page = visitor.get(f"/trajecten/{published.traject.slug}")
    assert page.link("Bekijk de uitslag").endswith("/uitslag")
    assert page.link("Lees het besluit") == f"/besluiten/{besluit.id}"


def test_the_page_tells_what_the_gemeente_owes_and_what_is_new(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    traject, draft, manager = a_traject(session), a_traject(session, opened=False), a_wijkmanager(session)
    for number in range(1, 6):
        done(publish_news(session, runs_all(manager), traject, f"Bericht {number}", now_of(session)))
    page = visitor.get(f"/trajecten/{traject.slug}")
    assert "Elk idee beantwoorden nagekomen" in page.text
    assert [number for number in range(1, 6) if f"Bericht {number}" in page.text] == [3, 4, 5]
    assert page.link("Al het nieuws over dit traject") == f"/trajecten/{traject.slug}/nieuws"
    assert "Wat de gemeente moet doen" not in visit_as(manager).get(f"/trajecten/{draft.slug}").text


def test_a_draft_document_asks_for_a_reaction_until_it_is_adopted(visitor: Visitor, session: Session) -> None:
    traject = in_phase(session, PhaseKind.ANALYSE, Level.MEEWETEN)
    manager, phase = runs_all(a_wijkmanager(session)), traject.phases[0]
    address = f"/trajecten/{traject.slug}"
    assert "Er ligt een concept" not in visitor.get(address).text
    done(draft_product(session, manager, phase, "De wijk in cijfers", "Er wonen 8.000 mensen.", now_of(session)))
    assert visitor.get(address).link("Lees het concept") == f"{address}/stukken/1"
    done(adopt_product(session, manager, phase, now_of(session)))
    assert "Er ligt een concept" not in visitor.get(address).text


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (None, []),
        (Role.MODERATOR, ["De balans: wie brengt hoeveel in?"]),
        (Role.WIJKMANAGER, ["Voortgang: niveaus, fasen en plichten", "De balans: wie brengt hoeveel in?"]),
    ],
)
def test_staff_find_their_pages_from_the_traject(
    visit_as: Callable[[Account], Visitor], session: Session, role: Role | None, seen: list[str]
) -> None:
    page = visit_as(somebody(session, role)).get(f"/trajecten/{a_traject(session).slug}")
    of_staff = ("Voortgang: niveaus, fasen en plichten", "De balans: wie brengt hoeveel in?")
    assert [text for text in of_staff if text in page.text] == seen
    assert "Niet mee eens, of kan het beter?" in page.text


def test_the_card_tells_everything_that_was_promised(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    card = visitor.get(f"/trajecten/{traject.slug}/trajectkaart")
    told = [
        *(text for text in vars_of(traject) if text),
        traject.area.name, "Wim Bakker", "binnen 42 dagen", "ouders: bij de school", "ouderen: aan de deur",
        "middel: bijvoorbeeld een brief met een code", "Nederlands", "العربية", "Українська",
        "U kunt ook stemmen, en de uitslag telt.", "De gemeente helpt mee en noemt wie verantwoordelijk is.",
        str(traject.rules_sha256),
    ]  # fmt: skip
    assert [text for text in told if text not in card.text] == []


def vars_of(traject: Traject) -> list[str]:
    """The texts of a card."""
    card = traject.card()
    return [
        card.question, card.goal, card.fixed, card.open, card.decision_maker, card.dispute_to, card.use_of_input,
        card.not_used, card.results_back, card.assurance_reason,
    ]  # fmt: skip


@pytest.mark.parametrize("language", LOCALES)
def test_the_card_and_the_rules_read_in_every_language(visitor: Visitor, session: Session, language: str) -> None:
    slug = a_traject(session).slug
    for page in ("trajectkaart", "spelregels"):
        assert CARD.question in visitor.get(f"/trajecten/{slug}/{page}?taal={language}").text or page == "spelregels"


def test_the_levels_on_the_card_are_no_higher_than_those_of_the_traject(visitor: Visitor, session: Session) -> None:
    traject = in_phase(session, PhaseKind.COLLECT, Level.MEEDENKEN)
    card = visitor.get(f"/trajecten/{traject.slug}/trajectkaart").text
    assert "U kunt ook ideeën indienen" in card
    assert "U kunt ook stemmen" not in card


def test_the_rules_are_there_in_words_and_as_the_bytes_that_were_hashed(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    visitor.get(f"/trajecten/{traject.slug}")
    page = visitor.click("De spelregels van dit traject")
    assert str(traject.rules_sha256) in page.text
    visitor.get(page.link("Haal het bestand op (JSON)"))
    assert visitor.response is not None
    given = visitor.response.get_data()
    assert sha256(given).hexdigest() == traject.rules_sha256
    assert json.loads(given) == USUAL_RULES.as_document()


def test_the_rules_of_a_draft_are_not_frozen_and_not_public(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    slug = a_traject(session, opened=False).slug
    for page in ("spelregels", "spelregels.json"):
        visitor.get(f"/trajecten/{slug}/{page}", 404)
    manager = visit_as(a_wijkmanager(session))
    assert "Deze regels liggen nog niet vast" in manager.get(f"/trajecten/{slug}/spelregels").text
    manager.get(f"/trajecten/{slug}/spelregels.json", 404)


def test_a_draft_of_a_colleague_is_not_there(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    draft = a_traject(session, opened=False)
    visit_as(somebody(session, Role.WIJKMANAGER)).get(f"/trajecten/{draft.slug}")
    visit_as(somebody(session, Role.WIJKMANAGER, elsewhere=True)).get(f"/trajecten/{draft.slug}", 404)


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
    assert titles[0] == besluit.title
    assert titles[-1] == "<script>alert(1)</script> & meer"
    assert entries[-1].findtext(f"{ATOM}id") == f"http://localhost/ideeen/{idea.id}"


def test_the_feed_survives_whatever_was_typed(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """XML holds no control characters: one idea must not take the feed away from everybody (abuse case 46)."""
    traject = a_traject(session)
    resident = visit_as(a_resident(session))
    for text in ("Bank\x0c\x1bje", "Bank\uffffje", "Bank\ufdd0je", "Bank\x85\x9bje", "Bank🌳je"):
        resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
        resident.submit("Dien het idee in", title=text, body=text, status=200 if text != "Bank\x0c\x1bje" else 303)
        if text != "Bank\x0c\x1bje":  # it looks like the one before
            resident.submit("Dien toch in")
        resident.follow()
    feed = fromstring(resident.get(f"/trajecten/{traject.slug}/feed").html)  # noqa: S314 - our own feed
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}
    assert titles == {"Bankje", "Bank🌳je"}
