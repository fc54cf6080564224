"""How does somebody log in with a mailed code, and tell where they live?"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.actions.record import mail_address, record
from participatie.models.accounts import (
    Account,
    LoginCode,
    LoginSession,
    account_by_email,
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
from participatie.spelregels.verdicts import Refusal, Refused, refused


def send_login_code(
    session: Session, email: str, browser: str, locale: str, secret_key: str, now: datetime
) -> Refused | None:
    """Mail six digits to an address, known or not; refused after five mails in an hour.

    `browser` is a random token that the asking browser keeps in its cookie: the
    code works there and nowhere else (abuse case 24).
    """
    address = email.strip().lower()
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
    account = session.scalar(account_by_email(code.email))
    if account is None:
        account = Account(email=code.email, locale=locale, created_at=now)
        session.add(account)
        record(session, None, "account gemaakt", account, now)
    token = secrets.token_urlsafe(32)
    session.flush()
    session.add(LoginSession(token_hash=token_hash(token), account_id=account.id, expires_at=now + SESSION_TERM))
    return token


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


def _keyed(secret_key: str, browser: str, code: str) -> str:
    return hmac.new(secret_key.encode(), f"login\n{browser}\n{code}".encode(), hashlib.sha256).hexdigest()
