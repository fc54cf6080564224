"""Meetings, scores, interests and advice of a panel, as everybody, a member, staff and a calendar see them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.buurtpanels import Buurtpanel, PanelMeeting, PanelPerson, ScoreQuestion
from participatie.models.buurtpanels.work import PanelScore
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_traject
from tests.factories.panel_work import a_meeting, a_question, an_advice, no_interest, scored_by
from tests.factories.panels import a_member, a_panel, seated
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
VisitAs = Callable[[Account], Visitor]
TITLE = "Avond over de groenstrook; neem uw buren mee, komma's mogen, en de naam is langer dan een regel in een agenda"


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


@pytest.fixture
def members(session: Session, panel: Buurtpanel) -> list[tuple[PanelPerson, VotingCode]]:
    return seated(session, panel)[: panel.seats]


def of(panel: Buurtpanel, page: str) -> str:
    return f"/buurtpanels/{panel.slug}/{page}"


def plan(manager: Visitor, panel: Buurtpanel, status: int = 303, **changed: str) -> None:
    filled = {
        "title": TITLE, "day": "2026-06-11", "starts": "19:30", "ends": "21:30", "place": "Buurthuis De Wiek",
        "agenda": "- kennismaken\n- kiezen", "reading": "[Het verslag](https://lindewaard.example/verslag)",
    }  # fmt: skip
    manager.get(of(panel, "bijeenkomsten/nieuw"))
    manager.submit("Zet de bijeenkomst online", status=status, **(filled | changed))


# Meetings


@pytest.mark.usefixtures("members")
def test_a_meeting_goes_from_the_wijkmanager_into_a_calendar_and_leaves_it_again(
    visitor: Visitor, manager: Visitor, panel: Buurtpanel, session: Session, clock: TurnableClock
) -> None:
    plan(manager, panel, status=400, ends="19:00")
    assert "Het einde moet na het begin zijn." in manager.page.text  # type: ignore[union-attr]
    assert "neem uw buren mee, komma" in manager.page.html  # type: ignore[union-attr]
    plan(manager, panel)
    page = visitor.get(of(panel, "bijeenkomsten"))
    assert "11 juni 2026 19:30" in page.text
    assert 'href="https://lindewaard.example/verslag"' in page.html
    [meeting] = session.scalars(select(PanelMeeting)).all()
    file = visitor.get(of(panel, f"bijeenkomsten/{meeting.id}.ics"))
    assert file.response.mimetype == "text/calendar"
    raw = file.response.get_data()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "lines are folded"
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["summary"] == f"{panel.title}: {TITLE}"
    assert event.decoded("dtstart") == datetime(2026, 6, 11, 17, 30, tzinfo=UTC)
    assert (event["sequence"], event["status"], event["uid"]) == (0, "CONFIRMED", f"{meeting.uid}@localhost")
    assert b"DTSTART:20260611T173000Z" in raw
    assert rb"neem uw buren mee\, komma" in raw.replace(b"\r\n ", b"")
    clock.forward(days=1)
    manager.get(of(panel, f"bijeenkomsten/{meeting.id}/afzeggen"))
    manager.submit("Zeg de bijeenkomst af", reason="De zaal is dicht.")
    [event] = Calendar.from_ical(visitor.get(of(panel, "bijeenkomsten.ics")).response.get_data()).walk("VEVENT")
    assert (event["sequence"], event["status"], event["uid"]) == (1, "CANCELLED", f"{meeting.uid}@localhost")
    assert event.decoded("dtstamp") == clock.now
    assert "De zaal is dicht." in visitor.get(of(panel, "bijeenkomsten")).text
    manager.get(of(panel, f"bijeenkomsten/{meeting.id}/bewerken"), 403)


@pytest.mark.usefixtures("members")
def test_a_meeting_that_moves_keeps_what_it_said(manager: Visitor, panel: Buurtpanel, session: Session) -> None:
    meeting = a_meeting(session, panel)
    manager.get(of(panel, f"bijeenkomsten/{meeting.id}/bewerken"))
    manager.submit("Pas de bijeenkomst aan", place="De school")
    session.refresh(meeting)
    assert (meeting.place, meeting.title, meeting.sequence) == ("De school", "Eerste avond", 1)
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)


# Scores


def test_a_member_scores_without_a_word_and_the_leader_sees_a_spread_without_a_name(
    app: Flask,
    manager: Visitor,
    visitor: Visitor,
    visit_as: VisitAs,
    panel: Buurtpanel,
    session: Session,
    members: list[tuple[PanelPerson, VotingCode]],
) -> None:
    manager.get(of(panel, "scores/nieuw"))
    manager.submit("Bewaar de vraag", status=400, text="Welk ontwerp?", options="Beuk\nbeuk")
    manager.submit("Bewaar de vraag", text="Welk ontwerp?", options="Beuk\n\nEik")
    manager.follow()
    manager.submit("Open deze vraag")
    question = session.scalars(select(ScoreQuestion)).one()
    beech, oak = (option.id for option in question.options)
    member = a_member(app, panel, members[0][1])
    assert "Vertel eerst" in member.get(of(panel, "scores")).text
    member.get(of(panel, "belangen"))
    member.submit("Bewaar dit", has_interest="geen")
    member.get(of(panel, f"scores/{question.id}"))
    member.submit("Bewaar mijn scores", **{f"score_{beech}": "2"})
    member.follow()
    member.click("Verander uw scores")
    member.submit("Bewaar mijn scores", **{f"score_{beech}": "1", f"words_{beech}": "Te donker."})
    people = [person for person, _code in members]
    no_interest(session, *people[1:])
    scored_by(session, question, people[1:], [4, 4, 5, 5, 4])
    helper = visit_as(somebody(session, Role.HELPER))
    helper.get(of(panel, "bijeenkomsten"))
    page = helper.click("Bekijk hoe de scores verdeeld zijn")
    for part in ("3,8", "Ver onder het midden: 1. Ver erboven: 0.", "6 van 6", "Te donker.", "0 van 6"):
        assert part in page.text
    assert not [person.name for person in people if person.name in page.text]
    assert "Beuk" not in visitor.get(of(panel, "bijeenkomsten")).text, "not before the close"
    manager.get(of(panel, "bijeenkomsten/beheer"))
    manager.submit("Sluit deze vraag")
    public = visitor.get(of(panel, "bijeenkomsten")).text
    assert "3,8" in public
    assert "Te donker." not in public, "words are for the members"
    assert "Te donker." in member.get(of(panel, "scores")).text
    assert "gesloten" in member.get(of(panel, f"scores/{question.id}")).text
    assert session.scalars(select(PanelScore.score).where(PanelScore.option_id == oak)).all() == []


def test_with_fewer_than_five_scores_everybody_sees_the_mean_alone(
    visitor: Visitor,
    manager: Visitor,
    panel: Buurtpanel,
    session: Session,
    members: list[tuple[PanelPerson, VotingCode]],
) -> None:
    question, people = a_question(session, panel), [person for person, _code in members]
    no_interest(session, *people)
    scored_by(session, question, people[:4], [1, 2, 5, 5])
    manager.get(of(panel, "bijeenkomsten/beheer"))
    manager.submit("Sluit deze vraag")
    text = visitor.get(of(panel, "bijeenkomsten")).text
    assert "3,2" in text
    assert "minder dan vijf scores" in text
    assert "Aantal leden" not in text


def test_an_interest_keeps_its_option_from_the_form_and_is_public_as_a_number(
    app: Flask,
    visitor: Visitor,
    panel: Buurtpanel,
    session: Session,
    members: list[tuple[PanelPerson, VotingCode]],
) -> None:
    question = a_question(session, panel)
    beech, oak = (option.id for option in question.options)
    member = a_member(app, panel, members[0][1])
    member.get(of(panel, "belangen"))
    member.submit("Bewaar dit", status=400, has_interest="wel", text="")
    member.submit("Bewaar dit", has_interest="wel", text="Ik lever de beuken.", options=[str(beech)])
    page = member.get(of(panel, f"scores/{question.id}"))
    assert page.form("Bewaar mijn scores").names >= {f"score_{oak}"}
    assert f"score_{beech}" not in page.form("Bewaar mijn scores").names
    text = visitor.get(of(panel, "bijeenkomsten")).text
    assert "Wel een belang 1" in text
    assert "beuken" not in text


def test_without_a_code_or_a_confirmed_seat_nobody_scores(
    app: Flask, visitor: Visitor, panel: Buurtpanel, session: Session
) -> None:
    [(_person, code), *_others, (_reserve, code_of_reserve)] = seated(session, panel, confirmed=False)
    question = a_question(session, panel)
    for page in ("scores", f"scores/{question.id}", "belangen"):
        assert f"{panel.slug}/code" in visitor.get(of(panel, page), 303).response.headers["Location"]
    drawn = a_member(app, panel, code)
    assert drawn.get(of(panel, "scores"), 303).response.headers["Location"] == of(panel, "lid")
    reserve = a_member(app, panel, code_of_reserve)
    assert reserve.get(of(panel, "belangen"), 303).response.headers["Location"] == of(panel, "lid")
    assert "Uw scores" not in reserve.get(of(panel, "bijeenkomsten")).text


# Advice


@pytest.mark.usefixtures("members")
def test_advice_comes_out_and_is_answered_with_its_clock_in_sight(
    visitor: Visitor,
    manager: Visitor,
    visit_as: VisitAs,
    panel: Buurtpanel,
    session: Session,
    clock: TurnableClock,
) -> None:
    manager.get(of(panel, "bijeenkomsten/beheer"))
    manager.click("Publiceer wat het panel zegt")
    manager.submit("Publiceer", text="Kies ontwerp Beuk.", how="Na drie avonden.", minority="Twee kozen Eik.")
    for page in (of(panel, "bijeenkomsten"), f"/buurtpanels/{panel.slug}"):
        assert "uiterlijk op 15 juni 2026" in visitor.get(page).text
    duty = "Het advies van een buurtpanel beantwoorden"
    assert duty in visitor.get(f"/trajecten/{panel.traject.slug}").text
    clock.forward(hours=1)
    manager.get(of(panel, "advies/publiceren"))
    manager.submit("Publiceer", status=400, text="Kies Beuk en Es.")
    manager.submit("Publiceer", text="Kies Beuk en Es.", correction="Es was vergeten.")
    page = visitor.get(of(panel, "bijeenkomsten"))
    for part in ("Kies Beuk en Es.", "Es was vergeten.", "Kies ontwerp Beuk.", "Twee kozen Eik.", "15 juni 2026"):
        assert part in page.text
    college = visit_as(somebody(session, Role.COLLEGE))
    row = f"advies van een buurtpanel: {panel.title}"
    assert college.get("/werk").text.count(row) == 1
    college.click(row)
    college.submit("Publiceer het antwoord", status=400, use="deels gevolgd", taken_over="De beuken.")
    assert "De beuken." in college.page.html  # type: ignore[union-attr]
    college.submit(
        "Publiceer het antwoord", use="deels gevolgd", taken_over="De beuken.", not_taken_over="De es is te duur."
    )
    text = visitor.get(of(panel, "bijeenkomsten")).text
    for part in ("Het advies is voor een deel gevolgd", "De es is te duur.", "Beantwoord op 4 mei 2026"):
        assert part in text
    college.get(of(panel, "advies/antwoord"), 403)


def test_a_deviating_besluit_is_flagged_with_its_ground(visitor: Visitor, manager: Visitor, session: Session) -> None:
    panel = a_panel(session, traject=a_traject(session, phase=PhaseKind.VOTE), mandate=Mandate.DECIDE)
    seated(session, panel)
    an_advice(session, panel)
    manager.get(of(panel, "advies/antwoord"))
    filled = {"use": "niet gevolgd", "not_taken_over": "De grond is vervuild."}
    manager.submit("Publiceer het antwoord", status=400, **filled)
    manager.submit("Publiceer het antwoord", ground="gevaar voor mensen", **filled)
    text = visitor.get(of(panel, "bijeenkomsten")).text
    for part in (
        "Het besluit wijkt af van het panel",
        "wijkt af van wat het panel besloot",
        "bezwaar maken tot en met",
    ):
        assert part in text


@pytest.mark.usefixtures("members")
def test_why_there_is_no_advice_is_public(visitor: Visitor, manager: Visitor, panel: Buurtpanel) -> None:
    manager.get(of(panel, "advies/geen"))
    manager.submit("Publiceer", reason="Er kwamen te weinig leden.")
    assert "te weinig leden" in visitor.get(of(panel, "bijeenkomsten")).text
    assert "gaf geen advies" in visitor.get(f"/buurtpanels/{panel.slug}").text


def test_the_queries_of_a_page_do_not_grow_with_the_work(
    engine: Engine, visitor: Visitor, panel: Buurtpanel, session: Session, members: list[tuple[PanelPerson, VotingCode]]
) -> None:
    people = [person for person, _code in members]
    no_interest(session, *people[:2])

    def queries() -> int:
        with counting_queries(engine) as asked:
            visitor.get(of(panel, "bijeenkomsten"))
        return len(asked)

    def more(number: int) -> None:
        for _time in range(number):
            a_meeting(session, panel)
            question = a_question(session, panel)
            scored_by(session, question, people[:2], [1, 5])
            question.closed_at = question.opened_at
        session.commit()

    more(1)
    before = queries()
    more(2)
    assert queries() == before
