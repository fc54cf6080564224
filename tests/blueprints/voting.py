"""A voter in a browser, as the tests of the voting pages need one."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.votes import Ballot
from participatie.models.wijkbudget import Round
from tests.factories import codes
from tests.visitor import Visitor


def a_browser(app: Flask, session: Session, language: str = "nl") -> Visitor:
    """Somebody with a browser of their own."""
    client = app.test_client()
    client.arranged = session
    return Visitor(client, language)


def same_browser(app: Flask, voter: Visitor) -> FlaskClient:
    """Another window of a voter's browser: the same cookie."""
    client = app.test_client()
    with voter.client.session_transaction() as cookie:
        kept = dict(cookie)
    with client.session_transaction() as cookie:
        cookie.update(kept)
    return client


def a_voter(app: Flask, session: Session, budget_round: Round) -> Visitor:
    """A browser that showed a code of a letter, and looks at the ballot."""
    [code] = codes(session, budget_round, 1)
    return shows(a_browser(app, session), budget_round, str(code))


def shows(visitor: Visitor, budget_round: Round, code: str) -> Visitor:
    """Let a browser show its code."""
    visitor.get(f"/stemmen/{budget_round.slug}")
    visitor.submit("Verder", code=code)
    visitor.follow()
    return visitor


def votes(visitor: Visitor, *plans: int) -> str:
    """Choose, check and cast; return the receipt."""
    visitor.submit("Verder", keuze=[str(plan) for plan in plans])
    visitor.follow()
    visitor.submit("Stem")
    visitor.follow()
    return receipt_on(visitor)


def receipt_on(visitor: Visitor) -> str:
    """The receipt on the last page, without its spaces."""
    assert visitor.page is not None
    assert visitor.page.h1 == "Uw stem is in"
    [shown] = visitor.page.all("dd", class_="pp-stat__value")
    return "".join("".join(shown.itertext()).split())


def cast(session: Session) -> list[str]:
    """The choices of all ballots that are in."""
    return list(session.scalars(select(Ballot.choices).order_by(Ballot.id)))
