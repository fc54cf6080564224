"""What stands out in a vote, for those who judge it; and a batch that is revoked, as everybody reads it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.votes import add_networks
from participatie.actions.votes.networks import network_hash
from participatie.app import create_app
from participatie.models.accounts import Account
from participatie.models.votes import (
    CodeBatch,
    VoteNetworkCount,
    VoteNetworkSalt,
    VoterRoll,
    VoterVisit,
    ballots_by_hour,
    codes_by_batch,
)
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.permissions import Role
from participatie.web.networks import network_of
from tests.blueprints.voting import a_browser, a_voter, cast, shows, votes
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_round, an_account, ballots, codes, now_of
from tests.factories.paper import a_stack, entered_twice
from tests.visitor import ArrangedClient, Visitor

WHY = "Deze brieven zijn aan de deur opgehaald."


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A round that is open."""
    return a_round(session)


def batch_of(session: Session, code: VotingCode) -> int:
    """The number of the batch of a code."""
    return session.scalars(select(VoterRoll.batch_id).where(VoterRoll.selector == code.selector)).one()


def revoke(manager: Visitor, budget_round: Round, batch_id: int) -> None:
    """Revoke a batch in the two steps of the page."""
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes/{batch_id}/intrekken")
    manager.submit("Verder", status=200, reason=WHY)
    manager.submit("Trek de codes in")


@pytest.mark.pages
def test_the_page_shows_how_votes_came_in_and_hides_small_numbers(
    visit_as: Callable[[Account], Visitor], session: Session, budget_round: Round
) -> None:
    ballots(session, budget_round, [[1]] * 12)
    ballots(session, budget_round, [[2]] * 3)
    add_networks(session, {(budget_round.id, "203.0.113.0/24"): (40,), (budget_round.id, "198.51.100.0/24"): (1,)})
    add_networks(session, {(budget_round.id, "192.0.2.0/24"): (2,)})
    session.commit()
    page = visit_as(an_account(session, role=Role.RAAD)).get(f"/wijkbudget/{budget_round.slug}/opvallend")
    assert "12 van 12" in page.text
    assert "minder dan 5 van 3" in page.text
    assert "3 van 3" not in page.text
    assert "2 kleinere netwerken samen" in page.text
    assert "203.0" not in page.text
    assert page.text.count("valt op") >= 1
    assert "Deze tellingen worden gewist op" in page.text
    assert "intrekken" not in page.text, "the raad watches and revokes nothing"
    for plan in ("Bankjes", "schoolplein", "moestuin"):
        assert plan not in page.text


def test_a_batch_is_revoked_in_two_steps_and_everybody_reads_why(
    app: Flask, manager: Visitor, session: Session, budget_round: Round, clock: TurnableClock
) -> None:
    voter = a_voter(app, session, budget_round)
    votes(voter, 1)
    [line] = session.scalars(select(VoterRoll).where(VoterRoll.channel.is_not(None)))
    page = manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes/{line.batch_id}/intrekken")
    assert "minder dan 5 keer" in page.text
    manager.submit("Verder", status=400, reason=" ")
    page = manager.submit("Verder", status=200, reason=WHY)
    assert WHY in page.text
    session.expire_all()
    assert session.get_one(VoterRoll, line.id).status == "gebruikt", "nothing happened yet"
    manager.submit("Trek de codes in")
    assert "ingetrokken" in manager.follow().text

    everybody = a_browser(app, session)
    page = everybody.get(f"/wijkbudget/{budget_round.slug}")
    assert WHY in page.text
    assert "telden daardoor" not in page.text, "nobody's business while the vote is open"
    assert "brieven" not in page.text.split("Ingetrokken stemcodes")[1].split("Zo ")[0].replace(WHY, "")
    assert WHY in voter.get(f"/stemmen/{budget_round.slug}/kiezen", status=403).text
    page = voter.get(f"/stemmen/{budget_round.slug}/mijn-stem")
    assert page.h1 == "Uw stemcode is ingetrokken"
    assert "telt mee" not in page.text.replace("telt niet mee", "")
    clock.turn_to(budget_round.clock().closes_at)
    assert "bezwaar" in voter.get(f"/stemmen/{budget_round.slug}/mijn-stem").text
    assert "Uw stem is in" not in voter.get(f"/stemmen/{budget_round.slug}").text
    page = everybody.get(f"/wijkbudget/{budget_round.slug}")
    assert "minder dan 10 stemmen niet mee" in page.text


def test_a_voter_whose_batch_was_revoked_is_told_why_on_casting_and_on_coming_back(
    app: Flask, manager: Visitor, session: Session, budget_round: Round
) -> None:
    """Abuse case 11: with the page to check open in the browser."""
    [code] = codes(session, budget_round, 1)
    voter = shows(a_browser(app, session), budget_round, str(code))
    voter.submit("Verder", keuze=["1"])
    voter.follow()
    revoke(manager, budget_round, batch_of(session, code))
    page = voter.submit("Stem", status=403)
    assert WHY in page.text
    assert cast(session) == []
    other = a_browser(app, session)
    other.get(f"/stemmen/{budget_round.slug}")
    assert WHY in other.submit("Verder", status=403, code=str(code)).text


