"""How does somebody log in with a mailed code, tell where they live, and get a role?"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import mail_address, record
from participatie.models.accounts import (
    Account,
    LoginCode,
    LoginSession,
    RoleGrant,
    account_by_email,
    grant_of,
    login_codes_since,
    newest_login_code,
    token_hash,
)
from participatie.models.wijken import Area
from participatie.spelregels.accounts import (
    LOGIN_CODE_DIGITS,
    LOGIN_CODE_TERM,
    SESSION_TERM,
    may_send_login_code,
    may_use_login_code,
)
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.permissions import Actor, Do, Place, Role, may, may_be_given
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


@dataclass(frozen=True, slots=True)
class Granted:
    """Who holds the role now, whether the account was made for it, and whether anything changed."""

    account: Account
    is_new: bool
    changed: bool


def send_login_code(
    session: Session, email: str, browser: str, locale: str, secret_key: str, now: datetime
) -> Refused | None:
    """Mail six digits to an address, known or not; refused after five mails in an hour.

    `browser` is a random token that the asking browser keeps in its cookie: the
    code works there and nowhere else (abuse case 24).
    """
    address = email.strip().lower()
    _one_at_a_time(session, address)
    sent = session.scalar(login_codes_since(address, now - timedelta(hours=1))) or 0
    verdict = may_send_login_code(sent)
    if isinstance(verdict, Refused):
        return verdict
    code = f"{secrets.randbelow(10**LOGIN_CODE_DIGITS):0{LOGIN_CODE_DIGITS}}"
    session.add(
        LoginCode(
            email=address,
            browser_hash=token_hash(browser),
            code_hash=_keyed(secret_key, browser, code),
            created_at=now,
        )
    )
    minutes = int(LOGIN_CODE_TERM.total_seconds() // 60)
    mail_address(session, address, locale, "login_code", now, code=code, minutes=minutes)
    return None


def log_in(session: Session, browser: str, typed: str, locale: str, secret_key: str, now: datetime) -> str | Refused:
    """Exchange the mailed digits for a session token; the first time, this makes the account.

    A wrong code is counted, so the caller must let the transaction commit.
    """
    code = session.scalar(newest_login_code(token_hash(browser)).with_for_update())
    if code is None:
        return refused(Refusal.CODE_WRONG)
    verdict = may_use_login_code(code.facts(), now)
    if isinstance(verdict, Refused):
        return verdict
    digits = "".join(typed.split())
    if not hmac.compare_digest(code.code_hash, _keyed(secret_key, browser, digits)):
        code.tries += 1
        return refused(Refusal.CODE_WRONG)
    code.used_at = now
    account = account_for(session, code.email, locale, "", now)
    return begin_session(session, account, now)


def begin_session(session: Session, account: Account, now: datetime) -> str:
    """Return the token of a new session: every login has its own (abuse case 28)."""
    token = secrets.token_urlsafe(32)
    session.flush()
    session.add(LoginSession(token_hash=token_hash(token), account_id=account.id, expires_at=now + SESSION_TERM))
    return token


def account_for(session: Session, email: str, locale: str, name: str, now: datetime) -> Account:
    """Return the account of an address, made with this name and language where there is none yet.

    Who has an account chose name and language, so nobody else changes them.
    """
    address = email.strip().lower()
    found = session.scalar(account_by_email(address))
    if found is not None:
        return found
    account = Account(email=address, locale=locale, name=name.strip(), created_at=now)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:  # somebody made it at this very moment
        return session.scalars(account_by_email(address)).one()
    record(session, None, "account gemaakt", account, now)
    return account


def log_out(session: Session, token: str) -> None:
    """End a session on the server: its cookie is worth nothing from now on, wherever it is kept."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == token_hash(token)))


def change_profile(
    session: Session, account: Account, name: str, locale: str, area: Area | None, now: datetime
) -> None:
    """Save how somebody is called, which language they read, and in which buurt they live."""
    account.name = name.strip()
    account.locale = locale
    account.area_id = area.id if area else None
    account.area = area
    record(session, account.id, "profiel gewijzigd", account, now)


def grant_role(session: Session, actor: Actor, email: str, role: Role, area: Area, now: datetime) -> Granted | Refused:
    """Give somebody a role for an area and everything in it; an unknown address gets an account.

    Whoever is logged in with that account is logged out, so that the new rights begin with a
    new session (abuse case 28). A role held already changes nothing. Refused are roles that
    follow from what somebody does.
    """
    verdict = first_refusal(may(actor, Do.GIVE_ROLE, Place(area.path)), may_be_given(role))
    if isinstance(verdict, Refused):
        return verdict
    account = session.scalar(account_by_email(email.strip().lower()))
    is_new = account is None
    if account is None:
        account = Account(email=email.strip().lower(), locale="nl", created_at=now)
        session.add(account)
        record(session, actor.account_id, "account gemaakt", account, now)
    if session.scalar(grant_of(account.id, role, area.id)) is not None:
        return Granted(account, is_new=False, changed=False)
    grant = RoleGrant(account_id=account.id, role=role, area_id=area.id)
    session.add(grant)
    record(session, actor.account_id, "rol gegeven", grant, now, account=account.id, role=str(role), area=area.code)
    log_out_everywhere(session, account)
    return Granted(account, is_new=is_new, changed=True)


def revoke_role(session: Session, actor: Actor, email: str, role: Role, area: Area, now: datetime) -> bool | Refused:
    """Take a role for an area away, and log that account out everywhere. False when nobody held it so."""
    verdict = may(actor, Do.GIVE_ROLE, Place(area.path))
    if isinstance(verdict, Refused):
        return verdict
    account = session.scalar(account_by_email(email.strip().lower()))
    grant = session.scalar(grant_of(account.id, role, area.id)) if account is not None else None
    if account is None or grant is None:
        return False
    record(session, actor.account_id, "rol ingetrokken", grant, now, account=account.id, role=str(role), area=area.code)
    session.delete(grant)
    log_out_everywhere(session, account)
    return True


def log_out_everywhere(session: Session, account: Account) -> None:
    """End every session of an account: their cookies are worth nothing from now on."""
    session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))


def _one_at_a_time(session: Session, address: str) -> None:
    # The limit counts rows, so requests for one address come one after the other; SQLite writes so already.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(address))))


def _keyed(secret_key: str, browser: str, code: str) -> str:
    return keyed_hash(secret_key, "login", browser, code)
