"""Does the server open an address that somebody typed? No: not to show it, nor to put it on paper (abuse case 47)."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy.orm import Session

from tests.factories import a_resident, a_traject, an_idea, support
from tests.factories.besluiten import a_besluit, a_counted_round, a_round_besluit
from tests.factories.promises import a_promise
from tests.visitor import Visitor

PICTURE = b"\x89PNG\r\n\x1a\n"


class Listener(ThreadingHTTPServer):
    """A server inside the network, that notes who comes by."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.visits: list[str] = []
        super().__init__(("127.0.0.1", 0), _Note)

    @property
    def url(self) -> str:
        """Return its address, as somebody types it."""
        return f"http://127.0.0.1:{self.server_port}"


class _Note(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.visits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PICTURE)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def inside() -> Iterator[Listener]:
    """What nobody outside can reach."""
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.pages
def test_nothing_that_is_shown_or_printed_fetches_what_somebody_typed(
    session: Session, visitor: Visitor, inside: Listener
) -> None:
    typed = f'![kaart]({inside.url}/kaart.png) <img src="{inside.url}/b.png"> {inside.url}/c.png <svg href="{inside.url}/d">'
    traject = a_traject(session)
    idea = an_idea(session, traject, author=a_resident(session), title=f"Zie {inside.url}/titel.png", body=typed)
    support(session, idea, 1)
    besluit = a_besluit(session, traject, title=f"{inside.url}/t.png", motivation=typed)
    other = a_round_besluit(session, a_counted_round(session))
    promise = a_promise(session, traject.area, traject, text=typed)
    session.commit()
    assert inside.url in visitor.get(f"/ideeen/{idea.id}").html, "it is on the page, and the server lets it be"
    pages = [f"/besluiten/{besluit.id}", f"/toezeggingen/{promise.id}", f"/besluiten/{other.id}"]
    places = [f"/wijken/{traject.area_id}", f"/trajecten/{traject.slug}"]
    papers = [f"/besluiten/{besluit.id}.pdf", f"/trajecten/{traject.slug}/poster.pdf"]
    papers += [f"{place}/{paper}.pdf" for place in places for paper in ("krant", "brief")]
    feeds = [f"/trajecten/{traject.slug}/feed", "/besluiten/feed"]
    for address in (*pages, *places, *papers, *feeds):
        assert visitor.client.get(address).status_code == 200, address
    assert inside.visits == []
