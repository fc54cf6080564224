"""Reading in one's own language: always labelled, the original one click away, and nothing shown that does not fit."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.translating import judge_translation, keep_engine_translation, offer_translation
from participatie.models.accounts import Account
from participatie.models.content_translations import ContentTranslation, source_of
from participatie.models.ideas import Idea
from participatie.spelregels.permissions import Role
from participatie.spelregels.translations import TranslationStatus
from tests.blueprints.full_world import a_published_round
from tests.blueprints.test_query_counts import cost
from tests.factories import a_resident, a_traject, an_account, an_idea, done, ideas, now_of
from tests.page import Page
from tests.visitor import Visitor

LANG = "en"


def texts_of(title: str = "A tree") -> dict[str, str]:
    return {"title": title, "body": "It gives **shade**.", "own_contribution": "We water it."}


@pytest.fixture
def idea(session: Session) -> Idea:
    return an_idea(session, title="Een boom voor de straat", body="Die geeft schaduw.")


@pytest.fixture
def moderator(session: Session) -> Account:
    return an_account(session, role=Role.MODERATOR)


def translated(session: Session, idea: Idea, moderator: Account, lang: str = LANG) -> ContentTranslation:
    """The idea in another language, by a neighbour."""
    now = now_of(session)
    offer = done(offer_translation(session, a_resident(session).actor(), idea, lang, texts_of(), now))
    done(judge_translation(session, moderator.actor(), offer, "", now, approves=True))
    session.commit()
    return offer


def by_machine(session: Session, idea: Idea, lang: str = LANG, title: str = "Tree, a") -> None:
    assert keep_engine_translation(session, source_of(idea), lang, texts_of(title), now_of(session))
    session.commit()


def heading(page: Page) -> tuple[str, str]:
    """The language and the text of the level 1 heading."""
    [bdi] = list(page.all("h1")[0].iter("bdi"))
    return bdi.get("lang", ""), "".join(bdi.itertext())


def test_a_neighbour_translates_and_a_moderator_passes_it(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/ideeen/{idea.id}")
    neighbour.click("Help met vertalen")
    neighbour.submit(
        "Stuur de vertaling in", lang=LANG, text_title="A tree", text_body="It gives **shade**.",
        text_own_contribution="We water it.",
    )  # fmt: skip
    assert "moderator kijkt" in neighbour.follow().text
    visitor.language = LANG
    assert heading(visitor.get(f"/ideeen/{idea.id}")) == ("nl", "Een boom voor de straat")

    judge = visit_as(moderator)
    judge.get("/moderatie")
    judge.click("1 vertaling wacht")
    judge.click("A tree")
    judge.get("/werk")
    page = judge.click("A tree")
    assert "Een boom voor de straat" in page.text
    judge.submit("Sla uw oordeel op", decision="approve")
    assert "Er wacht nu geen vertaling." in judge.follow().text

    page = visitor.get(f"/ideeen/{idea.id}")
    assert heading(page) == ("en", "A tree")
    assert page.all("div", lang="en", dir="auto")
    assert any(link.get("href") == f"/ideeen/{idea.id}?origineel=1" for link in page.all("a"))
    assert heading(visitor.get(f"/ideeen/{idea.id}?origineel=1")) == ("nl", "Een boom voor de straat")


def test_whoever_reads_the_language_of_the_idea_gets_the_idea(
    visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    translated(session, idea, moderator)
    page = visitor.get(f"/ideeen/{idea.id}")
    assert heading(page) == ("nl", "Een boom voor de straat")
    assert "Vertaald" not in page.text
    assert "Help met vertalen" not in page.text


def test_every_translation_says_who_made_it(visitor: Visitor, session: Session, moderator: Account) -> None:
    """Told in Dutch, so that this does not hang on the translations of our own sentences."""
    idea = an_idea(session, lang="tr", title="Bir ağaç", body="Gölge verir.")
    by_machine(session, idea, "nl", "Een boom")
    page = visitor.get(f"/ideeen/{idea.id}")
    assert heading(page) == ("nl", "Een boom")
    assert "Automatisch vertaald, kan fouten hebben" in page.text
    translated(session, idea, moderator, "nl")
    page = visitor.get(f"/ideeen/{idea.id}")
    assert heading(page) == ("nl", "A tree"), "a person goes before a machine"
    assert "Vertaald door een mens" in page.text
    assert "Automatisch vertaald" not in page.text
    page = visitor.click("Lees het origineel")
    assert heading(page) == ("tr", "Bir ağaç")
    visitor.click("Lees de vertaling")


def test_a_translation_of_a_text_that_changed_is_not_shown(
    visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    translated(session, idea, moderator)
    idea.title = "Twee bomen"
    idea.traject.touch()
    session.commit()
    visitor.language = LANG
    page = visitor.get(f"/ideeen/{idea.id}")
    assert heading(page) == ("nl", "Twee bomen")
    assert "A tree" not in page.text


def test_what_was_turned_down_is_read_by_nobody(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    offer = done(offer_translation(session, a_resident(session).actor(), idea, LANG, texts_of(), now_of(session)))
    judge = visit_as(moderator)
    judge.get(f"/vertalingen/{offer.id}")
    judge.submit("Sla uw oordeel op", status=400, decision="refuse")
    judge.submit("Sla uw oordeel op", decision="refuse", reason="Dit staat er niet.")
    visitor.language = LANG
    assert "A tree" not in visitor.get(f"/ideeen/{idea.id}").text
    session.refresh(offer)
    assert (offer.status, offer.reason) == (TranslationStatus.REFUSED, "Dit staat er niet.")


def test_a_page_that_was_kept_is_made_anew_when_its_translation_comes(
    visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    visitor.language = LANG
    for address in (f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen"):
        assert "Een boom voor de straat" in visitor.get(address).text
    translated(session, idea, moderator)
    for address in (f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen"):
        assert "A tree" in visitor.get(address).text


def test_a_list_says_which_titles_are_translated_and_keeps_its_place(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    first = an_idea(session, traject, title="Bir ağaç", body="Gölge verir.", lang="tr")
    an_idea(session, traject, title="Een bankje")
    by_machine(session, first, "nl", "Een boom")
    place = f"/trajecten/{traject.slug}/ideeen?buurt={first.area_id}"
    page = visitor.get(place)
    assert "Een boom" in page.text
    assert page.text.count("Automatisch vertaald") == 1
    page = visitor.click("Lees de originele titels")
    assert "Bir ağaç" in page.text
    assert "Een boom" not in page.text
    assert "2 ideeën gevonden" in page.text, "the filter stays"


def test_many_translated_ideas_cost_what_a_few_do(visitor: Visitor, session: Session, engine: Engine) -> None:
    traject = a_traject(session)
    address = f"/trajecten/{traject.slug}/ideeen?taal={LANG}"

    def translate_all(number: int) -> None:
        ideas(session, traject, number)
        for idea in session.query(Idea).filter_by(traject_id=traject.id):
            keep_engine_translation(session, source_of(idea), LANG, texts_of(f"Idea {idea.id}"), now_of(session))
        session.commit()

    translate_all(2)
    before = cost(visitor, engine, address)
    translate_all(20)
    assert cost(visitor, engine, address) == before


def test_an_improvement_begins_with_what_is_there(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    idea = an_idea(session, lang="tr", title="Bir ağaç", body="Gölge verir.")
    by_machine(session, idea, "nl", "Boom, een")
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/ideeen/{idea.id}")
    page = neighbour.click("Verbeter de vertaling")
    assert page.all("input", name="text_title")[0].get("value") == "Boom, een"
    neighbour.submit("Stuur de vertaling in", status=400, text_title="")
    neighbour.submit("Stuur de vertaling in", text_title="Een boom")
    neighbour.get(f"/ideeen/{idea.id}/vertalen")
    assert "In deze taal wacht al een vertaling" in neighbour.page.text  # type: ignore[union-attr]


def test_what_somebody_types_as_a_translation_stays_text(
    visitor: Visitor, session: Session, idea: Idea, moderator: Account
) -> None:
    """Abuse case 41: no script comes in by way of a translation."""
    now = now_of(session)
    evil = dict.fromkeys(texts_of(), "<script>alert(1)</script><img src=x onerror=alert(1)>")
    offer = done(offer_translation(session, a_resident(session).actor(), idea, LANG, evil, now))
    done(judge_translation(session, moderator.actor(), offer, "", now, approves=True))
    visitor.language = LANG
    page = visitor.get(f"/ideeen/{idea.id}")
    assert not [image for image in page.all("img") if image.get("onerror")]
    assert "<script>alert" not in page.response.text


def test_what_the_gemeente_wrote_is_translated_too(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, moderator: Account
) -> None:
    """A besluit and a trajectkaart: by a neighbour, passed by a moderator, read by everybody else."""
    budget_round, besluit = a_published_round(session)
    session.commit()
    slug = budget_round.traject.slug
    neighbour, judge = visit_as(a_resident(session)), visit_as(moderator)
    visitor.language = LANG
    for page, original in (
        (f"/besluiten/{besluit.id}", "Het wijkbudget is verdeeld"),
        (f"/trajecten/{slug}/trajectkaart", "Wat maakt de wijk fijner"),
    ):
        assert original in visitor.get(page).text
        neighbour.get(page)
        form = neighbour.click("Help met vertalen").form("Stuur de vertaling in")
        names = [name for name in form.names if name.startswith("text_")]
        neighbour.submit("Stuur de vertaling in", lang=LANG, **{name: f"In English: {name}" for name in names})
        judge.get("/vertalingen")
        judge.click("In English")
        judge.submit("Sla uw oordeel op", decision="approve")
        shown = visitor.get(page)
        assert "In English" in shown.text
        assert original not in shown.text
    assert "In English: text_question" in visitor.get(f"/trajecten/{slug}").text