@pytest.mark.pages
def test_a_batch_of_another_round_cannot_be_revoked_here(
    manager: Visitor, session: Session, budget_round: Round
) -> None:
    other = a_round(session)
    batch = session.scalars(select(CodeBatch).where(CodeBatch.round_id == other.id)).first()
    assert batch is not None
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes/{batch.id}/intrekken", status=404)


def test_a_copy_of_the_cookie_is_worth_nothing_after_stopping(
    app: Flask, session: Session, budget_round: Round
) -> None:
    """Abuse case 17: what was copied before, and the recorded form of the last step."""
    voter = a_voter(app, session, budget_round)
    voter.submit("Verder", keuze=["1"])
    voter.follow()
    assert voter.page is not None
    recorded = voter.page.form("Stem").filled({})
    thief = a_browser(app, session)
    [stolen] = [voter.client.get_cookie(app.config["SESSION_COOKIE_NAME"])]
    assert stolen is not None
    voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    voter.submit("Stop en wis mijn code van dit apparaat")
    thief.client.set_cookie(stolen.key, stolen.value)
    answer = thief.client.post(recorded.action, data=recorded.values)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/stemmen/{budget_round.slug}")
    assert cast(session) == []
    assert session.scalars(select(VoterVisit)).all() == []


def test_showing_a_code_again_ends_the_visit_before(app: Flask, session: Session, budget_round: Round) -> None:
    [code] = codes(session, budget_round, 1)
    voter = shows(a_browser(app, session), budget_round, str(code))
    first = session.scalars(select(VoterVisit.token_hash)).one()
    shows(voter, budget_round, str(code))
    assert session.scalars(select(VoterVisit.token_hash)).one() != first
    shows(a_browser(app, session), budget_round, str(code))
    assert len(session.scalars(select(VoterVisit)).all()) == 2, "another device goes on"


def test_guessing_with_ever_new_cookies_is_refused_with_a_time_to_wait(
    app: Flask, session: Session, budget_round: Round, clock: TurnableClock
) -> None:
    """Abuse case 19: a fresh browser for every guess."""
    [code] = codes(session, budget_round, 1)
    for attempt in range(11):
        guesser = a_browser(app, session)
        guesser.get(f"/stemmen/{budget_round.slug}")
        wrong = VotingCode(code.selector, "0" * 10)
        page = guesser.submit("Verder", status=400 if attempt < 10 else 429, code=str(wrong))
    assert guesser.response is not None
    assert 0 < int(guesser.response.headers["Retry-After"]) <= 3600
    assert "te vaak" in page.text
    shows(a_browser(app, session), budget_round, str(code))


@pytest.mark.pages
@pytest.mark.parametrize(
    "address, network",
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("127.0.0.1", None),
        ("::1", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_a_network_is_the_first_part_of_an_address(address: str | None, network: str | None) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("proxies, network", [(0, "203.0.113.0/24"), (1, "198.51.100.0/24")])
def test_only_a_proxy_of_ours_says_where_a_visitor_comes_from(
    app: Flask, settings: Settings, engine: Engine, clock: TurnableClock, session: Session, proxies: int, network: str
) -> None:
    """Whoever sends X-Forwarded-For along is not believed; the last part, which our own proxy added, is."""
    if proxies:
        app = create_app(replace(settings, proxies=proxies), clock)
        app.extensions["participatie.engine"].dispose()
        app.extensions["participatie.engine"] = engine
        app.test_client_class = ArrangedClient
    budget_round = a_round(session)
    voter = a_browser(app, session)
    voter.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    voter.client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.5, 198.51.100.9"
    [code] = codes(session, budget_round, 1)
    with counting_queries(engine) as queries:
        votes(shows(voter, budget_round, str(code)), 1)
    assert not [query for query in queries if "vote_network" in query], "no voter waits for a count"
    app.extensions["participatie.networks"].write(engine)
    session.expire_all()
    salt = session.get_one(VoteNetworkSalt, budget_round.id).salt
    rows = session.execute(select(VoteNetworkCount.network, VoteNetworkCount.casts)).all()
    assert [tuple(row) for row in rows] == [(network_hash(salt, network), 1)]


def test_paper_stands_in_no_hour_and_voters_with_an_account_are_no_batch(session: Session) -> None:
    budget_round = a_round(session)
    [letter] = codes(session, budget_round, 1)
    entered_twice(session, a_stack(session, budget_round), [(letter, [1])])
    ballots(session, budget_round, [[1], [2]])
    session.add(
        CodeBatch(
            round_id=budget_round.id, label="accounts", size=0, created_at=now_of(session), purpose=BatchPurpose.ACCOUNT
        )
    )
    session.commit()
    assert [count for _hour, count in session.execute(ballots_by_hour(budget_round.id))] == [2]
    listed = [batch.purpose for batch, _codes, _used in session.execute(codes_by_batch(budget_round.id))]
    assert listed
    assert BatchPurpose.ACCOUNT not in listed
