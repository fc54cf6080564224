"""Login codes grow old; hiding needs a reason and a moderator without a stake."""

from datetime import timedelta

import pytest

from participatie.spelregels.accounts import LoginCodeFacts, may_send_login_code, may_use_login_code
from participatie.spelregels.moderation import may_hide, may_restore
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT

TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    "tries, used, age, verdict",
    [
        (0, False, timedelta(0), Allowed()),
        (4, False, TEN_MINUTES - timedelta(seconds=1), Allowed()),
        (0, False, TEN_MINUTES, refused(Refusal.CODE_WRONG)),
        (5, False, timedelta(0), refused(Refusal.CODE_WRONG)),
        (0, True, timedelta(0), refused(Refusal.CODE_WRONG)),
    ],
)
def test_a_login_code_works_once_for_ten_minutes_and_five_tries(
    tries: int, used: bool, age: timedelta, verdict: object
) -> None:
    """Abuse case 24."""
    assert may_use_login_code(LoginCodeFacts(MOMENT, tries, used), MOMENT + age) == verdict


def test_the_sixth_mail_in_an_hour_is_refused() -> None:
    """Abuse case 27."""
    assert may_send_login_code(4)
    assert may_send_login_code(5) == refused(Refusal.TOO_MANY_MAILS, limit=5)


def test_hiding_needs_a_reason_and_a_moderator_without_an_own_idea() -> None:
    assert may_hide(hidden=False, reason="Scheldt een buurman uit.", is_rival=False) == Allowed()
    assert may_hide(hidden=False, reason=" ", is_rival=False) == refused(Refusal.REASON_MISSING)
    assert may_hide(hidden=True, reason="Nog eens.", is_rival=False) == refused(Refusal.ALREADY_HIDDEN)
    assert may_hide(hidden=False, reason="Rivaal.", is_rival=True) == refused(Refusal.OWN_RIVAL)


def test_restoring_needs_a_reason_and_something_hidden() -> None:
    assert may_restore(hidden=True, reason="Het was geen schelden.", is_rival=False) == Allowed()
    assert may_restore(hidden=True, reason="", is_rival=False) == refused(Refusal.REASON_MISSING)
    assert may_restore(hidden=False, reason="Terug.", is_rival=False) == refused(Refusal.NOT_HIDDEN)
    assert may_restore(hidden=True, reason="Het is van mij.", is_rival=True) == refused(Refusal.OWN_RIVAL)
