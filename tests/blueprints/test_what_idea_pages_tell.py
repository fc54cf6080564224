"""What the page of an idea tells of other ideas and other people, and what it keeps for some."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.actions.merging import answer_merge
from participatie.actions.moderation import hide_idea
from participatie.models.accounts import Account
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from tests.clock import TurnableClock
from tests.factories import (
    OTHER_ROUTE,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    runs_all,
)
from tests.factories.moderation import an_open_merge
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_an_idea_that_went_on_in_one_that_is_hidden_was_not_withdrawn(
    session: Session, clock: TurnableClock, visitor: Visitor
) -> None:
    traject = a_traject(session)
    source, target = (an_idea(session, traject, author=a_resident(session)) for _each in range(2))
    done(answer_merge(session, target.author, an_open_merge(session, source, target), clock.now, agrees=True))
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, target, HouseRule.INSULT, "Scheldt.", clock.now))
    session.commit()
    page = visitor.get(f"/ideeen/{source.id}")
    assert "Dit idee is samengevoegd met een ander" in page.text
    assert "De indiener trok dit idee in" not in page.text
    assert f"/ideeen/{target.id}" not in page.html


def test_the_sentence_for_one_author_is_read_by_them_and_by_who_answers(
    session: Session, clock: TurnableClock, visitor: Visitor, visit_as: Callable[[Account], Visitor]
) -> None:
    idea, boss = an_idea(session, author=a_resident(session)), a_wijkmanager(session)
    own = replace(OTHER_ROUTE, own="Dag mevrouw Bos.")
    done(reject_idea(session, runs_all(boss), idea, "Te duur.", clock.now, own))
    neighbour, address = a_resident(session), f"/ideeen/{idea.id}"
    reads = [one.get(address) for one in (visitor, visit_as(neighbour), visit_as(idea.author), visit_as(boss))]
    assert ["Dag mevrouw Bos." in page.text for page in reads] == [False, False, True, True]
    assert all("Te duur." in page.text for page in reads)
    assert "Dag mevrouw Bos." in visit_as(idea.author).get("/mijn").text


def test_who_withdraws_an_idea_is_told_of_those_of_others_in_it(
    session: Session, clock: TurnableClock, visit_as: Callable[[Account], Visitor]
) -> None:
    traject = a_traject(session)
    source, target = (an_idea(session, traject, author=a_resident(session)) for _each in range(2))
    author, address = visit_as(target.author), f"/ideeen/{target.id}/intrekken"
    assert "ideeën van anderen" not in author.get(address).text
    done(answer_merge(session, target.author, an_open_merge(session, source, target), clock.now, agrees=True))
    assert "In uw idee gingen ideeën van anderen verder." in author.get(address).text
    author.submit("Ja, trek het idee in")
    assert "De gemeente antwoordt uiterlijk op" in author.get(f"/ideeen/{source.id}").text
