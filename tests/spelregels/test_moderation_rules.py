"""Reports, first ideas, appeals and sides: who may judge what, and until when."""

from datetime import datetime, timedelta

import pytest

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.merging import MergeStatus, may_answer_merge, may_propose_merge
from participatie.spelregels.moderation import (
    REPORTS_PER_HOUR,
    Figures,
    figures_of,
    may_appeal,
    may_judge_appeal,
    may_look,
    may_report,
    rivals,
)
from participatie.spelregels.similarity import most_alike
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from tests.clock import MOMENT

HOUR = timedelta(hours=1)
LOOK = {"waits": True, "is_rival": False, "is_moderator": True, "stands_in": False}
APPEAL = {"is_author": True, "appealed": False, "text": "Het is geen reclame."}


@pytest.mark.parametrize(
    "changed, verdict",
    [
        ({}, Allowed()),
        ({"waits": False}, refused(Refusal.NOTHING_WAITS)),
        ({"is_rival": True}, refused(Refusal.OWN_RIVAL)),
        ({"is_moderator": False}, refused(Refusal.MODERATOR_FIRST)),
        ({"is_moderator": False, "stands_in": True}, Allowed()),
        ({"is_moderator": False, "stands_in": True, "is_rival": True}, refused(Refusal.OWN_RIVAL)),
    ],
)
def test_a_wijkmanager_looks_only_where_no_moderator_does(changed: dict[str, bool], verdict: Verdict) -> None:
    assert may_look(**(LOOK | changed)) == verdict


def test_reporting_is_limited_and_never_twice() -> None:
    assert may_report(hidden=False, already=False, last_hour=REPORTS_PER_HOUR - 1) == Allowed()
    assert may_report(hidden=True, already=False, last_hour=0) == refused(Refusal.ALREADY_HIDDEN)
    assert may_report(hidden=False, already=True, last_hour=0) == refused(Refusal.ALREADY_REPORTED)
    too_many = may_report(hidden=False, already=False, last_hour=REPORTS_PER_HOUR)
    assert too_many == refused(Refusal.TOO_MANY_REPORTS, limit=REPORTS_PER_HOUR)


def test_an_appeal_has_a_term_and_is_made_once_by_the_author() -> None:
    # Hidden at noon on the fourth: the whole of the eighteenth is still in time, as the mail says.
    last = datetime(2026, 5, 18, 23, 59, 59, tzinfo=AMSTERDAM)
    assert may_appeal(MOMENT, last, **APPEAL) == Allowed()
    assert may_appeal(MOMENT, last + timedelta(seconds=1), **APPEAL) == refused(Refusal.APPEAL_TOO_LATE, days=14)
    assert may_appeal(None, last, **APPEAL) == refused(Refusal.NOT_HIDDEN)
    for changed, code in (
        ({"is_author": False}, Refusal.NOT_THE_AUTHOR),
        ({"appealed": True}, Refusal.ALREADY_APPEALED),
        ({"text": " "}, Refusal.REASON_MISSING),
    ):
        assert may_appeal(MOMENT, last, **(APPEAL | changed)) == refused(code)


def test_whoever_hid_it_never_judges_the_appeal() -> None:
    asked = {"waits": True, "hid_it": False, "is_rival": False, "reason": "Het past."}
    assert may_judge_appeal(**asked) == Allowed()
    for changed, code in (
        ({"hid_it": True}, Refusal.OWN_HIDING),
        ({"is_rival": True}, Refusal.OWN_RIVAL),
        ({"waits": False}, Refusal.NOTHING_WAITS),
        ({"reason": ""}, Refusal.REASON_MISSING),
    ):
        assert may_judge_appeal(**(asked | changed)) == refused(code)


def test_a_side_is_that_of_a_whole_organisation() -> None:
    members = [(1, 10), (2, 10), (3, 20), (4, 30)]
    assert rivals({1, 9}, members, ()) == {1, 2, 9}
    assert rivals((), members, {20}) == {3}
    assert rivals((), members, ()) == frozenset()


def test_figures_tell_the_middle_and_what_was_in_time() -> None:
    rows = [(MOMENT, MOMENT + 24 * HOUR, MOMENT + hours * HOUR) for hours in (1, 5, 24, 30)]
    assert figures_of(rows) == Figures(4, 14.5, 3)
    assert figures_of([]) == Figures(0, None, 0)


def test_two_ideas_become_one_only_before_their_answer_and_within_the_term() -> None:
    like = {"same_idea": False, "same_traject": True, "both_wait": True, "pending": False, "reason": "Hetzelfde."}
    assert may_propose_merge(**like) == Allowed()
    for changed, code in (
        ({"same_idea": True}, Refusal.MERGE_UNLIKE),
        ({"same_traject": False}, Refusal.MERGE_UNLIKE),
        ({"both_wait": False}, Refusal.IDEA_NOT_OPEN),
        ({"pending": True}, Refusal.MERGE_PENDING),
        ({"reason": ""}, Refusal.REASON_MISSING),
    ):
        assert may_propose_merge(**(like | changed)) == refused(code)
    until, sides = MOMENT + HOUR, {"is_author": True, "both_wait": True}
    assert may_answer_merge(MergeStatus.OPEN, until, until, **sides) == Allowed()
    late = may_answer_merge(MergeStatus.OPEN, until, until + HOUR, **sides)
    assert late == may_answer_merge(MergeStatus.DECLINED, until, until, **sides) == refused(Refusal.MERGE_OVER)
    stranger = may_answer_merge(MergeStatus.OPEN, until, until, is_author=False, both_wait=True)
    assert stranger == refused(Refusal.NOT_THE_AUTHOR)
    answered = may_answer_merge(MergeStatus.OPEN, until, until, is_author=True, both_wait=False)
    assert answered == refused(Refusal.IDEA_NOT_OPEN)


OTHERS = [
    (1, "bankje bij de vijver", "oudere buren willen zitten aan het water"),
    (2, "veilig oversteken bij de school", "een zebrapad en een drempel"),
    (3, "schaakbord op het plein", "een tafel met een schaakbord"),
    (4, "مقاعد في الحديقة", "يريد الجيران الجلوس"),
]


@pytest.mark.parametrize(
    "title, body, found",
    [
        ("bankjes aan de vijver", "wij willen zitten", [1]),
        ("zebrapad", "oversteken bij de school is niet veilig", [2]),
        ("schaken", "een schaakbord op het plein voor jong en oud", [3]),
        ("مقاعد", "في الحديقة للجيران", [4]),
        ("een zwembad", "met een glijbaan", []),
        ("", "", []),
    ],
)
def test_what_looks_alike_is_found_in_any_script(title: str, body: str, found: list[int]) -> None:
    assert most_alike(title, body, OTHERS, 4) == found
