"""Voting codes on the screen: batches, letters, one lost letter, one person at the counter, one who lets another vote."""

import csv
import logging
from collections.abc import Callable
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import let_another_vote, revoke_code
from participatie.blueprints.codes.forms import CONSENT_ON_PAPER, CONSENT_ON_SCREEN
from participatie.models.accounts import Account
from participatie.models.votes import VoterRoll, VotingProxy
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import VotingCode, read_code
from participatie.spelregels.issuing import MOST_LETTERS, Consent
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.voting import a_browser, a_voter, shows, votes
from tests.factories import a_round, a_wijkmanager, an_account, codes, count_it, done, roll_of
from tests.factories.people import now_of, runs_all
from tests.visitor import Visitor

HEADER = "naam,adres,postcode,plaats,taal"
PEOPLE = f"{HEADER}\nFatma Yıldız,Dijk 1,1234 AB,Lindewaard,tr\n=Jan,Kade 2,1234 AC,Lindewaard,\n"


@pytest.fixture
def budget_round(session: Session) -> Round:
    """An open round."""
    return a_round(session)


def the_page(manager: Visitor, budget_round: Round, of: str = "") -> str:
    return manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes{of}").text


def sends(manager: Visitor, budget_round: Round, people: str | bytes, status: int = 200, **fields: object) -> str:
    """Fill in the form for letters with a file of addresses."""
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes")
    source = people.encode() if isinstance(people, str) else people
    sent = {"label": "mei", "how": "brieven", "key": "k", "addresses": (BytesIO(source), "adressen.csv"), **fields}
    return manager.post(f"/wijkbudget/{budget_round.slug}/stemcodes", sent, status).text


def answer_of(visitor: Visitor) -> bytes:
    assert visitor.response is not None
    return visitor.response.data


def shown_code(visitor: Visitor) -> VotingCode:
    """The code on a page that shows one."""
    assert visitor.page is not None
    assert visitor.page.h1 == "De nieuwe stemcode"
    [text] = visitor.page.all("dd", class_="pp-stat__value")
    code = read_code("".join(text.itertext()))
    assert code is not None
    return code


def test_a_file_has_the_kenmerk_beside_each_code(manager: Visitor, budget_round: Round) -> None:
    the_page(manager, budget_round)
    manager.submit("Maak de codes", count="3", label="=mei", status=200)
    rows = list(csv.DictReader(StringIO(answer_of(manager).decode())))
    read = [read_code(row["stemcode"]) for row in rows]
    assert [row["kenmerk"] for row in rows] == [code.selector for code in read if code]
    assert len(rows) == 3
    manager.submit("Maak de codes", count="3", label="=mei", status=403)
    assert "al eens verstuurd" in manager.page.text if manager.page else False


def test_the_list_tells_what_works_and_not_what_was_used(
    manager: Visitor, app: Flask, session: Session, budget_round: Round
) -> None:
    voter = a_voter(app, session, budget_round)
    [lost] = codes(session, budget_round, 1)
    before = the_page(manager, budget_round)
    votes(voter, 1)
    assert the_page(manager, budget_round) == before
    done(revoke_code(session, runs_all(a_wijkmanager(session)), budget_round, lost.selector, now_of(session)))
    assert the_page(manager, budget_round) != before


def test_letters_come_with_a_list_of_kenmerken_without_codes(
    manager: Visitor, session: Session, budget_round: Round, caplog: pytest.LogCaptureFixture
) -> None:
    """Abuse cases 21 and 45: no code in a log, and no formula in the list."""
    with caplog.at_level(logging.INFO):
        sends(manager, budget_round, PEOPLE)
    with ZipFile(BytesIO(answer_of(manager))) as folder:
        pdf, kept = folder.read("brieven.pdf"), folder.read("kenmerken.csv").decode()
    document = PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    rows = list(csv.DictReader(StringIO(kept)))
    assert [row["naam"] for row in rows] == ["Fatma Yıldız", "'=Jan"]
    lines = {line.selector for line in roll_of(session, budget_round)}
    for page, row in zip(pages, rows, strict=True):
        assert row["kenmerk"] in page
        assert row["kenmerk"] in lines
        printed = read_code(next(word for word in page.split() if word.count("-") == 3))
        assert printed is not None
        assert printed.selector == row["kenmerk"]
        assert printed.verifier not in kept + caplog.text
        assert str(printed) not in kept + caplog.text
    assert "Dijk 1" in pages[0]
    assert "Yıldız" not in caplog.text


