"""Logging in with a mailed code."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.accounts import change_profile, log_in, log_out, send_login_code, token_hash
from participatie.models.accounts import Account, LoginCode, LoginSession, account_of_session
from participatie.models.audit import AuditRow
from participatie.models.outbox import OutboxMail
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_gemeente, an_account, done

WRONG = refused(Refusal.CODE_WRONG)
EMAIL = "sanne@voorbeeld.example"
BROWSER = "browser-token"


def ask(session: Session, clock: TurnableClock, email: str = EMAIL, browser: str = BROWSER) -> str:
    """Ask for a code and read it in the mail."""
    assert send_login_code(session, email, browser, "tr", SECRET_KEY, clock.now) is None
    session.flush()
    mails = select(OutboxMail).where(OutboxMail.template == "login_code").order_by(OutboxMail.id.desc())
    code: str = session.scalars(mails).first().facts["code"]
    return code


def enter(session: Session, clock: TurnableClock, code: str, browser: str = BROWSER) -> str | Refused:
    return log_in(session, browser, code, "nl", SECRET_KEY, clock.now)


def test_the_first_login_makes_the_account(session: Session, clock: TurnableClock) -> None:
    token = done(enter(session, clock, ask(session, clock, " Sanne@Voorbeeld.example ")))
    account = session.scalar(account_of_session(token_hash(token), clock.now))
    assert account.email == EMAIL
    assert account.actor().grants == frozenset()
    assert [row.act for row in session.scalars(select(AuditRow))] == ["account gemaakt"]


def test_the_second_login_finds_the_same_account(session: Session, clock: TurnableClock) -> None:
    done(enter(session, clock, ask(session, clock)))
    done(enter(session, clock, ask(session, clock)))
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_code_typed_with_spaces_works(session: Session, clock: TurnableClock) -> None:
    code = ask(session, clock)
    done(enter(session, clock, f" {code[:3]} {code[3:]} "))


def test_a_code_works_once(session: Session, clock: TurnableClock) -> None:
    code = ask(session, clock)
    done(enter(session, clock, code))
    assert enter(session, clock, code) == WRONG


def test_a_code_is_bound_to_the_browser_that_asked(session: Session, clock: TurnableClock) -> None:
    """Abuse case 24."""
    code = ask(session, clock)
    assert enter(session, clock, code, browser="another") == WRONG


def test_a_code_of_ten_minutes_is_too_old(session: Session, clock: TurnableClock) -> None:
    code = ask(session, clock)
    clock.forward(minutes=10)
    assert enter(session, clock, code) == WRONG


def test_after_five_wrong_tries_the_right_code_is_wrong(session: Session, clock: TurnableClock) -> None:
    code = ask(session, clock)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert enter(session, clock, wrong) == WRONG
    assert enter(session, clock, code) == WRONG


@pytest.mark.parametrize("typed", ["", "abcdef", "١٢٣٤٥٦", "é", "0" * 10_000])
def test_whatever_is_typed_as_a_code_is_only_wrong(session: Session, clock: TurnableClock, typed: str) -> None:
    ask(session, clock)
    assert enter(session, clock, typed) == WRONG


def test_a_newer_code_replaces_the_older_one(session: Session, clock: TurnableClock) -> None:
    old = ask(session, clock)
    new = ask(session, clock)
    if old != new:
        assert enter(session, clock, old) == WRONG
    done(enter(session, clock, new))


def test_one_address_gets_five_mails_an_hour(session: Session, clock: TurnableClock) -> None:
    """Abuse case 27; other browsers and another spelling are the same address."""
    for place in range(5):
        ask(session, clock, browser=f"browser-{place}")
    sixth = send_login_code(session, EMAIL.upper(), "browser-6", "nl", SECRET_KEY, clock.now)
    assert sixth == refused(Refusal.TOO_MANY_MAILS, limit=5)
    clock.forward(hours=1, seconds=1)
    ask(session, clock)


def test_a_known_and_an_unknown_address_leave_the_same_trace(session: Session, clock: TurnableClock) -> None:
    """Abuse case 26."""
    an_account(session, email="bekend@voorbeeld.example")
    ask(session, clock, "bekend@voorbeeld.example", "one")
    ask(session, clock, "onbekend@voorbeeld.example", "two")
    known, unknown = session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    assert known.facts.keys() == unknown.facts.keys()
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_the_database_holds_no_usable_code_or_token(session: Session, clock: TurnableClock) -> None:
    """Abuse case 22, for logins."""
    code = ask(session, clock)
    token = done(enter(session, clock, code))
    kept = session.scalars(select(LoginCode)).one()
    assert code not in (kept.code_hash, kept.browser_hash)
    assert kept.browser_hash != BROWSER
    assert session.scalars(select(LoginSession)).one().token_hash != token


def test_a_used_code_is_no_longer_in_the_outbox(session: Session, clock: TurnableClock) -> None:
    """A mail that was sent keeps its row; what is in it must not open anything any more."""
    code = ask(session, clock)
    done(enter(session, clock, code))
    assert enter(session, clock, code) == WRONG


def test_logging_out_ends_the_session_on_the_server(session: Session, clock: TurnableClock) -> None:
    token = done(enter(session, clock, ask(session, clock)))
    log_out(session, token)
    assert session.scalar(account_of_session(token_hash(token), clock.now)) is None


def test_a_session_ends_after_thirty_days(session: Session, clock: TurnableClock) -> None:
    token = done(enter(session, clock, ask(session, clock)))
    clock.forward(days=30)
    assert session.scalar(account_of_session(token_hash(token), clock.now)) is None


def test_a_profile_tells_where_somebody_lives_and_what_they_read(session: Session, clock: TurnableClock) -> None:
    account = an_account(session, role=Role.MODERATOR)
    buurt = a_gemeente(session).buurten[0]
    change_profile(session, account, "  Oksana ", "uk", buurt, clock.now)
    session.commit()
    session.expire_all()
    assert (account.name, account.locale, account.area) == ("Oksana", "uk", buurt)
    assert account.actor().home_path == buurt.path
    assert len(account.actor().grants) == 1
