"""Every word of the domain that is shown has its own word on the screen."""

import ast
from enum import StrEnum

import pytest
from flask import Flask

from participatie.allocation import Leftover, Rule
from participatie.models.wijken import AreaKind
from participatie.settings import ROOT
from participatie.spelregels.answers import Asked, Timing, Turn
from participatie.spelregels.balance import BalanceAct, Of, Side
from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Outcome, SubjectKind
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource
from participatie.spelregels.buurtpanels.members import (
    HouseholdStatus,
    LeaveReason,
    MemberStatus,
    Recruitment,
    ReplyChannel,
)
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.buurtpanels.registration import Outlook
from participatie.spelregels.buurtpanels.seats import SeatChannel
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import Evidence, IdeaStatus, Party, Proposer, Test, Weight
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.journey import Holder, Station
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.levels import Level
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.merging import MergeStatus
from participatie.spelregels.moderation import Handled, HouseRule, Waiting
from participatie.spelregels.overrides import OverrideState
from participatie.spelregels.paper import Choose, SheetStatus, Why
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.promises import PromiseState, Said, Source
from participatie.spelregels.reporting import Part
from participatie.spelregels.residence import ResidenceMethod, VotingMethod
from participatie.spelregels.rulesets import Division, Earned
from participatie.spelregels.telling import Cadence
from participatie.spelregels.trajecten import Announced, Assurance, DisputeKind, TrajectStatus
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web import words
from tests.house_rules.sources import text_in, tree_of

KINDS: dict[str, type[StrEnum]] = {
    kind.__name__: kind
    for kind in (
        AdviceUse, Announced, AreaKind, Asked, Assurance, BalanceAct, BallotKind, BatchPurpose, Cadence, Choose, DeviationGround, DisputeKind, Division, Do, Duty,
        DutyState, Earned, EntryKind, Evidence, Handled, Holder, HouseRule, IdeaStatus, Level, MeetingKind, MergeStatus, Of, OverrideState, Part, Party, PhaseKind, PromiseState, Proposer, ReachOf, ResidenceMethod, Role,
        RoundStatus, Said, SheetStatus, Side, Source, Station, Test, Timing, TrajectStatus, Turn, VotingMethod, Waiting, Weight, Why,
        Outcome, SubjectKind, HouseholdStatus, LeaveReason, LotKind, LotStatus, Mandate, MemberStatus, NumberSource, Outlook, PanelStatus, Recruitment, ReplyChannel, SeatChannel,
    )
}  # fmt: skip


def words_in_the_source() -> dict[tuple[str, str], str]:
    """What the tables in web/words say for each member, by the names of kind and member."""
    trees = [
        tree_of(ROOT / "participatie" / "web" / "words" / name) for name in ("members.py", "panels.py", "answers.py")
    ]
    found = {}
    for table in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(table, ast.Tuple) and len(table.elts) == len(("member", "word")):
            member, word = table.elts
            if isinstance(member, ast.Attribute) and isinstance(member.value, ast.Name) and isinstance(word, ast.Call):
                found[member.value.id, member.attr] = text_in(word.args[0]) or ""
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_member_is_shown_as_its_own_word(kind: type[StrEnum], app: Flask) -> None:
    """Two enums may have members of one value, and those are equal to each other as texts."""
    said = words_in_the_source()
    with app.test_request_context("/?taal=nl"):
        for member in kind:
            assert words.word(member) == said.get((kind.__name__, member.name)), f"{kind.__name__}.{member.name}"


def test_no_word_is_left_out_of_the_check() -> None:
    assert {type(member) for member in words.WORDS} == set(KINDS.values())


def test_every_rule_of_allocation_is_explained() -> None:
    assert set(words.RULES) == {rule.value for rule in Rule}
    assert set(words.LEFTOVERS) == {leftover.value for leftover in Leftover}