@pytest.mark.pages
@pytest.mark.parametrize(
    "people, said",
    [
        (f"{HEADER}\nJan,Kade 2,1234 AC,,nl\n", "regel 2"),
        (f"{HEADER}\nJan,Kade 2,1234 AC,Lindewaard,de\n\nPiet,Kade,1234,L,xx\n", "regel 4"),
        (f"{HEADER}\nJan 漢,Kade 2,1234 AC,Lindewaard,\n", "U+6F22"),
        ("naam,adres\nJan,Kade 2\n", "regel 1"),
        (f"{HEADER}\n", "geen adres"),
        (b"\xff\xfe", "UTF-8"),
        (f"{HEADER}\n{'J' * 61},Kade 2,1234 AC,Lindewaard,\n", "61 tekens"),
    ],
)
def test_a_wrong_file_is_refused_by_line_before_anything_is_made(
    manager: Visitor, session: Session, budget_round: Round, people: str | bytes, said: str
) -> None:
    before = len(roll_of(session, budget_round))
    assert said in sends(manager, budget_round, people, 400)
    assert len(roll_of(session, budget_round)) == before


@pytest.mark.pages
def test_a_request_makes_no_more_letters_than_it_has_time_for(
    manager: Visitor, session: Session, budget_round: Round
) -> None:
    before = len(roll_of(session, budget_round))
    the_page(manager, budget_round)
    page = manager.submit("Maak de codes", count=str(MOST_LETTERS + 1), how="brieven", label="mei", status=400)
    assert "hoogstens 2000 brieven" in page.text
    page = manager.submit("Maak de codes", count="", how="brieven", label="mei", status=400)
    assert "hoeveel codes u wilt" in page.text
    assert "alleen voor brieven" in sends(manager, budget_round, PEOPLE, 400, how="bestand")
    assert len(roll_of(session, budget_round)) == before


def test_a_lost_letter_is_replaced_on_the_screen(
    manager: Visitor, app: Flask, session: Session, budget_round: Round
) -> None:
    """Abuse case 23: sent twice, there is one new code, and the page shows it once."""
    [lost] = codes(session, budget_round, 1)
    the_page(manager, budget_round, "/vervangen")
    filled = manager.page.form("Vervang de code").filled({"kenmerk": lost.selector.lower()}) if manager.page else None
    assert filled is not None
    page = manager.send(filled, 200)
    new = shown_code(manager)
    assert lost.selector in page.text
    assert new.selector in page.text
    assert page.html.count('<svg role="img"') == 1
    assert "al ingetrokken of vervangen" in manager.send(filled, 403).text
    assert votes(shows(a_browser(app, session), budget_round, str(new)), 1)
    the_page(manager, budget_round, "/vervangen")
    assert "al gestemd" in manager.submit("Vervang de code", kenmerk=new.selector, status=403).text


def test_a_new_letter_can_be_sent_to_an_address(manager: Visitor, session: Session, budget_round: Round) -> None:
    lost, other = codes(session, budget_round, 2)
    the_page(manager, budget_round, "/vervangen")
    to = {"name": "Sanne Visser", "address": "Dijk 1", "postcode": "1234 AB", "place": "Lindewaard"}
    half = manager.submit("Vervang de code", kenmerk=lost.selector, how="brieven", name="Sanne Visser", status=400)
    assert "hele adres" in half.text
    manager.submit("Vervang de code", kenmerk=lost.selector, how="brieven", language="pl", **to, status=200)
    document = PdfDocument(answer_of(manager))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Sanne Visser" in text
    assert "taal=pl" in text
    the_page(manager, budget_round, "/intrekken")
    manager.submit("Trek deze code in", kenmerk=other.selector)
    assert f"{other.selector} werkt niet meer" in manager.follow().text
    the_page(manager, budget_round, "/intrekken")
    assert "hoort niet bij" in manager.submit("Trek deze code in", kenmerk="ZZZZZZ", status=400).text


def test_the_counter_gives_one_code_once(manager: Visitor, app: Flask, session: Session, budget_round: Round) -> None:
    before = len(roll_of(session, budget_round))
    the_page(manager, budget_round, "/balie")
    assert manager.page is not None
    form = manager.page.form("Maak één code")
    assert "Zet dan het vinkje" in manager.send(form.filled({}), 400).text
    filled = form.filled({"checked": "y"})
    manager.send(filled, 200)
    code = shown_code(manager)
    assert manager.response is not None
    assert manager.response.headers["Cache-Control"] == "no-store"
    manager.send(filled, 403)
    assert len(roll_of(session, budget_round)) == before + 1
    assert votes(shows(a_browser(app, session), budget_round, str(code)), 2)


