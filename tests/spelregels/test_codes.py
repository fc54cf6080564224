"""A voting code survives how people type, and not one wrong character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.codes import (
    ALPHABET,
    SELECTOR_LENGTH,
    VERIFIER_LENGTH,
    VotingCode,
    check_character,
    read_code,
)

SIGNS = st.sampled_from(ALPHABET)
CODES = st.builds(
    VotingCode,
    st.text(SIGNS, min_size=SELECTOR_LENGTH, max_size=SELECTOR_LENGTH),
    st.text(SIGNS, min_size=VERIFIER_LENGTH, max_size=VERIFIER_LENGTH),
)
CODE = VotingCode("01AB10", "CD01EF10GH")


@given(CODES)
def test_what_is_printed_is_read(code: VotingCode) -> None:
    assert read_code(str(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        str(CODE).lower(),
        str(CODE).replace("-", ""),
        str(CODE).replace("-", " "),
        f"  {str(CODE).replace('-', ' - ')}\t\n",
        str(CODE).replace("0", "O"),
        str(CODE).replace("0", "o"),
        str(CODE).replace("1", "l"),
        str(CODE).replace("1", "I"),
        str(CODE).replace("1", "i").replace("0", "O").lower(),
        " ".join(str(CODE)),
    ],
)
def test_a_code_is_accepted_as_people_type_it(typed: str) -> None:
    """Abuse case 20: O for 0, l and I for 1, lower case, spaces."""
    assert read_code(typed) == CODE


@pytest.mark.parametrize("dash", ["–", "—", "‑", "\u00a0"])
def test_a_code_copied_from_a_letter_keeps_working(dash: str) -> None:
    """Word processors and mail programs turn a dash or a space into another one."""
    assert read_code(str(CODE).replace("-", dash)) == CODE


@given(CODES)
def test_every_single_wrong_character_is_noticed(code: VotingCode) -> None:
    text = code.selector + code.verifier
    text += check_character(text)
    for place, right in enumerate(text):
        for wrong in ALPHABET:
            if wrong != right:
                assert read_code(text[:place] + wrong + text[place + 1 :]) is None


@given(CODES)
def test_most_swaps_of_neighbours_are_noticed(code: VotingCode) -> None:
    """Only two characters half the alphabet apart can change places unnoticed."""
    text = code.selector + code.verifier
    text += check_character(text)
    for place in range(len(text) - 2):
        one, other = text[place], text[place + 1]
        apart = abs(ALPHABET.index(one) - ALPHABET.index(other))
        if apart not in (0, len(ALPHABET) // 2):
            assert read_code(text[:place] + other + one + text[place + 2 :]) is None


@pytest.mark.parametrize(
    "typed", ["", "-", "A", str(CODE)[:-1], str(CODE) + "0", "U" * 17, "💧" * 17, "٠" * 17, "ı" * 17]
)
def test_what_is_no_code_is_no_error(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text())
def test_whatever_is_typed_is_read_without_an_error(typed: str) -> None:
    code = read_code(typed)
    assert code is None or read_code(str(code)) == code
