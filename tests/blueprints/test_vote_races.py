"""Fifty browsers that send at one moment, through the whole app: one ballot for each code, and nobody sees an error."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from participatie.actions.votes import canonical, new_cast_key
from participatie.models.votes import Ballot, VoterRoll
from participatie.models.wijkbudget import Round
from participatie.spelregels.votes import RollStatus
from tests.blueprints.voting import a_browser, a_voter, receipt_on, same_browser
from tests.factories import a_round, codes
from tests.visitor import Visitor

AT_ONCE = 50

Sent = tuple[FlaskClient, dict[str, object]]


def all_cast(budget_round: Round, session: Session, sent: Sequence[Sent]) -> list[TestResponse]:
    """Send all of these at one moment, and return the pages that they were sent on to."""
    address = f"/stemmen/{budget_round.slug}"
    session.commit()
    start = Barrier(len(sent))

    def send(client: FlaskClient, form: dict[str, object]) -> TestResponse:
        start.wait()
        return client.post(f"{address}/controleren", data=form)

    with ThreadPoolExecutor(len(sent)) as threads:
        answers = list(threads.map(lambda one: send(*one), sent))
    session.expire_all()
    assert {answer.status_code for answer in answers} == {303}, [answer.status for answer in answers]
    assert {answer.headers["Location"] for answer in answers} == {f"{address}/mijn-stem"}
    return answers


def token_of(voter: Visitor) -> str:
    """The security token of the voter's pages."""
    assert voter.page is not None
    assert voter.page.csrf_token is not None
    return voter.page.csrf_token


def test_fifty_windows_with_one_code_cast_one_ballot(app: Flask, session: Session) -> None:
    """Abuse case 1: each sends another choice; what is stored is one of them, and all are told the same receipt."""
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    offered = [[1], [2], [3], [1, 2], [2, 3]]
    sent: list[Sent] = [
        (
            same_browser(app, voter),
            {"csrf_token": token_of(voter), "sleutel": new_cast_key(), "keuze": offered[place % len(offered)]},
        )
        for place in range(AT_ONCE)
    ]
    all_cast(budget_round, session, sent)
    [ballot] = session.scalars(select(Ballot)).all()
    assert ballot.choices in {canonical(choices) for choices in offered}
    assert len(session.scalars(select(VoterRoll).where(VoterRoll.status == RollStatus.USED)).all()) == 1
    for window in (voter, Visitor(sent[-1][0])):
        window.get(f"/stemmen/{budget_round.slug}/mijn-stem")
        assert receipt_on(window) == ballot.receipt


def test_one_page_that_is_sent_fifty_times_at_once_casts_once(app: Flask, session: Session) -> None:
    """Abuse cases 1 and 2: an impatient finger on one page."""
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    form = {"csrf_token": token_of(voter), "sleutel": new_cast_key(), "keuze": [2]}
    all_cast(budget_round, session, [(same_browser(app, voter), form) for _ in range(AT_ONCE)])
    [ballot] = session.scalars(select(Ballot)).all()
    assert (ballot.choices, len(ballot.cast_keys.split())) == ("[2]", 1)


def test_fifty_voters_at_once_are_fifty_ballots(app: Flask, session: Session) -> None:
    """Abuse case 68: nobody's vote is lost in a crowd."""
    budget_round = a_round(session)
    sent: list[Sent] = []
    for code in codes(session, budget_round, AT_ONCE):
        client = a_browser(app, session).client
        page = Visitor(client).get(f"/stemmen/{budget_round.slug}")
        client.post(f"/stemmen/{budget_round.slug}", data={"csrf_token": page.csrf_token, "code": str(code)})
        client.arranged = None
        sent.append((client, {"csrf_token": page.csrf_token, "keuze": [1], "sleutel": new_cast_key()}))
    all_cast(budget_round, session, sent)
    assert len(session.scalars(select(Ballot.receipt).distinct()).all()) == AT_ONCE