def test_somebody_lets_another_vote(app: Flask, session: Session, budget_round: Round) -> None:
    [own] = codes(session, budget_round, 1)
    voter = a_browser(app, session)
    voter.get(f"/stemmen/{budget_round.slug}")
    voter.click("Laat iemand anders stemmen")
    button = "Maak een code voor iemand anders"
    assert "Zet eerst het vinkje" in voter.submit(button, code=str(own), status=400).text
    page = voter.submit(button, code="ABCD-EFGH-JKMN-PQRST", consent="y", status=400)
    assert "klopt niet" in page.text
    voter.submit(button, code=str(own), consent="y", status=200)
    handed = shown_code(voter)
    voter.get(f"/stemmen/{budget_round.slug}/iemand-anders")
    assert "ingetrokken" in voter.submit(button, code=str(own), consent="y", status=403).text
    assert "niet weer doorgeven" in voter.submit(button, code=str(handed), consent="y", status=403).text
    helper = shows(a_browser(app, session), budget_round, str(handed))
    said = "U stemt voor iemand anders, met toestemming"
    assert helper.page is not None
    assert said in helper.page.text
    votes(helper, 1)
    assert said in (helper.page.text if helper.page else "")
    usual = a_voter(app, session, budget_round)
    assert usual.page is not None
    assert said not in usual.page.text


def test_at_the_counter_a_signed_form_lets_another_vote(
    manager: Visitor, session: Session, budget_round: Round
) -> None:
    [own] = codes(session, budget_round, 1)
    the_page(manager, budget_round, "/machtigen")
    assert "handtekening" in manager.submit("Maak de code", kenmerk=own.selector, status=400).text
    manager.submit("Maak de code", kenmerk=own.selector, is_signed="y", status=200)
    code = shown_code(manager)
    assert session.scalars(select(VotingProxy.selector)).all() == [code.selector]


def test_after_the_vote_the_result_tells_how_many_let_another_vote(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session)
    [own] = codes(session, budget_round, 1)
    done(let_another_vote(session, budget_round, own.selector, "s", now_of(session), consents=True))
    session.info["clock"].turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    page = manager.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    assert "aan iemand anders zijn gegeven" in page.text


@pytest.mark.pages
def test_outside_the_vote_nobody_passes_on(visitor: Visitor, session: Session) -> None:
    closed = a_round(session, phase=PhaseKind.DECIDE)
    visitor.get(f"/stemmen/{closed.slug}/iemand-anders", 403)
    assert "gesloten" in (visitor.page.text if visitor.page else "")


@pytest.mark.pages
@pytest.mark.parametrize("of", ["", "/balie", "/vervangen", "/intrekken", "/machtigen"])
def test_only_the_wijkmanager_gets_at_codes(
    visit_as: Callable[[Account], Visitor], session: Session, budget_round: Round, of: str
) -> None:
    moderator = visit_as(an_account(session, role=Role.MODERATOR))
    moderator.get(f"/wijkbudget/{budget_round.slug}/stemcodes{of}", 403)
    before = len(session.scalars(select(VoterRoll)).all())
    moderator.post(f"/wijkbudget/{budget_round.slug}/stemcodes{of}", {"count": "3", "label": "x", "checked": "y"}, 403)
    assert len(session.scalars(select(VoterRoll)).all()) == before


def test_a_sentence_of_consent_that_changes_gets_a_new_number() -> None:
    """Who agreed, agreed to these words: change a word, and add a value to `Consent`."""
    sentences = {Consent.ON_SCREEN: CONSENT_ON_SCREEN, Consent.ON_PAPER: CONSENT_ON_PAPER}
    assert {kind.value: sentence._args[0] for kind, sentence in sentences.items()} == {
        "scherm-1": "Ik wil dat iemand anders voor mij stemt. Ik weet dat ik dan zelf niet meer kan stemmen, "
        "en dat ik dit niet kan terugdraaien.",
        "formulier-1": "Ik heb een formulier in handen waarop de kiezer dit met een handtekening vraagt.",
    }
