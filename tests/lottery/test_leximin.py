"""Are the chances before rounding leximin, for every person? Beside all panels of tiny pools, one by one."""

import pytest

from participatie.lottery import Person, Pool, Quota, Quotas, prepare
from tests.lottery.brute_force import all_panels, leximin
from tests.lottery.made_up import tiny

#: Tiny pools with four or five different chances, found by trying; in half of them people live together.
APART = (155, 205, 211, 256, 328, 371)
TOGETHER = (17, 30, 130, 142, 375, 392)
FEW_PANELS = 2


@pytest.mark.parametrize("seed", APART + TOGETHER)
def test_everybody_has_the_chance_of_the_fairest_mix_of_all_panels(seed: int) -> None:
    pool, quotas, size = tiny(seed)
    fairest = leximin(len(pool), all_panels(pool, quotas, size))
    assert len({round(chance, 6) for chance in fairest}) >= 4
    assert (len(set(pool.homes)) < len(pool)) is (seed in TOGETHER)
    assert prepare(pool, quotas, size, panels=FEW_PANELS).optimum == pytest.approx(fairest, abs=1e-6)


def test_what_an_example_on_paper_gives() -> None:
    """Two seats, one for each of two buurten: each of one in north always sits, and each of four in south a quarter."""
    people = [Person("n1", {"buurt": "north"}), *(Person(f"s{at}", {"buurt": "south"}) for at in range(4))]
    quotas = Quotas((Quota("buurt", "north", 1, 1), Quota("buurt", "south", 1, 1)))
    portfolio = prepare(Pool(tuple(people), ("buurt",)), quotas, 2)
    assert portfolio.optimum == pytest.approx((1.0, 0.25, 0.25, 0.25, 0.25), abs=1e-6)
    assert portfolio.counts == (1000, 250, 250, 250, 250)


def test_housemates_share_the_chances_of_one_home_and_take_nothing_from_others() -> None:
    """Three homes, of one, two and three people, and two seats: by home it would be two thirds each."""
    people = [Person(f"p{at}", {"buurt": "north"}, home) for at, home in enumerate(["a", "b", "b", "c", "c", "c"])]
    quotas = Quotas((Quota("buurt", "north", 2, 2),))
    portfolio = prepare(Pool(tuple(people), ("buurt",)), quotas, 2, panels=60)
    # The smallest chance is a third: three in one home can have no more, for then that home always gives a member.
    assert portfolio.optimum == pytest.approx((1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3), abs=1e-6)
    assert portfolio.counts == (20, 20, 20, 20, 20, 20)


def test_somebody_who_fits_in_no_panel_has_no_chance_and_holds_up_nobody() -> None:
    features = [("north", "young"), ("north", "old"), ("south", "old"), ("south", "old")]
    people = [Person(f"p{at}", dict(zip(("buurt", "age"), each, strict=True))) for at, each in enumerate(features)]
    quotas = Quotas(
        (
            Quota("buurt", "north", 1, 1),
            Quota("buurt", "south", 1, 1),
            Quota("age", "young", 0, 0),
            Quota("age", "old", 2, 2),
        )
    )
    assert prepare(Pool(tuple(people), ("buurt", "age")), quotas, 2, panels=10).optimum == pytest.approx(
        (0.0, 1.0, 0.5, 0.5), abs=1e-6
    )
