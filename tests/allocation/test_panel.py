"""A panel says which plans get money, and only then how much; every step can be followed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation import Plan
from participatie.allocation.panel import (
    Light,
    Opinion,
    PanelReason,
    PanelRules,
    SelectionOpenError,
    divide,
    panel_trace,
    select,
)

GREEN, ORANGE, RED = Light.GREEN, Light.ORANGE, Light.RED
PLANS = [Plan("tuin", 30_000_00), Plan("koor", 8_000_00), Plan("film", 5_000_00), Plan("fuif", 2_000_00)]
ORDER = ["fuif", "film", "koor", "tuin"]
RULES = PanelRules(pot_cents=30_000_00, cap_cents=25_000_00)
OPINIONS = [
    Opinion("a", "tuin", GREEN, 5), Opinion("b", "tuin", GREEN, 4), Opinion("c", "tuin", RED, 3),
    Opinion("a", "koor", GREEN, 4), Opinion("b", "koor", GREEN, 4), Opinion("c", "koor", ORANGE, 4),
    Opinion("a", "film", GREEN, 3), Opinion("b", "film", ORANGE, 3), Opinion("c", "film", ORANGE, 3),
    Opinion("a", "fuif", GREEN, 5), Opinion("b", "fuif", RED, 5), Opinion("c", "fuif", ORANGE, 5),
]  # fmt: skip


def test_more_green_than_red_comes_in_by_mean_score_and_the_lot_orders_equals() -> None:
    selection = select(PLANS, OPINIONS, RULES, ORDER)
    assert selection.selected == ("koor", "tuin", "film")  # koor and tuin both have 4 on average
    assert selection.ties == (("koor", "tuin"),)
    assert selection.standings[-1].reason is PanelReason.NOT_MORE_GREEN_THAN_RED  # one green, one red, though 5 each
    assert select(PLANS, OPINIONS, RULES, ["tuin", *ORDER[:-1]]).selected[0] == "tuin"


def test_a_member_may_change_an_opinion_and_a_plan_without_any_stays_out() -> None:
    changed = [*OPINIONS, Opinion("b", "fuif", GREEN, 5)]
    assert select(PLANS, changed, RULES, ORDER).selected[0] == "fuif"
    [alone] = select(PLANS[:1], [], RULES, ["tuin"]).standings
    assert alone.reason is PanelReason.NO_OPINIONS
    assert alone.mean == 0


def test_places_let_in_no_more_than_there_are() -> None:
    selection = select(PLANS, OPINIONS, replace(RULES, places=2), ORDER)
    assert selection.selected == ("koor", "tuin")
    assert selection.standings[2].reason is PanelReason.OUTSIDE_PLACES


def test_amounts_wait_until_the_selection_is_closed() -> None:
    selection = select(PLANS, OPINIONS, RULES, ORDER)
    with pytest.raises(SelectionOpenError):
        divide(selection, {"koor": [1]})
    with pytest.raises(ValueError, match="not selected"):
        divide(selection.closed(), {"fuif": [1]})
    with pytest.raises(ValueError, match="below nothing"):
        divide(selection.closed(), {"koor": [-1]})


def test_each_gets_the_median_under_its_cap_until_the_pot_is_empty() -> None:
    selection = select(PLANS, OPINIONS, RULES, ORDER).closed()
    amounts = {"koor": [6_000_00, 8_000_00, 6_000_01, 9_000_00], "tuin": [30_000_00] * 3, "film": [4_000_00]}
    outcome = divide(selection, amounts)
    koor, tuin, film = outcome.shares
    assert (koor.median_cents, koor.cents) == (7_000_00, 7_000_00)  # halfway, rounded down to a whole cent
    assert (tuin.cents, tuin.reason, tuin.facts) == (0, PanelReason.OVER_BUDGET, {"shortCents": 2_000_00})
    assert (film.cents, outcome.left_cents) == (4_000_00, 19_000_00)
    in_part = divide(replace(selection, rules=replace(RULES, last_in_part=True)), amounts)
    assert [share.cents for share in in_part.shares] == [7_000_00, 23_000_00, 0]
    assert [share.reason for share in in_part.shares][1:] == [PanelReason.FUNDED_IN_PART, PanelReason.OVER_BUDGET]
    assert json.loads(json.dumps(panel_trace(in_part)))["shares"][1]["balanceAfterCents"] == 0
    assert divide(selection, {}).shares[0].reason is PanelReason.NO_AMOUNTS


@pytest.mark.parametrize(
    "opinion, rules", [(Opinion("a", "elders", GREEN, 3), RULES), (Opinion("a", "tuin", GREEN, 6), RULES),
                       (OPINIONS[0], PanelRules(-1)), (OPINIONS[0], PanelRules(1, places=0))],
)  # fmt: skip
def test_nonsense_is_refused(opinion: Opinion, rules: PanelRules) -> None:
    with pytest.raises(ValueError, match=r"opinion|pot"):
        select(PLANS, [opinion], rules, ORDER)
    with pytest.raises(ValueError, match="every plan once"):
        select(PLANS, OPINIONS, RULES, ORDER[1:])


opinions = st.lists(
    st.builds(Opinion, st.sampled_from("abcd"), st.sampled_from(ORDER), st.sampled_from(Light), st.integers(1, 5)),
    max_size=25,
)
named = st.lists(st.integers(0, 40_000_00), min_size=1, max_size=5)


@settings(max_examples=40)
@given(opinions, st.fixed_dictionaries(dict.fromkeys(ORDER, named)), st.permutations(ORDER), st.booleans())
def test_no_plan_gets_too_much_and_every_cent_is_accounted_for(
    said: list[Opinion], amounts: dict[str, list[int]], order: list[str], in_part: bool
) -> None:
    rules = replace(RULES, last_in_part=in_part)
    selection = select(PLANS, said, rules, order)
    assert {each.plan.id for each in selection.standings} == set(ORDER)
    # Who spoke first plays no part, as long as each has spoken once.
    once = list({(each.member, each.plan_id): each for each in said}.values())
    assert select(PLANS, once[::-1], rules, order) == selection
    outcome = divide(selection.closed(), {plan: amounts[plan] for plan in selection.selected})
    costs = {plan.id: plan.cost_cents for plan in PLANS}
    assert all(0 <= share.cents <= min(costs[share.plan_id], 25_000_00) for share in outcome.shares)
    assert sum(share.cents for share in outcome.shares) + outcome.left_cents == rules.pot_cents
    assert outcome.left_cents >= 0
