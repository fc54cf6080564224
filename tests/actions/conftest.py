"""What the files about actions share: the demo, loaded once for all that look at it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from participatie.actions.accounts import send_login_code
from participatie.commands.demo import DemoSummary, load_demo
from participatie.models.database import session_for
from tests.clock import MOMENT
from tests.databases import Server, build_schema, connect_for_tests
from tests.factories import SECRET_KEY

#: Somebody who asked for a code before the demo was there.
STRANGER = "iemand@elders.example"


@pytest.fixture(scope="session")
def loaded(database_server: Server) -> Iterator[tuple[Session, DemoSummary]]:
    """The demo at the usual moment, loaded once, in a session that writes nothing for good."""
    engine = connect_for_tests(database_server.new_database("demo"))
    build_schema(engine)
    with session_for(engine, writes=True) as session:
        assert send_login_code(session, STRANGER, "browser", "nl", SECRET_KEY, MOMENT) is None
        summary = load_demo(session, SECRET_KEY, MOMENT)
        session.commit()
        yield session, summary
        session.rollback()
    engine.dispose()
    database_server.drop_database("demo")


@pytest.fixture
def demo(loaded: tuple[Session, DemoSummary]) -> Iterator[Session]:
    """A session on the demo; what a test changes is undone."""
    session = loaded[0]
    session.expire_all()
    yield session
    session.rollback()


@pytest.fixture
def summary(loaded: tuple[Session, DemoSummary]) -> DemoSummary:
    """What loading the demo gave back."""
    return loaded[1]
