"""While a vote is open, no page, file, header or log of anybody says how plans stand, nor to outsiders how many voted."""

import logging
import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot
from participatie.models.votes import Ballot
from participatie.spelregels.idea_order import lots_of
from participatie.spelregels.permissions import Role
from participatie.web.access import Audience
from participatie.web.caching import PageCache
from tests.blueprints.walk import Asked, Person, Walk, addresses
from tests.clock import TurnableClock
from tests.factories import codes, done

WHO = (Role.VISITOR, Role.RESIDENT, Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD, Role.BEHEERDER)
#: Made by chance for each visit: the token of a form, and what a form is known by.
TOKEN = re.compile(r'(name="(?:csrf_token|key)"[^>]*value=)"[^"]*"')
#: Where pages of a vote are.
OF_A_ROUND = ("/wijkbudget", "/stemmen")
Seen = dict[tuple[str, str], tuple[int, str, str]]


class Election:
    """A vote that is open in a world with one of everything, three voters, and whoever looks at it."""

    def __init__(self, app: Flask, session: Session, clock: TurnableClock) -> None:
        """Issue the codes: what comes next is nothing but votes."""
        self.app, self.session, self.clock = app, session, clock
        self.walk = Walk(app, session)
        self.voters = [code.selector for code in codes(session, self.walk.round, 3)]
        self.everywhere = [asked for asked in addresses(app) if asked.method == "GET"]

    def vote(self, plan: int) -> None:
        """Let all three choose this plan; whoever voted before changes their vote."""
        for selector in self.voters:
            done(cast_ballot(self.session, self.walk.round, selector, [plan], self.clock.now))
        cast = select(Ballot.choices).where(Ballot.round_id == self.walk.round.id)
        assert self.session.scalars(cast).all() == [f"[{plan}]"] * 3
        self.session.commit()  # nothing of this test may hold up what the pages write

    def look(self, *who: Role) -> Seen:
        """Ask every address as each of these people, with no page remembered from before."""
        self.app.extensions["participatie.pages"] = PageCache()
        self.app.extensions["participatie.rounds"] = {}
        return {
            (person.name, str(asked)): self._answer(asked, person)
            for person in self.walk.people
            if person.name in who
            for asked in self.everywhere
            if self._sees_more(asked, person)
        }

    def _sees_more(self, asked: Asked, person: Person) -> bool:
        """Tell whether to ask this as this person: staff reads what a visitor reads, and more where the table lets them."""
        if person.name is Role.VISITOR:
            return True
        if asked.access is Audience.EVERYONE:
            return asked.rule.rule.startswith(OF_A_ROUND)
        return self.walk.expected(asked, person) is None

    def _answer(self, asked: Asked, person: Person) -> tuple[int, str, str]:
        # A visitor comes anew each time: a cookie of an earlier page would keep the remembered pages away.
        client = self.app.test_client() if person.name is Role.VISITOR else person.client
        # Without an order in its address a list of ideas draws one of those of this hour.
        fixed = {"volgorde": lots_of(self.clock.now)[0]} if asked.rule.endpoint == "ideas.overview" else None
        answer = client.get(self.walk.url(asked), query_string=fixed)
        text = answer.get_data().decode("latin-1")
        body = TOKEN.sub(r"\1…", text)
        # A page with a token is another one at each visit, and so is its fingerprint.
        left_out = {"Set-Cookie", "Date"} | ({"ETag"} if body != text else set())
        headers = "\n".join(sorted(f"{name}: {value}" for name, value in answer.headers if name not in left_out))
        return answer.status_code, headers, body


@pytest.fixture
def election(app: Flask, session: Session, clock: TurnableClock) -> Election:
    """An open vote, of which nobody voted yet."""
    return Election(app, session, clock)


def differing(one: Seen, other: Seen) -> list[tuple[str, str]]:
    """Who sees what otherwise."""
    assert one.keys() == other.keys()
    return [key for key in one if one[key] != other[key]]


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says, but for how the fonts of paper are put together, once in a process."""
    return [record.getMessage() for record in caplog.records if not record.name.startswith("fontTools")]


@pytest.mark.slow
@pytest.mark.pages
def test_nobody_sees_anywhere_for_what_others_vote(election: Election, caplog: pytest.LogCaptureFixture) -> None:
    """Three votes for one plan and three for another look the same, byte for byte, to everybody at every address."""
    caplog.set_level(logging.INFO)
    election.vote(1)
    first, said_first = election.look(*WHO), said(caplog)
    caplog.clear()
    election.vote(3)
    second, said_second = election.look(*WHO), said(caplog)
    assert len(first) > 200
    assert differing(first, second) == []
    assert said_first == said_second
    receipts = election.session.scalars(select(Ballot.receipt).where(Ballot.round_id == election.walk.round.id)).all()
    everything = "".join(f"{headers}{body}" for _status, headers, body in second.values())
    assert not any(receipt in everything for receipt in receipts)


@pytest.mark.slow
@pytest.mark.pages
def test_a_vote_changes_no_page_header_or_fingerprint_for_outsiders(election: Election) -> None:
    """Also not how long a page is, or whether a browser that has it needs it again."""
    before = election.look(Role.VISITOR)
    election.vote(1)
    after = election.look(Role.VISITOR)
    assert differing(before, after) == []


@pytest.mark.pages
def test_this_test_finds_a_leak(election: Election, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum in a header of one page is seen at once."""
    election.everywhere = [asked for asked in election.everywhere if asked.rule.endpoint == "wijkbudget.overview"]
    view = election.app.view_functions["wijkbudget.overview"]

    def leaking(**parameters: object) -> object:
        answer = election.app.make_response(view(**parameters))
        with election.app.extensions["participatie.engine"].connect() as connection:
            answer.headers["X-Sum"] = "".join(connection.execute(select(Ballot.choices)).scalars())
        return answer

    leaking.access = view.access  # type: ignore[attr-defined]
    monkeypatch.setitem(election.app.view_functions, "wijkbudget.overview", leaking)
    election.vote(1)
    first = election.look(Role.VISITOR)
    election.vote(3)
    assert len(differing(first, election.look(Role.VISITOR))) == 1
