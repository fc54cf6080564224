"""What a preset will enforce is told in plain sentences: every hard test, every number, and nothing that is not enforced."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date

import pytest
from flask import Flask

from participatie.settings import LOCALES
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.presets import Preset, PresetPhase, shipped
from participatie.spelregels.presets.shapes import RECRUITED as RECRUITED_IN_FILES
from participatie.spelregels.rulesets import Division, Earned, PanelTerms, PayoutPart, RuleSet
from participatie.spelregels.votes import BallotKind
from participatie.web.ruleset_words import RECRUITED, agreed, enforced
from participatie.web.ruleset_words.asked import COUNTED, MUST
from participatie.web.ruleset_words.owed import OWED

PHASES = (
    PresetPhase(PhaseKind.ANALYSE, Level.MEEDENKEN, 4),
    PresetPhase(PhaseKind.COLLECT, Level.MEEDOEN, 4),
    PresetPhase(PhaseKind.VOTE, Level.MEEBESLISSEN, 4),
    PresetPhase(PhaseKind.EXECUTE, Level.MEEDOEN, 4),
)
NOTHING_ASKED = RuleSet(weights={}, dominance_percent=0)


@pytest.fixture
def in_dutch(app: Flask) -> Iterator[None]:
    """A request by somebody who reads Dutch."""
    with app.test_request_context("/?taal=nl"):
        yield


def more_than(before: RuleSet, after: RuleSet) -> list[str]:
    """The sentences that the change of rules brought."""
    said = enforced(before, PHASES, answer_days=30)
    return [sentence for sentence in enforced(after, PHASES, answer_days=30) if sentence not in said]


@pytest.mark.parametrize("test", Test)
def test_every_hard_test_has_a_sentence_of_its_own(test: Test, in_dutch: None) -> None:
    hard = replace(NOTHING_ASKED, weights={test: Weight.HARD}, support_needed=7, group_needed=3)
    sentence, how_to_deviate = more_than(NOTHING_ASKED, hard)
    assert "twee mensen" in how_to_deviate
    others = [replace(hard, weights={other: Weight.HARD}) for other in Test if other is not test]
    assert all(sentence not in enforced(other, PHASES) for other in others)
    assert (test in MUST) is not (test in COUNTED)


@pytest.mark.parametrize("test", Test)
def test_a_soft_test_is_told_as_one_that_stops_nothing(test: Test, in_dutch: None) -> None:
    soft = replace(NOTHING_ASKED, weights={test: Weight.SOFT}, support_needed=7, group_needed=3)
    (sentence,) = more_than(NOTHING_ASKED, soft)
    assert "houdt een idee niet tegen" in sentence


VOTED = replace(NOTHING_ASKED, division=Division.VOTE)

#: A number or choice that is set, and how it is told.
SET: list[tuple[str, Callable[[RuleSet], RuleSet], str]] = [
    ("weights", lambda it: replace(it, weights={Test.OWN_CONTRIBUTION: Weight.HARD}), "Bewoners doen zelf iets"),
    ("support_needed", lambda it: replace(it, weights={Test.SUPPORT: Weight.HARD}, support_needed=37), "37 bewoners"),
    ("group_needed", lambda it: replace(it, weights={Test.PROJECT_GROUP: Weight.HARD}, group_needed=4), "4 leden"),
    ("ready_before", lambda it: replace(it, weights={Test.IN_TIME: Weight.HARD}, ready_before=date(2027, 12, 31)), "31 december 2027"),
    ("once_per_household", lambda it: replace(it, once_per_household=True), "Elk huishouden kan één keer"),
    ("first_posts_wait", lambda it: replace(it, first_posts_wait=True), "Wie hier nieuw is"),
    ("division", lambda it: replace(it, division=Division.NONE), "geen geld"),
    ("pot_cents", lambda it: replace(it, pot_cents=300_000_00), "300.000"),
    ("plan_cap_cents", lambda it: replace(it, plan_cap_cents=750_00), "750"),
    ("ballot_kind", lambda it: replace(it, ballot_kind=BallotKind.KNAPSACK), "verdeel het budget over plannen"),
    ("rule", lambda it: replace(it, rule="greedy"), "meeste stemmen krijgt eerst geld"),
    ("leftover", lambda it: replace(it, leftover="none"), "Wat overblijft"),
    ("payout", lambda it: replace(it, payout=(PayoutPart(43, Earned.GOAL), PayoutPart(57, Earned.FINAL))), "43 procent"),
    ("dominance_percent", lambda it: replace(it, dominance_percent=45), "45 procent"),
    ("reaction_days", lambda it: replace(it, reaction_days=19), "19 dagen reageren"),
    ("news_days", lambda it: replace(it, news_days=33), "elke 33 dagen"),
    ("execution_days", lambda it: replace(it, execution_days=77), "binnen 77 dagen uitgevoerd"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [pytest.param(*case, id=name) for name, *case in SET])
def test_every_number_that_is_set_is_told(change: Callable[[RuleSet], RuleSet], said: str, in_dutch: None) -> None:
    assert any(said in sentence for sentence in more_than(VOTED, change(VOTED)))


def test_no_field_of_the_rules_is_left_untold() -> None:
    told = {name for name, _change, _said in SET}
    assert {field.name for field in fields(RuleSet)} - told == {"name", "panel"}


def test_every_part_of_a_payment_is_told(in_dutch: None) -> None:
    parts = tuple(PayoutPart(percent, earned) for percent, earned in zip((41, 42, 17), Earned, strict=True))
    assert [sentence for sentence in more_than(VOTED, replace(VOTED, payout=parts)) if "procent" in sentence] == [
        "Van het geld voor een plan betalen we 41 procent als het doel vaststaat.",
        "Van het geld voor een plan betalen we 42 procent bij een eerste resultaat.",
        "Van het geld voor een plan betalen we 17 procent als alles klaar is.",
    ]


@pytest.mark.parametrize("division", Division)
def test_every_way_of_dividing_has_its_sentence(division: Division, in_dutch: None) -> None:
    others = [replace(NOTHING_ASKED, division=other) for other in Division if other is not division]
    assert all(more_than(other, replace(NOTHING_ASKED, division=division)) for other in others)


def test_what_residents_may_do_in_a_phase_is_read_from_the_table_of_rights(in_dutch: None) -> None:
    analyse, collect, vote, execute, *_rest = enforced(VOTED, PHASES)
    assert "een idee indienen, een idee steunen." in analyse
    assert "meedoen met een idee." in collect
    assert vote == "Fase ‘stemmen’ heeft het niveau meebeslissen. Dit kunnen bewoners dan: stemmen."
    assert "niveau meedoen" in execute
    told_only = enforced(VOTED, [PresetPhase(PhaseKind.COLLECT, Level.MEEWETEN, 4)])[0]
    assert "lezen en volgen" in told_only


def test_the_days_for_an_answer_are_told_where_they_are_known(in_dutch: None) -> None:
    assert "Elk idee krijgt binnen 30 dagen antwoord, met een reden." in enforced(VOTED, PHASES, answer_days=30)
    assert "Elk idee krijgt antwoord, met een reden." in enforced(VOTED, PHASES)


def test_a_level_that_owes_no_answer_promises_none(in_dutch: None) -> None:
    told_only = enforced(
        replace(NOTHING_ASKED, division=Division.NONE), [PresetPhase(PhaseKind.EXECUTE, Level.MEEWETEN, 4)]
    )
    assert not any("Elk idee" in sentence for sentence in told_only)
    assert any("elke 60 dagen" in sentence for sentence in told_only)
    assert any("eindverslag" in sentence for sentence in told_only), "no traject closes without it"


def test_a_term_to_carry_out_is_told_below_meebeslissen_too(in_dutch: None) -> None:
    """Fixture D3 of seed 004: the term is enforced at any level."""
    quick = shipped()["delft-knelpunten"]
    assert "Wat besloten is, is binnen 42 dagen uitgevoerd." in enforced(quick.rules, quick.phases)


def test_a_panel_is_told_as_agreed_and_never_as_enforced(in_dutch: None) -> None:
    panel = PanelTerms(40, ("netwerk", "loting"), traffic_light=True, scores=(1, 5), which_before_how_much=True)
    rules = replace(VOTED, panel=panel)
    assert enforced(rules, PHASES) == enforced(VOTED, PHASES)
    assert agreed(VOTED) == []
    said = " ".join(agreed(rules))
    for words in ("ongeveer 40 bewoners", "netwerk", "geloot", "oranje", "1 tot en met 5", "Daarna pas"):
        assert words in said
    assert agreed(replace(rules, panel=PanelTerms(40, ("een oproep in de krant",)))), "another word is told as it is"


def test_every_word_of_a_file_and_every_duty_has_its_sentence() -> None:
    assert set(RECRUITED) == set(RECRUITED_IN_FILES)
    assert set(OWED) == set(Duty)


@pytest.mark.parametrize("preset", shipped().values(), ids=list(shipped()))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_preset_is_told_in_every_language(preset: Preset, locale: str, app: Flask) -> None:
    with app.test_request_context(f"/?taal={locale}"):
        said = enforced(preset.rules, preset.phases, answer_days=preset.answer_days) + agreed(preset.rules)
    assert len(said) == len(set(said)) > len(preset.phases)
    for sentence in said:
        assert sentence.strip()
        assert "%(" not in sentence
