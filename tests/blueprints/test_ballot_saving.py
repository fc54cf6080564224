"""A ballot that is saved at every choice, and what a voter hears when something comes in between."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from participatie.models.votes import BallotDraft, VoterRoll
from participatie.models.wijkbudget import Round
from participatie.spelregels.votes import BallotKind, RollStatus
from tests.blueprints.test_weight import Phone, bytes_of
from tests.blueprints.voting import a_browser, a_voter, cast, shows, votes
from tests.clock import TurnableClock
from tests.factories import a_round, codes, euros
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

BY_SCRIPT = {"Accept": "application/json", "Accept-Language": "nl"}


@pytest.fixture
def budget_round(session: Session) -> Round:
    """An open round with three plans, of which one may choose two."""
    return a_round(session, max_choices=2)


@pytest.fixture
def voter(app: Flask, session: Session, budget_round: Round) -> Visitor:
    """Somebody who showed a code."""
    return a_voter(app, session, budget_round)


def saves(voter: Visitor, budget_round: Round, status: int = 200, **fields: Any) -> dict[str, Any]:
    """What the script of the ballot sends at a choice, and what it gets."""
    assert voter.page is not None
    sent = {"csrf_token": voter.page.csrf_token, "gezien": _seen(voter), **fields}
    answer = voter.client.post(f"/stemmen/{budget_round.slug}/kiezen", data=sent, headers=BY_SCRIPT)
    assert answer.status_code == status, answer.text[:300]
    told: dict[str, Any] = answer.get_json()
    return told


def _seen(voter: Visitor) -> str:
    assert voter.page is not None
    return voter.page.all("input", name="gezien")[0].get("value") or ""


def drafts(session: Session) -> list[str]:
    return list(session.scalars(select(BallotDraft.choices)))


def test_a_choice_is_kept_at_once_and_does_not_count(voter: Visitor, session: Session, budget_round: Round) -> None:
    told = saves(voter, budget_round, keuze=["1", "3"])
    assert told["kept"]
    assert "Bewaard: 2 van 2 plannen." in told["bar"]
    assert "bewaard, nog niet geteld" in told["bar"]
    assert (drafts(session), cast(session)) == (["[1,3]"], [])
    # What the script shows is what the page itself says.
    page = voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    for part in ("bar", "top", "badge"):
        assert told[part].strip() in page.html.replace("  ", "  ")


def test_a_choice_that_cannot_be_cast_is_kept_with_what_to_change(app: Flask, session: Session) -> None:
    budget_round = a_round(session, ballot_kind=BallotKind.KNAPSACK, pot=euros(50_000))
    voter = a_voter(app, session, budget_round)
    told = saves(voter, budget_round, keuze=["1", "2"])
    assert told["kept"]
    assert "Uw keuze kost € 7.000 te veel" in told["bar"].replace("\xa0", " ")
    assert drafts(session) == ["[1,2]"]


def test_a_place_that_cannot_be_is_told_beside_its_plan_and_not_kept(app: Flask, session: Session) -> None:
    budget_round = a_round(session, ballot_kind=BallotKind.RANKING)
    voter = a_voter(app, session, budget_round)
    saves(voter, budget_round, **{"plaats-1": "1"})
    told = saves(voter, budget_round, 400, **{"plaats-1": "1", "plaats-2": "1"})
    assert (told["kept"], set(told["mistakes"])) == (False, {"1", "2"})
    assert "Uw laatste keuze is niet bewaard" in told["top"]
    assert "niet bewaard" in told["bar"]
    assert drafts(session) == ["[1]"]


def test_a_change_in_another_window_is_told(app: Flask, session: Session, budget_round: Round) -> None:
    """Abuse case 4: the last one stays, with script and without."""
    code = str(codes(session, budget_round, 1)[0])
    one, other = (shows(a_browser(app, session), budget_round, code) for _ in range(2))
    assert "ander venster" not in saves(one, budget_round, keuze=["1"])["top"]
    assert "ander venster" in saves(other, budget_round, keuze=["2"])["top"]
    one.submit("Bewaar en tel op", keuze=["3"])
    assert "In een ander venster bewaarde u een andere keuze" in one.follow().text
    one.submit("Bewaar en tel op", keuze=["1"])
    assert "ander venster" not in one.follow().text
    assert drafts(session) == ["[1]"]


def test_a_choice_that_was_overtaken_by_a_later_one_of_its_own_page_undoes_nothing(
    voter: Visitor, session: Session, budget_round: Round
) -> None:
    page = {"venster": "0123456789abcdef"}
    saves(voter, budget_round, keuze=["1", "3"], beurt="2", **page)
    told = saves(voter, budget_round, keuze=["1"], beurt="1", **page)
    assert "ander venster" not in told["top"]
    assert "Bewaard: 2 van 2 plannen." in told["bar"]
    assert drafts(session) == ["[1,3]"]


@pytest.mark.parametrize("nonsense", [{"venster": "'; drop"}, {"beurt": "x"}, {"beurt": "-1"}, {"venster": "f" * 400}])
def test_nonsense_about_the_page_keeps_the_choice(
    voter: Visitor, session: Session, budget_round: Round, nonsense: dict[str, str]
) -> None:
    saves(voter, budget_round, keuze=["2"], **{"venster": "0123456789abcdef", "beurt": "1", **nonsense})
    assert drafts(session) == ["[2]"]


def test_a_voter_whose_session_is_gone_is_asked_the_code_and_finds_the_choice(
    app: Flask, session: Session, budget_round: Round
) -> None:
    code = str(codes(session, budget_round, 1)[0])
    voter = shows(a_browser(app, session), budget_round, code)
    saves(voter, budget_round, keuze=["2"])
    with voter.client.session_transaction() as cookie:
        del cookie["stem"]
    assert "Vul uw code opnieuw in" in saves(voter, budget_round, 403, keuze=["1"])["bar"]
    voter.submit("Verder", keuze=["1"])
    page = voter.follow()
    assert "Wat u bewaarde, staat er nog, maar is nog niet geteld" in page.text
    voter.submit("Verder", code=code)
    page = voter.follow()
    assert [box.get("value") for box in page.all("input", name="keuze") if box.get("checked") is not None] == ["2"]


@pytest.mark.parametrize("voted", [True, False])
def test_who_is_choosing_at_the_close_hears_that_it_came_too_late_and_what_counts(
    voter: Visitor, session: Session, clock: TurnableClock, budget_round: Round, voted: bool
) -> None:
    """Abuse case 8: with and without script, and at the last step."""
    if voted:
        votes(voter, 1)
        voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    saves(voter, budget_round, keuze=["2"])
    clock.turn_to(budget_round.clock().closes_at)
    assert "De stemming is gesloten" in saves(voter, budget_round, 403, keuze=["3"])["bar"]
    for step in ("kiezen", "controleren"):
        page = voter.post(f"/stemmen/{budget_round.slug}/{step}", {"keuze": ["2"]}, 403)
        assert "Te laat: uw keuze is niet geteld" in page.text
        assert ("De stem die u eerder uitbracht, telt mee." if voted else "Met uw code is niet gestemd.") in page.text
    assert cast(session) == (["[1]"] if voted else [])


def test_a_code_that_is_revoked_while_choosing_is_told_at_the_next_choice(
    app: Flask, session: Session, budget_round: Round
) -> None:
    """Abuse case 11."""
    code, other = codes(session, budget_round, 2)
    voter = shows(a_browser(app, session), budget_round, str(code))
    gone = update(VoterRoll).where(VoterRoll.selector == code.selector).values(status=RollStatus.REVOKED)
    session.execute(gone)
    assert "Deze stemcode is ingetrokken" in saves(voter, budget_round, 403, keuze=["1"])["bar"]
    page = voter.submit("Verder", keuze=["1"], status=403)
    assert "Deze stemcode is ingetrokken" in page.text
    voter.get(f"/stemmen/{budget_round.slug}/kiezen", 403)
    voter.submit("Verder", code=str(other))
    assert voter.follow().h1 == "Kies uw plannen"
    assert drafts(session) == []


def test_the_three_screens_of_a_first_visit_are_light(app: Flask, session: Session) -> None:
    """At most 60 kB with everything that a phone fetches for them, and with 160 plans still."""
    for plans in (None, [(f"Een plan met een naam van gewone lengte, nummer {number}", 100) for number in range(160)]):
        budget_round = a_round(session, plans=plans, categories=["Groen", "Sport en spel"])
        [code] = codes(session, budget_round, 1)
        session.commit()
        phone, way = Phone(app.test_client()), f"/stemmen/{budget_round.slug}"
        fetched = phone.visit(way)
        fetched |= _sent(phone, way, code=str(code))
        fetched |= phone.visit(f"{way}/kiezen")
        fetched |= _sent(phone, f"{way}/kiezen", keuze=["1", "2"], stap="verder")
        fetched |= phone.visit(f"{way}/controleren")
        fetched |= _sent(phone, f"{way}/controleren", keuze=["1", "2"])
        fetched |= phone.visit(f"{way}/mijn-stem")
        assert [name for name, answer in fetched.items() if answer.status_code not in (200, 303)] == []
        weights = {name: bytes_of(answer) for name, answer in fetched.items()}
        assert sum(weights.values()) <= 60_000, weights


def _sent(phone: Phone, address: str, **fields: Any) -> dict[str, TestResponse]:
    page = phone.client.get(address).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return {f"POST {address}": phone.client.post(address, data={"csrf_token": token, **fields})}
