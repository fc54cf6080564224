"""Following with a button, choosing how often, and stopping from a mail with one click."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.following import cadence_of
from participatie.models.accounts import Account
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Following, Stopped
from participatie.models.trajecten import Follow, Traject
from participatie.settings import Settings
from participatie.spelregels.telling import About, Cadence
from participatie.web.mail import message_for
from tests.databases import counting_queries
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, an_idea, done, now_of, runs_all, support
from tests.factories.telling import a_follower, a_stop_token
from tests.post_office import PostOffice
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
STOPPED = "U krijgt hierover geen e-mail meer"


def state(session: Session) -> tuple[list[object], ...]:
    """Everything that stopping could change."""
    tables = (Follow, Following, Stopped)
    return tuple([each.account_id for each in session.scalars(select(table))] for table in tables)


def fresh(app: Flask, session: Session) -> FlaskClient:
    """A browser, or a mail program, that was never here."""
    client = app.test_client()
    client.arranged = session
    return client


def test_a_wijk_and_an_idea_are_followed_with_a_button(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session, a_traject(session))
    account, area = a_resident(session), a_gemeente(session).wijken[0]
    resident = visit_as(account)
    for address, button, about in (
        (f"/ideeen/{idea.id}", "Volg dit idee per e-mail", About.IDEA),
        (f"/wijken/{area.id}", "Volg deze plek per e-mail", About.AREA),
    ):
        assert "Log in om dit" in visitor.get(address).text
        resident.get(address)
        resident.submit(button)
        assert "U krijgt voortaan e-mail over" in resident.follow().text
        assert session.scalars(select(Following.about)).all() == [about]
        resident.submit("Niet meer volgen")
        assert "U krijgt geen e-mail meer over" in resident.follow().text
        assert session.scalars(select(Following)).all() == []


def test_my_page_lists_what_i_hear_of_and_stops_each(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """An author follows without having asked, and can stop that too."""
    idea = an_idea(session, a_traject(session))
    author = visit_as(idea.author)
    author.get("/mijn")
    page = author.click("Wat ik volg, en hoe vaak ik e-mail krijg")
    assert idea.title in page.text
    assert idea.traject.title in page.text
    author.submit(f"/ideeen/{idea.id}/niet-meer-volgen")
    assert idea.title not in author.get("/mijn/volgen").text
    author.submit(f"/trajecten/{idea.traject.slug}/niet-meer-volgen")
    assert "U volgt nog niets." in author.get("/mijn/volgen").text


def test_somebody_chooses_how_often(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    account = a_resident(session)
    resident = visit_as(account)
    resident.get("/mijn/volgen")
    resident.submit("Opslaan", cadence="elke week")
    assert "Uw keuze is opgeslagen." in resident.follow().text
    assert cadence_of(session, account.id) is Cadence.WEEKLY
    assert "Not a valid choice" not in resident.post("/mijn/volgen", {"cadence": "elk uur"}, status=400).text
    assert cadence_of(session, account.id) is Cadence.WEEKLY


def test_a_long_list_of_what_somebody_follows_costs_what_a_short_one_does(
    engine: Engine, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    costs = []
    for many in (1, 4):
        trajecten = [a_traject(session) for _each in range(many)]
        ideas = [an_idea(session, trajecten[0]) for _each in range(many)]
        resident = visit_as(a_follower(session, *trajecten, *ideas, *a_gemeente(session).buurten[:many]))
        with counting_queries(engine) as queries:
            resident.get("/mijn/volgen")
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("what", [About.TRAJECT, About.IDEA, About.AREA, About.EVERYTHING])
def test_a_link_in_a_mail_only_stops_and_only_when_it_is_sent(
    app: Flask, visitor: Visitor, session: Session, what: About
) -> None:
    """Abuse cases 25 and 29: opening it changes nothing and logs nobody in; sending it works without a session, for ever."""
    traject = a_traject(session)
    idea = an_idea(session, traject)
    things = {About.TRAJECT: traject, About.IDEA: idea, About.AREA: traject.area, About.EVERYTHING: None}
    follower = a_follower(session, traject, idea, traject.area)
    other = a_follower(session, traject, idea, traject.area)
    token, before = a_stop_token(session, follower, things[what]), state(session)
    for _scanner in range(2):
        visitor.get(f"/e-mail-stoppen/{token}")
        session.expire_all()
        assert state(session) == before
        assert cadence_of(session, follower.id) is Cadence.AT_ONCE
    # As a mail program sends it: no cookie, no token of a page.
    for _again in range(2):
        sent = fresh(app, session).post(f"/e-mail-stoppen/{token}", data={"List-Unsubscribe": "One-Click"})
        assert (sent.status_code, sent.headers.get("Location")) == (200, None)
    session.expire_all()
    gone = [follower.id not in ids for ids in state(session)]
    follows, stopped = {
        About.TRAJECT: (True, False), About.IDEA: (False, False), About.AREA: (False, True), About.EVERYTHING: (False, True),
    }[what]  # fmt: skip
    assert (gone[0], gone[2]) == (follows, stopped)
    assert (cadence_of(session, follower.id) is Cadence.NEVER) == (what is About.EVERYTHING)
    assert cadence_of(session, other.id) is Cadence.AT_ONCE
    assert [other.id in ids for ids in state(session)] == [True, True, False]
    # Whoever stole the mail is nobody here.
    thief = Visitor(fresh(app, session))
    thief.get(f"/e-mail-stoppen/{token}")
    for address in ("/mijn/volgen", "/mijn", f"/mijn/volgen?token={token}"):
        assert thief.client.get(address).status_code == 302
        assert thief.client.get(address, headers={"Authorization": token}).status_code == 302


def test_the_page_of_a_stop_is_in_the_language_of_whose_mail_it_is(app: Flask, session: Session) -> None:
    follower = a_follower(session, a_traject(session), locale="ar")
    address = f"/e-mail-stoppen/{a_stop_token(session, follower, None)}"
    browser, english = fresh(app, session), {"Accept-Language": "en"}
    for method in (browser.get, browser.post):
        page = method(address, headers=english).text
        assert 'lang="ar" dir="rtl"' in page
        assert "Wilt u van niets meer e-mail?" not in page
    assert 'lang="pl"' in browser.get(f"{address}?taal=pl", headers=english).text, "who asks for another gets it"


def test_a_token_that_was_changed_is_not_there(visitor: Visitor, session: Session) -> None:
    """Abuse case 29: one for another reader, another thing, everything, or another house."""
    traject = a_traject(session)
    follower, other = a_follower(session, traject), a_follower(session, traject)
    token = a_stop_token(session, follower, traject)
    about, thing, account, signs = token.split("-")
    before = state(session)
    for forged in (
        f"{about}-{thing}-{other.id}-{signs}", f"alles-0-{account}-{signs}", f"{about}-99999999-{account}-{signs}",
        f"{about}-{thing}-{account}-{signs[:-1]}", f"{about}-{thing}-99999999-{signs}", "x", "a" * 5000,
    ):  # fmt: skip
        visitor.get(f"/e-mail-stoppen/{forged}", 404)
        visitor.client.post(f"/e-mail-stoppen/{forged}")
    session.expire_all()
    assert state(session) == before


def test_a_mail_about_a_traject_can_be_stopped_in_the_mail_program(
    engine: Engine, visitor: Visitor, session: Session, settings: Settings
) -> None:
    """As it arrives over SMTP: the headers of RFC 8058 whole and on one line, and both addresses in the text."""
    traject = a_traject(session)
    follower = a_follower(session, traject)
    done(publish_news(session, runs_all(a_wijkmanager(session)), traject, "Nieuws", now_of(session)))
    session.commit()
    with PostOffice() as post:
        post.collect(engine, replace(settings, smtp_url=post.url))
        message = post.last_to(follower.email)
    token = a_stop_token(session, follower, traject)
    assert message["List-Unsubscribe"] == f"<http://localhost/e-mail-stoppen/{token}>"
    assert dict(message.raw_items())["List-Unsubscribe"] == message["List-Unsubscribe"], "nobody decodes this header"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = message.get_content()
    assert body.count("/e-mail-stoppen/") == 2
    for line in body.splitlines():
        if "/e-mail-stoppen/" in line:
            visitor.get(line.removeprefix("http://localhost"))
            visitor.submit("Geen e-mail meer", status=200)
    assert "U krijgt geen e-mail meer" in (visitor.page.text if visitor.page else "")


def test_what_somebody_typed_becomes_no_header_and_no_template(
    session: Session, settings: Settings, a_title: str
) -> None:
    """Abuse cases 48 and 49: a line break in a title, and the signs of a template, in everything that is told."""
    traject = a_traject(session, title=a_title)
    idea = an_idea(session, traject, title=a_title)
    [supporter] = support(session, idea, 1)
    supporter.name = a_title
    for mail in told_about(session, traject, a_title):
        message = message_for(mail, settings)
        assert message["Bcc"] is None
        assert "\n" not in str(message["Subject"])
        assert "{{" in message.get_content() or "{{" not in a_title
        assert "7777007" not in message.get_content()


@pytest.fixture(
    params=["Bomen\r\nBcc: all@voorbeeld.example", "{{1111001*7}} {% raw %}", "{{ config }}\n\n${1111001*7}"]
)
def a_title(request: pytest.FixtureRequest) -> str:
    """What somebody types in the place of a title."""
    title: str = request.param
    return title


def told_about(session: Session, traject: Traject, text: str) -> list[OutboxMail]:
    """Tell something, and return all mail so far."""
    done(publish_news(session, runs_all(a_wijkmanager(session)), traject, text, now_of(session)))
    return list(session.scalars(select(OutboxMail)))
