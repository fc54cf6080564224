"""What a report tells of few people, and when it tells what changed; how far a meeting reached, and the code of a slip."""

import pytest

from participatie.spelregels.meetings import may_claim, may_count_reach, plain_slip, reach_percent, slip_code
from participatie.spelregels.reporting import ELSEWHERE, MEASURED, may_correct_report, shown_by_area, tells_outcome
from participatie.spelregels.verdicts import Allowed, Refusal, refused


@pytest.mark.parametrize(
    "people, shown",
    [
        ({}, ()),
        ({"Oost": 9, ELSEWHERE: 30}, ()),
        ({"Oost": 12, "West": 10}, (("Oost", 12), ("West", 10))),
        ({"Oost": 12, "West": 9, ELSEWHERE: 1}, (("Oost", 12), (ELSEWHERE, 10))),
        ({"Oost": 40, "West": 10, "Noord": 2}, (("Oost", 40), (ELSEWHERE, 12))),
        ({"Oost": 40, "Noord": 2}, ()),
    ],
)
def test_no_area_with_few_people_can_be_told_by_taking_one_number_from_another(
    people: dict[str, int], shown: tuple[tuple[str, int], ...]
) -> None:
    """Abuse case 53."""
    assert shown_by_area(people) == shown


def test_a_change_is_measured_before_and_after_by_somebody() -> None:
    texts = dict.fromkeys(MEASURED, "iets")
    assert tells_outcome(texts)
    for name in MEASURED:
        assert not tells_outcome({**texts, name: " "})


def test_a_correction_says_why() -> None:
    assert may_correct_report("Een getal was fout.", "A", "B") == Allowed()
    for texts in ((" ", "A", "B"), ("Fout.", "", "B"), ("Fout.", "A", "\n")):
        assert may_correct_report(*texts) == refused(Refusal.REASON_MISSING)


def test_a_reach_has_a_source_and_is_no_more_than_everybody() -> None:
    assert may_count_reach(10, None, "") == Allowed()
    assert may_count_reach(10, 10, "CBS") == Allowed()
    assert may_count_reach(10, 40, " ") == refused(Refusal.REASON_MISSING)
    assert may_count_reach(11, 10, "CBS") == refused(Refusal.REACH_TOO_LARGE)
    assert (reach_percent(None, 10), reach_percent(10, None), reach_percent(2, 3)) == (None, None, 66)


def test_a_slip_is_read_however_it_is_written() -> None:
    code = slip_code("10" * 32)
    assert len(code) == 14
    assert plain_slip(f" {code.lower().replace('-', ' ')} ") == plain_slip(code)
    assert plain_slip("oil-o1") == "01101"
    assert slip_code("11" * 32) != code


def test_a_slip_works_once_and_not_for_its_writer() -> None:
    assert may_claim(fits=True, is_claimed=False, is_helper=False) == Allowed()
    for fits, is_claimed, is_helper in ((False, False, False), (True, True, False), (True, False, True)):
        verdict = may_claim(fits=fits, is_claimed=is_claimed, is_helper=is_helper)
        assert verdict == refused(Refusal.SLIP_WRONG)
