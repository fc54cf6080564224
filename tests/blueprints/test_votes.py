"""The way of a voter with a letter: code, choose, check, cast. All of it without script."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.votes import BallotDraft
from participatie.models.wijkbudget import Round
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind
from tests.blueprints.full_world import a_published_round
from tests.blueprints.voting import a_browser, a_voter, cast, receipt_on, shows, votes
from tests.clock import TurnableClock
from tests.factories import a_round, a_wijkmanager, an_account, ballots, codes, euros
from tests.visitor import Visitor


@pytest.fixture
def budget_round(session: Session) -> Round:
    """An open round with three plans, of which one may choose two."""
    return a_round(session, max_choices=2)


@pytest.fixture
def voter(app: Flask, session: Session, budget_round: Round) -> Visitor:
    """Somebody who showed a code."""
    return a_voter(app, session, budget_round)


def test_from_the_letter_to_the_receipt(visitor: Visitor, session: Session, budget_round: Round) -> None:
    [code] = codes(session, budget_round, 1)
    visitor.get(f"/trajecten/{budget_round.traject.slug}")
    visitor.click("Stem nu")
    visitor.submit("Verder", code=str(code))
    assert visitor.follow().h1 == "Kies uw plannen"
    visitor.submit("Bewaar en tel op", keuze=["1", "3"])
    page = visitor.follow()
    assert "Samen € 20.500" in page.text
    assert "nog niet geteld" in page.text
    assert cast(session) == []
    visitor.submit("Verder")
    page = visitor.follow()
    assert page.h1 == "Controleer uw stem"
    assert "Buurtmoestuin" in page.text
    assert "Groen schoolplein" not in page.text
    visitor.submit("Stem")
    page = visitor.follow()
    assert len(receipt_on(visitor)) == 16
    assert not [plan for plan in ("Bankjes", "Buurtmoestuin", "Groen schoolplein") if plan in page.text]
    assert cast(session) == ["[1,3]"]
    assert session.scalars(select(BallotDraft)).all() == []


@pytest.mark.parametrize("language", ["ar", "tr"])
def test_the_way_is_sound_in_another_language(app: Flask, session: Session, budget_round: Round, language: str) -> None:
    """Abuse case 70, for Arabic."""
    [code] = codes(session, budget_round, 1)
    voter = a_browser(app, session, language)
    way = f"/stemmen/{budget_round.slug}"
    voter.get(way)
    voter.submit(way, code=str(code))
    voter.follow()
    voter.submit("/kiezen", keuze=["2"], stap="verder")
    voter.follow()
    voter.submit("/controleren")
    voter.follow()
    assert cast(session) == ["[2]"]


def test_a_code_works_however_it_is_typed(app: Flask, session: Session, budget_round: Round) -> None:
    """Abuse case 20."""
    for code in map(str, codes(session, budget_round, 4)):
        for typed in (
            code.lower(),
            code.replace("-", " "),
            f"  {code.replace('-', '')} ",
            code.replace("0", "o").replace("1", "l"),
        ):
            shows(a_browser(app, session), budget_round, typed)


def test_every_wrong_code_gets_one_answer(app: Flask, session: Session, budget_round: Round) -> None:
    """Unknown, of another round, mistyped, half: the same page (abuse case 12)."""
    [foreign] = codes(session, a_round(session), 1)
    [good] = codes(session, budget_round, 1)
    answers = set()
    for typed in (str(foreign), "0000-0000-0000-00000", str(good)[:-1] + "?", "A" * 50):
        visitor = a_browser(app, session)
        visitor.get(f"/stemmen/{budget_round.slug}")
        page = visitor.submit("Verder", code=typed, status=400)
        assert page.all("input", name="code")[0].get("value") == typed
        answers.add(page.text)
    assert len(answers) == 1
    assert "Deze stemcode klopt niet" in answers.pop()


def test_voting_again_replaces_the_ballot_with_a_warning(voter: Visitor, session: Session) -> None:
    """Abuse case 4."""
    first = votes(voter, 1)
    voter.click("Kies opnieuw")
    voter.submit("Verder", keuze=["2", "3"])
    assert "vervalt uw vorige stem" in voter.follow().text
    voter.submit("Stem")
    assert "komt in de plaats van uw vorige stem" in voter.follow().text
    assert receipt_on(voter) == first
    assert cast(session) == ["[2,3]"]


def test_of_two_tabs_the_last_one_counts(app: Flask, session: Session, budget_round: Round) -> None:
    """Abuse case 4: each tab casts what it shows."""
    code = str(codes(session, budget_round, 1)[0])
    tabs = [shows(a_browser(app, session), budget_round, code) for _ in range(2)]
    for tab, plan in zip(tabs, ("1", "2"), strict=True):
        tab.submit("Verder", keuze=[plan])
        tab.follow()
    tabs[1].submit("Stem")
    tabs[0].submit("Stem")
    assert "komt in de plaats van uw vorige stem" in tabs[0].follow().text
    assert cast(session) == ["[1]"]


def test_sending_a_ballot_twice_is_harmless(voter: Visitor, session: Session) -> None:
    """A double click, and a resend after the line dropped (abuse cases 2 and 3)."""
    voter.submit("Verder", keuze=["1"])
    form = voter.follow().form("Stem").filled({})
    receipts = []
    for _ in range(3):
        voter.send(form)
        voter.follow()
        receipts.append(receipt_on(voter))
        assert voter.page is not None
        assert "komt in de plaats" not in voter.page.text
    assert len(set(receipts)) == 1
    assert cast(session) == ["[1]"]


@pytest.mark.parametrize(
    "choices, said",
    [
        ([], "Kies er minstens 1"),
        (["1", "2", "3"], "Kies er hoogstens 2"),
        (["1", "1"], "twee keer op uw stembiljet"),
        (["4"], "Plan 4 staat niet op dit stembiljet"),
        (["-1"], "staat niet op dit stembiljet"),
        (["NaN"], "staat niet op dit stembiljet"),
        (["1e9"], "Plan 1e9 staat niet"),
        (["1000000000"], "staat niet op dit stembiljet"),
        (["9" * 400], "staat niet op dit stembiljet"),
        (["1.5"], "staat niet"),
        (["٣"], "staat niet"),
        (["<script>alert(1)</script>"], "staat niet"),
    ],
)
@pytest.mark.parametrize("step", ["kiezen", "controleren"])
def test_a_ballot_that_cannot_be_is_refused_and_the_code_still_works(
    voter: Visitor, session: Session, budget_round: Round, step: str, choices: list[str], said: str
) -> None:
    """Abuse cases 6, 7 and 10: whatever a browser sends, at either step."""
    voter.quotes = ("Plan NaN",)
    voter.submit("Bewaar en tel op", keuze=["3"])
    voter.follow()
    page = voter.post(
        f"/stemmen/{budget_round.slug}/{step}", {"keuze": choices, "stap": "verder", "cost_cents": "-5"}, 400
    )
    assert said in page.text
    assert cast(session) == []
    voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    votes(voter, 2)
    assert cast(session) == ["[2]"]


def test_a_plan_of_another_round_is_refused(app: Flask, session: Session, budget_round: Round) -> None:
    """Abuse case 7: its number is not on this ballot, however large that of the other is."""
    a_round(session, plans=[(f"Plan {number}", 100) for number in range(1, 10)])
    voter = a_voter(app, session, budget_round)
    voter.post(f"/stemmen/{budget_round.slug}/controleren", {"keuze": ["9"]}, 400)
    assert cast(session) == []


def test_a_knapsack_over_the_pot_is_kept_but_not_cast(app: Flask, session: Session) -> None:
    """Abuse cases 5 and 6: the costs of the house count and not those of the browser."""
    budget_round = a_round(session, ballot_kind=BallotKind.KNAPSACK, pot=euros(50_000))
    voter = a_voter(app, session, budget_round)
    voter.submit("Bewaar en tel op", keuze=["1", "2"])
    assert "Uw keuze kost € 7.000 te veel" in voter.follow().text
    page = voter.submit("Verder", status=400)
    assert {box.get("value") for box in page.all("input", name="keuze") if box.get("checked") is not None} == {"1", "2"}
    voter.post(f"/stemmen/{budget_round.slug}/controleren", {"keuze": ["1", "2"], "kosten": "1", "cost_2": "0"}, 400)
    assert cast(session) == []
    voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    votes(voter, 2)


def test_a_lost_token_loses_no_choice(voter: Visitor, session: Session) -> None:
    page = voter.submit("Verder", keuze=["1", "3"], csrf_token="verlopen", status=400)
    assert "Wat u invulde is er nog" in page.text
    voter.submit("Verstuur")
    voter.follow()
    voter.submit("Stem", csrf_token=None, status=400)
    voter.submit("Verstuur")
    voter.follow()
    assert cast(session) == ["[1,3]"]


def test_without_a_code_there_is_no_ballot_and_no_receipt(
    visitor: Visitor, session: Session, budget_round: Round
) -> None:
    """Abuse case 18: a receipt cannot be asked by its number, or forged in a cookie."""
    way = f"/stemmen/{budget_round.slug}"
    for page in ("/kiezen", "/controleren", "/mijn-stem"):
        visitor.get(way + page, 303)
        assert visitor.follow().h1.startswith("Stem over")
    visitor.post(f"{way}/controleren", {"keuze": ["1"]}, 303)
    visitor.client.set_cookie("participatie", "eyJzdGVtIjp7InJvdW5kIjoxLCJzZWxlY3RvciI6IkFBQUFBQSJ9fQ.aaaaaa.bbbbbbbb")
    visitor.get(f"{way}/mijn-stem", 303)
    assert cast(session) == []


def test_a_code_of_one_round_shows_no_ballot_of_another(app: Flask, session: Session, budget_round: Round) -> None:
    """Abuse case 12, with the browser that showed it."""
    voter = a_voter(app, session, a_round(session))
    voter.get(f"/stemmen/{budget_round.slug}/kiezen", 303)
    voter.get(f"/stemmen/{budget_round.slug}/mijn-stem", 303)


def test_after_leaving_nothing_that_was_sent_is_taken(voter: Visitor, session: Session, budget_round: Round) -> None:
    """On a computer of the library: the next one presses Back and sends the form again (abuse case 17)."""
    voter.submit("Verder", keuze=["1"])
    form = voter.follow().form("Stem").filled({"keuze": ["2"]})
    voter.submit("Stem")
    voter.follow()
    voter.submit("Stop en wis mijn code van dit apparaat")
    assert "van dit apparaat gewist" in voter.follow().text
    voter.send(form)
    assert voter.follow().h1.startswith("Stem over")
    voter.get(f"/stemmen/{budget_round.slug}/mijn-stem", 303)
    assert cast(session) == ["[1]"]


def test_a_vote_without_an_account_belongs_to_no_account(
    visit_as: Callable[[Account], Visitor], session: Session, budget_round: Round
) -> None:
    """An official who is logged in votes with a letter as everybody does, and the log does not tell."""
    official = visit_as(an_account(session, role=Role.COLLEGE))
    shows(official, budget_round, str(codes(session, budget_round, 1)[0]))
    votes(official, 1)
    log = visit_as(an_account(session, role=Role.RAAD)).get("/logboek").text
    assert "ballot" not in log
    assert log.count("stemmen") == log.count("stemmen tellen")


def test_who_stopped_halfway_is_told_that_nothing_counts_yet(voter: Visitor, budget_round: Round) -> None:
    voter.submit("Bewaar en tel op", keuze=["1"])
    page = voter.get(f"/stemmen/{budget_round.slug}/mijn-stem")
    assert page.h1 == "U hebt nog niet gestemd"
    assert "bewaard, maar nog niet geteld" in page.text


def test_the_order_of_plans_stays_for_one_voter_and_differs_between_voters(app: Flask, session: Session) -> None:
    budget_round = a_round(session, plans=[(f"Plan {number}", 100) for number in range(1, 13)])
    orders = set()
    for _ in range(3):
        voter = a_voter(app, session, budget_round)
        pages = [voter.get(f"/stemmen/{budget_round.slug}/kiezen") for _ in range(2)]
        first, second = (tuple(box.get("value") for box in page.all("input", name="keuze")) for page in pages)
        assert first == second
        orders.add(first)
    assert len(orders) > 1


def test_the_wijkmanager_sees_no_totals_while_there_is_voting(
    visit_as: Callable[[Account], Visitor], session: Session, budget_round: Round
) -> None:
    ballots(session, budget_round, [[1]] * 7)
    manager = visit_as(a_wijkmanager(session))
    page = manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    assert "Niemand ziet tussenstanden, u ook niet" in page.text
    manager.get(f"/wijkbudget/{budget_round.slug}/uitslag", 404)


def test_a_round_of_which_the_secret_is_gone_shows_no_receipts(
    app: Flask, session: Session, clock: TurnableClock
) -> None:
    published, _besluit = a_published_round(session)
    a_browser(app, session).get(f"/stemmen/{published.slug}/mijn-stem", 303)
    assert published.traject.phase_at(clock.now).kind is PhaseKind.EXECUTE  # type: ignore[union-attr]
