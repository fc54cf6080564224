"""Which keys of requests are kept, and how is one known again?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.spelregels.cast_keys import KEPT_KEYS, kept_with, may_be_cast_key, was_cast_with
from participatie.spelregels.verdicts import Allowed, Refusal, refused

KEYS = st.integers(10**15, 10**20).map(str)


@pytest.mark.parametrize("key", ["", "0123456789abcdef", "_-" * 32])
def test_no_key_and_a_key_of_some_length_are_fine(key: str) -> None:
    assert may_be_cast_key(key) == Allowed()


@pytest.mark.parametrize("key", ["0" * 15, "0" * 65, "0123456789 abcdef", "0123456789abcdef\n", "é" * 16, "٣" * 16])
def test_any_other_key_is_refused(key: str) -> None:
    assert may_be_cast_key(key) == refused(Refusal.CAST_KEY_WRONG)


@settings(max_examples=25)
@given(keys=st.lists(KEYS, unique=True, max_size=2 * KEPT_KEYS))
def test_the_last_few_keys_are_known_again_and_fit_the_column(keys: list[str]) -> None:
    kept = ""
    for key in keys:
        kept = kept_with(kept, key)
    assert [was_cast_with(kept, key) for key in keys[-KEPT_KEYS:]] == [True] * len(keys[-KEPT_KEYS:])
    assert not any(was_cast_with(kept, key) for key in keys[:-KEPT_KEYS])
    assert len(kept) <= 200


def test_no_key_is_never_known_and_pushes_none_out() -> None:
    kept = kept_with("", "0123456789abcdef")
    assert kept_with(kept, "") == kept
    assert not was_cast_with(kept, "")
