"""What somebody sees before an idea goes in: ideas that look alike, and the language that it seems to be in."""

from collections.abc import Callable
from time import process_time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.spelregels.similarity import most_alike
from participatie.web.detecting import language_of
from tests.factories import a_resident, a_traject, an_idea
from tests.factories.moderation import an_open_merge
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

TYPED = {"body": "Wij willen daar graag zitten met de buren.", "own_contribution": "Schilderen."}
TURKISH = {
    "title": "Daha fazla ağaç",
    "body": "Mahallemize daha fazla ağaç dikilsin istiyoruz, çocuklar gölgede oynasın.",
    "own_contribution": "Sulama.",
}


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """Somebody who lives in the first buurt."""
    return visit_as(a_resident(session))


def test_what_looks_alike_comes_first_and_whoever_saw_it_decides(resident: Visitor, session: Session) -> None:
    traject = a_traject(session)
    there = an_idea(session, traject, title="Bankjes bij de vijver")
    an_idea(session, traject, title="Göl kenarında bank", lang="tr")
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    page = resident.submit("Dien het idee in", title="Een bankje bij de vijver", **TYPED, status=200)
    assert page.link("Steun Bankjes bij de vijver") == f"/ideeen/{there.id}/steunen"
    assert "Göl" not in page.text
    assert len(session.scalars(select(Idea)).all()) == 2
    resident.submit("Dien toch in")
    assert len(session.scalars(select(Idea)).all()) == 3
    found = resident.client.get(f"/trajecten/{traject.slug}/ideeen/lijkt-op?tekst=bankje+vijver&in-taal=nl").json
    assert there.title in [each["title"] for each in found]


def test_the_language_is_noticed_and_its_writer_decides(resident: Visitor, session: Session) -> None:
    traject = a_traject(session)
    for button, lang in (("Dien in als Türkçe", "tr"), ("Dien toch in", "nl")):
        resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
        resident.submit("Dien het idee in", **TURKISH, lang="nl", status=200)
        assert resident.page is not None
        filled = resident.page.form("Dien toch in").filled({})
        if button != "Dien toch in":
            filled.values["written_in"] = ["tr"]
        resident.send(filled)
        idea = session.scalars(select(Idea).order_by(Idea.id.desc())).first()
        assert idea is not None
        assert idea.lang == lang
    resident.get(f"/ideeen/{idea.id}/taal")
    resident.submit("Sla op", lang="tr")
    page = resident.follow()
    assert [element.get("lang") for element in page.all("h1")[0].iter("bdi")] == ["tr"]


def test_two_ideas_are_merged_by_their_authors_through_pages(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    traject, other, backer = a_traject(session), a_resident(session), visit_as(a_resident(session))
    source = an_idea(session, traject, author=a_resident(session), title="Boom A")
    target = an_idea(session, traject, author=other, title="Boom B")
    backer.get(f"/ideeen/{source.id}/steunen")
    backer.submit("Ja, ik steun dit idee")
    merge = an_open_merge(session, source, target)
    asked = visit_as(other)
    asked.get(f"/ideeen/{target.id}")
    asked.get(f"/ideeen/{target.id}/samenvoegingen/{merge.id}")
    asked.submit("Ja, voeg ze samen")
    assert asked.follow().link("Boom A") == f"/ideeen/{source.id}"
    page = visitor.get(f"/ideeen/{source.id}")
    assert page.link("Boom B") == f"/ideeen/{target.id}"
    assert "Het antwoord komt bij dat andere idee." in page.text
    backer.get(f"/ideeen/{target.id}")
    backer.submit("Laat mijn steun meegaan")
    assert (source.support_count, target.support_count) == (0, 1)


def test_an_author_proposes_through_a_page(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    author = a_resident(session)
    source = an_idea(session, author=author, title="Boom A")
    target = an_idea(session, source.traject, title="Boom B")
    own = visit_as(author)
    own.get(f"/ideeen/{source.id}")
    own.click("Voeg dit idee samen met een ander")
    own.submit("Stel het voor", target=str(target.id), status=400)
    own.submit("Stel het voor", target=str(target.id), reason="Bijna hetzelfde.")
    assert "Uw voorstel is verstuurd" in own.follow().text


def test_looking_for_alike_ideas_takes_four_times_as_long_among_four_times_as_many() -> None:
    """And not sixteen times: 2,000 took 0.05 s on a quiet machine."""

    def took(number_of_ideas: int) -> float:
        many = [
            (number, f"een boom voor straat {number}", "in onze straat staat geen enkele boom en dat is jammer " * 5)
            for number in range(number_of_ideas)
        ]
        started = process_time()
        assert most_alike("een zebrapad", "bij de school", many, 4) == []
        return process_time() - started

    few, many = (min(took(number) for _ in range(3)) for number in (500, 2000))
    assert many < 10 * few


NASTY = ["a" * 5000, " " * 5000 + "x", "(a+)+$" * 900, "\u202e" * 5000, "é" * 5000, "ab " * 1700, "", "0" * 5000]


@pytest.mark.parametrize("typed", NASTY)
def test_no_text_takes_long_to_tell_its_language_or_what_it_looks_like(typed: str) -> None:
    """Abuse case 50."""
    language_of("Dit is een gewone zin, zodat het model geladen is.")
    started = process_time()
    language_of(typed)
    most_alike(typed, typed, [(1, typed, typed)], 4)
    assert process_time() - started < 0.1


@pytest.mark.parametrize(
    "typed, lang",
    [
        ("Bankjes bij de vijver. Oudere buren willen zitten en praten.", "nl"),
        ("Chcemy więcej drzew na naszej ulicy i ławek dla starszych.", "pl"),
        ("Wir möchten mehr Bäume in unserer Straße und eine Bank.", None),
        ("Nos ke mas palu den kaya pa mucha hunga.", None),
        ("Bomen", None),
    ],
)
def test_a_language_is_told_only_when_it_is_sure_and_ours(typed: str, lang: str | None) -> None:
    assert language_of(typed) == lang
