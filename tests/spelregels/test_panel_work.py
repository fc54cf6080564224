"""What a panel may do when, how scores are shown, and when the gemeente must have answered."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from participatie.spelregels.answers import term_ends
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.buurtpanels.work import (
    AnswerWords,
    Spread,
    answer_due_at,
    may_answer_advice,
    may_close_panel,
    may_close_question,
    may_declare,
    may_explain_no_advice,
    may_open_question,
    may_plan_meeting,
    may_publish_advice,
    may_score,
    may_touch_meeting,
    may_write_question,
    spread_of,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT

HOUR = timedelta(hours=1)
SITTING = PanelStatus.SITTING
FOLLOWED = AnswerWords("college", AdviceUse.FOLLOWED, "Alles.", "")


def test_a_meeting_is_to_come_and_ends_after_it_began() -> None:
    starts = MOMENT + HOUR
    assert may_plan_meeting(SITTING, starts, starts + HOUR, MOMENT) == Allowed()
    assert may_plan_meeting(SITTING, starts, starts, MOMENT) == refused(Refusal.MEETING_ENDS_WRONG)
    assert may_plan_meeting(SITTING, MOMENT - HOUR, starts, MOMENT) == refused(Refusal.MEETING_IN_THE_PAST)
    for status in (PanelStatus.DRAFT, PanelStatus.CLOSED):
        assert may_plan_meeting(status, starts, starts + HOUR, MOMENT) == refused(Refusal.PANEL_NOT_SITTING)


def test_a_meeting_that_is_over_or_cancelled_stays_as_it_is() -> None:
    assert may_touch_meeting(None, MOMENT + HOUR, MOMENT) == Allowed()
    assert may_touch_meeting(None, MOMENT, MOMENT) == refused(Refusal.MEETING_OVER)
    assert may_touch_meeting(MOMENT, MOMENT + HOUR, MOMENT) == refused(Refusal.MEETING_OVER)


def test_a_question_has_options_that_differ_and_is_frozen_when_open() -> None:
    assert may_write_question(SITTING, None, ["A", "B"]) == Allowed()
    assert may_write_question(SITTING, None, ["A", "a"]) == refused(Refusal.OPTION_TWICE)
    assert may_write_question(SITTING, None, []) == refused(Refusal.SCORE_OPTIONS_WRONG, fewest=1, most=40)
    assert may_write_question(SITTING, MOMENT, ["A", "B"]) == refused(Refusal.SCORES_FROZEN)
    assert may_write_question(PanelStatus.CLOSED, None, ["A"]) == refused(Refusal.PANEL_NOT_SITTING)


def test_where_which_comes_before_how_much_one_question_is_open_at_a_time() -> None:
    assert may_open_question(SITTING, None, one_at_a_time=False, others_open=1) == Allowed()
    assert may_open_question(SITTING, None, one_at_a_time=True, others_open=0) == Allowed()
    verdict = may_open_question(SITTING, None, one_at_a_time=True, others_open=1)
    assert verdict == refused(Refusal.QUESTION_BEFORE_OPEN)
    assert may_open_question(SITTING, MOMENT, one_at_a_time=False, others_open=0) == refused(Refusal.SCORES_FROZEN)
    early = may_open_question(PanelStatus.DRAWING, None, one_at_a_time=False, others_open=0)
    assert early == refused(Refusal.PANEL_NOT_SITTING)


def test_only_an_open_question_closes() -> None:
    assert may_close_question(MOMENT, None) == Allowed()
    assert may_close_question(None, None) == may_close_question(MOMENT, MOMENT) == refused(Refusal.SCORES_NOT_OPEN)


@pytest.mark.parametrize(
    ("differs", "code"),
    [
        ({}, None),
        ({"scores": []}, None),
        ({"is_open": False}, Refusal.SCORES_NOT_OPEN),
        ({"declared": False}, Refusal.INTEREST_NOT_TOLD),
        ({"touches_interest": True}, Refusal.INTEREST_IN_OPTION),
        ({"scores": [1, 6]}, Refusal.SCORE_WRONG),
        ({"scores": [0]}, Refusal.SCORE_WRONG),
        ({"options_are_there": False}, Refusal.SCORE_WRONG),
    ],
)
def test_a_score_is_from_one_to_five_by_who_told_their_interest(differs: dict[str, Any], code: Refusal | None) -> None:
    usual = {"is_open": True, "declared": True, "scores": [1, 5], "options_are_there": True, "touches_interest": False}
    assert may_score(**(usual | differs)) == (refused(code) if code else Allowed())


def test_an_interest_is_told_in_words() -> None:
    assert may_declare(has_interest=False, text="") == may_declare(has_interest=True, text="Mijn tuin.") == Allowed()
    assert may_declare(has_interest=True, text=" ") == refused(Refusal.INTEREST_WITHOUT_WORDS)


def test_a_spread_tells_counts_mean_and_who_stands_apart_as_numbers() -> None:
    spread = spread_of([(1, 1), (4, 3), (5, 2)], in_public=True)
    assert spread == Spread(6, Fraction(23, 6), (1, 0, 0, 3, 2), Fraction(4), below=1, above=0)
    assert [score for score in range(1, 6) if spread.stands_apart(score)] == [1, 2]


def test_fewer_than_five_scores_show_in_public_only_their_mean() -> None:
    assert spread_of([(2, 1), (5, 3)], in_public=True) == Spread(4, Fraction(17, 4))
    assert spread_of([(2, 1), (5, 3)], in_public=False).counts == (0, 1, 0, 0, 3)
    assert spread_of([(3, 5)], in_public=True).counts == (0, 0, 5, 0, 0)
    assert spread_of([], in_public=True) == Spread(0, None)


@pytest.mark.parametrize(
    ("differs", "code"),
    [
        ({}, None),
        ({"status": PanelStatus.CLOSED}, Refusal.PANEL_NOT_SITTING),
        ({"status": PanelStatus.DRAWING}, Refusal.PANEL_NOT_SITTING),
        ({"open_questions": 1}, Refusal.SCORES_STILL_OPEN),
        ({"text": " "}, Refusal.ADVICE_WORDS_MISSING),
        ({"how": ""}, Refusal.ADVICE_WORDS_MISSING),
        ({"version": 2}, Refusal.ADVICE_WORDS_MISSING),
        ({"version": 2, "correction": "Een getal klopte niet."}, None),
    ],
)
def test_advice_comes_out_after_the_scores_with_how_it_came_about(
    differs: dict[str, Any], code: Refusal | None
) -> None:
    usual = {"status": SITTING, "open_questions": 0, "text": "Kies A.", "how": "Samen.", "correction": "", "version": 1}
    assert may_publish_advice(**(usual | differs)) == (refused(code) if code else Allowed())


def test_a_correction_does_not_give_the_gemeente_more_time_unless_it_had_answered() -> None:
    first = answer_due_at(MOMENT, 42, None, before_answered=False)
    assert first == term_ends(MOMENT, 42), "the whole last day counts"
    later = MOMENT + timedelta(days=10)
    assert answer_due_at(later, 42, first, before_answered=False) == first
    assert answer_due_at(later, 42, first, before_answered=True) == term_ends(later, 42)


@pytest.mark.parametrize(
    ("mandate", "differs", "code"),
    [
        (Mandate.ADVISE, {}, None),
        (Mandate.DECIDE, {}, None),
        (Mandate.ADVISE, {"use": None}, Refusal.ADVICE_UNANSWERED),
        (Mandate.ADVISE, {"taken_over": " "}, Refusal.TAKEN_OVER_MISSING),
        (Mandate.ADVISE, {"use": AdviceUse.PARTLY}, Refusal.REASON_MISSING),
        (Mandate.ADVISE, {"use": AdviceUse.NOT_FOLLOWED, "not_taken_over": "Te duur.", "taken_over": ""}, None),
        (Mandate.DECIDE, {"use": AdviceUse.PARTLY, "not_taken_over": "Te duur."}, Refusal.DEVIATION_WITHOUT_GROUND),
        (Mandate.DECIDE, {"use": AdviceUse.PARTLY, "ground": DeviationGround.LAW}, Refusal.REASON_MISSING),
        (
            Mandate.DECIDE,
            {
                "use": AdviceUse.NOT_FOLLOWED,
                "ground": DeviationGround.LAW,
                "not_taken_over": "De wet.",
                "taken_over": "",
            },
            None,
        ),
    ],
)
def test_an_answer_says_what_is_taken_over_and_departs_from_a_decision_by_a_ground_alone(
    mandate: Mandate, differs: dict[str, Any], code: Refusal | None
) -> None:
    answer = replace(FOLLOWED, **differs)
    assert may_answer_advice(mandate, answer, answered=False) == (refused(code) if code else Allowed())
    assert may_answer_advice(mandate, answer, answered=True) == refused(Refusal.ALREADY_ANSWERED)


def test_a_panel_closes_when_everybody_can_read_what_it_said_or_why_it_did_not() -> None:
    assert may_close_panel(advised=False, explained=False, open_questions=0) == refused(Refusal.ADVICE_MISSING)
    assert may_close_panel(advised=True, explained=False, open_questions=1) == refused(Refusal.SCORES_STILL_OPEN)
    assert may_close_panel(advised=True, explained=False, open_questions=0) == Allowed()
    assert may_close_panel(advised=False, explained=True, open_questions=0) == Allowed()


def test_that_there_is_no_advice_is_told_once_with_a_reason() -> None:
    def asked(reason: str = "Te weinig leden.", *, advised: bool = False, explained: bool = False) -> object:
        return may_explain_no_advice(SITTING, advised=advised, explained=explained, reason=reason)

    assert asked() == Allowed()
    assert asked(" ") == refused(Refusal.REASON_MISSING)
    assert asked(advised=True) == asked(explained=True) == refused(Refusal.ALREADY_PUBLISHED)
