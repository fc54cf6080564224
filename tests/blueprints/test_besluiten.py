"""The besluit about a vote: equal to the outcome or with a ground, and told to whoever it concerns, once."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.following import follow
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea, Support
from participatie.models.outbox import OutboxMail
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.web.mail import message_for
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import (
    a_resident,
    a_round,
    an_account,
    an_idea,
    ballots,
    count_it,
    done,
    now_of,
    support,
)
from tests.visitor import Visitor

PUBLISH = "Publiceer het besluit"


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A counted round: the first and third plan got money; the first comes from an idea."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    idea = an_idea(session, budget_round.traject, author=a_resident(session, locale="tr"))
    budget_round.plans[0].idea_id = idea.id
    ballots(session, budget_round, [[1, 3], [1, 3], [2]])
    count_it(session, budget_round)
    return budget_round


def test_a_besluit_that_follows_the_vote_makes_the_result_public(
    manager: Visitor, visitor: Visitor, budget_round: Round
) -> None:
    result = f"/wijkbudget/{budget_round.slug}/uitslag"
    visitor.get(result, 404)
    page = manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    assert "Bankjes langs de Lindevaart" in page.text
    manager.submit(PUBLISH, title="Het is verdeeld", motivation="Wij volgen de **stemming**.")
    manager.follow()
    visitor.get(result)
    visitor.get("/besluiten")
    page = visitor.click("Het is verdeeld")
    assert "Dit besluit volgt de uitslag van de stemming" in page.text
    assert [strong.text for strong in page.all("strong")] == ["stemming"]
    assert "Het is verdeeld" in visitor.get("/").text


def test_objecting_can_be_done_for_six_weeks(
    manager: Visitor, visitor: Visitor, session: Session, budget_round: Round, clock: TurnableClock
) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit(PUBLISH, motivation="Wij volgen de stemming.")
    besluit = session.scalars(select(Besluit)).one()
    assert besluit.objection_until == date(2026, 6, 15)
    clock.forward(days=42)
    assert "U kunt bezwaar maken" in visitor.get(f"/besluiten/{besluit.id}").text
    clock.forward(days=1)
    assert "Die termijn is voorbij" in visitor.get(f"/besluiten/{besluit.id}").text


@pytest.mark.parametrize("ground", [None, "", "geen zin", "DeviationGround.LAW"])
def test_departing_from_the_vote_needs_a_ground_of_the_list(
    manager: Visitor, visitor: Visitor, session: Session, budget_round: Round, ground: str | None
) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    page = manager.submit(
        PUBLISH, follows="wijkt af", ground=ground, withheld="1", motivation="Wij doen iets anders.", status=400
    )
    assert "grond uit de lijst" in page.text or "reden uit de lijst" in page.text
    assert "Wij doen iets anders." in page.text
    assert [box.get("value") for box in page.all("input", name="withheld") if box.get("checked") is not None] == ["1"]
    assert session.scalars(select(Besluit)).all() == []
    visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag", 404)


def test_a_deviation_stays_marked_for_everybody(manager: Visitor, visitor: Visitor, budget_round: Round) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    ground = DeviationGround.SAFETY.value
    manager.submit(PUBLISH, follows="wijkt af", ground=ground, withheld="1", motivation="Er ligt een gasleiding.")
    manager.follow()
    assert "wijkt af van de stemming" in visitor.get("/besluiten").text
    page = visitor.click("Besluit over")
    assert "De reden: Het is gevaarlijk voor mensen." in page.text
    assert "Bankjes langs de Lindevaart" in page.text


def test_a_ground_is_not_kept_with_a_besluit_that_follows(
    manager: Visitor, session: Session, budget_round: Round
) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit(PUBLISH, follows="volgt", ground=DeviationGround.LAW.value, motivation="Wij volgen de stemming.")
    assert session.scalars(select(Besluit)).one().deviation_ground is None


@pytest.mark.parametrize("fields", [{"motivation": " "}, {"title": ""}, {"title": "t" * 201}, {"follows": "misschien"}])
def test_what_is_missing_is_asked_with_the_rest_still_there(
    manager: Visitor, session: Session, budget_round: Round, fields: dict[str, str]
) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    page = manager.submit(PUBLISH, **{"motivation": "Om deze reden.", "decision_body": "de raad", **fields}, status=400)
    assert page.all("input", name="decision_body")[0].get("value") == "de raad"
    assert session.scalars(select(Besluit)).all() == []


def test_there_is_one_besluit_about_a_round(manager: Visitor, session: Session, budget_round: Round) -> None:
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    assert manager.page is not None
    filled = manager.page.form(PUBLISH).filled({"motivation": "Wij volgen de stemming."})
    manager.send(filled)
    manager.send(filled)
    assert manager.follow().h1.startswith("Besluit over")
    assert len(session.scalars(select(Besluit)).all()) == 1


def test_the_college_publishes_too_and_the_council_does_not(
    visit_as: Callable[[Account], Visitor], budget_round: Round, session: Session
) -> None:
    address = f"/wijkbudget/{budget_round.slug}/besluit"
    visit_as(an_account(session, role=Role.RAAD)).get(address, 403)
    visit_as(somebody(session, Role.WIJKMANAGER, elsewhere=True)).get(address, 403)
    college = visit_as(an_account(session, role=Role.COLLEGE))
    college.get(address)
    college.submit(PUBLISH, motivation="Wij volgen de stemming.")


def test_author_supporters_and_followers_hear_it_once_in_their_language(
    manager: Visitor, session: Session, budget_round: Round, settings: Settings
) -> None:
    """Whoever is two of these hears it as the first of them."""
    now = now_of(session)
    idea = session.scalars(select(Idea)).one()
    author = idea.author
    [supporter, both] = support(session, idea, 2)
    supporter.locale, both.locale = "ar", "pl"
    follower = an_account(session, locale="uk")
    stranger = an_account(session)
    for account in (follower, author, both):
        done(follow(session, account.actor(), budget_round.traject, now))
    no_plan = an_idea(session, budget_round.traject)
    session.add(Support(idea_id=no_plan.id, account_id=both.id, created_at=now))
    session.commit()
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit(PUBLISH, title="Titel\r\nBcc: x@y.example", motivation="Wij volgen de stemming.")
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template.in_(("besluit", "told")))).all()
    told = {mail.recipient: (mail.locale, mail.facts.get("role", "follower")) for mail in mails}
    assert len(mails) == len(told)
    assert told == {
        author.email: ("tr", "author"),
        supporter.email: ("ar", "supporter"),
        both.email: ("pl", "supporter"),
        follower.email: ("uk", "follower"),
        no_plan.author.email: ("nl", "follower"),
    }
    assert stranger.email not in told
    for mail in mails:
        message = message_for(mail, settings)
        assert message["Bcc"] is None
        assert message["Content-Language"] == mail.locale
        body = message.get_content()
        assert (f"/wijkbudget/{budget_round.slug}/uitslag" in body) is (mail.template == "besluit")
        assert "/besluiten/" in body
        assert ("Bankjes langs de Lindevaart" in body) is (mail.template == "besluit")
        assert "Uw plan kreeg geld" not in message["Subject"] or mail.locale == "nl"


def test_scripts_in_a_besluit_are_text(manager: Visitor, visitor: Visitor, budget_round: Round) -> None:
    """Abuse case 41, by an official."""
    text = "<script>alert(1)</script>"
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit(PUBLISH, title=text, decision_body=text, motivation=f"{text} [x](javascript:alert(1))")
    page = manager.follow()
    assert page.h1 == text
    for address in ("/", "/besluiten", f"/trajecten/{budget_round.traject.slug}"):
        visitor.get(address)


def test_an_empty_list_says_so(visitor: Visitor) -> None:
    assert "Er zijn nog geen besluiten" in visitor.get("/besluiten").text
