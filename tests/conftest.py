"""The fixtures that all tests share: settings, clock, database, app, and visitors who check what they see."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.exposure import write_exposure
from participatie.actions.votes import write_networks
from participatie.app import create_app
from participatie.models.accounts import Account
from participatie.models.database import session_for
from participatie.settings import ROOT, Settings
from participatie.web.caching import PageCache
from participatie.web.exposure import Exposure
from participatie.web.networks import Networks
from tests.browser.serving import chromium, site
from tests.clock import TurnableClock
from tests.databases import POSTGRESQL, SQLITE, Server, build_schema, connect_for_tests, empty, start_server
from tests.factories import SECRET_KEY, a_login
from tests.spreading import spread
from tests.visitor import ArrangedClient, Visitor

__all__ = ["chromium", "site"]

TEMPLATES = ROOT / ".pytest_cache" / "templates"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--database=postgresql` run every test on PostgreSQL."""
    parser.addoption("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="what the tests run on")


def pytest_collection_finish() -> None:
    """Let the garbage collector look at what tests leave, and not each time at all modules and all tests as well."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser out on PostgreSQL: a browser asks the same pages as the tests that do run on both.

    And let the processes of a run end together.
    """
    if config.getoption("--database") == POSTGRESQL:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="the browser looks at the pages once, on SQLite"))
    items[:] = spread(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_report_header(config: pytest.Config) -> str:
    """Say which database this run is about."""
    return f"database: {config.getoption('--database')}"


@pytest.fixture(scope="session")
def database_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server for this test process; it makes and drops databases by name."""
    server = start_server(request.config.getoption("--database"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_engine(database_server: Server) -> Iterator[Engine]:
    """The database of this test process, migrated once."""
    engine = connect_for_tests(database_server.new_database("tests"))
    build_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(migrated_engine: Engine) -> Engine:
    """An engine on a database without rows."""
    empty(migrated_engine)
    return migrated_engine


@pytest.fixture
def blank_engine(database_server: Server) -> Iterator[Engine]:
    """An engine on a database without even tables, for the tests of the migrations."""
    engine = connect_for_tests(database_server.new_database("blank"))
    yield engine
    engine.dispose()
    database_server.drop_database("blank")


@pytest.fixture(scope="session")
def session_settings(tmp_path_factory: pytest.TempPathFactory, migrated_engine: Engine) -> Settings:
    """The settings that the app of this test process was made with."""
    return Settings(
        gemeente="Gemeente Lindewaard",
        instance_dir=tmp_path_factory.mktemp("instance"),
        database_url=migrated_engine.url.render_as_string(hide_password=False),
        secret_key=SECRET_KEY,
        public_url="http://localhost",
        smtp_url=None,
        mail_from="doemee@lindewaard.example",
        demo=False,
    )


@pytest.fixture(scope="session")
def session_clock() -> TurnableClock:
    """The clock that the app of this test process was made with; tests use `clock`."""
    return TurnableClock()


@pytest.fixture(scope="session")
def session_app(session_settings: Settings, session_clock: TurnableClock, migrated_engine: Engine) -> Flask:
    """The app, made once in this test process; tests use `app`."""
    app = _app_on(migrated_engine, session_settings, session_clock)
    app.testing = True
    return app


@pytest.fixture
def settings(session_settings: Settings, tmp_path: Path) -> Settings:
    """Settings for a folder of this test and the chosen database."""
    return replace(session_settings, instance_dir=tmp_path)


@pytest.fixture
def clock(session_clock: TurnableClock) -> TurnableClock:
    """A clock that stands at 2026-05-04 10:00 UTC until the test turns it."""
    session_clock.__init__()
    return session_clock


@pytest.fixture
def app(session_app: Flask, clock: TurnableClock, engine: Engine) -> Flask:
    """The app, on an empty database, with the clock at its beginning and no page remembered."""
    session_app.extensions["participatie.clock"] = clock
    session_app.extensions["participatie.engine"] = engine
    session_app.extensions["participatie.pages"] = PageCache()
    session_app.extensions["participatie.rounds"] = {}
    session_app.extensions["participatie.exposure"] = Exposure(write_exposure)
    session_app.extensions["participatie.networks"] = Networks(write_networks)
    return session_app


@pytest.fixture
def demo_app(settings: Settings, clock: TurnableClock, engine: Engine) -> Flask:
    """The same app as a demo: with the mailbox that everybody may read."""
    return _app_on(engine, replace(settings, demo=True, public_url="http://localhost:8000"), clock)


def _app_on(engine: Engine, settings: Settings, clock: TurnableClock) -> Flask:
    app = create_app(settings, clock)
    # One engine for the app and the test, so that queries are counted wherever they are made.
    app.extensions["participatie.engine"].dispose()
    app.extensions["participatie.engine"] = engine
    app.test_client_class = ArrangedClient
    # Compiling all templates takes seconds; the processes of a run and the runs after it share what was compiled.
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(TEMPLATES))
    return app


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Undo pytest-flask's request context around the whole test.

    Inside it, all requests of a test would share one `g`, and with it one database session, one language
    and one visitor: exactly what must not leak from one request into the next.
    """


@pytest.fixture
def session(engine: Engine, clock: TurnableClock) -> Iterator[Session]:
    """A writing session to arrange a world with. Factories commit; other changes are committed by the
    next request of a visitor, and what requests change is read again afterwards.
    """
    with session_for(engine, writes=True) as session:
        session.info["clock"] = clock
        yield session
        session.rollback()


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """Flask's own test client, for what is no page; `visitor` checks the pages it gets."""
    client = app.test_client()
    client.arranged = session
    return client


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    """Somebody without an account who reads Dutch, and checks every page."""
    return Visitor(client)


@pytest.fixture
def visit_as(app: Flask, session: Session) -> Callable[[Account], Visitor]:
    """A function that logs an account in, through a session row as a real login makes it."""

    def log_in(account: Account) -> Visitor:
        client = app.test_client()
        client.arranged = session
        token = a_login(session, account)
        with client.session_transaction() as cookie:
            cookie.update(_user_id=token, _fresh=True)
        return Visitor(client, language=account.locale)

    return log_in
