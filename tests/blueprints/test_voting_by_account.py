"""The way of a voter with an account: what is missing said in steps, and then the same screens as with a letter."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.residence import Residence
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.verdicts import Refusal
from participatie.web.refusals import SENTENCES
from tests.blueprints.voting import a_browser, cast, receipt_on, votes
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_round, roll_of
from tests.factories.residence import a_round_of_accounts, a_verified_resident, residence_codes
from tests.visitor import Visitor

VisitAs = Callable[[Account], Visitor]


def said(code: Refusal) -> str:
    return str(SENTENCES[code]._args[0])


def test_from_logging_in_to_a_vote_in_steps(
    app: Flask, session: Session, visit_as: VisitAs, clock: TurnableClock
) -> None:
    budget_round = a_round_of_accounts(session)
    enter = f"/stemmen/{budget_round.slug}"
    stranger = a_browser(app, session)
    stranger.get(enter)
    assert stranger.page.link("Log in om te stemmen") == f"/inloggen?next={enter}"
    assert "Uw stemcode" not in stranger.page.text
    # Nobody comes further without being logged in, and then not without a residence.
    stranger.get(f"{enter}/kiezen", status=303)
    stranger.follow()
    assert stranger.page.h1.startswith("Stem over")
    resident, [code] = a_resident(session), residence_codes(session, 1)
    voter = visit_as(resident)
    voter.get(f"{enter}/kiezen", status=303)
    voter.follow()
    assert said(Refusal.RESIDENCE_UNKNOWN) in voter.page.text
    voter.click("Naar Mijn woonplaats")
    voter.submit("Bevestig mijn woonplaats", code=str(code))
    assert voter.response.headers["Location"] == enter
    voter.follow()
    voter.click("Ga naar het stembiljet")
    first = votes(voter, 1)
    assert "welke stem bij welk account hoort" in voter.page.text
    voter.click("Kies opnieuw")
    assert votes(voter, 2, 3) == first
    assert cast(session) == ["[2,3]"]
    clock.turn_to(budget_round.clock().closes_at)
    voter.get(f"{enter}/mijn-stem")
    assert receipt_on(voter) == first


def test_a_vote_is_found_again_in_another_browser_and_by_nobody_else(session: Session, visit_as: VisitAs) -> None:
    """Abuse case 17: what was recorded of a browser is worth nothing after logging out."""
    budget_round = a_round_of_accounts(session)
    account, _residence = a_verified_resident(session)
    first = visit_as(account)
    first.get(f"/stemmen/{budget_round.slug}/kiezen")
    receipt = votes(first, 1)
    second = visit_as(account)
    second.get(f"/stemmen/{budget_round.slug}/mijn-stem")
    assert receipt_on(second) == receipt
    neighbour = visit_as(a_verified_resident(session)[0])
    neighbour.get(f"/stemmen/{budget_round.slug}/mijn-stem")
    assert neighbour.page.h1 == "U hebt nog niet gestemd"
    with first.client.session_transaction() as cookie:
        kept = dict(cookie)
    first.submit("Uitloggen")
    with first.client.session_transaction() as cookie:
        cookie.update(kept)
    first.get(f"/stemmen/{budget_round.slug}/kiezen", status=303)
    # No cookie holds the selector.
    [line] = roll_of(session, budget_round)
    assert line.selector not in str(kept)


def test_a_code_is_refused_where_accounts_vote_and_no_codes_are_made_there(
    visitor: Visitor, manager: Visitor, session: Session
) -> None:
    budget_round = a_round_of_accounts(session)
    visitor.get("/inloggen")
    page = visitor.post(f"/stemmen/{budget_round.slug}", {"code": "0000-0000-0000-00000"}, status=403)
    assert said(Refusal.VOTES_BY_ACCOUNT) in page.text
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    assert "Geef stemcodes uit" not in manager.page.text
    manager.click("Geef woonplaatscodes uit")
    assert manager.page.h1 == "Geef woonplaatscodes uit"


def test_an_account_is_no_voter_where_letters_vote(session: Session, visit_as: VisitAs) -> None:
    budget_round = a_round(session)
    voter = visit_as(a_verified_resident(session)[0])
    voter.get(f"/stemmen/{budget_round.slug}/kiezen", status=303)
    voter.follow()
    assert "Uw stemcode" in voter.page.text


@pytest.mark.pages
def test_a_round_is_made_with_accounts_and_its_rulebook_says_so(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session, opened=False)
    manager.get(f"/wijkbudget/{budget_round.slug}/bewerken")
    assert "Hoe weten we wie mag stemmen?" in manager.page.text
    manager.submit("Bewaar de veranderingen", voting_method=VotingMethod.ACCOUNT_LETTER.value)
    assert budget_round.voting_method is VotingMethod.ACCOUNT_LETTER
    manager.get(f"/wijkbudget/{budget_round.slug}/reglement")
    assert "met een account; een code uit een brief bewijst waar iemand woont" in manager.page.text


@pytest.mark.pages
def test_an_official_gets_the_codes_once_as_a_file(manager: Visitor, session: Session) -> None:
    wijk = a_gemeente(session).wijken[0]
    address = f"/wijken/{wijk.id}/woonplaatscodes"
    manager.get(address)
    manager.submit("Maak de codes", area=str(wijk.id), count="0", label="brieven", status=400)
    manager.submit("Maak de codes", area=str(wijk.id), count="3", label="brieven", status=200)
    assert manager.response.headers["Cache-Control"] == "no-store"
    head, *rows = csv.reader(StringIO(manager.response.text))
    assert head == ["woonplaatscode", "kenmerk"]
    assert len({code for code, _kenmerk in rows}) == len({kenmerk for _code, kenmerk in rows}) == 3
    manager.get(f"/wijken/{a_gemeente(session).gemeente.id}/woonplaatscodes")
    assert "Lindewaard (gemeente)" not in manager.page.text
    manager.get("/wijken/99999999/woonplaatscodes", status=404)


def test_what_is_verified_is_shown_and_can_be_taken_away(session: Session, visit_as: VisitAs) -> None:
    account, residence = a_verified_resident(session)
    voter = visit_as(account)
    voter.get("/mijn")
    assert residence.area.name in voter.page.text
    voter.click("Mijn woonplaats bevestigen of weghalen")
    assert "4 mei 2026" in voter.page.text
    voter.submit("Haal mijn woonplaats weg")
    voter.follow()
    assert "Dan telt uw stem nog steeds." in voter.page.text
    assert session.scalars(select(Residence)).all() == []
    voter.submit("Bevestig mijn woonplaats", code="0000-0000-0000-00000", status=400)
    assert said(Refusal.RESIDENCE_CODE_WRONG) in voter.page.text


@pytest.mark.pages
def test_where_to_verify_leads_to_no_other_site(session: Session, visit_as: VisitAs) -> None:
    """Abuse case 32."""
    [code] = residence_codes(session, 1)
    voter = visit_as(a_resident(session))
    voter.get("/mijn/woonplaats?next=//evil.example")
    voter.submit("Bevestig mijn woonplaats", code=str(code))
    assert voter.response.headers["Location"] == "/mijn/woonplaats"
