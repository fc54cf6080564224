"""Which translation is shown, and which is none of this text any more?"""

from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.translations import (
    Candidate,
    TranslationStatus,
    Translator,
    fingerprint,
    may_judge_translation,
    shown_of,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
SHA = fingerprint("nl", {"title": "Een boom", "body": "Schaduw."})
WAITING, APPROVED, REFUSED = TranslationStatus


def candidate(
    number: int,
    made_by: Translator = Translator.PERSON,
    status: TranslationStatus = APPROVED,
    sha: str = SHA,
    day: int = 0,
) -> Candidate:
    return Candidate(sha, made_by, status, NOW + timedelta(days=day), number)


def test_the_order_of_the_texts_does_not_matter_and_every_sign_does() -> None:
    assert fingerprint("nl", {"body": "Schaduw.", "title": "Een boom"}) == SHA
    others = [("tr", "Een boom", "Schaduw."), ("nl", "Een boom!", "Schaduw."), ("nl", "Een boomSchaduw.", "")]
    assert SHA not in [fingerprint(lang, {"title": title, "body": body}) for lang, title, body in others]


def test_a_person_goes_before_a_machine_and_the_newest_before_the_oldest() -> None:
    machine = candidate(3, Translator.ENGINE, day=9)
    first, second = candidate(1), candidate(2, day=1)
    assert shown_of([machine], SHA) == machine
    assert shown_of([machine, first], SHA) == first
    assert shown_of([second, machine, first], SHA) == second


@pytest.mark.parametrize(
    "unfit", [candidate(1, status=WAITING), candidate(1, status=REFUSED), candidate(1, sha="0" * 64)]
)
def test_what_was_not_passed_or_is_stale_is_not_shown(unfit: Candidate) -> None:
    assert shown_of([unfit], SHA) is None


def test_a_stale_translation_can_be_turned_down_and_not_passed() -> None:
    stale = {"status": WAITING, "own": False, "stale": True, "reason": "Verouderd."}
    assert may_judge_translation(**stale, approves=True) == refused(Refusal.TRANSLATION_STALE)  # type: ignore[arg-type]
    assert may_judge_translation(**stale, approves=False) == Allowed()  # type: ignore[arg-type]
