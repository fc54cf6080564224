"""A household is a key and never an address."""

from dataclasses import replace

import pytest
from flask import Flask

from participatie.web.households import household_key, plain_house_number, plain_postcode


@pytest.mark.parametrize("typed", ["1234AB", "1234 ab", " 12 34 a b ", "١٢٣٤ ab", "１２３４ＡＢ"])
def test_a_postcode_is_one_however_it_is_typed(typed: str) -> None:
    assert plain_postcode(typed) == "1234AB"


@pytest.mark.parametrize(
    "typed", ["", "1234", "0234 AB", "1234 ABC", "12345 AB", "ABCD 12", "1234 ÀB", "1234 <b", "9" * 999]
)
def test_what_is_no_postcode_is_none(typed: str) -> None:
    assert plain_postcode(typed) is None


@pytest.mark.parametrize(
    "typed, plain",
    [("12", "12"), (" 012 ", "12"), ("١٢", "12"), ("12a", "12-A"), ("12 A", "12-A"), ("12-a", "12-A"), ("12 bis", "12-BIS"),
     ("12-2", "12-2"), ("12/2", "12-2"), ("12 A 2", "12-A2")],
)  # fmt: skip
def test_a_house_number_is_one_however_it_is_typed(typed: str, plain: str) -> None:
    assert plain_house_number(typed) == plain


@pytest.mark.parametrize("typed", ["", "0", "A", "123456", "12 toevoeging", "12 é", "9" * 999, "a" * 9999])
def test_what_is_no_house_number_is_none(typed: str) -> None:
    assert plain_house_number(typed) is None


def test_a_key_tells_nothing_and_differs_by_address_and_by_traject(app: Flask) -> None:
    with app.app_context():
        key = household_key(1, "1234 ab", "012-a")
        assert key == household_key(1, "1234AB", "12 A")
        others = {
            household_key(1, "1234 AB", "12"),
            household_key(1, "1234 AC", "12 A"),
            household_key(2, "1234AB", "12A"),
        }
        assert len({key, *others}) == 4
        assert len(key) == 64
        with pytest.raises(ValueError, match="postcode"):
            household_key(1, "nergens", "12")


def test_without_our_secret_nobody_makes_the_key(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying all addresses of a wijk against a copy of the database finds nobody (abuse case 22)."""
    with app.app_context():
        ours = household_key(1, "1234 AB", "12")
        settings = app.extensions["participatie.settings"]
        monkeypatch.setitem(app.extensions, "participatie.settings", replace(settings, secret_key="another" * 8))
        assert household_key(1, "1234 AB", "12") != ours
