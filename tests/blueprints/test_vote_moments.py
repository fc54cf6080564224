"""When somebody can vote, what nobody sees before its time, and what is written down nowhere."""

import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import open_vote, seal_vote
from participatie.models.accounts import Account
from participatie.models.votes import VoterRoll
from participatie.models.wijkbudget import Round
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import Channel, RollStatus
from tests.blueprints.voting import a_browser, a_voter, cast, shows, votes
from tests.clock import TurnableClock
from tests.factories import (
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    ballots,
    close_phases,
    codes,
    count_it,
    done,
    runs_all,
)
from tests.visitor import Visitor

CLOSED = "De stemming is gesloten"


@pytest.fixture
def budget_round(session: Session) -> Round:
    """An open round with three plans."""
    return a_round(session)


def test_the_clock_of_the_house_closes_the_vote_to_the_second(
    app: Flask, session: Session, clock: TurnableClock, budget_round: Round
) -> None:
    """Abuse case 8: whatever page was open already."""
    voter = a_voter(app, session, budget_round)
    voter.submit("Verder", keuze=["1"])
    form = voter.follow().form("Stem").filled({})
    clock.turn_to(budget_round.clock().closes_at - timedelta(seconds=1))
    voter.send(form)
    clock.forward(seconds=1)
    assert CLOSED in voter.send(form, 403).text
    assert CLOSED in voter.post(f"/stemmen/{budget_round.slug}/kiezen", {"keuze": ["2"]}, 403).text
    assert CLOSED in voter.post(f"/stemmen/{budget_round.slug}", {"code": "x"}, 403).text
    assert CLOSED in voter.get(f"/stemmen/{budget_round.slug}").text
    assert "niet meer veranderen" in voter.get(f"/stemmen/{budget_round.slug}/mijn-stem").text
    assert cast(session) == ["[1]"]


def test_in_the_night_that_has_an_hour_twice_the_vote_closes_once(
    app: Flask, session: Session, clock: TurnableClock
) -> None:
    """25 October 2026, 02:30 comes twice; the close at 03:00 local time is one moment in UTC (abuse case 8)."""
    clock.turn_to(datetime(2026, 10, 24, 10, tzinfo=UTC))
    traject = a_traject(session, phase=PhaseKind.VOTE)
    vote, decide = traject.phases[2], traject.phases[3]
    vote.ends_at = decide.starts_at = datetime(2026, 10, 25, 2, tzinfo=UTC)
    budget_round = a_round(session, traject=traject)
    voter = a_voter(app, session, budget_round)
    for moment in (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)):
        clock.turn_to(moment)
        page = voter.get(f"/stemmen/{budget_round.slug}")
        assert "25 oktober 2026 02:59" in page.text  # the last minute in which one can vote
        voter.get(f"/stemmen/{budget_round.slug}/kiezen")
        votes(voter, 1)
    clock.turn_to(datetime(2026, 10, 25, 2, tzinfo=UTC))
    assert CLOSED in voter.get(f"/stemmen/{budget_round.slug}/kiezen", 403).text


def test_a_clock_that_is_set_back_opens_no_vote_that_was_counted(
    app: Flask, session: Session, clock: TurnableClock, budget_round: Round
) -> None:
    """Abuse case 8."""
    voter = a_voter(app, session, budget_round)
    votes(voter, 1)
    during = clock.now
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    clock.turn_to(during)
    voter.post(f"/stemmen/{budget_round.slug}/controleren", {"keuze": ["2"]}, 403)
    assert cast(session) == ["[1]"]


def test_before_the_opening_nobody_votes(visitor: Visitor, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, opened=False)
    visitor.get(f"/stemmen/{budget_round.slug}", 404)
    close_phases(session, budget_round.traject, PhaseKind.VOTE)
    done(open_vote(session, runs_all(a_wijkmanager(session)), _with_codes(session, budget_round), clock.now))
    session.commit()
    visitor.get(f"/stemmen/{budget_round.slug}")
    clock.turn_to(budget_round.clock().opens_at - timedelta(minutes=1))
    assert "nog niet open" in visitor.get(f"/stemmen/{budget_round.slug}").text


def _with_codes(session: Session, budget_round: Round) -> Round:
    codes(session, budget_round, 1)
    return budget_round


@pytest.mark.parametrize(
    "values, said",
    [
        ({"status": RollStatus.REVOKED}, "Deze stemcode is ingetrokken"),
        ({"status": RollStatus.USED, "channel": Channel.PAPER}, "al op papier gestemd"),
    ],
)
def test_a_code_that_fell_away_is_refused_also_in_an_open_browser(
    app: Flask, session: Session, budget_round: Round, values: dict[str, object], said: str
) -> None:
    """Abuse cases 11 and 57."""
    [code] = codes(session, budget_round, 1)
    voter = shows(a_browser(app, session), budget_round, str(code))
    voter.submit("Verder", keuze=["1"])
    voter.follow()
    session.execute(update(VoterRoll).where(VoterRoll.selector == code.selector).values(**values))
    assert said in voter.submit("Stem", status=403).text
    fresh = a_browser(app, session)
    fresh.get(f"/stemmen/{budget_round.slug}")
    assert said in fresh.submit("Verder", code=str(code), status=403).text
    assert cast(session) == []


