"""When is a mailed login code still good, and who may have another one?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

LOGIN_CODE_DIGITS = 6
LOGIN_CODE_TERM = timedelta(minutes=10)
LOGIN_CODE_TRIES = 5
LOGIN_MAILS_PER_HOUR = 5
SESSION_TERM = timedelta(days=30)
#: How long somebody may take to log in elsewhere.
OUTSIDE_LOGIN_TERM = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LoginCodeFacts:
    """A mailed code: when it was made (UTC), how often it was tried wrongly, whether it was used."""

    created_at: datetime
    tries: int
    used: bool


def may_send_login_code(sent_last_hour: int) -> Verdict:
    """Refuse the sixth mail to one address in an hour (abuse case 27)."""
    if sent_last_hour >= LOGIN_MAILS_PER_HOUR:
        return refused(Refusal.TOO_MANY_MAILS, limit=LOGIN_MAILS_PER_HOUR)
    return Allowed()


def may_use_login_code(code: LoginCodeFacts, now: datetime) -> Verdict:
    """Refuse a used code, one older than ten minutes, and one tried five times (abuse case 24)."""
    if code.used or code.tries >= LOGIN_CODE_TRIES or now >= code.created_at + LOGIN_CODE_TERM:
        return refused(Refusal.CODE_WRONG)
    return Allowed()
