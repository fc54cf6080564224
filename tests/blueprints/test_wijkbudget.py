"""A round as its wijkmanager runs it through the pages, and as residents read it."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.ideas import admit_idea
from participatie.models.accounts import Account
from participatie.models.votes import VoterRoll
from participatie.models.wijkbudget import AllocationLine, Plan, Round
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.words import MONEY_RULES
from tests.blueprints.full_world import a_published_round
from tests.blueprints.voting import a_browser, a_voter, cast, shows, votes
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    ballots,
    close_phases,
    codes,
    count_it,
    euros,
    now_of,
    runs_all,
)
from tests.visitor import Visitor

FILLED = {
    "title": "Lentebudget", "slug": "lente", "pot": "20.000,50", "min_choices": "1", "max_choices": "2",
}  # fmt: skip


def prepare(manager: Visitor, traject_slug: str, status: int = 303, **fields: Any) -> str:
    """Fill in the form for a round; return what the page says."""
    manager.get(f"/trajecten/{traject_slug}/wijkbudget/nieuw")
    page = manager.submit("Bewaar de stemronde", **{**FILLED, **fields}, status=status)
    return manager.follow().text if status == 303 else page.text


def issue(manager: Visitor, slug: str, count: int) -> list[str]:
    """Let the wijkmanager make codes; return them as the file holds them."""
    manager.get(f"/wijkbudget/{slug}/stemcodes")
    manager.submit("Maak de codes", count=str(count), label="brieven", status=200)
    assert manager.response is not None
    return [line.split(",")[1] for line in manager.response.text.split()[1:]]


def test_from_a_traject_to_a_besluit(
    app: Flask, visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    """Each step at its moment, by the pages alone."""
    account = a_wijkmanager(session)
    manager = visit_as(account)
    traject = a_traject(session, phase=PhaseKind.ASSESS, rules=RuleSet(weights={}))
    idea = an_idea(session, traject, title="Speelbos")
    assert "Er staan nog geen plannen op het stembiljet" in prepare(manager, traject.slug)
    idea.cost_cents = euros(15_000)
    budget_round = session.scalars(select(Round)).one()
    assert budget_round.pot_cents == 2_000_050
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    manager.submit("Publiceer het antwoord", decision="admit", answer="Mooi.", used="Alles.", category="spelen")
    [code, *_others] = issue(manager, "lente", 3)
    clock.turn_to(traject.phases[2].starts_at + timedelta(hours=1))
    close_phases(session, traject, PhaseKind.VOTE)
    manager = visit_as(account)
    manager.get("/wijkbudget/lente/beheer")
    manager.submit("Open de stemming")
    assert "Het reglement ligt vast" in manager.follow().text
    votes(shows(a_browser(app, session), budget_round, code), 1)
    clock.turn_to(traject.phases[2].ends_at)
    manager = visit_as(account)
    manager.get("/wijkbudget/lente/beheer")
    manager.submit("Tel de stemmen")
    assert "De uitslag is nog niet openbaar" in manager.follow().text
    a_browser(app, session).get("/wijkbudget/lente/uitslag", 404)
    manager.get("/wijkbudget/lente/beheer")
    manager.click("Schrijf het besluit")
    manager.submit("Publiceer het besluit", motivation="Wij volgen de stemming.")
    assert manager.follow().h1 == "Besluit over Lentebudget"
    page = a_browser(app, session).get("/wijkbudget/lente/uitslag")
    assert "Speelbos" in page.text
    assert [line.funded_cents for line in session.scalars(select(AllocationLine))] == [1_500_000]


def test_codes_are_given_once_as_a_file(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session, opened=False)
    given = issue(manager, budget_round.slug, 25)
    assert manager.response is not None
    assert manager.response.headers["Cache-Control"] == "no-store"
    assert manager.response.headers["Content-Disposition"].startswith("attachment; filename=stemcodes-")
    assert len(set(given)) == 25
    assert len(session.scalars(select(VoterRoll)).all()) == 25
    assert given[0] not in manager.get(f"/wijkbudget/{budget_round.slug}/beheer").text


@pytest.mark.parametrize("count", ["0", "-1", "20001", "1e3", "x", "9" * 5000])
def test_an_impossible_number_of_codes_makes_none(manager: Visitor, session: Session, count: str) -> None:
    budget_round = a_round(session, opened=False)
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes")
    page = manager.submit("Maak de codes", count=count, label="brieven van mei", status=400)
    assert page.all("input", name="label")[0].get("value") == "brieven van mei"
    assert session.scalars(select(VoterRoll)).all() == []


@pytest.mark.parametrize(
    "fields, status, said",
    [
        ({"min_choices": "5"}, 400, "spreken elkaar tegen"),
        ({"ballot_kind": "choose-1", "min_choices": "5", "max_choices": ""}, 400, "spreken elkaar tegen"),
        ({"ballot_kind": "cumulative"}, 400, "Vul in hoeveel punten iemand verdeelt"),
        ({"ballot_kind": "allebei"}, 400, ""),
        ({"rule": "wie het hardst roept"}, 400, ""),
        ({"leftover": ""}, 400, ""),
        ({"pot": "-5"}, 400, "niet lager zijn dan 0"),
        ({"pot": "veel"}, 400, "Schrijf een bedrag"),
        ({"slug": "Lente!"}, 400, "kleine letters"),
        ({"slug": "bestaat-al"}, 400, "Dit adres bestaat al"),
        ({"title": " "}, 400, "Vul dit in"),
        ({"max_choices": "0"}, 400, ""),
    ],
)
def test_rules_that_cannot_be_are_refused_with_what_was_typed(
    manager: Visitor, session: Session, fields: dict[str, str], status: int, said: str
) -> None:
    a_round(session, slug="bestaat-al")
    traject = a_traject(session)
    assert said in prepare(manager, traject.slug, status, **fields)
    assert manager.page is not None
    typed = {**FILLED, **fields}
    kept = manager.page.form("Bewaar de stemronde").filled({}).values
    assert [kept[name] for name in ("slug", "pot", "max_choices")] == [
        [typed[name]] for name in ("slug", "pot", "max_choices")
    ]
    assert session.scalars(select(Round.slug)).all() == ["bestaat-al"]


def test_a_traject_has_one_round(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session)
    manager.get(f"/trajecten/{budget_round.traject.slug}/wijkbudget/nieuw", 303)
    assert manager.follow().h1.startswith("Beheer van")


@pytest.mark.parametrize(
    "world, status, said",
    [
        ({"plans": []}, 403, "nog geen plannen op het stembiljet"),
        ({"voters": 0}, 403, "nog geen stemcodes"),
        ({"pot": 1_000}, 403, "kost meer dan het hele budget"),
        ({"min_choices": 9}, 400, "spreken elkaar tegen: het kleinste aantal keuzes en het aantal plannen"),
        ({"phase": PhaseKind.ASSESS}, 403, "Dit kan alleen in deze fase: stemmen"),
        ({"phase": None}, 403, "Er loopt nu geen fase"),
    ],
)
def test_a_vote_opens_at_its_moment_and_complete_alone(
    manager: Visitor, session: Session, world: dict[str, Any], status: int, said: str
) -> None:
    """The page names what is missing instead of offering the button, and the button of yesterday is refused."""
    budget_round = a_round(session, opened=False, **{**world, "voters": 0})
    if world.get("voters") != 0:
        codes(session, budget_round, 1)
    if budget_round.traject.phase_at(now_of(session)) in budget_round.traject.phases[2:]:
        close_phases(session, budget_round.traject, PhaseKind.VOTE)
    page = manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    assert said in page.text
    assert "Open de stemming" not in [text for form in page.forms() for text in form.button_texts]
    assert said in manager.post(f"/wijkbudget/{budget_round.slug}/openen", status=status).text
    assert budget_round.status is RoundStatus.DRAFT


def test_each_step_is_refused_at_another_moment(manager: Visitor, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    slug = budget_round.slug
    manager.get(f"/wijkbudget/{slug}/beheer")
    assert "al geopend" in manager.post(f"/wijkbudget/{slug}/openen", status=403).text
    assert "De stemming is nog open" in manager.post(f"/wijkbudget/{slug}/tellen", status=403).text
    assert "Tel eerst" in manager.get(f"/wijkbudget/{slug}/besluit", 403).text
    manager.get(f"/wijkbudget/{slug}/plannen/1/uitvoering", 403)
    idea = an_idea(session, budget_round.traject)
    late = admit_idea(session, runs_all(a_wijkmanager(session)), idea, "", "Mooi.", clock.now, ALL_USED)
    assert isinstance(late, Refused)
    assert late.code is Refusal.WRONG_PHASE
    clock.turn_to(budget_round.clock().closes_at)
    clock.forward(days=-1, minutes=-1)
    manager.post(f"/wijkbudget/{slug}/tellen", status=403)
    clock.forward(days=1, minutes=1)
    manager.get(f"/wijkbudget/{slug}/beheer")
    manager.submit("Tel de stemmen")
    assert "al geteld" in manager.post(f"/wijkbudget/{slug}/tellen", status=403).text


def test_a_draft_cannot_be_counted(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session, opened=False)
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    manager.post(f"/wijkbudget/{budget_round.slug}/tellen", status=403)


def test_a_cost_changed_after_opening_changes_no_ballot_and_no_count(
    app: Flask, manager: Visitor, session: Session, clock: TurnableClock
) -> None:
    """Abuse case 39: what voters see, and what is paid out, is what was frozen."""
    budget_round = a_round(session, ballot_kind=BallotKind.KNAPSACK, pot=euros(50_000))
    with pytest.raises(IntegrityError, match="frozen"), session.begin_nested():
        session.execute(update(Plan).where(Plan.round_id == budget_round.id).values(cost_cents=1, name="Verdraaid"))
    session.commit()
    voter = a_voter(app, session, budget_round)
    assert voter.page is not None
    assert "€ 45.000" in voter.page.text
    assert "Verdraaid" not in voter.page.text
    voter.submit("Verder", keuze=["1", "2"], status=400)
    voter.submit("Verder", keuze=["2"])
    voter.follow()
    voter.submit("Stem")
    clock.turn_to(budget_round.clock().closes_at)
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    manager.submit("Tel de stemmen")
    lines = {line.plan.number: line.funded_cents for line in session.scalars(select(AllocationLine))}
    assert (lines[2], cast(session)) == (euros(45_000), ["[2]"])


def test_the_rulebook_is_a_file_with_the_hash_that_the_page_shows(visitor: Visitor, session: Session) -> None:
    budget_round = a_round(session, title="Reglement “é” ≤ 1")
    shown = visitor.get(f"/wijkbudget/{budget_round.slug}/reglement").text
    file = visitor.client.get(f"/wijkbudget/{budget_round.slug}/reglement.json")
    assert hashlib.sha256(file.data).hexdigest() in shown
    assert json.loads(file.data)["title"] == budget_round.title


@pytest.mark.parametrize("rule", sorted(MONEY_RULES))
@pytest.mark.parametrize(
    "world, choices",
    [
        ({}, []),
        ({"pot": 0, "plans": [("Gratis bankje", 0), ("Gratis boom", 0)]}, [[1]]),
        ({"pot": 0, "plans": [("Gratis bankje", 0)]}, []),
        ({"plans": [("Het enige plan", 100_000)], "pot": 100_000}, [[1]]),
        ({"min_choices": 0}, [[], []]),
    ],
    ids=["no-ballots", "no-money", "nothing", "one-plan", "blank-ballots"],
)
def test_a_round_of_almost_nothing_has_a_report(
    manager: Visitor, visitor: Visitor, session: Session, rule: str, world: dict[str, Any], choices: list[list[int]]
) -> None:
    """Abuse case 16."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE, rule=rule, **world)
    ballots(session, budget_round, choices) if choices else None
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    manager.submit("Tel de stemmen")
    manager.follow()
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit("Publiceer het besluit", motivation="Zo is het.")
    manager.follow()
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    assert f"stemmen {len(choices)}" in page.text
    for plan in budget_round.plans:
        visitor.get(f"/wijkbudget/{budget_round.slug}/plannen/{plan.number}")


def test_a_plan_without_money_reads_why(visitor: Visitor, session: Session) -> None:
    budget_round, _besluit = a_published_round(session)
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/plannen/2")
    assert "Dit plan kreeg geen geld" in page.text
    assert "1 van 3 stemmers" in page.text


def test_a_tie_shows_how_the_lot_was_drawn(visitor: Visitor, manager: Visitor, session: Session) -> None:
    """Abuse case 15: with the number that anybody can make again."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE, plans=[("Boom", 100), ("Bank", 100)], pot=100)
    ballots(session, budget_round, [[1], [2]])
    allocation = count_it(session, budget_round)
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit("Publiceer het besluit", motivation="Het lot besliste.")
    text = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag").text
    assert "Deze plannen stonden precies gelijk" in text
    assert allocation.seed in text
    assert (
        allocation.seed
        == hashlib.sha256(f"{budget_round.rulebook_sha256}\n{allocation.ballots_sha256}".encode()).hexdigest()
    )