def test_the_eleventh_guess_is_refused_and_other_voters_pass(
    app: Flask, session: Session, budget_round: Round, clock: TurnableClock
) -> None:
    """Abuse case 19: a fresh browser each time helps nothing."""
    code, other = codes(session, budget_round, 2)
    another = codes(session, a_round(session), 1)[0]
    guess = type(code)(code.selector, another.verifier)
    for attempt in range(11):
        thief = a_browser(app, session)
        thief.get(f"/stemmen/{budget_round.slug}")
        page = thief.submit("Verder", code=str(guess), status=400 if attempt < 10 else 429)
    assert "Wacht een uur, of bel de gemeente" in page.text
    shows(a_browser(app, session), budget_round, str(other))
    clock.forward(hours=1)
    shows(a_browser(app, session), budget_round, str(code))


def test_a_code_stands_in_no_address_log_or_cookie(
    app: Flask, session: Session, budget_round: Round, caplog: pytest.LogCaptureFixture
) -> None:
    """Abuse cases 21 and 55: not in `Location`, not in a link, not in what is logged, and its proof not in the cookie."""
    [code] = codes(session, budget_round, 1)
    voter = a_browser(app, session)
    with caplog.at_level(logging.DEBUG):
        page = voter.get(f"/stemmen/{budget_round.slug}")
        assert page.form("Verder").method == "POST"
        voter.submit("Verder", code=str(code))
        assert voter.response is not None
        headers = str(voter.response.headers)
        with voter.client.session_transaction() as cookie:
            kept = str(dict(cookie))
        links = [link.get("href") or "" for link in voter.follow().all("a")]
        votes(voter, 1)
    for secret in (str(code), str(code).replace("-", ""), code.verifier):
        assert secret not in headers + kept + caplog.text
        assert not [link for link in links if secret in link]


def test_a_code_in_an_address_is_not_read(visitor: Visitor, session: Session, budget_round: Round) -> None:
    """Abuse case 21."""
    [code] = codes(session, budget_round, 1)
    page = visitor.get(f"/stemmen/{budget_round.slug}?code={code}")
    assert page.all("input", name="code")[0].get("value") in (None, "")
    visitor.get(f"/stemmen/{budget_round.slug}/kiezen", 303)


def test_voting_asks_nothing_of_a_mail_server_or_another_party(
    app: Flask, session: Session, budget_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Abuse case 65: the way of a voter opens no connection but that to the database."""
    voter = a_browser(app, session)
    [code] = codes(session, budget_round, 1)

    def unreachable(*_: object, **__: object) -> None:
        raise AssertionError("voting asked something of elsewhere")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, unreachable)
    votes(shows(voter, budget_round, str(code)), 1)
    assert cast(session) == ["[1]"]


@pytest.mark.parametrize("stage", ["open", "closed", "counted"])
def test_no_page_tells_totals_before_the_besluit(
    client: FlaskClient, visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock, stage: str
) -> None:
    """Every public page of the round is the same whether one plan has all votes or another (voting design)."""
    traject = a_traject(session, phase=PhaseKind.VOTE)
    budget_round = a_round(session, traject=traject)
    idea = an_idea(session, traject)
    budget_round.plans[0].idea_id = idea.id
    session.commit()
    addresses = [
        f"/ideeen/{idea.id}", f"/trajecten/{traject.slug}", f"/trajecten/{traject.slug}/feed", "/", "/besluiten",
        *(f"/wijkbudget/{budget_round.slug}{page}" for page in ("", "/plannen/1", "/plannen/2", "/reglement", "/reglement.json")),
    ]  # fmt: skip
    none_yet = [client.get(f"{address}?taal=nl").text for address in addresses]
    client.delete_cookie("taal")
    ballots(session, budget_round, [[1]] * 23 + [[2]] * 4)
    assert [client.get(f"{address}?taal=nl").text for address in addresses] == none_yet
    if stage == "open":
        return
    clock.turn_to(budget_round.clock().closes_at)
    done(seal_vote(session, budget_round, clock.now))
    session.commit()
    closed = [client.get(f"{address}?taal=nl").text for address in addresses]
    if stage == "counted":
        count_it(session, budget_round)
        assert [client.get(f"{address}?taal=nl").text for address in addresses] == closed
    for address in (f"/wijkbudget/{budget_round.slug}/uitslag", f"/wijkbudget/{budget_round.slug}/bewijzen.txt"):
        assert client.get(address).status_code == 404
    assert not [text for text in closed if ">23<" in text or "27 stem" in text]
