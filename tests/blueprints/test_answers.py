"""What is late is public; staff begin with what was not answered; and an idea says where it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.disputes import raise_dispute
from participatie.actions.escalating import escalate
from participatie.actions.ideas import reject_idea
from participatie.models.accounts import Account
from participatie.models.answers import AnswerOwner
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.spelregels.answers import Asked, Parts, term_ends
from participatie.spelregels.permissions import Role
from participatie.spelregels.trajecten import DisputeKind
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    OTHER_ROUTE,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    ideas,
    runs_all,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
VisitAs = Callable[[Account], Visitor]


def test_everybody_reads_what_is_late_and_whose_turn_it_is(
    visitor: Visitor, session: Session, clock: TurnableClock, engine: Engine
) -> None:
    traject = a_traject(session, answer_days=14)
    manager = runs_all(a_wijkmanager(session))
    in_time, late, waits = (an_idea(session, traject, title=title) for title in ("Op tijd", "Vergeten", "Later"))
    done(reject_idea(session, manager, in_time, "Nee.", clock.now, OTHER_ROUTE))
    waits.created_at = term_ends(late.created_at, 14)
    clock.turn_to(term_ends(late.created_at, 14))
    clock.forward(days=8)
    escalate(session, (Asked.IDEA, late.id), clock.now)
    session.commit()
    page = visitor.get("/antwoorden")
    assert "Op tijd beantwoord: 1" in page.text
    assert "Wacht, al te laat: 1" in page.text
    assert "Wacht, nog op tijd: 1" in page.text
    assert "Vergeten idee, Wiekbuurt 9 dagen te laat Aan de beurt: de wijkmanager." in page.text
    assert "Later" not in page.text
    assert late.author.name not in page.text
    assert "9 dagen te laat" in visitor.click("Vergeten").text
    other = a_gemeente(session).wijken[1]
    assert "Er is niets te laat." in visitor.get(f"/antwoorden?wijk={other.id}").text
    assert "Vergeten" in visitor.get(f"/antwoorden?traject={traject.slug}").text
    visitor.get("/antwoorden?wijk=99999999", 404)
    visitor.get("/antwoorden.csv")
    assert visitor.response is not None
    rows = visitor.response.get_data(as_text=True).splitlines()
    assert f"idee,{late.id},{traject.slug},Wiekbuurt,2026-05-04,2026-05-18,,over tijd,9,wijkmanager" in rows
    assert len(rows) == 4

    def cost() -> int:
        with counting_queries(engine) as queries:
            visitor.get("/antwoorden?taal=nl")
        return len(queries)

    cost()
    before = cost()
    ideas(session, a_traject(session), 40)
    assert cost() == before


def test_staff_begin_with_what_was_not_answered_and_hand_it_over(
    manager: Visitor, visit_as: VisitAs, session: Session
) -> None:
    traject = a_traject(session)
    an_idea(session, traject, title="Een boom")
    hers = an_idea(session, traject, title="Een bank")
    colleague = an_account(session, role=Role.WIJKMANAGER, name="Ans Post")
    an_account(session, role=Role.ASSESSOR, name="Tom Toets")
    page = manager.get("/werk")
    assert page.text.index("Nog niet beantwoord, oudste eerst") < page.text.index("Trajecten Wijkbudget")
    assert "Een bank Wiekbuurt, bij Wim Bakker" in page.text
    manager.click("draag Een bank over")
    assert "Tom Toets" not in manager.page.text, "who cannot answer it is no choice"
    manager.submit("Draag over", to=str(colleague.id))
    assert "Een bank Wiekbuurt, bij Ans Post" in manager.follow().text
    assert "Een bank" not in manager.click("Bekijk alleen wat van mij is").text
    own = visit_as(colleague)
    text = own.get("/werk?van=mij").text
    assert "Een bank Wiekbuurt, bij Ans Post" in text
    assert "bij Wim Bakker" not in text
    assert session.scalars(select(AnswerOwner)).one().thing_id == hers.id
    assert "Beantwoord dit idee" in own.get(f"/ideeen/{hers.id}").text
    # Once it went up to the wethouder, whoever took it over still has it on the list.
    an_account(session, role=Role.COLLEGE)
    escalate(session, (Asked.IDEA, hers.id), term_ends(hers.created_at, traject.answer_days) + timedelta(days=22))
    session.commit()
    assert "Een bank Wiekbuurt, bij de wethouder" in own.get("/werk?van=mij").text
    manager.get("/antwoorden/idee/99999999/overdragen", 404)
    manager.get(f"/antwoorden/iets/{hers.id}/overdragen", 404)
    manager.get(f"/antwoorden/idee/{hers.id}/overdragen")
    manager.submit("Draag over", to="99999999", status=400)


def test_the_wethouder_hands_over_what_went_up_and_sees_who_has_it(
    visitor: Visitor, visit_as: VisitAs, session: Session, clock: TurnableClock
) -> None:
    colleague, wethouder = (
        an_account(session, role=Role.WIJKMANAGER, name="Ans Post"),
        an_account(session, role=Role.COLLEGE),
    )
    traject = a_traject(session)
    idea = an_idea(session, traject, title="Een bank")
    clock.turn_to(term_ends(idea.created_at, traject.answer_days) + timedelta(days=22))
    escalate(session, (Asked.IDEA, idea.id), clock.now)
    session.commit()
    took, college = visit_as(colleague), visit_as(wethouder)
    assert "Een bank" not in took.get("/werk?van=mij").text
    assert "Een bank Wiekbuurt, bij de wethouder" in college.get("/werk").text
    clock.forward(minutes=1)
    college.click("draag Een bank over")
    college.submit("Draag over", to=str(colleague.id))
    assert "Een bank Wiekbuurt, bij Ans Post" in college.follow().text
    assert "Een bank" not in college.click("Bekijk alleen wat van mij is").text
    assert "Een bank Wiekbuurt, bij Ans Post" in took.get("/werk?van=mij").text
    for address in (f"/ideeen/{idea.id}", "/antwoorden"):
        text = visitor.get(address).text
        assert "wijkmanager" in text
        assert "wethouder" not in text
        assert "Ans Post" not in text


def test_where_nobody_can_answer_it_whoever_hands_over_reads_so(
    manager: Visitor, session: Session, clock: TurnableClock
) -> None:
    dispute = done(
        raise_dispute(session, a_resident(session), a_traject(session), DisputeKind.DISPUTE, "Niet gehoord.", clock.now)
    )
    session.commit()
    here = f"/antwoorden/geschil/{dispute.id}/overdragen"
    assert "Niemand kan dit hier beantwoorden." in manager.get(here).text
    an_account(session, role=Role.COLLEGE, name="Ilse de Boer")
    page = manager.get(here)
    assert "Niemand kan dit hier beantwoorden." not in page.text
    assert "Ilse de Boer" in page.text


def test_a_no_says_why_and_where_else_to_go_and_everybody_reads_all_of_it(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session, a_traject(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    page = manager.submit("Publiceer het antwoord", decision="reject", answer="Er ligt een leiding.", status=400)
    assert "Wie een nee krijgt, hoort ook een andere weg." in page.text
    assert "Er ligt een leiding." in page.text, "what was typed is still there"
    page = manager.submit("Publiceer het antwoord", used="De plek.", route="Vraag het **buurtfonds**.", status=400)
    assert "Wat gebruikt de gemeente niet? – De gemeente gebruikt een deel." in page.text
    assert "Vraag het **buurtfonds**." in page.text
    manager.submit("Publiceer het antwoord", not_used="Het hek.")
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "Dit gebruiken we: De plek. Dit gebruiken we niet: Het hek." in text
    assert "Hier kunt u nu terecht: Vraag het buurtfonds." in text
    assert "Laatste stap Niet toegelaten" in text
    assert "komt nog" not in text


@pytest.mark.parametrize("together", [False, True])
def test_a_yes_says_what_is_used_beside_its_field_and_nothing_typed_is_lost(
    manager: Visitor, session: Session, *, together: bool
) -> None:
    """Alone and together: the form asks the same rule as the action."""
    idea = an_idea(session, a_traject(session))
    here = f"/trajecten/{idea.traject.slug}/ideeen/samen-beantwoorden" if together else f"/ideeen/{idea.id}/antwoorden"
    chosen = {"ideas": [str(idea.id)]} if together else {}
    manager.get(here)
    typed = {"decision": "admit", "answer": "Het past bij de wijk.", "not_used": "Het hek."}
    page = manager.submit("Publiceer het antwoord", **typed, **chosen, status=400)
    assert "Wat gebruikt de gemeente van het idee? – Schrijf op wat de gemeente van het idee gebruikt." in page.text
    assert "Het past bij de wijk." in page.text
    assert "Het hek." in page.text
    assert idea.answered_at is None


def test_several_ideas_are_answered_at_once_or_none_is(manager: Visitor, session: Session) -> None:
    traject = a_traject(session)
    tree, bench, elsewhere = an_idea(session, traject), an_idea(session, traject), an_idea(session, a_traject(session))
    manager.get(f"/trajecten/{traject.slug}/ideeen/samen-beantwoorden")
    typed = {
        "decision": "reject",
        "answer": "Het geld is op.",
        "route": "Volgend jaar weer.",
        f"own_{tree.id}": "Sorry.",
    }
    page = manager.submit("Publiceer het antwoord", ideas=[str(tree.id), str(elsewhere.id)], status=400, **typed)
    assert "Het geld is op." in page.text
    assert session.scalar(select(func.count(Idea.id)).where(Idea.answered_at.is_not(None))) == 0
    manager.submit("Publiceer het antwoord", ideas=[str(tree.id), str(bench.id)], **typed)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered")).all()
    assert {mail.facts["idea_id"]: mail.facts["own"] for mail in mails} == {tree.id: "Sorry.", bench.id: ""}
    assert "Er wacht nu niets op u." in manager.get(f"/trajecten/{traject.slug}/ideeen/samen-beantwoorden").text


def test_an_idea_says_where_it_is_who_has_it_and_until_when(visitor: Visitor, session: Session) -> None:
    idea = an_idea(session, a_traject(session, answer_days=14))
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "Laatste stap Ingediend Dit ligt nu bij de contactpersoon van het traject" in text
    assert "Antwoord uiterlijk op 18 mei 2026" in text
    assert "Ingediend: 4 mei 2026 Getoetst: komt nog Toegelaten: komt nog" in text
    done(
        reject_idea(
            session, runs_all(a_wijkmanager(session)), idea, "Nee.", idea.created_at, Parts(route="Bel het fonds.")
        )
    )
    session.commit()
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "Dit ligt nu bij" not in text
    assert "te laat" not in text


def test_an_idea_that_was_answered_late_says_so_and_how_late(
    visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    idea = an_idea(session, a_traject(session, answer_days=14))
    clock.turn_to(term_ends(idea.created_at, 14) + timedelta(days=2))
    done(reject_idea(session, runs_all(a_wijkmanager(session)), idea, "Nee.", clock.now, OTHER_ROUTE))
    clock.forward(days=30)
    session.commit()
    assert "Antwoord van de gemeente 3 dagen te laat" in visitor.get(f"/ideeen/{idea.id}").text


def test_an_author_reads_all_parts_on_their_own_page(visit_as: VisitAs, session: Session) -> None:
    idea = an_idea(session, a_traject(session))
    parts = Parts("De plek.", "Het hek.", "Bel het fonds.", "Uw tekening hangt hier.")
    done(reject_idea(session, runs_all(a_wijkmanager(session)), idea, "Te duur.", idea.created_at, parts))
    session.commit()
    text = visit_as(idea.author).get("/mijn").text
    for said in ("Te duur.", "De plek.", "Het hek.", "Bel het fonds.", "Uw tekening hangt hier."):
        assert said in text
