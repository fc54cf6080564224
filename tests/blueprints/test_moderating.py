"""Moderation by bewonersorganisaties through its pages: organisations, the queue, reports, appeals and the public log."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, account_by_email
from participatie.models.organisations import Organisation
from participatie.spelregels.permissions import Role
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import USUAL_RULES, a_gemeente, a_resident, a_traject, an_account, an_idea
from tests.factories.moderation import an_organisation
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

Visit = Callable[[Account], Visitor]


def test_a_wijkmanager_lets_an_organisation_moderate_and_everybody_sees_where(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    wijk = a_gemeente(session).wijken[0]
    manager.get("/bewonersorganisaties")
    manager.click("Nieuwe organisatie")
    manager.submit("Sla op", name="", service_hours="0", status=400)
    manager.submit("Sla op", name="Molenkracht", about="Wij zijn **buren**.", service_hours="24", areas=[str(wijk.id)])
    manager.follow()
    manager.submit("Voeg toe", email="Mo@voorbeeld.example")
    manager.follow()
    moderator = session.scalars(account_by_email("mo@voorbeeld.example")).one()
    assert [(held.role, held.area_id) for held in moderator.granted] == [(Role.MODERATOR, wijk.id)]
    organisation = session.scalars(select(Organisation)).one()
    page = visitor.get(f"/bewonersorganisaties/{organisation.id}")
    assert "Kijkt binnen 24 uur." in page.text
    assert wijk.name in page.text
    assert "mo@" not in visitor.get("/bewonersorganisaties").text + page.text
    manager.get(f"/bewonersorganisaties/{organisation.id}/bewerken")
    manager.submit("Sla op", service_hours="12")
    assert "Kijkt binnen 12 uur." in manager.follow().text
    manager.get(f"/bewonersorganisaties/{organisation.id}/leden")
    manager.submit("Haal mo@voorbeeld.example weg")
    manager.follow()
    session.expire_all()
    assert moderator.granted == []


def test_from_a_report_by_a_stranger_to_an_appeal_that_is_won(
    visitor: Visitor, visit_as: Visit, session: Session
) -> None:
    wijk = a_gemeente(session).wijken[0]
    author, one, other = a_resident(session), an_account(session), an_account(session)
    an_organisation(session, [wijk], [one, other], name="Molenkracht")
    idea = an_idea(session, author=author, title="Koop bij Jan")
    visitor.get(f"/ideeen/{idea.id}")
    visitor.click("Meld dit idee")
    visitor.submit("Meld dit idee", explanation="Het is een winkel.", status=400)
    visitor.submit("Meld dit idee", house_rule="reclame", explanation="Het is een winkel.")
    assert "Een moderator kijkt" in visitor.follow().text
    first = visit_as(one)
    first.get("/moderatie/wachtrij")
    assert "nog 24 uur" in first.click("Koop bij Jan").text
    first.submit("Sla mijn oordeel op", decision="hide", status=400)
    first.submit("Sla mijn oordeel op", decision="hide", house_rule="reclame", reason="Het is een winkel.")
    visitor.get(f"/ideeen/{idea.id}", 404)
    own = visit_as(author)
    own.get(f"/ideeen/{idea.id}")
    own.click("Vraag of iemand anders opnieuw wil kijken")
    own.submit("Vraag het", plea="Jan geeft alles weg.")
    assert "Koop bij Jan" not in first.get("/moderatie/wachtrij").text
    refusal = first.get(f"/ideeen/{idea.id}/opnieuw-kijken", 403)
    assert "U verborg dit idee zelf" in refusal.text
    first.post(f"/ideeen/{idea.id}/opnieuw-kijken", {"decision": "keep", "reason": "Blijft."}, 403)
    second = visit_as(other)
    second.get("/moderatie/wachtrij")
    assert "Jan geeft alles weg." in second.click("Koop bij Jan").text
    assert "wordt opnieuw bekeken" in visitor.get("/moderatie/openbaar").text
    second.submit("Sla mijn oordeel op", decision="restore", reason="Het is geen winkel.")
    visitor.get(f"/ideeen/{idea.id}")
    log = visitor.get("/moderatie/openbaar").text
    assert "teruggezet" in log
    assert "Molenkracht" in log
    table = visitor.client.get("/moderatie/openbaar.csv").text.splitlines()
    assert table[1:] == [f"2026-05-04,reclame,{wijk.name},Molenkracht,ja,teruggezet"]
    for told in (log, table[1]):
        assert not any(secret in told for secret in ("Koop", author.name, one.name, "winkel"))


def test_a_first_idea_is_there_for_its_author_alone_and_says_until_when(
    visitor: Visitor, visit_as: Visit, session: Session
) -> None:
    author = a_resident(session)
    an_organisation(session, [a_gemeente(session).wijken[0]], name="Molenkracht")
    idea = an_idea(session, a_traject(session, rules=replace(USUAL_RULES, first_posts_wait=True)), author=author)
    text = visit_as(author).get(f"/ideeen/{idea.id}").text
    assert "Dit idee wacht op Molenkracht, uiterlijk" in text
    visitor.get(f"/ideeen/{idea.id}", 404)
    assert idea.title not in visitor.get(f"/trajecten/{idea.traject.slug}/ideeen").text
    moderator = visit_as(somebody(session, Role.MODERATOR))
    moderator.get(f"/ideeen/{idea.id}/beoordelen")
    moderator.submit("Sla mijn oordeel op", decision="keep")
    visitor.get(f"/ideeen/{idea.id}")


def test_the_queue_asks_as_many_queries_for_one_as_for_many(
    visitor: Visitor, visit_as: Visit, session: Session, clock: TurnableClock
) -> None:
    moderator = visit_as(somebody(session, Role.MODERATOR))
    counts = []
    for more in (1, 4):
        for _ in range(more):
            idea = an_idea(session)
            visitor.get(f"/ideeen/{idea.id}/melden")
            visitor.submit("Meld dit idee", house_rule="reclame")
            clock.forward(minutes=20)
        asked: list[str] = []
        engine = session.get_bind()
        heard = lambda *given, asked=asked: asked.append(given[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", heard)
        moderator.get("/moderatie/wachtrij")
        event.remove(engine, "before_cursor_execute", heard)
        counts.append(len(asked))
    assert counts[0] == counts[1]
