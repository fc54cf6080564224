"""What people type to break the site or its readers: kept, shown as text, and never more than that."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from participatie.spelregels.ideas import IdeaStatus, Proposer, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.rulesets import RuleSet
from participatie.web.mail import message_for
from tests.factories import a_gemeente, a_resident, a_traject, an_account, an_idea
from tests.page import Page
from tests.visitor import Visitor

SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'\" autofocus onfocus=alert(1) x='",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>klik</a>",
    "<style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--<script>-->alert(1)",
    "%(title)s %s {0} ${x}",
    "{{7*7}} {% raw %} {{ config }}",
)
LINKS = (
    "[klik](javascript:alert(1))", "[klik](JaVaScRiPt:alert(1))", "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](vbscript:x)", "<javascript:alert(1)>", "[klik](&#106;avascript:alert(1))", "[klik](java\tscript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
)  # fmt: skip
ASKS_ALL = RuleSet(
    name="alles",
    weights={**dict.fromkeys(Test, Weight.SOFT), Test.SUPPORT: Weight.HARD},
    support_needed=25,
    group_needed=1,
    ready_before=date(2026, 12, 31),
)
DANGEROUS = ("script", "img", "svg", "iframe", "style", "object", "embed", "form", "base", "meta")


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """Somebody who lives in the first buurt."""
    return visit_as(a_resident(session))


def put_in(resident: Visitor, session: Session, title: str = "Een boom", **fields: str) -> Idea:
    """Put an idea in through its page, and read that page."""
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    resident.submit("Dien het idee in", **{"title": title, "body": "Voor de schaduw.", **fields})
    resident.follow()
    return session.scalars(select(Idea).order_by(Idea.id.desc())).first() or pytest.fail("there is no idea")


def extra_tags(page: Page, plain: Page) -> set[str]:
    """The tags that one page has and the other has not."""
    return {tag for tag in DANGEROUS if len(page.all(tag)) != len(plain.all(tag))}


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_looks_like_code_is_shown_as_text(
    resident: Visitor, visitor: Visitor, session: Session, text: str
) -> None:
    """In title, body, own contribution and name, on every page that shows them (abuse cases 41 and 49)."""
    resident.quotes = visitor.quotes = ("{{7*7}}", "{% raw %}", "{{ config }}", "{{", "}}", "%(title)s", "{%", "%}")
    plain = put_in(resident, session)
    places = [f"/ideeen/{plain.id}", f"/trajecten/{plain.traject.slug}/ideeen", "/"]
    before = [visitor.get(place) for place in places]
    resident.get("/mijn/gegevens")
    resident.submit("Opslaan", name=text[:80])
    idea = put_in(resident, session, text, body=text, own_contribution=text)
    after = [visitor.get(place) for place in (f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen", "/")]
    for page, example in zip(after, before, strict=True):
        assert extra_tags(page, example) == set()
    assert after[0].h1 == " ".join(text.split())
    assert " ".join(text.split()) in after[1].text
    assert "49" not in after[0].h1
    assert text[:80] in resident.get("/mijn").text.replace("  ", " ")


@pytest.mark.parametrize("text", LINKS)
def test_links_that_do_something_are_no_links(resident: Visitor, visitor: Visitor, session: Session, text: str) -> None:
    """Abuse case 42."""
    idea = put_in(resident, session, body=f"Zie {text} hier")
    page = visitor.get(f"/ideeen/{idea.id}")
    [prose] = page.all("div", class_="pp-prose")
    assert [link.get("href") for link in prose.iter("a")] == []
    assert list(prose.iter("img")) == []


def test_good_links_and_lists_stay_and_pictures_of_elsewhere_do_not(
    resident: Visitor, visitor: Visitor, session: Session
) -> None:
    idea = put_in(resident, session, body="Zie ![de foto](https://voorbeeld.example/a?b=1&c=2).\n\n1. een\n2. twee")
    [prose] = visitor.get(f"/ideeen/{idea.id}").all("div", class_="pp-prose")
    assert [link.get("href") for link in prose.iter("a")] == ["https://voorbeeld.example/a?b=1&c=2"]
    assert (len(list(prose.iter("li"))), len(list(prose.iter("img")))) == (2, 0)


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("Bank\u202egnp.exe", "Bankgnp.exe"),
        ("Ba\u200bn\ufeffk", "Bank"),
        ("\u2066Bank\u2069", "Bank"),
        ("Ba\x00n\x1b[31mk", "Ban[31mk"),
        ("Bank\r\nBcc: iedereen@voorbeeld.example", "Bank Bcc: iedereen@voorbeeld.example"),
        ("Boom 🌳👨‍👩‍👧‍👦", "Boom 🌳👨‍👩‍👧‍👦"),
        ("می‌خواهم درخت", "می‌خواهم درخت"),
        ("Вank met Grieks Α", "Вank met Grieks Α"),
    ],
)
def test_marks_that_hide_or_turn_text_go_and_letters_stay(
    resident: Visitor, session: Session, typed: str, kept: str
) -> None:
    """Abuse case 46; a family of emoji and Persian need their joiners."""
    idea = put_in(resident, session, typed)
    assert idea.title == kept
    assert resident.page is not None
    assert [element.text for element in resident.page.all("h1")[0].iter("bdi")] == [kept]


def test_a_title_never_becomes_a_header_of_a_mail(resident: Visitor, session: Session, settings: Settings) -> None:
    """Abuse case 48."""
    put_in(resident, session, "Bank\r\nBcc: iedereen@voorbeeld.example\r\n\r\n<h1>Hallo</h1>")
    mail = session.scalars(select(OutboxMail)).one()
    message = message_for(mail, settings)
    assert message["Bcc"] is None
    assert message["Subject"] == "Uw idee staat online"
    assert "Bank Bcc: iedereen@voorbeeld.example <h1>Hallo</h1>" in message.get_content()


def test_fields_that_are_not_asked_are_not_taken(resident: Visitor, session: Session) -> None:
    """Abuse case 38."""
    traject = a_traject(session)
    other = a_resident(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    sent = {
        "title": "Boom", "body": "Schaduw.", "proposer": "bewoner", "area": a_gemeente(session).buurten[0].id, "lang": "nl", "id": "77",
        "status": "toegelaten", "votes": "100", "support_count": "100", "author_id": other.id, "author": other.id,
        "household_key": "huis-1", "entered_by_id": other.id, "overhead": "5", "partner": "School", "ready_on": "2026-01-01",
        "cost_cents": "0", "answer": "Ja", "hidden_at": "", "traject_id": "999", "created_at": "2000-01-01",
    }  # fmt: skip
    resident.post(f"/trajecten/{traject.slug}/ideeen/nieuw", sent)
    idea = session.scalars(select(Idea)).one()
    assert (idea.status, idea.support_count, idea.answer) == (IdeaStatus.PUBLISHED, 0, "")
    assert (idea.author_id == other.id, idea.cost_cents, idea.traject_id) == (False, None, traject.id)
    assert (idea.household_key, idea.entered_by_id, idea.ready_on) == (None, None, None)
    assert (idea.overhead_cents, idea.partner) == (0, ""), "these rules do not ask for them"


def test_the_longest_idea_is_read_and_listed(resident: Visitor, visitor: Visitor, session: Session) -> None:
    """Words of one piece, deep lists, and thousands of marks: within a second or two (abuse cases 43 and 50)."""
    for body in ("x" * 5000, "> " * 2500, "* " * 2500, "[" * 5000, "`" * 4999, "_*" * 2500, "&" * 5000):
        idea = put_in(resident, session, "w" * 120, body=body)
        visitor.get(f"/ideeen/{idea.id}")


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_looks_like_code_in_what_the_rules_ask_is_text_too(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, text: str
) -> None:
    """Organisation, money of others, partner, offer and the reasons of an override (abuse cases 41 and 49)."""
    traject = a_traject(session, rules=ASKS_ALL, level=Level.MEEDOEN)
    plain, idea = an_idea(session, traject), an_idea(
        session, traject, proposer=Proposer.RESIDENTS, organisation=text, third_party=text, partner=text
    )  # fmt: skip
    resident, official = visit_as(a_resident(session, name="")), visit_as(an_account(session, role=Role.ASSESSOR))
    second = visit_as(an_account(session, role=Role.COLLEGE))
    resident.get(f"/ideeen/{idea.id}/meedoen")
    resident.submit("Doe mee", party="organisatie", organisation=text, offer=text)
    for who in (official, second, resident, visitor):
        who.quotes = ("{{7*7}}", "{% raw %}", "{{ config }}", "{{", "}}", "%(title)s", "{%", "%}")
    official.get(f"/ideeen/{idea.id}/afwijken")
    official.submit("Stel voor om af te wijken", **{"voorstel-test": "draagvlak", "voorstel-reason": text})
    second.get(f"/ideeen/{idea.id}/afwijken")
    second.submit("Geef uw mening", **{"support-agrees": "no", "support-reason": text})
    before, after = visitor.get(f"/ideeen/{plain.id}"), visitor.get(f"/ideeen/{idea.id}")
    assert extra_tags(after, before) == set()
    shown = [" ".join("".join(quote.itertext()).split()) for quote in after.all("blockquote")]
    assert shown.count(" ".join(text.split())) == 3
    official.get(f"/ideeen/{idea.id}/toetsen")


def test_a_body_with_lone_bytes_is_a_page_and_no_mistake(resident: Visitor, session: Session) -> None:
    """What is no UTF-8 at all."""
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    answer = resident.client.post(
        f"/trajecten/{traject.slug}/ideeen/nieuw",
        data=b"title=%ff%fe%c0&body=%ed%a0%80",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400
