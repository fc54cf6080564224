"""What is measured on? A gemeente with 1,000 ideas, and voters who have chosen and only have to cast."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from participatie.actions.votes import ballot_key, canonical, new_cast_key, start_visit
from participatie.app import create_app
from participatie.migrations import upgrade
from participatie.models.database import connect, session_for
from participatie.models.votes import Ballot, BallotDraft
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.spelregels.codes import VotingCode
from participatie.web.clock import system_clock as now
from tests.factories import SECRET_KEY, a_round, a_traject, an_idea, codes, euros, ideas, support
from tests.load.bare import BareBallot, make_ballot_tables
from tests.load.generator import post
from tests.load.guessing import code_body, wrong_codes

IDEAS = 1000
PLANS = 30
CHOSEN = (3, 11, 20)
GUESSED = 1700  # wrong codes of each kind
TRAJECT = "wijkbudget-molenkwartier"
ROUND = "wijkbudget-havenoost"
CSRF_SALT = "wtf-csrf-token"  # Flask-WTF's own


@dataclass(frozen=True, slots=True)
class World:
    """A filled database: the addresses that are measured, and the ballots that wait to be cast, as requests."""

    settings: Settings
    idea_id: int
    round_id: int
    casts: Iterator[bytes]
    issued: list[VotingCode]
    foreign: list[VotingCode]

    @property
    def list_path(self) -> str:
        """The address of the list of 1,000 ideas."""
        return f"/trajecten/{TRAJECT}/ideeen"

    @property
    def detail_path(self) -> str:
        """The address of one idea."""
        return f"/ideeen/{self.idea_id}"

    def guesses(self, used: int) -> dict[str, list[bytes]]:
        """Return requests that show a wrong code, by what is wrong with it; the first `used` voters have voted."""
        app = create_app(self.settings)
        cookies = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        tokens = URLSafeTimedSerializer(app.secret_key or "", salt=CSRF_SALT)
        kept = secrets.token_hex(20)
        cookie = f"Cookie: {app.config['SESSION_COOKIE_NAME']}={cookies.dumps({'csrf_token': kept})}"
        few = min(used, len(self.foreign))
        kinds = wrong_codes(self.issued[used : used + few], self.foreign[:few], self.issued[:few])
        token = tokens.dumps(kept)
        return {
            kind: [post(f"/stemmen/{ROUND}", code_body(code, token), cookie) for code in shown]
            for kind, shown in kinds.items()
        }

    def environment(self) -> dict[str, str]:
        """Return the environment in which the app serves this world."""
        return {
            "PARTICIPATIE_INSTANCE_DIR": str(self.settings.instance_dir),
            "PARTICIPATIE_DATABASE_URL": self.settings.database_url,
            "PARTICIPATIE_SECRET_KEY": self.settings.secret_key,
            "PARTICIPATIE_PUBLIC_URL": self.settings.public_url,
        }


def build_world(url: str, instance_dir: Path, voters: int) -> World:
    """Fill an empty database, also with the two tables of the bare app, and prepare `voters` ballots."""
    settings = Settings(
        gemeente="Gemeente Lindewaard",
        instance_dir=instance_dir,
        database_url=url,
        secret_key=SECRET_KEY,
        public_url="http://127.0.0.1:8000",
        smtp_url=None,
        mail_from="doemee@lindewaard.example",
        demo=False,
    )
    engine = connect(url)
    upgrade(engine)
    make_ballot_tables(engine)
    with session_for(engine, writes=True) as session:
        session.info["clock"] = now
        traject = a_traject(session, slug=TRAJECT)
        ideas(session, traject, IDEAS - 1)
        idea = an_idea(session, traject)
        support(session, idea, 12)
        plans = [(f"Plan {number} van de buurt", euros(100 * number)) for number in range(1, PLANS + 1)]
        budget_round = a_round(session, plans=plans, slug=ROUND, title="Wijkbudget Havenoost 2026")
        issued = codes(session, budget_round, voters)
        _keep_drafts(session, budget_round, issued)
        elsewhere = a_round(session, title="Wijkbudget Zuidrand 2026")
        casts = _cast_requests(session, create_app(settings), budget_round, issued)
        foreign = codes(session, elsewhere, GUESSED)
        world = World(settings, idea.id, budget_round.id, iter(casts), issued, foreign)
    engine.dispose()
    return world


def bare_cast_requests() -> Iterator[bytes]:
    """Yield ballots for the bare app, each of another voter, without end."""
    while True:
        body = urlencode({"selector": secrets.token_hex(5), "keuze": CHOSEN}, doseq=True)
        yield post("/vote", body)


def ballots_in(engine: Engine, table: type[Ballot | BareBallot]) -> int:
    """Return how many ballots the database holds."""
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _keep_drafts(session: Session, budget_round: Round, issued: list[VotingCode]) -> None:
    # As the page before the last one leaves them: casting has to delete them.
    rows = [
        {
            "round_id": budget_round.id,
            "ballot_key": ballot_key(budget_round, code.selector),
            "choices": canonical(CHOSEN),
            "saved_at": now(),
        }
        for code in issued
    ]
    session.execute(insert(BallotDraft), rows)
    session.commit()


def _cast_requests(session: Session, app: Flask, budget_round: Round, issued: list[VotingCode]) -> list[bytes]:
    # The cookies and tokens that entering the code and opening the page would have given.
    cookies = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    tokens = URLSafeTimedSerializer(app.secret_key or "", salt=CSRF_SALT)
    requests = []
    for code in issued:
        token = secrets.token_hex(20)
        stem = {"round": budget_round.id, "selector": code.selector, "visit": start_visit(session, budget_round.id)}
        kept = {"stem": stem, "csrf_token": token}
        cookie = f"Cookie: {app.config['SESSION_COOKIE_NAME']}={cookies.dumps(kept)}"
        sent = {"csrf_token": tokens.dumps(token), "sleutel": new_cast_key(), "keuze": CHOSEN}
        body = urlencode(sent, doseq=True)
        requests.append(post(f"/stemmen/{ROUND}/controleren", body, cookie))
    session.commit()
    return requests
