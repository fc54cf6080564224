"""What is published goes to the engine from a queue, whatever happens to the engine; without an engine nothing goes."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participatie.actions.moderation import hide_idea
from participatie.commands import translating
from participatie.commands.engine import EngineError, translate
from participatie.commands.translating import MOST_TRIES, Interpreter
from participatie.models.content_translations import ContentTranslation, TranslationJob
from participatie.models.ideas import Idea
from participatie.settings import DEEPL, LIBRETRANSLATE, Engine
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.translations import ContentKind, Translator
from tests.clock import TurnableClock
from tests.commands.conftest import CommandLine
from tests.factories import an_account, an_idea, done
from tests.translation_server import TranslationServer

KEY = "the-key"
OTHERS = ["ar", "en", "pl", "tr", "uk"]


def at(server: TranslationServer, name: str = LIBRETRANSLATE, key: str = KEY) -> Engine:
    return Engine(name, server.url, key)


@pytest.fixture(autouse=True)
def worker_reads_the_clock_of_the_test(monkeypatch: pytest.MonkeyPatch, clock: TurnableClock) -> None:
    """The worker has a clock of its own; here it is the one that the test can turn."""
    monkeypatch.setattr(translating, "now", clock)


def work_all(interpreter: Interpreter) -> None:
    while interpreter.work():
        pass


def of_ideas(session: Session) -> list[ContentTranslation]:
    """What the engine made of ideas; read anew."""
    session.rollback()
    session.expire_all()
    rows = select(ContentTranslation).where(ContentTranslation.object_kind == ContentKind.IDEA)
    return list(session.scalars(rows.order_by(ContentTranslation.lang)))


@pytest.mark.parametrize("name", [LIBRETRANSLATE, DEEPL])
def test_an_idea_comes_back_in_five_languages(session: Session, engine: Database, name: str) -> None:
    idea = an_idea(session, title="Een boom", body="Schaduw.\n\n- Koel")
    version = idea.traject.version
    session.commit()
    with TranslationServer() as server:
        work_all(Interpreter(engine, at(server, name)))
        asked = len(server.received)
        work_all(Interpreter(engine, at(server, name)))
        assert len(server.received) == asked, "nothing is sent twice"
    found = of_ideas(session)
    assert [each.lang for each in found] == OTHERS
    assert {each.made_by for each in found} == {Translator.ENGINE}
    english = "EN-GB" if name == DEEPL else "en"
    assert found[1].texts["title"] == f"[{english}] Een boom"
    assert found[1].texts["body"].endswith("Schaduw.\n\n- Koel")
    assert idea.traject.version > version, "kept pages are made anew"


def test_nobody_is_named_to_the_engine(session: Session, engine: Database) -> None:
    idea = an_idea(session)
    with TranslationServer() as server:
        work_all(Interpreter(engine, at(server)))
        sent = str(server.received)
    assert idea.title in sent
    assert idea.author.name not in sent
    assert idea.author.email not in sent


def test_a_server_that_fails_is_left_alone_and_tried_later(
    session: Session, engine: Database, clock: TurnableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    an_idea(session, title="Een geheim plan")
    with TranslationServer(fails_with=503) as server:
        interpreter = Interpreter(engine, at(server))
        assert interpreter.work() == 0
        assert interpreter.work() == 0, "it rests"
        said = capsys.readouterr().err
        assert said.count("status 503") == 1
        assert "later nog eens" in said
        assert "geheim" not in said
        assert KEY not in said
        server.fails_with = 0
        clock.now += timedelta(minutes=10)
        work_all(interpreter)
    assert len(of_ideas(session)) == len(OTHERS)


def test_a_text_that_the_engine_cannot_take_keeps_nobody_waiting_and_is_given_up(
    session: Session, engine: Database, clock: TurnableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    an_idea(session)
    with TranslationServer(fails_with=400) as server:
        interpreter = Interpreter(engine, at(server))
        work_all(interpreter)
        jobs = session.scalars(select(TranslationJob.tries)).all()
        assert set(jobs) == {1}, "each was tried, in spite of the others"
        session.execute(update(TranslationJob).values(tries=MOST_TRIES - 1))
        session.commit()
        for _day in range(3):
            clock.now += timedelta(days=1)
            work_all(interpreter)
    assert capsys.readouterr().err.count("opgegeven") == len(jobs)


def test_a_hidden_idea_goes_nowhere(session: Session, engine: Database, clock: TurnableClock) -> None:
    idea = an_idea(session, title="Weg met Jan")
    moderator = an_account(session, role=Role.MODERATOR).actor()
    with TranslationServer() as server:
        interpreter = Interpreter(engine, at(server))
        interpreter.work()
        done(hide_idea(session, moderator, idea, HouseRule.INSULT, "Schelden.", clock.now))
        session.commit()
        before = len([asked for asked in server.received if "Weg met Jan" in asked["q"]])
        work_all(interpreter)
        after = len([asked for asked in server.received if "Weg met Jan" in asked["q"]])
    assert (before, after) == (1, 1)


@pytest.mark.parametrize(
    "answers", ["", "<html>", "[]", "{}", '{"translatedText": ["één"]}', '{"translatedText": ["één", " "]}', "null"]
)
def test_an_answer_that_is_no_translation_is_a_failure(answers: str) -> None:
    with TranslationServer(answers=answers) as server, pytest.raises(EngineError):
        translate(at(server), ["één", "twee"], "nl", "en")


@pytest.mark.parametrize("name", [LIBRETRANSLATE, DEEPL])
def test_a_wrong_key_is_a_failure_of_the_server(name: str) -> None:
    with TranslationServer() as server, pytest.raises(EngineError, match="403") as failure:
        translate(at(server, name, key="wrong"), ["één"], "nl", "en")
    assert not failure.value.of_one_text


def test_the_key_goes_to_no_other_address() -> None:
    with TranslationServer(fails_with=307) as server, pytest.raises(EngineError, match="307"):
        translate(at(server), ["één"], "nl", "en")


def test_no_server_is_a_failure() -> None:
    with pytest.raises(EngineError):
        translate(Engine(LIBRETRANSLATE, "http://127.0.0.1:9", ""), ["één"], "nl", "en")


def test_the_worker_translates_with_an_engine_and_sends_nothing_without(
    participatie: CommandLine, session: Session
) -> None:
    session.add(an_idea(session))
    session.commit()
    participatie("worker", "--once")
    assert session.scalar(select(func.count(TranslationJob.id))) == 0
    session.execute(update(Idea).values(lang="tr"))
    session.commit()
    with TranslationServer(key="") as server:
        participatie.environment |= {
            "PARTICIPATIE_TRANSLATE_ENGINE": LIBRETRANSLATE,
            "PARTICIPATIE_TRANSLATE_URL": server.url,
        }
        participatie("worker", "--once")
        assert "api_key" not in server.received[0]
    assert [each.lang for each in of_ideas(session)] == ["ar", "en", "nl", "pl", "uk"]
