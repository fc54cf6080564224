"""A choice among options from the first form to the besluit, and an advisory poll that says so on every page."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.wijkbudget import count_round
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import Round
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.clock import now
from participatie.web.round_words import advice_sentence
from tests.blueprints.making import CARD, the
from tests.blueprints.voting import a_browser, a_voter, receipt_on, shows
from tests.clock import TurnableClock
from tests.factories import a_resident, a_wijkmanager, codes, done, now_of, runs_all
from tests.factories.choices import DESIGNS, a_choice, chosen
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

#: What only a vote that binds may say.
BINDS = re.compile(
    r"\b(beslist|beslisten|meebeslissen|bindend|won|wonnen|uitslag telt|voert die uit|volgt de uitslag|kreeg geld)\b",
    re.IGNORECASE,
)


def is_advice(text: str) -> bool:
    """Tell whether a page says that it is advice, and nothing that only a vote may say."""
    binding = BINDS.search(text)
    assert binding is None, f"an advisory page says {text[max(binding.start() - 80, 0) : binding.end() + 40]}"
    return "advies" in text


@pytest.fixture
def manager(session: Session, visit_as: Callable[[Account], Visitor]) -> Visitor:
    return visit_as(a_wijkmanager(session))


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["straatkeuze", "straatpeiling"])
def test_a_wijkmanager_makes_opens_counts_and_decides_about_a_choice(
    app: Flask, manager: Visitor, session: Session, clock: TurnableClock, preset: str
) -> None:
    """The preset walked in a browser: traject, round, options, vote, count, besluit."""
    advice = preset == "straatpeiling"
    manager.get(f"/trajecten/nieuw/{preset}")
    assert "Hoeveel euro is er te verdelen" not in manager.page.text
    manager.submit("Bewaar als concept", title="De Lindestraat", slug="linde", **CARD)
    manager.follow()
    manager.submit("Open dit traject")
    phase = the(session, "linde").phases[0]
    assert phase.kind is (PhaseKind.POLL if advice else PhaseKind.VOTE)
    clock.turn_to(phase.starts_at)
    manager.get("/trajecten/linde/wijkbudget/nieuw")
    for money in ("Hoeveel euro", "Hoe wordt het geld verdeeld", "plannen"):
        assert money not in manager.page.text
    manager.submit("Bewaar de stemronde", **({"ballot_kind": "choose-1"} if advice else {}))
    manager.follow()
    assert "te weinig opties" in manager.page.text
    manager.get("/wijkbudget/linde/opties")
    for name in DESIGNS:
        manager.submit("Voeg de optie toe", name=name, description="Zo wordt het.", cost_text="ongeveer € 40.000")
        manager.follow()
    manager.submit("Voeg de optie toe", name=DESIGNS[0], description="Nog een keer.", status=400)
    assert "al een optie met deze naam" in manager.page.text
    manager.get("/wijkbudget/linde/opties/2")
    manager.submit("Bewaar de optie", name="Een straat om te spelen")
    manager.follow()
    manager.submit("Haal optie 3 weg")
    budget_round = session.scalars(select(Round).where(Round.slug == "linde")).one()
    code, _unused = codes(session, budget_round, 2)
    manager.get("/wijkbudget/linde/beheer")
    manager.submit("Open de peiling" if advice else "Open de stemming")
    manager.follow()
    manager.get("/wijkbudget/linde/opties", status=403)
    voter = shows(a_browser(app, session), budget_round, str(code))
    assert "Een straat om te spelen" in voter.page.text
    assert "Een straat met parkeervakken" not in voter.page.text
    voter.submit("Verder", keuze="2")
    voter.follow()
    voter.submit("Stem")
    voter.follow()
    receipt = receipt_on(voter)
    clock.turn_to(phase.ends_at)
    manager.get("/wijkbudget/linde/beheer")
    manager.submit("Tel de stemmen")
    manager.get("/wijkbudget/linde/besluit")
    if advice:
        manager.submit("Publiceer het besluit", motivation="Wij kiezen voor groen.", status=400)
        assert "Schrijf op wat u met het advies van bewoners doet" in manager.page.text
        manager.submit("Publiceer het besluit", motivation="Wij kiezen voor groen.", advice_use="niet gevolgd")
    else:
        manager.submit("Publiceer het besluit", motivation="Wij volgen de straat.")
    manager.follow()
    visitor = a_browser(app, session)
    page = visitor.get("/wijkbudget/linde/uitslag")
    assert "Een straat om te spelen" in page.text
    assert "1 van 1 stemmers" in page.text
    assert ("Het advies is niet gevolgd" in page.text) is advice
    assert receipt in visitor.get("/wijkbudget/linde/bewijzen.txt").text
    assert "most-votes" in visitor.get("/wijkbudget/linde/stemmen.pb").text
    assert session.scalars(select(Besluit)).one().advice_use == (AdviceUse.NOT_FOLLOWED if advice else None)


def test_every_page_of_a_poll_says_that_it_is_advice(
    app: Flask, session: Session, clock: TurnableClock, manager: Visitor, visitor: Visitor
) -> None:
    budget_round = a_choice(session, advice=True, kind=BallotKind.APPROVAL)
    slug, traject = budget_round.slug, budget_round.traject.slug
    voter = a_voter(app, session, budget_round)
    assert is_advice(voter.page.text)
    assert "€ 0" not in voter.page.text
    assert "plan" not in voter.page.text.lower().replace("explanation", "")
    voter.submit("Bewaar en tel op", keuze=["1"])
    voter.follow()
    assert is_advice(voter.page.text)
    voter.submit("Verder", keuze=["1", "2"])
    voter.follow()
    assert is_advice(voter.page.text)
    voter.submit("Stem")
    voter.follow()
    assert is_advice(voter.page.text)
    assert is_advice(voter.get(f"/stemmen/{slug}").text)
    public = (f"/wijkbudget/{slug}", f"/wijkbudget/{slug}/reglement", f"/wijkbudget/{slug}/plannen/1")
    for url in (*public, f"/stemmen/{slug}"):
        page = visitor.get(url)
        assert is_advice(page.text), url
        assert "€ 0" not in page.text
    assert "Nu: geef advies" in visitor.get("/").text
    assert "Geef advies met de code uit uw brief" in visitor.get(f"/trajecten/{traject}").text
    assert '"is_advice":true' in visitor.get(f"/wijkbudget/{slug}/reglement.json").text
    assert is_advice(manager.get(f"/wijkbudget/{slug}/beheer").text)

    chosen(session, budget_round, [[2], [2], [3]])
    clock.turn_to(budget_round.clock().closes_at)
    for url in (*public, f"/stemmen/{slug}"):
        assert is_advice(visitor.get(url).text), url
    actor = runs_all(a_wijkmanager(session))
    done(count_round(session, actor, budget_round, clock.now))
    session.commit()
    assert is_advice(manager.get(f"/wijkbudget/{slug}/uitslag").text)
    assert is_advice(manager.get(f"/wijkbudget/{slug}/besluit").text)
    terms = {"title": "Besluit", "decision_body": "college", "motivation": "Daarom.", "deviates": False, "ground": None}
    besluit = done(publish_besluit(session, actor, budget_round, now=clock.now, advice_use=AdviceUse.PARTLY, **terms))  # type: ignore[arg-type]
    session.commit()
    for url in (*public, f"/wijkbudget/{slug}/uitslag", f"/besluiten/{besluit.id}"):
        assert is_advice(visitor.get(url).text), url
    assert "Het advies is voor een deel gevolgd" in visitor.get(f"/wijkbudget/{slug}/uitslag").text
    assert "Het advies is voor een deel gevolgd" in visitor.get("/besluiten").text
    assert "Het advies is voor een deel gevolgd" in visitor.get(f"/trajecten/{traject}/feed").text
    assert "Het advies van bewoners is bekend" in visitor.get(f"/trajecten/{traject}").text
    for use in AdviceUse:
        besluit.advice_use = use
        session.commit()
        goes_ahead = ",ja," in visitor.get(f"/wijkbudget/{slug}/plannen.csv").text
        assert goes_ahead is (use is AdviceUse.FOLLOWED), use


@pytest.mark.parametrize("kind", [BallotKind.CHOOSE_ONE, BallotKind.APPROVAL, BallotKind.RANKING])
def test_the_result_of_a_choice_tells_the_winner_and_the_votes_of_each_option(
    visitor: Visitor, session: Session, clock: TurnableClock, kind: BallotKind
) -> None:
    budget_round = a_choice(session, kind=kind)
    chosen(session, budget_round, [[1], [1], [3]])
    clock.turn_to(budget_round.clock().closes_at)
    actor = runs_all(a_wijkmanager(session))
    done(count_round(session, actor, budget_round, clock.now))
    terms = {
        "title": "Besluit",
        "decision_body": "college",
        "motivation": "Wij volgen.",
        "deviates": False,
        "ground": None,
    }
    done(publish_besluit(session, actor, budget_round, now=clock.now, **terms))  # type: ignore[arg-type]
    session.commit()
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    assert "Deze optie won" in page.text
    assert "2 van 3 stemmers" in page.text
    assert re.search(r"Met [12] (punt|punten|stem|stemmen) meer had ze gewonnen", page.text)
    assert ("punt" in page.text) is (kind is BallotKind.RANKING)
    assert re.search(r"€|\bgeld\b|advies", page.text) is None
    rows = ["".join(row.itertext()) for row in page.all("tr")]
    assert len(rows) == 1 + len(DESIGNS)
    assert any(DESIGNS[2] in row and "1" in row for row in rows)
    option = visitor.get(f"/wijkbudget/{budget_round.slug}/plannen/2")
    assert "niet gekozen" in option.text
    assert "ongeveer € 40.000" in option.text


def test_a_vote_that_binds_never_calls_itself_advice(app: Flask, session: Session, visitor: Visitor) -> None:
    budget_round = a_choice(session)
    voter = a_voter(app, session, budget_round)
    pages = [voter.page.text] + [
        visitor.get(url).text
        for url in (
            f"/stemmen/{budget_round.slug}",
            f"/wijkbudget/{budget_round.slug}",
            f"/wijkbudget/{budget_round.slug}/reglement",
        )
    ]
    assert not any("advies" in text for text in pages)
    assert "U beslist mee welke optie er komt" in pages[1]
    assert "bindend" in pages[3]


def test_a_poll_is_done_over_as_a_poll(manager: Visitor, visitor: Visitor, session: Session) -> None:
    budget_round = a_choice(session, advice=True)
    chosen(session, budget_round, [[1]])
    manager.get(f"/wijkbudget/{budget_round.slug}/opnieuw")
    manager.submit("Laat alle stemmen vervallen en begin opnieuw", reason="Een tekening klopte niet.")
    manager.follow()
    assert session.scalars(select(Ballot)).all() == []
    assert is_advice(visitor.get(f"/wijkbudget/{budget_round.slug}").text)
    assert "bewoners geven advies" in visitor.get(f"/trajecten/{budget_round.traject.slug}/nieuws").text
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    manager.submit("Open de peiling")
    assert (budget_round.status, budget_round.is_advice()) == (RoundStatus.OPEN, True)


def test_a_resident_prepares_no_options(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    budget_round = a_choice(session)
    neighbour = visit_as(a_resident(session))
    for path in ("opties", "opties/1"):
        neighbour.get(f"/wijkbudget/{budget_round.slug}/{path}", status=403)
    assert "wijkmanager" in neighbour.page.text
    neighbour.post(f"/wijkbudget/{budget_round.slug}/opties/1/weghalen", status=403)
    assert len(budget_round.plans) == len(DESIGNS)


def test_the_letter_has_a_sentence_about_advice(app: Flask, session: Session) -> None:
    poll, vote = a_choice(session, advice=True), a_choice(session)
    with app.test_request_context("/?taal=nl"):
        assert "Uw stem is een advies" in advice_sentence(poll)
        assert advice_sentence(vote) == ""
        assert now() == now_of(session)
