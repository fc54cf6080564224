"""What must a buurtpanel say beforehand, and which quotas can no panel meet?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.buurtpanels.opening import (
    Mandate,
    PanelRules,
    PanelStatus,
    QuotaRule,
    check_quotas,
    may_change_rules,
    may_open_registration,
)
from participatie.spelregels.buurtpanels.shares import seats_for_share
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
QUOTAS = (QuotaRule("leeftijd", "tot 40", 5, 8), QuotaRule("leeftijd", "vanaf 40", 4, 7))
RULES = PanelRules(
    "Panel", Mandate.ADVISE, "Meedenken.", "Kiezen.", "Advies.", 12, QUOTAS, "CBS 2025", 0, 2, 42
)  # fmt: skip


def opening(rules: PanelRules = RULES, level: Level = Level.MEEDENKEN, **facts: object) -> Verdict:
    phase = PhaseFacts(PhaseKind.COLLECT, level, NOW, NOW + timedelta(days=30))
    known = {"status": PanelStatus.DRAFT, "traject": TrajectStatus.OPEN} | facts
    return may_open_registration(rules, known["status"], known["traject"], [phase])  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["role", "task", "powers"])
def test_nobody_registers_for_a_panel_that_does_not_say_what_it_is_for(part: str) -> None:
    assert opening() == Allowed()
    assert opening(replace(RULES, **{part: " "})) == refused(Refusal.PANEL_CARD_INCOMPLETE, missing=f"panel_{part}")  # type: ignore[arg-type]


def test_quotas_name_the_source_of_the_figures() -> None:
    missing = refused(Refusal.PANEL_CARD_INCOMPLETE, missing="panel_profile_source")
    assert opening(replace(RULES, profile_source="")) == missing
    assert opening(replace(RULES, profile_source="", quotas=())) == Allowed()


def test_a_panel_decides_at_meebeslissen_alone_and_advises_from_meedenken() -> None:
    decides = replace(RULES, mandate=Mandate.DECIDE)
    assert opening(decides, Level.MEEDOEN) == refused(Refusal.MANDATE_ABOVE_LEVEL, needed=Level.MEEBESLISSEN)
    assert opening(decides, Level.MEEBESLISSEN) == Allowed()
    assert opening(RULES, Level.MEEWETEN) == refused(Refusal.MANDATE_ABOVE_LEVEL, needed=Level.MEEDENKEN)


def test_rules_are_frozen_once_people_could_register() -> None:
    for status in PanelStatus:
        frozen = status is not PanelStatus.DRAFT
        assert bool(may_change_rules(status)) is not frozen
        assert (opening(status=status) == refused(Refusal.PANEL_RULES_FROZEN)) is frozen
    assert not opening(traject=TrajectStatus.DRAFT)


@pytest.mark.parametrize(
    "seats, quotas, refusal",
    [
        (12, QUOTAS, Allowed()),
        (12, (), Allowed()),
        (8, QUOTAS, refused(Refusal.QUOTAS_ASK_TOO_MUCH, feature="leeftijd", least=9, seats=8)),
        (16, QUOTAS, refused(Refusal.QUOTAS_LEAVE_EMPTY, feature="leeftijd", most=15, seats=16)),
        (12, (*QUOTAS, QUOTAS[0]), refused(Refusal.QUOTA_TWICE, feature="leeftijd", value="tot 40")),
        (12, (QuotaRule("woning", "huur", 7, 6),), refused(Refusal.QUOTA_UPSIDE_DOWN, feature="woning", value="huur")),
        (
            12,
            (QuotaRule("woning", "huur", -1, 12),),
            refused(Refusal.QUOTA_UPSIDE_DOWN, feature="woning", value="huur"),
        ),
    ],
)
def test_quotas_that_no_panel_can_meet_are_refused(seats: int, quotas: tuple[QuotaRule, ...], refusal: object) -> None:
    assert check_quotas(seats, quotas) == refusal


@pytest.mark.parametrize("share, seats", [(315, (7, 8)), (480, (11, 13)), (0, (0, 1)), (1000, (24, 25))])
def test_a_share_of_the_wijk_comes_to_seats_with_room(share: int, seats: tuple[int, int]) -> None:
    assert seats_for_share(25, share) == seats


def test_quotas_from_shares_that_make_a_whole_can_always_be_met() -> None:
    for seats in range(3, 60):
        for shares in ([500, 500], [333, 333, 334], [250, 250, 250, 250], [90, 410, 500]):
            bounds = [seats_for_share(seats, share) for share in shares]
            assert sum(least for least, _most in bounds) <= seats <= sum(most for _least, most in bounds)


def test_the_same_rules_have_the_same_hash_and_others_another() -> None:
    assert RULES.sha256() == replace(RULES).sha256()
    assert RULES.sha256() != replace(RULES, seats=13).sha256()
