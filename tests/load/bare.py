"""What is the least that Flask can do for the same page? One ORM select and a small template, nothing else.

No languages, no layout, no headers, no sessions, no roles, no compression. Its pages read the app's own tables in
the app's own database. A ballot is the insert of two rows, in tables of its own with the same columns and unique
keys, in one transaction that is on the disk before the answer leaves.
"""

import os
import secrets
from datetime import UTC, datetime

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import DateTime, Engine, String, UniqueConstraint, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

DATABASE = "BARE_DATABASE_URL"
ROWS = 30

PAGE = "<!doctype html><html lang=nl><title>{{ title }}</title><h1>{{ title }}</h1>{{ text }}</html>"
LIST = """<!doctype html><html lang=nl><title>Ideeën</title><h1>Ideeën</h1><ul>
{% for idea in ideas %}<li><a href="/idea/{{ idea.id }}">{{ idea.title }}</a> {{ idea.body }}
{{ idea.support_count }} {{ idea.created_at }}</li>
{% endfor %}</ul></html>"""


class Base(DeclarativeBase):
    """The root of the bare tables."""


class BareTraject(Base):
    """Some columns of the app's own table."""

    __tablename__ = "traject"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    question: Mapped[str]


class BareIdea(Base):
    """Some columns of the app's own table."""

    __tablename__ = "idea"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    support_count: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BareRoll(Base):
    """A line of a voter roll, as the app has it."""

    __tablename__ = "bare_roll"

    id: Mapped[int] = mapped_column(primary_key=True)
    selector: Mapped[str] = mapped_column(String(16), unique=True)
    status: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BareBallot(Base):
    """A ballot, as the app has it."""

    __tablename__ = "bare_ballot"
    __table_args__ = (UniqueConstraint("round_id", "ballot_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    ballot_key: Mapped[str] = mapped_column(String(64))
    choices: Mapped[str]
    channel: Mapped[str] = mapped_column(String(40))
    receipt: Mapped[str] = mapped_column(String(24), unique=True)
    cast_hour: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def make_ballot_tables(engine: Engine) -> None:
    """Make the two tables that the app does not have."""
    for name in ("bare_roll", "bare_ballot"):
        Base.metadata.tables[name].create(engine)


def create_app() -> Flask:
    """Return the bare app on the database that the environment names; gunicorn calls this."""
    app = Flask(__name__)
    engine = _connect(os.environ[DATABASE])
    page, ideas_list = app.jinja_env.from_string(PAGE), app.jinja_env.from_string(LIST)

    @app.get("/")
    def home() -> str:
        with Session(engine) as session:
            traject = session.scalars(select(BareTraject).limit(1)).one()
            return page.render(title=traject.title, text=traject.question)

    @app.get("/ideas")
    def ideas() -> str:
        # By number and not by support: the rows come straight from the primary key.
        with Session(engine) as session:
            rows = session.scalars(select(BareIdea).order_by(BareIdea.id.desc()).limit(ROWS)).all()
            return ideas_list.render(ideas=rows)

    @app.get("/idea/<int:idea_id>")
    def idea(idea_id: int) -> str:
        with Session(engine) as session:
            row = session.scalars(select(BareIdea).where(BareIdea.id == idea_id)).one()
            return page.render(title=row.title, text=row.body)

    @app.post("/vote")
    def vote() -> ResponseReturnValue:
        moment, selector = datetime.now(UTC), request.form["selector"]  # noqa: TID251
        choices = ",".join(request.form.getlist("keuze"))
        receipt = secrets.token_hex(8)
        with Session(engine) as session:
            session.add(BareRoll(selector=selector, status="used", channel="web", used_at=moment))
            session.add(
                BareBallot(
                    round_id=1, ballot_key=selector, choices=choices, channel="web", receipt=receipt, cast_hour=moment
                )
            )
            session.commit()
        return redirect("/", 303)

    return app


def _connect(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _wait_for_the_disk)
    return engine


def _wait_for_the_disk(connection: object, _record: ConnectionPoolEntry) -> None:
    # The same promise as the app's: what was acknowledged survives a power cut.
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
