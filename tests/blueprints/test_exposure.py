"""How often ideas are shown and opened: counted beside the pages, for the moderator and for who is seen least."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from participatie.actions.exposure import add_exposure
from participatie.models.accounts import Account
from participatie.models.exposure import IdeaExposure
from participatie.spelregels.permissions import Role
from participatie.web.exposure import Exposure
from tests.databases import counting_queries
from tests.factories import a_traject, a_wijkmanager, an_account, an_idea
from tests.visitor import Visitor

DUTCH = {"Accept-Language": "nl"}
TODAY = date(2026, 5, 4)


def seen(session: Session) -> dict[int, tuple[int, int]]:
    """How often each idea was shown and opened today."""
    session.rollback()
    rows = {row.idea_id: (row.shown, row.opened) for row in session.scalars(select(IdeaExposure))}
    session.rollback()
    return rows


def test_every_reading_counts_also_of_a_kept_page(
    client: FlaskClient, app: Flask, session: Session, engine: Engine
) -> None:
    idea = an_idea(session)
    other = an_idea(session, idea.traject)
    listed = f"/trajecten/{idea.traject.slug}/ideeen?volgorde=nieuwste"
    for _visit in range(3):
        etag = client.get(listed, headers=DUTCH).headers["ETag"]
    client.get(listed, headers={**DUTCH, "If-None-Match": etag})
    for _visit in range(2):
        client.get(f"/ideeen/{idea.id}", headers=DUTCH)
    client.head(listed, headers=DUTCH)
    with counting_queries(engine) as queries:
        client.get(listed, headers=DUTCH)
    assert not [query for query in queries if "idea_exposure" in query], "no reader waits for a count"
    assert seen(session) == {}
    app.extensions["participatie.exposure"].write(engine)
    assert seen(session) == {idea.id: (5, 2), other.id: (5, 0)}


def test_staff_that_looks_is_no_reader(
    visit_as: Callable[[Account], Visitor], app: Flask, session: Session, engine: Engine
) -> None:
    idea = an_idea(session)
    visit_as(a_wijkmanager(session)).get(f"/ideeen/{idea.id}")
    visit_as(an_account(session)).get(f"/ideeen/{idea.id}")
    session.rollback()
    app.extensions["participatie.exposure"].write(engine)
    assert seen(session) == {idea.id: (0, 1)}


def test_two_workers_add_to_the_same_number(session: Session) -> None:
    idea = an_idea(session)
    add_exposure(session, {(idea.id, TODAY): (3, 1), (99999999, TODAY): (5, 5)})
    add_exposure(session, {(idea.id, TODAY): (4, 0)})
    session.commit()
    assert seen(session) == {idea.id: (7, 1)}


def test_what_cannot_be_written_is_kept_and_breaks_nothing(engine: Engine) -> None:
    written: list[dict[tuple[int, date], tuple[int, int]]] = []

    def write(_engine: Engine, numbers: dict[tuple[int, date], tuple[int, int]]) -> None:
        written.append(dict(numbers))
        if len(written) == 1:
            raise OperationalError("no room", {}, Exception())

    exposure = Exposure(write)  # type: ignore[arg-type]
    exposure.add([1, 2], [1], TODAY)
    exposure.write(engine)
    exposure.add([1], [], TODAY)
    assert not exposure.is_due(), "a minute did not pass"
    exposure.write(engine)
    exposure.write(engine)
    assert written == [{(1, TODAY): (1, 1), (2, TODAY): (1, 0)}, {(1, TODAY): (2, 1), (2, TODAY): (1, 0)}]


def test_the_moderator_sees_who_is_seen_least(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    traject = a_traject(session)
    much, little, never = (an_idea(session, traject, title=title) for title in ("Veel", "Weinig", "Nooit"))
    add_exposure(
        session, {(much.id, TODAY): (1200, 40), (little.id, TODAY): (3, 0), (little.id, date(2026, 5, 3)): (4, 1)}
    )
    session.commit()
    page = visit_as(an_account(session, role=Role.MODERATOR)).get("/moderatie?volgorde=minst-gezien")
    assert "7 keer getoond, 1 keer geopend" in page.text
    assert page.text.index(never.title) < page.text.index("Weinig") < page.text.index("1.200 keer getoond")
    listed = visitor.get(f"/trajecten/{traject.slug}/ideeen?volgorde=minst-gezien").text
    assert listed.index("Nooit") < listed.index("Weinig") < listed.index("Veel")
