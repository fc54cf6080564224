"""Whoever doubts a result finds the seal, the bundle, their receipt, and every count that was done."""

import json
from datetime import timedelta

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import seal_vote
from participatie.models.votes import VoteSeal
from participatie.spelregels.receipts import spellings_of
from tests.blueprints.voting import a_browser, a_voter, votes
from tests.clock import TurnableClock
from tests.factories import a_round, ballots, count_it, done, now_of
from tests.verification.bundles import a_closed_round, publish, revoke_last_batch
from tests.visitor import Visitor


def test_the_seal_is_public_at_once_and_its_salt_is_not(session: Session, visitor: Visitor) -> None:
    budget_round = a_closed_round(session, [[1], [3]], slug="plein")
    visitor.get("/wijkbudget/plein/zegel.json", status=404)
    seal = done(seal_vote(session, budget_round, now_of(session)))
    salt, sha256 = seal.salt, seal.ballots_sha256
    session.commit()
    assert sha256 in visitor.get("/wijkbudget/plein").text
    shown = json.loads(visitor.get("/wijkbudget/plein/zegel.json").text)
    assert (shown["ballots"], shown["ballots_sha256"]) == (2, sha256)
    assert salt not in visitor.get("/wijkbudget/plein/zegel.json").text + visitor.get("/wijkbudget/plein").text


def test_a_voter_finds_a_receipt_however_it_is_typed(session: Session, visitor: Visitor) -> None:
    """Abuse case 18: a forged receipt is not found, and a true one tells no choice."""
    budget_round = a_closed_round(session, [], slug="plein")
    [counted] = ballots(session, budget_round, [[1]])
    [aside] = ballots(session, budget_round, [[2]])
    revoke_last_batch(session, budget_round, "Een doos brieven was weg.")
    count_it(session, budget_round)
    assert "komt tegelijk met de uitslag" in visitor.get("/wijkbudget/plein/bewijs").text
    publish(session, budget_round)
    visitor.get("/wijkbudget/plein/uitslag")
    visitor.click("Zoek uw bewijs")
    spaced = " ".join((counted.receipt[:4], counted.receipt[4:9], counted.receipt[9:]))
    for typed in (counted.receipt, spaced, spaced.lower().replace("0", "o").replace("1", "l").replace(" ", " - ")):
        page = visitor.submit("Zoek mijn bewijs", status=200, receipt=typed)
        assert "Ja, uw stem telt mee" in page.text
        assert "Bankjes" not in page.text
    page = visitor.submit("Zoek mijn bewijs", status=200, receipt=aside.receipt)
    assert "telt niet mee" in page.text
    assert "Een doos brieven was weg." in page.text
    for forged in ("0" * 16, "'; DROP TABLE ballot", "%", counted.receipt[:-1]):
        assert "staat niet op de lijst" in visitor.submit("Zoek mijn bewijs", status=200, receipt=forged).text
    assert visitor.response.headers["Cache-Control"] == "no-store"
    visitor.submit("Zoek mijn bewijs", status=400, receipt="")


def test_a_receipt_is_sought_after_the_close_alone(
    app: Flask, session: Session, clock: TurnableClock, visitor: Visitor
) -> None:
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    votes(voter, 1)
    assert "Kijk of uw bewijs" not in voter.get(f"/stemmen/{budget_round.slug}/mijn-stem").text
    visitor.get(f"/wijkbudget/{budget_round.slug}/bewijs", status=404)
    clock.turn_to(budget_round.clock().closes_at + timedelta(seconds=1))
    voter.get(f"/stemmen/{budget_round.slug}/mijn-stem")
    voter.click("Kijk of uw bewijs op de lijst staat")
    assert "Bewaar uw bewijs" in voter.page.text


def test_a_count_that_was_done_again_stands_with_the_result(
    app: Flask, session: Session, manager: Visitor, visitor: Visitor
) -> None:
    budget_round = a_closed_round(session, [[1]], slug="plein")
    ballots(session, budget_round, [[2], [2]])
    count_it(session, budget_round)
    revoke_last_batch(session, budget_round)
    manager.get("/wijkbudget/plein/beheer")
    manager.click("Tel opnieuw")
    manager.submit("Tel opnieuw", reason="", status=400)
    manager.submit("Tel opnieuw", reason="Er waren stemcodes **ingetrokken**.")
    manager.follow()
    assert "De uitslag van toen was anders." in manager.page.text
    assert "Toen telden 3 stembiljetten mee." in manager.page.text
    publish(session, budget_round)
    shown = visitor.get("/wijkbudget/plein/uitslag").text
    assert "Er waren stemcodes" in shown
    assert "Groen schoolplein" in shown
    assert "al een besluit" in manager.get("/wijkbudget/plein/opnieuw-tellen", status=403).text
    assert a_browser(app, session).get("/wijkbudget/plein/opnieuw-tellen", status=302) is not None


def test_a_broken_seal_is_told_to_who_counts(session: Session, manager: Visitor) -> None:
    """Abuse case 40, on the screen: nothing is counted, and the log says so."""
    budget_round = a_closed_round(session, slug="plein")
    manager.get("/wijkbudget/plein/beheer")
    session.add(
        VoteSeal(
            round_id=budget_round.id, opening=1, ballots=7, ballots_sha256="0" * 64, receipts_sha256="0" * 64,
            salt="zout", sealed_at=now_of(session),
        )
    )  # fmt: skip
    session.execute(update(type(budget_round)).values(sealed=True))
    session.commit()
    assert "toen waren het er 7, nu 6" in manager.submit("Tel de stemmen", status=403).text


def test_what_cannot_be_a_receipt_has_no_spelling() -> None:
    assert spellings_of("ab-cd o0 iL") == ("ABCD0011", "abcd0011")
    assert [spellings_of(typed) for typed in ("", "  - ", "é" * 4, "A" * 25, "a%")] == [()] * 5
