"""In with a code, a seat taken or given up, and staff that fills seats without choosing: as people see it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.buurtpanels import PanelPerson
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from participatie.spelregels.buurtpanels.members import MemberStatus, Recruitment
from participatie.web.mail import render_mail
from participatie.web.panel_members import HOUSEHOLD
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_resident
from tests.factories.panels import a_member, a_panel, registered, seated
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_a_member_comes_in_confirms_and_leaves_no_trace(visitor: Visitor, session: Session) -> None:
    panel = a_panel(session)
    (person, code), *_rest = seated(session, panel, confirmed=False)
    url = f"/buurtpanels/{panel.slug}"
    visitor.get(f"{url}/lid", 303)
    assert "opnieuw=1" in visitor.response.headers["Location"]
    visitor.get(f"{url}/code")
    page = visitor.submit("Verder", code="WXYZ-1234", status=400)
    assert "Deze code klopt niet" in page.text
    visitor.submit("Verder", code=str(code).lower())
    page = visitor.follow()
    assert "U bent geloot. Doet u mee?" in page.text
    assert "18 mei 2026" in page.text, "the term is fourteen days"
    assert person.leaf in page.text
    assert person.salt in page.text
    assert visitor.response.headers["Cache-Control"] == "no-store"
    visitor.submit("Ja, ik doe mee")
    assert "U bent nu lid van het panel" in visitor.follow().text
    session.expire_all()
    assert person.status is MemberStatus.CONFIRMED
    visitor.submit("Stop en wis mijn code van dit apparaat")
    visitor.get(f"{url}/lid", 303)


def test_a_member_who_stops_says_why_and_the_public_page_tells_it_without_a_name(
    app: Flask, visitor: Visitor, session: Session
) -> None:
    panel = a_panel(session)
    (person, code), *_rest = seated(session, panel)
    member = a_member(app, panel, code)
    member.get(f"/buurtpanels/{panel.slug}/lid")
    member.click("Ik wil stoppen als lid")
    assert "Kies een antwoord" in member.submit("Geef mijn plaats vrij", note="Mijn moeder is ziek.", status=400).text
    assert "Mijn moeder is ziek." in member.page.html, "nothing that was typed is lost"
    member.submit("Geef mijn plaats vrij", reason="verhuisd")
    assert "gestopt" in member.follow().text
    page = visitor.get(f"/buurtpanels/{panel.slug}")
    assert "4 mei 2026: verhuisd. De plaats is nog vrij." in page.text
    assert person.name not in page.text
    assert "moeder" not in page.text


def test_a_code_that_was_replaced_or_is_of_another_panel_opens_nothing(
    app: Flask, session: Session, clock: TurnableClock
) -> None:
    panel = a_panel(session)
    (person, code), *_rest = seated(session, panel)
    member = a_member(app, panel, code)
    member.get(f"/buurtpanels/{panel.slug}/lid")
    member.get(f"/buurtpanels/{a_panel(session).slug}/lid", 303)
    a_member(app, panel, code, HOUSEHOLD).get(f"/buurtpanels/{panel.slug}/lid", 303)
    clock.forward(hours=12)
    member.get(f"/buurtpanels/{panel.slug}/lid", 303)
    again = a_member(app, panel, code)
    again.get(f"/buurtpanels/{panel.slug}/lid")
    person.selector = "ZZZZZZ"
    again.get(f"/buurtpanels/{panel.slug}/lid", 303)


def test_staff_hears_no_and_asks_the_next_reserve_without_choosing(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    panel = a_panel(session)
    made = seated(session, panel, confirmed=False)
    url, person = f"/buurtpanels/{panel.slug}", made[0][0]
    page = manager.get(f"{url}/leden")
    assert "Dit panel is geloot." in page.text
    manager.click(f"Schrijf op wat {person.name} zegt")
    assert "geen antwoord gekregen" not in manager.page.text, "that can be said after the term alone"
    manager.submit("Bewaar het antwoord", answer="geen tijd", channel="telefoon")
    page = manager.follow()
    assert "Er is 1 plaats vrij." in page.text
    form = page.form("Vraag de volgende van de reservelijst").filled({})
    assert set(form.values) == {"csrf_token", "change"}, "the button has no picker"
    manager.send(form)
    assert "De volgende van de reservelijst heeft nu de plaats." in manager.follow().text
    page = manager.send(form, 403)
    assert "Dit kan nu niet meer" in page.text
    joined = session.scalars(
        select(PanelPerson).where(PanelPerson.reserve_place.is_not(None), PanelPerson.status == MemberStatus.DRAWN)
    ).one()
    sent = session.scalars(select(OutboxMail).where(OutboxMail.template == "panel_drawn")).one()
    assert sent.recipient == joined.email
    page = visitor.get(url)
    assert "4 mei 2026: geen tijd. Op 4 mei 2026 is de plaats aan een ander gegeven." in page.text


def test_who_does_not_answer_stands_on_top_after_the_term(
    manager: Visitor, session: Session, clock: TurnableClock, visit_as: Callable[[Account], Visitor]
) -> None:
    panel = a_panel(session)
    seated(session, panel, confirmed=False)
    url = f"/buurtpanels/{panel.slug}/leden"
    assert "te laat" not in manager.get(url).text
    clock.forward(days=14)
    assert manager.get(url).text.count("te laat") == 6
    visit_as(a_resident(session)).get(url, 403)


def test_the_public_page_says_that_a_panel_was_drawn_only_where_everybody_was(
    visitor: Visitor, session: Session
) -> None:
    panel = a_panel(session)
    made = seated(session, panel)
    url = f"/buurtpanels/{panel.slug}"
    page = visitor.get(url)
    assert "Dit panel is geloot." in page.text
    assert "500 van de 1.000" in page.text
    assert "Niet elk aantal" not in page.text
    made[0][0].source = Recruitment.NETWORK
    page = visitor.get(url)
    assert "Dit panel is deels geloot: 5 van de 6 leden." in page.text
    assert "panel is geloot" not in page.text
    assert "gevraagd uit een netwerk" in page.text


def test_a_panel_of_networks_never_says_that_it_was_drawn(manager: Visitor, visitor: Visitor, session: Session) -> None:
    panel = a_panel(session)
    registered(session, panel, 2)
    url = f"/buurtpanels/{panel.slug}"
    manager.get(f"{url}/leden")
    manager.click("Begin zonder loting")
    manager.submit("Begin zonder loting", reason="De commissie bestond al.")
    manager.follow()
    manager.submit("Geef Bewoner 1 een plaats")
    manager.follow()
    manager.click("Een plaats zonder loting")
    assert "Kies een antwoord" in manager.submit("Geef deze persoon een plaats", name="Zoë", status=400).text
    assert "Zoë" in manager.page.html
    filled = {"feature-0": "tot 40", "feature-1": "huur", "source": "netwerk", "channel": "telefoon"}
    page = manager.submit("Geef deze persoon een plaats", name="Zoë", phone="06", consent="y", status=200, **filled)
    assert "U ziet hem maar één keer." in page.text
    page = visitor.get(url)
    assert "Dit panel is niet geloot. 2 leden kregen een plaats zonder loting." in page.text
    assert "De commissie bestond al." in page.text
    assert "panel is geloot" not in page.text
    assert "door loting" not in page.text, "who was invited by lot was not drawn for this"


def test_a_larger_panel_asks_the_database_no_more(manager: Visitor, session: Session, engine: Engine) -> None:
    small, large = a_panel(session), a_panel(session, seats=12, quotas=())
    seated(session, small, reserves=1)
    seated(session, large, people=registered(session, large, 30))
    costs = []
    for panel in (small, large):
        for page in ("", "/leden"):
            manager.get(f"/buurtpanels/{panel.slug}{page}")
            with counting_queries(engine) as queries:
                manager.get(f"/buurtpanels/{panel.slug}{page}")
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


def test_the_mails_about_a_seat_bring_their_reader_to_the_entrance_without_the_code(settings: Settings) -> None:
    facts = {"slug": "panel-1", "title": "Buurtpanel Molenkwartier"}
    drawn = render_mail("panel_drawn", "nl", facts, settings)
    assert "http://localhost/buurtpanels/panel-1/code" in drawn.body
    assert "binnen 14 dagen" in drawn.body
    until = render_mail("panel_drawn", "nl", facts | {"until": "2026-05-18T10:00:00+00:00"}, settings)
    assert "18 mei 2026" in until.body
    silent = render_mail("panel_replaced", "nl", facts | {"asked": False}, settings)
    assert "Wij hoorden niets van u" in silent.body
    assert "Buurtpanel Molenkwartier" in drawn.subject
