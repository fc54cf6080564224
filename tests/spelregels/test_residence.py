"""Who may vote with an account, and when a vote says too little about that."""

from dataclasses import replace

import pytest

from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.residence import (
    ResidenceFacts,
    ResidenceMethod,
    VotingMethod,
    account_selector,
    may_try_residence_code,
    may_use_letters,
    may_vote_by_account,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.wijkbudget import RoundStatus, may_open_round
from tests.spelregels.test_wijkbudget import RULEBOOK

LETTER, OIDC = ResidenceMethod.LETTER, ResidenceMethod.OIDC


@pytest.mark.parametrize(
    "method, residence, verdict",
    [
        (VotingMethod.ACCOUNT_LETTER, ResidenceFacts("/1/2/", LETTER), Allowed()),
        (VotingMethod.ACCOUNT_LETTER, ResidenceFacts("/1/2/3/", LETTER), Allowed()),
        (VotingMethod.ACCOUNT_OIDC, ResidenceFacts("/1/2/3/", OIDC), Allowed()),
        (VotingMethod.LETTER, ResidenceFacts("/1/2/3/", LETTER), refused(Refusal.VOTES_BY_LETTER)),
        (VotingMethod.ACCOUNT_LETTER, None, refused(Refusal.RESIDENCE_UNKNOWN)),
        (VotingMethod.ACCOUNT_LETTER, ResidenceFacts("/1/2/3/", OIDC), refused(Refusal.RESIDENCE_OTHER_WAY)),
        (VotingMethod.ACCOUNT_OIDC, ResidenceFacts("/1/2/3/", LETTER), refused(Refusal.RESIDENCE_OTHER_WAY)),
        # The area around it is not the area, and neither is one whose number begins the same.
        (VotingMethod.ACCOUNT_LETTER, ResidenceFacts("/1/", LETTER), refused(Refusal.RESIDENCE_ELSEWHERE)),
        (VotingMethod.ACCOUNT_LETTER, ResidenceFacts("/1/23/", LETTER), refused(Refusal.RESIDENCE_ELSEWHERE)),
    ],
)
def test_an_account_votes_where_it_lives_for_sure(
    method: VotingMethod, residence: ResidenceFacts | None, verdict: Verdict
) -> None:
    assert may_vote_by_account(method, residence, "/1/2/") == verdict


def test_codes_are_for_rounds_of_letters() -> None:
    assert may_use_letters(VotingMethod.LETTER)
    for method in (VotingMethod.ACCOUNT_LETTER, VotingMethod.ACCOUNT_OIDC):
        assert may_use_letters(method) == refused(Refusal.VOTES_BY_ACCOUNT)


def test_ten_codes_an_hour_may_be_tried() -> None:
    assert may_try_residence_code(10)
    assert may_try_residence_code(11) == refused(Refusal.TOO_MANY_RESIDENCE_TRIES, limit=10)


def test_with_accounts_a_vote_opens_without_a_roll() -> None:
    for method in VotingMethod:
        verdict = may_open_round(replace(RULEBOOK, voting_method=method), RoundStatus.DRAFT, voters=0)
        assert bool(verdict) is method.by_account


@pytest.mark.parametrize("missing", ["assurance", "assurance_reason"])
def test_a_vote_that_does_not_say_how_sure_it_is_who_votes_and_why_does_not_open(missing: str) -> None:
    for method in VotingMethod:
        rulebook = replace(RULEBOOK, voting_method=method, **{missing: " "})
        verdict = may_open_round(rulebook, RoundStatus.DRAFT, voters=9)
        assert verdict == refused(Refusal.CARD_INCOMPLETE, missing="assurance, assurance_reason")


def test_a_selector_has_eighty_bits_of_the_secret_and_of_what_proved_the_residence() -> None:
    selectors = [account_selector("secret", f"key {number}") for number in range(200)]
    assert len(set(selectors)) == 200
    assert all(len(selector) == 16 and set(selector) <= set(ALPHABET) for selector in selectors)
    assert {place for place in range(16) if len({selector[place] for selector in selectors}) > 20} == set(range(16))
    assert account_selector("another", "key 0") != account_selector("secret", "key 0")
