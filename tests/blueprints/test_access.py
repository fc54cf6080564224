"""What is not public is not there, whatever somebody asks; who gets in where is walked in test_every_cell.py."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.spelregels.permissions import Role
from tests.blueprints.full_world import a_full_world, somebody
from tests.factories import a_resident, a_traject, an_idea
from tests.visitor import Visitor


def test_what_is_not_public_is_not_there(
    client: FlaskClient, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """Drafts, hidden ideas and results before their time: for visitors and for everybody else (abuse case 35)."""
    world = a_full_world(session)
    visitors = [Visitor(client), *(visit_as(somebody(session, role)) for role in (None, Role.RAAD, Role.COLLEGE))]
    visitors.append(visit_as(somebody(session, Role.WIJKMANAGER, elsewhere=True)))
    for visitor in visitors:
        for address in world.closed_addresses():
            visitor.get(address, 404)
    # The college is one of those who may look again.
    for visitor in (visitors[0], visitors[1], visitors[-1]):
        visitor.get(f"/ideeen/{world.hidden_idea.id}/opnieuw-kijken", 404)


def test_no_list_betrays_what_is_not_public(client: FlaskClient, session: Session) -> None:
    """Abuse case 35, for lists, feeds and the home page."""
    world = a_full_world(session)
    secrets = (world.hidden_idea.title, world.draft_traject.slug, world.draft_traject.title, world.draft_round.title)
    for address in [*world.public_addresses(), f"/trajecten/{world.collecting.slug}/feed"]:
        text = client.get(address).text
        assert not [secret for secret in secrets if secret in text], address


def test_every_number_of_an_idea_is_there_for_its_readers_alone(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    """Going through all numbers finds the public ones and nothing else (abuse case 35)."""
    world = a_full_world(session)
    numbers = range(1, world.governed.idea.id + 3)
    seen = {number for number in numbers if visitor.client.get(f"/ideeen/{number}").status_code == 200}
    assert {world.idea.id, world.arabic_idea.id, world.governed.idea.id} == seen
    author = visit_as(world.hidden_idea.author)
    assert world.hidden_idea.title in author.get(f"/ideeen/{world.hidden_idea.id}").text


@pytest.mark.parametrize("act", ["intrekken", "toetsen", "antwoorden", "verbergen"])
def test_an_act_on_the_idea_of_another_changes_nothing(
    visit_as: Callable[[Account], Visitor], session: Session, act: str
) -> None:
    """A resident who sends the form of somebody else's idea (abuse case 35)."""
    idea = an_idea(session)
    stranger = visit_as(a_resident(session))
    stranger.get(f"/ideeen/{idea.id}")
    fields = {"decision": "reject", "answer": "Nee.", "house_rule": "reclame", "reason": "Weg.", "cost": "1"}
    stranger.post(f"/ideeen/{idea.id}/{act}", fields, 403)
    assert (idea.status, idea.hidden_at, idea.cost_cents) == ("gepubliceerd", None, None)


def test_a_session_that_ended_sends_to_a_page_that_can_be_read(client: FlaskClient, session: Session) -> None:
    """After logging in again nobody lands on an address that only takes forms."""
    traject = a_traject(session)
    visitor = Visitor(client)
    visitor.get("/inloggen")
    visitor.post(f"/trajecten/{traject.slug}/volgen", status=302)
    assert visitor.response is not None
    assert not re.search("volgen", visitor.response.headers["Location"])
    visitor.follow()
