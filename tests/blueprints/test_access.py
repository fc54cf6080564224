"""Every address against every role: who gets in, who is sent to log in, who hears why not, and for whom it is not there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from participatie.models.accounts import Account
from participatie.spelregels.permissions import GRANTED, NOBODY, Actor, Do, Place, Role, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Audience
from participatie.web.refusals import sentence
from tests.blueprints.full_world import a_full_world, somebody
from tests.factories import a_gemeente, a_login, a_resident, a_round, a_traject, an_idea, now_of
from tests.visitor import Visitor

VISITOR, ELSEWHERE = "bezoeker", "van elders"
#: Where somebody stands who shows a voting code is asked in test_votes.py.
BY_CODE = Do.CAST_BALLOT
LOG_IN_FIRST = refused(Refusal.LOG_IN_FIRST)
SAID_NO = refused(Refusal.NOT_YOUR_ROLE, roles=f"{Role.MODERATOR}, {Role.WIJKMANAGER}")
NO_MODERATOR = refused(Refusal.NOT_YOUR_ROLE, roles=Role.MODERATOR)
#: Who asked for no code has none to type, whoever they are; the other two are open to all and end something.
APART = frozenset({"accounts.enter_code", "accounts.log_out", "votes.leave"})


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address with each way to ask it that it knows."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method


def expected(access: Audience | Do, who: Actor, place: Place) -> Refused | None:
    """What the table says to this person, or None when they may."""
    if isinstance(access, Do):
        verdict = may(who, access, place)
        return verdict if isinstance(verdict, Refused) else None
    if access is not Audience.EVERYONE and who.account_id is None:
        return LOG_IN_FIRST
    return SAID_NO if access is Audience.STAFF and not who.grants else None


@pytest.mark.parametrize("phase", [PhaseKind.COLLECT, PhaseKind.VOTE])
@pytest.mark.parametrize("role", [VISITOR, Role.RESIDENT, Role.AUTHOR, *GRANTED, ELSEWHERE])
def test_every_address_does_what_the_table_says(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, role: str, phase: PhaseKind
) -> None:
    """Abuse case 34; that a form needs its token is tested elsewhere, so here it does not."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    author = a_resident(session)
    budget_round = a_round(session, phase=phase, opened=phase is PhaseKind.VOTE)
    traject = budget_round.traject
    idea = an_idea(session, traject, author=author)
    account = _account(session, role, author)
    who = account.actor() if account else NOBODY
    client = app.test_client()
    client.arranged = session
    values = {"idea_id": idea.id, "number": 1, "area_id": traject.area_id, "besluit_id": 1}
    wrong = []
    for rule, method in rules(app):
        access: Audience | Do = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        if access is BY_CODE or rule.endpoint in APART:
            continue
        place = traject.facts().place_at(now_of(session))
        if access is Do.READ_AUDIT:
            place = Place(a_gemeente(session).gemeente.path)
        elif rule.endpoint == "trajecten.new":  # in an area of one's own
            place = Place(next((grant.area_path for grant in who.grants), traject.area.path))
        is_author = "idea_id" in rule.arguments and account is author
        verdict = expected(access, replace(who, is_author=is_author), place)
        if rule.endpoint == "moderation.overview" and verdict is None and role != Role.MODERATOR:
            verdict = NO_MODERATOR
        slug = traject.slug if rule.rule.startswith("/trajecten") else budget_round.slug
        url = app.url_map.bind("localhost").build(
            rule.endpoint, {name: value for name, value in {**values, "slug": slug}.items() if name in rule.arguments}
        )
        if account:
            with client.session_transaction() as cookie:
                cookie.update(_user_id=a_login(session, account), _fresh=True)
        answer = client.open(url, method=method)
        absent = budget_round.rulebook is None and rule.rule.startswith(("/wijkbudget", "/stemmen"))
        flaw = _flaw(app, verdict, answer.status_code, answer.headers.get("Location", ""), answer.text, absent=absent)
        if flaw:
            wrong.append(f"{method} {rule.rule}: {flaw}")
    assert not wrong, "\n".join(wrong)


def _account(session: Session, role: str, author: Account) -> Account | None:
    if role == VISITOR:
        return None
    if role == Role.AUTHOR:
        return author
    if role == ELSEWHERE:
        return somebody(session, Role.WIJKMANAGER, elsewhere=True)
    return a_resident(session) if role == Role.RESIDENT else somebody(session, Role(role))


def _flaw(app: Flask, verdict: Refused | None, status: int, target: str, text: str, *, absent: bool) -> str | None:
    to_login = status in (302, 303) and target.startswith("/inloggen")
    if verdict is None:
        refusals = ("Dit kan alleen iemand met deze rol", "Dit is voor bewoners van dit gebied")
        told = [start for start in refusals if start in text and status == 403]
        return f"allowed, but {status} {target} {told}" if to_login or told or status >= 500 else None
    if absent and status == 404:
        return None
    if verdict.code is Refusal.LOG_IN_FIRST:
        return None if to_login else f"{status} and not to the login page"
    with app.test_request_context():
        said = sentence(verdict)
    return None if status == 403 and said in text else f"{status} and not '{said}'"


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
    numbers = range(1, world.hidden_idea.id + 3)
    seen = {number for number in numbers if visitor.client.get(f"/ideeen/{number}").status_code == 200}
    assert {world.idea.id, world.arabic_idea.id} == seen
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
