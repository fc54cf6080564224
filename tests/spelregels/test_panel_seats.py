"""A seat is given by the lot and kept by its member: no term, reason or quick hand gives staff a choice."""

from datetime import timedelta

import pytest

from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.seats import (
    ANSWER_WITHIN,
    Composed,
    answer_by,
    composed,
    may_begin_without_lot,
    may_close,
    may_confirm,
    may_fill,
    may_give_up,
    may_seat_without_lot,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT

SITTING = PanelStatus.SITTING
NOT_NOW = refused(Refusal.MEMBER_NOT_THERE)


def test_only_who_was_drawn_can_take_a_seat_of_a_panel_at_work() -> None:
    assert [status for status in MemberStatus if may_confirm(status, SITTING)] == [MemberStatus.DRAWN]
    assert may_confirm(MemberStatus.DRAWN, PanelStatus.CLOSED) == NOT_NOW


def test_nobody_loses_a_seat_for_silence_before_the_term_is_over() -> None:
    until = answer_by(MOMENT)
    early, late = until - timedelta(seconds=1), until
    silence = LeaveReason.NO_ANSWER
    still = refused(Refusal.STILL_TIME_TO_ANSWER, days=ANSWER_WITHIN.days)
    assert may_give_up(MemberStatus.DRAWN, SITTING, silence, until, early) == still
    assert may_give_up(MemberStatus.DRAWN, SITTING, silence, until, late)
    # Where nobody can tell since when, and for whoever took the seat, silence is no reason.
    assert may_give_up(MemberStatus.DRAWN, SITTING, silence, None, late) == still
    assert may_give_up(MemberStatus.CONFIRMED, SITTING, silence, until, late) == NOT_NOW


def test_only_a_seat_that_somebody_has_comes_free() -> None:
    can = [status for status in MemberStatus if may_give_up(status, SITTING, LeaveReason.MOVED, None, MOMENT)]
    assert can == [MemberStatus.DRAWN, MemberStatus.CONFIRMED]
    assert may_give_up(MemberStatus.DRAWN, PanelStatus.CLOSED, LeaveReason.MOVED, None, MOMENT) == NOT_NOW


def test_a_seat_is_filled_while_it_is_free_and_a_reserve_is_left() -> None:
    assert may_fill(SITTING, is_open=True, reserves=1)
    assert may_fill(SITTING, is_open=False, reserves=1) == NOT_NOW
    assert may_fill(PanelStatus.CLOSED, is_open=True, reserves=1) == NOT_NOW
    assert may_fill(SITTING, is_open=True, reserves=0) == refused(Refusal.NO_RESERVE_LEFT)


@pytest.mark.parametrize(
    "source, seated, reserves, has_lot, verdict",
    [
        (Recruitment.NETWORK, 5, 0, True, Allowed()),
        (Recruitment.NETWORK, 5, 0, False, Allowed()),
        # Whoever registered for a lot that never came may still sit there; the page says that nobody was drawn.
        (Recruitment.LOT, 5, 0, False, Allowed()),
        (Recruitment.LOT, 5, 0, True, NOT_NOW),
        (Recruitment.OTHER, 6, 0, False, refused(Refusal.SEATS_TAKEN, seats=6)),
        (Recruitment.OTHER, 5, 1, True, refused(Refusal.RESERVES_FIRST)),
    ],
)
def test_nobody_passes_those_who_were_drawn(
    source: Recruitment, seated: int, reserves: int, has_lot: bool, verdict: object
) -> None:
    assert may_seat_without_lot(SITTING, source, 6, seated, reserves=reserves, has_lot=has_lot) == verdict


def test_a_panel_begins_without_a_lot_with_a_reason_and_before_any_lot() -> None:
    assert may_begin_without_lot(PanelStatus.REGISTERING, "Te weinig aanmeldingen.")
    assert may_begin_without_lot(PanelStatus.REGISTERING, " ") == refused(Refusal.REASON_MISSING)
    assert may_begin_without_lot(PanelStatus.DRAWING, "Wij kiezen liever zelf.") == NOT_NOW


def test_a_panel_does_not_close_while_a_seat_waits_for_an_answer() -> None:
    confirmed, drawn = MemberStatus.CONFIRMED, MemberStatus.DRAWN
    assert may_close(SITTING, [confirmed])
    assert may_close(SITTING, [confirmed, drawn, drawn]) == refused(Refusal.SEATS_UNANSWERED, waiting=2)
    assert may_close(PanelStatus.CLOSED, []) == NOT_NOW


def test_a_panel_says_that_it_was_drawn_only_where_everybody_was() -> None:
    assert composed(25, 25) is Composed.DRAWN
    assert composed(18, 25) is Composed.PARTLY
    assert composed(0, 25) is composed(0, 0) is Composed.NOT_DRAWN
