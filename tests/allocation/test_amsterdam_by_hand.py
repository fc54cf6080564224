"""Six rounds of Amsterdam, worked out by hand from what their META says; amounts in the comments are whole euros.

All six: approval, greedy, a voter counts once for a plan. 'Left' is what is left of the pot after a plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from participatie.allocation import Leftover, Outcome, Reason, Rule, allocate
from participatie.allocation.pabulib import Irregularity
from tests.allocation.agreement import FILES, FOLDER, read

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real elections in {FOLDER}")


@dataclass(frozen=True)
class ByHand:
    """What META says and what follows from it: who gets money in order, and what the others came short of."""

    number: int
    pot: int
    leftover: Leftover
    funded: Sequence[int]
    from_leftover: Sequence[int]
    left: int
    refused: Mapping[int, tuple[Reason, int]]
    caps: Mapping[str, int] = field(default_factory=dict)
    limits: Mapping[str, object] = field(default_factory=dict)


# Pot 300,000 and a cap per category: Meer groen 90,610; Kindvriendelijk 57,312; Activiteiten 71,364; Klimaat 80,715.
# By votes: 42360 (1810 votes, 17,000; left 283,000, green 73,610), 42347 (23,700; green 49,910), 42358 (6,200; green
# 43,710), 42340 (7,500; green 36,210), 42353 (7,995; children 49,317), 42361 (23,000; green 13,210), 42352 (19,927;
# climate 60,788), 42363 (5,000; children 44,317), 42346 (21,450; climate 39,338), 42344 (9,465; green 3,745), 42349
# (20,600; children 23,717), 42359 (5,000; activities 66,364), 42343 (6,850; children 16,867), 42362 (12,616; children
# 4,251; left 113,697). Then 42356 (956 votes, 10,000) is over what green has left, 3,745: passed over. 42348 (5,500;
# activities 60,864), 42357 (12,225; activities 48,639), 42350 (14,000; climate 25,338; left 81,972). 42355 (767 votes,
# 40,350) is over climate's 25,338. 42341 (11,000), 42354 (12,995), 42345 (13,650): activities 10,994, left 44,327.
# 42351 (5,040) is over children's 4,251; 42342 (62,282) costs more than the 44,327 that is left at all.
# The leftover of 44,327 goes down the votes without caps: 42356 comes first (956 votes, 10,000; left 34,327), so that
# 42355 (767 votes, 40,350) is too much now. 42351 fits (5,040; left 29,287), 42342 does not.
OOST = ByHand(
    number=604,
    pot=300_000,
    leftover=Leftover.NEXT_FITTING,
    caps={
        "Meer groen in de buurt": 90_610,
        "Kindvriendelijke buurt": 57_312,
        "Kinder- en jongerenactiviteiten": 71_364,
        "Klimaat en duurzaamheid": 80_715,
    },
    # On one ballot, too, a category may not cost more than its cap.
    limits={"max_sum_cost_cents_per_category": [9_061_000, 5_731_200, 7_136_400, 8_071_500]},
    funded=[
        42360, 42347, 42358, 42340, 42353, 42361, 42352, 42363, 42346, 42344, 42349, 42359, 42343, 42362,
        42348, 42357, 42350, 42341, 42354, 42345,
    ],
    from_leftover=[42356, 42351],
    left=29_287,
    refused={42355: (Reason.OVER_CATEGORY_CAP, 40_350 - 25_338), 42342: (Reason.OVER_BUDGET, 62_282 - 44_327)},
)  # fmt: skip

# Pot 250,000; caps: Armoede 52,000, Eenzaamheid 37,000, Groen 35,000, Jeugd 54,000, Ratten 39,000, Sport 33,000.
# One ballot may cost 250,000. 12439 and 12422 have 167 votes each; both fit, so the lot decides their order only.
# By votes: 12437 (1,000; left 249,000), 12431 (20,500; 228,500), 12439 (5,000; 223,500), 12422 (1,000; 222,500),
# 12433 (4,920), 12430 (10,800), 12435 (1,500), 12432 (2,750; Armoede has 11,530 left), 12436 (35,000; Ratten 3,000),
# 12421 (1,200), 12426 (4,500), 12434 (10,056; Armoede 1,474), 12423 (19,600; Jeugd 27,700), 12446 (1,500), 12441
# (19,900; Eenzaamheid 10,600; left 110,774). 12438 (123 votes, 11,000) is over the 3,000 of Ratten. 12445 (9,025;
# Eenzaamheid 1,575), 12464 (840), 12453 (2,500), 12416 (12,500), 12420 (12,300; Jeugd 2,900), 12449 (17,500; Groen
# 17,500), 12424 (1,500; Jeugd 1,400; left 54,609). 12442 (8,830) is over the 1,575 of Eenzaamheid. 12457 (6,100);
# 12443 (4,500) is over 1,575 too. 12454 (4,900; left 43,609). 12451 (35,000) is over the 17,500 of Groen; 12448
# (10,000), 12466 (3,500), 12467 (4,000) use Groen up: 0 left of it, 26,109 of the pot. 12419 (10,080) is over Jeugd's
# 1,400; 12463 (3,900; Sport 14,760); 12452 (5,000) finds 0 in Groen; 12458 (10,000; Sport 4,760; left 12,209).
# Nothing below fits both: 12455 (7,900) is over Sport's 4,760; 12440 (14,200) costs more than 12,209.
# Leftover, without caps, by votes: 12438 (11,000) fits, 1,209 is left, and no plan costs so little any more.
KLEINE_WERELD = ByHand(
    number=166,
    pot=250_000,
    leftover=Leftover.NEXT_FITTING,
    caps={
        "Armoede": 52_000,
        "Eenzaamheid": 37_000,
        "Groenonderhoud straten & pleinen": 35_000,
        "Jeugdactiviteiten": 54_000,
        "Rattenpreventie": 39_000,
        "Sportactiviteiten": 33_000,
    },
    limits={"max_sum_cost_cents": 25_000_000},
    funded=[
        12437, 12431, 12439, 12422, 12433, 12430, 12435, 12432, 12436, 12421, 12426, 12434, 12423, 12446, 12441,
        12445, 12464, 12453, 12416, 12420, 12449, 12424, 12457, 12454, 12448, 12466, 12467, 12463, 12458,
    ],
    from_leftover=[12438],
    left=1_209,
    refused={
        12442: (Reason.OVER_CATEGORY_CAP, 8_830 - 1_575),
        12443: (Reason.OVER_CATEGORY_CAP, 4_500 - 1_575),
        12451: (Reason.OVER_CATEGORY_CAP, 35_000 - 17_500),
        12452: (Reason.OVER_CATEGORY_CAP, 5_000),
        12455: (Reason.OVER_CATEGORY_CAP, 7_900 - 4_760),
        12440: (Reason.OVER_BUDGET, 14_200 - 12_209),
    },
)  # fmt: skip

# Pot 400,000: Straten 200,000, Gezondheid 100,000, Samen 100,000; exactly 5 plans on each ballot.
# 36773 (1502 votes, 40,000; left 360,000), 36761 (40,000), 36824 (20,000; Straten 100,000), 36750 (55,000; Gezondheid
# 45,000), 36819 (30,000; left 215,000, Straten 70,000). 36768 (658 votes, 110,000) is over Gezondheid's 45,000: 65,000
# short. 36826 (50,000), 36753 (15,000; Straten 5,000; left 150,000). 36800 (20,000) is 15,000 over Straten. 36796 (800;
# Straten 4,200). 36762 (45,000) is over it. 36772 (40,000; Gezondheid 5,000; left 109,200). 36838 (10,000) is over
# Straten. 36828 (200,000) costs more than is left at all, 109,200. 36812 (5,000; Samen 95,000), 36765 (5,000; 90,000),
# 36771 (3,000; Gezondheid 2,000), 36781 (55,000; Samen 35,000), 36774 (15,000; 20,000), 36811 (10,000; 10,000; left
# 16,200), 36821 (4,000; Straten 200; left 12,200), 36769 (7,000; Samen 3,000; left 5,200), 36841 (800; Gezondheid
# 1,200; left 4,400). Nothing below fits. Leftover by votes, without caps: everything above 36840 costs 5,000 or more;
# 36840 (306 votes, 2,000) leaves 2,400, and no other plan costs 2,400 or less (the cheapest, 36752, costs 3,000).
GEUZENVELD = ByHand(
    number=285,
    pot=400_000,
    leftover=Leftover.NEXT_FITTING,
    caps={
        "Straten pleinen en parken": 200_000,
        "Gezondheid cultuur en kansen voor iedereen": 100_000,
        "Samen dingen doen": 100_000,
    },
    limits={"min_length": 5, "max_length": 5},
    funded=[
        36773, 36761, 36824, 36750, 36819, 36826, 36753, 36796, 36772, 36812, 36765, 36771, 36781, 36774, 36811,
        36821, 36769, 36841,
    ],
    from_leftover=[36840],
    left=2_400,
    refused={
        36768: (Reason.OVER_CATEGORY_CAP, 110_000 - 45_000),
        36800: (Reason.OVER_CATEGORY_CAP, 20_000 - 5_000),
        36828: (Reason.OVER_BUDGET, 200_000 - 109_200),
        36752: (Reason.OVER_CATEGORY_CAP, 3_000 - 200),
    },
)  # fmt: skip

# Pot 262,474, no caps, at most 5 plans on a ballot. Left after each: 42411 (32,926) 229,548; 42422 219,768; 42434
# 208,130; 42449 198,530; 42450 166,880; 42443 153,741; 42446 144,626; 42410 119,276; 42427 114,676; 42437 105,796;
# 42418 (59,000) 46,796; 42430 29,496; 42441 15,496; 42436 5,916; 42412 (4,120) 1,796. The cheapest of the others costs
# 2,160, so that nothing fits any more. The highest of them, 42444 (230 votes, 6,500), gets the last 1,796: 4,704 short.
NOORD_OOST = ByHand(
    number=613,
    pot=262_474,
    leftover=Leftover.PART,
    limits={"max_length": 5},
    funded=[
        42411, 42422, 42434, 42449, 42450, 42443, 42446, 42410, 42427, 42437, 42418, 42430, 42441, 42436, 42412,
    ],
    from_leftover=[42444],
    left=0,
    refused={42421: (Reason.OVER_BUDGET, 13_053 - 1_796), 42442: (Reason.OVER_BUDGET, 2_160 - 1_796)},
)  # fmt: skip

# Pot 300,000, no caps, 3 plans or more on a ballot, together 300,000 at most. The first 24 by votes all fit; left:
# 285,100; 282,100; 257,100; 256,143; 218,935; 216,435; 208,935; 196,435; 172,435; 167,435; 142,435; 138,085; 131,485;
# 127,985; 123,885; 107,251; 105,577; 85,227; 77,227; 72,227; 43,427; 38,427; 9,427; 1,927. 44497 (3025 votes, 6,000)
# comes 4,073 short, and so on down to 44520 (2341 votes), whose 1,800 fit: 127 left. The leftover helps the highest
# without money, which is 44497: 127 of its 6,000, so 5,873 short.
WEST = ByHand(
    number=631,
    pot=300_000,
    leftover=Leftover.PART,
    limits={"min_length": 3, "max_sum_cost_cents": 30_000_000},
    funded=[
        44485, 44499, 44501, 44484, 44510, 44521, 44464, 44496, 44494, 44493, 44516, 44474, 44467, 44495, 44512,
        44505, 44519, 44488, 44491, 44517, 44472, 44504, 44515, 44466, 44520,
    ],
    from_leftover=[44497],
    left=0,
    refused={44480: (Reason.OVER_BUDGET, 26_250 - 1_927), 44473: (Reason.OVER_BUDGET, 2_400 - 127)},
)  # fmt: skip

# Pot 100,000, no caps, a ballot may cost 100,000. 41514 (30,000) 70,000; 41510 (6,300) 63,700; 41518 (29,000) 34,700;
# 41509 (20,000) 14,700. 41516 (130 votes, 20,000) comes 5,300 short, 41511 13,800. 41522 (91 votes, 7,000) fits: 7,700.
# 41519 and 41512 have 87 votes each and neither fits (550 and 30,300 short), so their tie decides nothing. The cheapest
# of the rest costs 10,400: the leftover of 7,700 finds nothing that fits either.
DIAMANTBUURT = ByHand(
    number=522,
    pot=100_000,
    leftover=Leftover.NEXT_FITTING,
    limits={"max_sum_cost_cents": 10_000_000},
    funded=[41514, 41510, 41518, 41509, 41522],
    from_leftover=[],
    left=7_700,
    refused={
        41516: (Reason.OVER_BUDGET, 5_300),
        41511: (Reason.OVER_BUDGET, 13_800),
        41519: (Reason.OVER_BUDGET, 550),
        41512: (Reason.OVER_BUDGET, 30_300),
    },
)


@pytest.mark.parametrize(
    "by_hand",
    [OOST, KLEINE_WERELD, GEUZENVELD, NOORD_OOST, WEST, DIAMANTBUURT],
    ids=lambda by_hand: f"Amsterdam {by_hand.number}",
)
def test_a_round_of_amsterdam_comes_out_as_worked_out_by_hand(by_hand: ByHand) -> None:
    election = read(f"Netherlands_Amsterdam_{by_hand.number}")
    assert (election.rule, election.leftover, election.pot_cents) == (
        Rule.GREEDY,
        by_hand.leftover,
        100 * by_hand.pot,
    )
    assert election.category_caps == {name: 100 * cap for name, cap in by_hand.caps.items()}
    for name, limit in by_hand.limits.items():
        found = getattr(election.limits, name)
        assert (list(found.values()) if isinstance(found, dict) else found) == limit
    # Real ballots keep to the limits of their round; the form in Amsterdam saw to that.
    assert not {Irregularity.TOO_MANY_CHOICES, Irregularity.TOO_FEW_CHOICES, Irregularity.OVER_MAX_COST} & set(
        election.irregularities
    )
    outcome = allocate(election.plans, election.ballots, election.rules())
    assert [int(plan_id) for plan_id in outcome.funded] == [*by_hand.funded, *by_hand.from_leftover]
    assert outcome.left_cents == 100 * by_hand.left
    check_reasons(outcome, by_hand)


def check_reasons(outcome: Outcome, by_hand: ByHand) -> None:
    lines = {int(line.plan_id): line for line in outcome.lines}
    assert all(lines[plan].reason is Reason.FUNDED for plan in by_hand.funded)
    part = by_hand.leftover is Leftover.PART
    for plan in by_hand.from_leftover:
        assert lines[plan].reason is (Reason.FUNDED_IN_PART if part else Reason.FUNDED_FROM_LEFTOVER)
    for plan, (reason, short) in by_hand.refused.items():
        assert (lines[plan].reason, lines[plan].facts["short_cents"]) == (reason, 100 * short), plan
