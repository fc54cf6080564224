"""The rulebook is the same bytes for everybody; a round opens, is counted and paid in order."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Withheld, may_publish_besluit
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulebooks import Rulebook, RulebookPlan
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import (
    RoundStatus,
    may_award_round,
    may_change_round,
    may_count,
    may_destroy_secret,
    may_have_round,
    may_open_round,
    may_pay,
    may_restart,
    sha256_of,
    tie_seed,
)

OPENS = datetime(2026, 5, 1, 7, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
RULEBOOK = Rulebook(
    title="Wijkbudget Één",
    currency="EUR",
    pot_cents=300_000_00,
    ballot_kind=BallotKind.APPROVAL,
    min_choices=1,
    max_choices=3,
    max_sum_cents=None,
    max_per_category=None,
    category_sums_cents={"sport": 5, "groen": 4},
    rule="greedy",
    leftover="none",
    category_caps_cents={},
    minimum_votes=0,
    assurance="laag",
    assurance_reason="brief",
    opens_at=OPENS,
    closes_at=CLOSES,
    plans=(RulebookPlan(1, "1", "Bankjes", 12_000_00, None), RulebookPlan(2, "2", "Bomen", 45_000_00, "groen")),
    rules=RuleSet(name="zwolle").as_document(),
    opening=1,
)


def test_the_rulebook_is_one_canonical_line() -> None:
    text = RULEBOOK.canonical_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "\n" not in text
    assert '"title":"Wijkbudget Één"' in text
    assert '"category_sums_cents":{"groen":4,"sport":5}' in text
    assert '"opens_at":"2026-05-01T07:00:00+00:00"' in text


def test_the_hash_of_a_rulebook_stays_what_it_was_published_as() -> None:
    """Changing how it is written would make every published hash look like fraud."""
    assert sha256_of(RULEBOOK.canonical_json()) == "0cc681885aacb15ca60349e61fb92270d2da6ecb4a427557b8f66b9fabb7b648"


def test_the_order_in_which_limits_were_entered_does_not_matter() -> None:
    other = replace(RULEBOOK, category_sums_cents={"groen": 4, "sport": 5})
    assert other.canonical_json() == RULEBOOK.canonical_json()


def test_the_same_moment_in_another_zone_is_the_same_rulebook() -> None:
    amsterdam = timezone(timedelta(hours=2))
    other = replace(RULEBOOK, opens_at=OPENS.astimezone(amsterdam), closes_at=CLOSES.astimezone(amsterdam))
    assert other.canonical_json() == RULEBOOK.canonical_json()


def test_any_change_changes_the_hash() -> None:
    dearer = replace(RULEBOOK.plans[0], cost_cents=12_000_01)
    hashes = {
        sha256_of(rulebook.canonical_json())
        for rulebook in (
            RULEBOOK,
            replace(RULEBOOK, pot_cents=300_000_01),
            replace(RULEBOOK, plans=(dearer, RULEBOOK.plans[1])),
            replace(RULEBOOK, plans=RULEBOOK.plans[::-1]),
            replace(RULEBOOK, closes_at=CLOSES + timedelta(seconds=1)),
            replace(RULEBOOK, rules=RuleSet(name="zwolle", support_needed=1).as_document()),
            replace(RULEBOOK, opening=2),
        )
    }
    assert len(hashes) == 7


def test_the_seed_of_ties_needs_the_last_ballot() -> None:
    assert tie_seed("a", "b") == sha256_of("a\nb")
    assert len({tie_seed("a", "b"), tie_seed("a", "c"), tie_seed("b", "b"), tie_seed("ab", "")}) == 4


@pytest.mark.parametrize(
    "changes, refusal",
    [
        ({}, Allowed()),
        ({"plans": ()}, refused(Refusal.NO_PLANS)),
        ({"pot_cents": 20_000_00}, refused(Refusal.PLAN_OVER_POT, plan="Bomen")),
        ({"pot_cents": 45_000_00}, Allowed()),
        ({"min_choices": 4}, refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices")),
        (
            {"min_choices": 3, "max_choices": None},
            refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="plans"),
        ),
        (
            {"category_caps_cents": {"groen": 300_000_01}},
            refused(Refusal.RULEBOOK_CONTRADICTS, one="category_caps", other="pot"),
        ),
        ({"closes_at": OPENS}, refused(Refusal.RULEBOOK_CONTRADICTS, one="opens_at", other="closes_at")),
        (
            {"ballot_kind": BallotKind.KNAPSACK},
            refused(Refusal.RULEBOOK_CONTRADICTS, one="ballot_kind", other="max_sum"),
        ),
        ({"ballot_kind": BallotKind.KNAPSACK, "max_sum_cents": 300_000_00}, Allowed()),
        ({"incompatible": ((1, 2),)}, Allowed()),
        (
            {"incompatible": ((1, 2),), "rule": "most-votes"},
            refused(Refusal.RULEBOOK_CONTRADICTS, one="incompatible", other="rule"),
        ),
    ],
)
def test_a_round_opens_with_rules_that_can_all_hold(changes: dict[str, object], refusal: object) -> None:
    assert may_open_round(replace(RULEBOOK, **changes), RoundStatus.DRAFT, voters=1) == refusal


def test_a_round_opens_once_and_for_somebody() -> None:
    assert may_open_round(RULEBOOK, RoundStatus.DRAFT, voters=0) == refused(Refusal.NO_VOTER_ROLL)
    for status in (RoundStatus.OPEN, RoundStatus.COUNTED, RoundStatus.PUBLISHED):
        assert may_open_round(RULEBOOK, status, voters=9) == refused(Refusal.ROUND_NOT_DRAFT)


def test_a_round_is_counted_once_and_from_the_close_on() -> None:
    tick = timedelta(microseconds=1)
    assert may_count(RoundStatus.OPEN, CLOSES, CLOSES - tick) == refused(Refusal.VOTE_STILL_OPEN)
    assert may_count(RoundStatus.OPEN, CLOSES, CLOSES) == Allowed()
    assert may_count(RoundStatus.DRAFT, CLOSES, CLOSES) == refused(Refusal.VOTE_NOT_OPEN)
    assert may_count(RoundStatus.COUNTED, CLOSES, CLOSES) == refused(Refusal.ALREADY_COUNTED)
    assert may_count(RoundStatus.PUBLISHED, CLOSES, CLOSES) == refused(Refusal.ALREADY_COUNTED)


def test_a_plan_is_paid_to_the_cent_it_was_allocated() -> None:
    assert may_pay(100_00, 100_00, 60_00, 40_00) == Allowed()
    assert may_pay(100_00, 100_00, 60_00, 40_01) == refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1)


def test_a_part_is_paid_when_it_is_earned() -> None:
    assert may_pay(40_00, 100_00, 0, 40_00) == Allowed()
    assert may_pay(40_00, 100_00, 30_00, 10_01) == refused(Refusal.PART_NOT_EARNED, payable_cents=10_00)
    assert may_pay(0, 100_00, 0, 1) == refused(Refusal.PART_NOT_EARNED, payable_cents=0)
    # More than was allocated at all is named first: that will never be paid.
    assert may_pay(0, 100_00, 0, 100_01) == refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1)


@pytest.mark.parametrize(
    ("status", "reason", "verdict"),
    [
        (RoundStatus.OPEN, "Een plan ontbrak.", Allowed()),
        (RoundStatus.OPEN, " \n", refused(Refusal.REASON_MISSING)),
        (RoundStatus.DRAFT, "Zomaar.", refused(Refusal.VOTE_NOT_OPEN)),
        (RoundStatus.COUNTED, "De uitslag bevalt niet.", refused(Refusal.RESTART_TOO_LATE)),
        (RoundStatus.PUBLISHED, "De uitslag bevalt niet.", refused(Refusal.RESTART_TOO_LATE)),
    ],
)
def test_a_vote_is_done_over_with_a_reason_and_before_the_outcome_is_known(
    status: RoundStatus, reason: str, verdict: Verdict
) -> None:
    assert may_restart(status, reason) == verdict


def test_a_round_changes_until_it_opens() -> None:
    assert may_change_round(RoundStatus.DRAFT) == Allowed()
    for status in (RoundStatus.OPEN, RoundStatus.COUNTED, RoundStatus.PUBLISHED):
        assert may_change_round(status) == refused(Refusal.ROUND_NOT_DRAFT)


def test_money_is_awarded_once_to_plans_that_the_pot_holds() -> None:
    assert may_award_round(RULEBOOK, RoundStatus.DRAFT) == Allowed()
    assert may_award_round(RULEBOOK, RoundStatus.COUNTED) == refused(Refusal.ALREADY_COUNTED)
    assert may_award_round(replace(RULEBOOK, plans=()), RoundStatus.DRAFT) == refused(Refusal.NO_PLANS)
    small = replace(RULEBOOK, pot_cents=56_999_99)
    assert may_award_round(small, RoundStatus.DRAFT) == refused(Refusal.POT_EMPTY, over_cents=1)


def test_a_round_of_votes_needs_a_phase_to_vote_in() -> None:
    collect = PhaseFacts(PhaseKind.COLLECT, Level.MEEDENKEN, OPENS - timedelta(days=9), OPENS)
    vote = PhaseFacts(PhaseKind.VOTE, Level.MEEBESLISSEN, OPENS, CLOSES)
    usual = {"min_choices": 1, "max_choices": None}
    assert may_have_round([collect], by_vote=True, **usual) == refused(Refusal.NO_VOTING_PHASE)
    assert may_have_round([collect, vote], by_vote=True, **usual) == Allowed()
    assert may_have_round([collect], by_vote=False, **usual) == Allowed()
    upside_down = may_have_round([collect, vote], by_vote=True, min_choices=3, max_choices=2)
    assert upside_down == refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices")


@pytest.mark.parametrize(
    "status, motivation, deviates, ground, verdict",
    [
        (RoundStatus.COUNTED, "De bewoners kozen.", False, None, Allowed()),
        (RoundStatus.COUNTED, "De bewoners kozen.", False, DeviationGround.LAW, Allowed()),
        (RoundStatus.COUNTED, "Er ligt een gasleiding.", True, DeviationGround.SAFETY, Allowed()),
        (RoundStatus.COUNTED, "We willen iets anders.", True, None, refused(Refusal.DEVIATION_WITHOUT_GROUND)),
        (RoundStatus.COUNTED, " \n", False, None, refused(Refusal.REASON_MISSING)),
        (RoundStatus.DRAFT, "Omdat.", False, None, refused(Refusal.NOT_COUNTED)),
        (RoundStatus.OPEN, "Omdat.", False, None, refused(Refusal.NOT_COUNTED)),
        (RoundStatus.PUBLISHED, "Omdat.", False, None, refused(Refusal.ALREADY_DECIDED)),
    ],
)
def test_a_besluit_follows_the_outcome_or_names_its_ground(
    status: RoundStatus, motivation: str, deviates: bool, ground: DeviationGround | None, verdict: object
) -> None:
    first = Withheld(named={1}, chosen={1, 3})
    said = may_publish_besluit(status, motivation=motivation, deviates=deviates, ground=ground, withheld=first)
    assert said == verdict


@pytest.mark.parametrize("ground", list(DeviationGround))
@pytest.mark.parametrize(
    ("named", "spent", "code"),
    [
        ((), (), Refusal.DEVIATION_WITHOUT_PLAN),
        ((2,), (), Refusal.DEVIATION_NOT_CHOSEN),
        ((1, 2), (), Refusal.DEVIATION_NOT_CHOSEN),
        ((1, 3), (3,), Refusal.WITHHELD_HAS_MONEY),
        ((1,), (3,), None),
        ((1, 3), (), None),
    ],
)
def test_a_deviation_only_withholds_what_residents_chose_and_nobody_spent(
    ground: DeviationGround, named: tuple[int, ...], spent: tuple[int, ...], code: Refusal | None
) -> None:
    withheld = Withheld(named=named, chosen=(1, 3), spent=spent)
    said = {"motivation": "Er ligt een gasleiding.", "ground": ground, "withheld": withheld}
    verdict = may_publish_besluit(RoundStatus.COUNTED, deviates=True, **said)
    has_money = refused(Refusal.WITHHELD_HAS_MONEY, number=3)
    wanted = {None: Allowed(), Refusal.WITHHELD_HAS_MONEY: has_money}
    assert verdict == (wanted[code] if code in wanted else refused(code))
    follows = may_publish_besluit(RoundStatus.COUNTED, deviates=False, **said)
    assert follows == Allowed(), "what follows the outcome withholds nothing"
    for use in AdviceUse:
        advice = may_publish_besluit(RoundStatus.COUNTED, deviates=True, is_advice=True, advice_use=use, **said)
        is_gone = spent and use is AdviceUse.NOT_FOLLOWED
        assert advice == (has_money if is_gone else Allowed()), "after advice nothing binds but money that is gone"


@pytest.mark.parametrize(
    ("named", "deviates", "freed"), [((1, 3), True, None), ((1,), True, 3), ((1, 3), False, 1), ((), False, 1)]
)
def test_what_a_no_about_its_idea_stops_does_not_go_ahead_again(
    named: tuple[int, ...], deviates: bool, freed: int | None
) -> None:
    withheld = Withheld(named=named, chosen=(1, 2, 3), stopped=(3, 1))
    verdict = may_publish_besluit(
        RoundStatus.COUNTED, motivation="Omdat.", deviates=deviates, ground=DeviationGround.LAW, withheld=withheld
    )
    assert verdict == (Allowed() if freed is None else refused(Refusal.IDEA_SAYS_NO, number=freed))


@pytest.mark.parametrize(
    ("status", "until", "verdict"),
    [
        (RoundStatus.OPEN, None, refused(Refusal.NOT_DECIDED)),
        (RoundStatus.COUNTED, None, refused(Refusal.NOT_DECIDED)),
        (RoundStatus.PUBLISHED, date(2026, 6, 15), refused(Refusal.OBJECTION_TERM_RUNS, until="15-06-2026")),
        (RoundStatus.PUBLISHED, date(2026, 6, 16), refused(Refusal.OBJECTION_TERM_RUNS, until="16-06-2026")),
        (RoundStatus.PUBLISHED, date(2026, 6, 14), Allowed()),
    ],
)
def test_the_secret_of_a_round_is_kept_until_nobody_can_object(
    status: RoundStatus, until: date | None, verdict: Verdict
) -> None:
    assert may_destroy_secret(status, until, date(2026, 6, 15)) == verdict
