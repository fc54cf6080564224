"""When may somebody be in the pool of a panel, what are two ways to write one address, and when does all of it go?"""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from participatie.spelregels.buurtpanels.leaves import leaf_of, proof_of
from participatie.spelregels.buurtpanels.opening import PanelStatus, QuotaRule
from participatie.spelregels.buurtpanels.registration import (
    Outlook,
    Told,
    household_key,
    is_past,
    may_change_addresses,
    may_join,
    neat_postcode,
    outlook,
    plain_address,
    plain_name,
    pool_goes_on,
    tells_enough,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict
from tests.factories.panel_homes import FEATURES, told
from tests.factories.panels import USUAL_QUOTAS

NOW = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)


def why(verdict: Verdict) -> Refusal | None:
    return verdict.code if isinstance(verdict, Refused) else None


@pytest.mark.parametrize(
    "person, consents, expected",
    [
        (told(), True, None),
        (told(), False, Refusal.PANEL_CONSENT_MISSING),
        (told(email=""), True, Refusal.PANEL_CONTACT_MISSING),
        (told(email="", phone="06 12345678"), True, None),
        (told(email="", by_letter=True), True, Refusal.PANEL_CONTACT_MISSING),
        (told(email="", by_letter=True, address="Dijk 1"), True, None),
        (told(features={"leeftijd": "tot 40"}), True, Refusal.PANEL_ANSWER_MISSING),
        (told(features=FEATURES | {"woning": "boot"}), True, Refusal.PANEL_ANSWER_UNKNOWN),
    ],
)
def test_a_registration_has_consent_a_way_to_reach_somebody_and_every_answer(
    person: Told, consents: bool, expected: Refusal | None
) -> None:
    assert why(tells_enough(USUAL_QUOTAS, person, consents=consents)) is expected


def test_nobody_joins_twice_or_while_resting() -> None:
    assert why(may_join(is_resting=True, is_registered=False, rest_years=3)) is Refusal.PANEL_RESTS
    assert why(may_join(is_resting=False, is_registered=True, rest_years=3)) is Refusal.PANEL_REGISTERED_TWICE
    assert may_join(is_resting=False, is_registered=False, rest_years=3) == Allowed()


def test_a_list_of_addresses_stays_once_a_lot_over_it_is_bound() -> None:
    assert may_change_addresses(PanelStatus.DRAFT, has_lot=False)
    assert may_change_addresses(PanelStatus.REGISTERING, has_lot=False)
    assert why(may_change_addresses(PanelStatus.REGISTERING, has_lot=True)) is Refusal.PANEL_ADDRESSES_BOUND
    assert why(may_change_addresses(PanelStatus.DRAWING, has_lot=False)) is Refusal.POOL_FROZEN


@pytest.mark.parametrize("typed", ["Dijk 12a", "dijk 12 A", "Dijk  012-a"])
def test_one_house_is_one_household_however_it_is_typed(typed: str) -> None:
    assert plain_address("1234ab", typed) == plain_address("1234 AB", "Dijk 12-A")
    assert household_key("k", 1, "1234ab", typed) == household_key("k", 1, "1234 AB", "Dijk 12-A")


def test_neighbours_are_two_households_and_panels_cannot_be_laid_beside_each_other() -> None:
    assert plain_address("1234 AB", "Dijk 12-1") != plain_address("1234 AB", "Dijk 121")
    assert household_key("k", 1, "1234 AB", "Dijk 1") != household_key("k", 2, "1234 AB", "Dijk 1")
    assert household_key("k", 1, "1234 AB", " ") is None
    assert plain_name("  JAN  de Vries") == plain_name("Jan de vries")
    assert [neat_postcode(typed) for typed in ("1234ab", " 1234  AB ", "BE 1000")] == ["1234 AB", "1234 AB", "BE 1000"]


@pytest.mark.parametrize("there, expected", [(1, Outlook.SHORT), (5, Outlook.TIGHT), (6, Outlook.ENOUGH)])
def test_a_quota_is_hard_to_meet_with_less_than_three_times_its_seats(there: int, expected: Outlook) -> None:
    assert outlook(there, QuotaRule("woning", "huur", 2, 4)) is expected


def test_the_pool_goes_so_many_days_after_the_lot() -> None:
    assert pool_goes_on(90, None) is None
    assert pool_goes_on(90, NOW) == date(2026, 8, 3)
    assert not is_past(90, None, NOW)
    assert not is_past(1, NOW, NOW)
    assert is_past(0, NOW, NOW)


def test_the_hash_of_a_proof_is_the_leaf() -> None:
    proof = proof_of("ab", FEATURES, "h")
    assert proof == '["ab",{"leeftijd":"tot 40","woning":"huur"},"h"]'
    assert leaf_of("ab", FEATURES, "h") == sha256(proof.encode()).hexdigest()
