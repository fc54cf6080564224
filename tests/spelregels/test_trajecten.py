"""A traject opens with a complete card, and with room for what it promises."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Place
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.trajecten import ProcessCard, TrajectFacts, TrajectStatus, may_open_traject
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT
from tests.factories.trajecten import CARD, phases_around

DRAFT = TrajectStatus.DRAFT
PHASES = phases_around(MOMENT, PhaseKind.COLLECT)
ONLY_TOLD = [PhaseFacts(PhaseKind.EXECUTE, Level.MEEWETEN, MOMENT, MOMENT + timedelta(days=9))]


def test_a_complete_card_may_open() -> None:
    assert may_open_traject(CARD, PHASES, DRAFT) == Allowed()


@pytest.mark.parametrize("name", [field.name for field in fields(ProcessCard) if field.name != "open"])
def test_each_empty_field_of_the_card_is_named(name: str) -> None:
    card = replace(CARD, **{name: " \n"})
    assert may_open_traject(card, PHASES, DRAFT) == refused(Refusal.CARD_INCOMPLETE, missing=name)


def test_without_room_only_meeweten_may_be_promised() -> None:
    """Spelregel 4 of Zwolle: nothing open means no say."""
    card = replace(CARD, open="")
    assert may_open_traject(card, PHASES, DRAFT) == refused(Refusal.LEVEL_WITHOUT_ROOM)
    assert may_open_traject(card, ONLY_TOLD, DRAFT) == Allowed()


def test_a_traject_needs_phases() -> None:
    assert may_open_traject(CARD, [], DRAFT) == refused(Refusal.CARD_INCOMPLETE, missing="phases")


def test_a_traject_opens_once() -> None:
    assert may_open_traject(CARD, PHASES, TrajectStatus.OPEN) == refused(Refusal.ALREADY_OPEN)


@pytest.mark.parametrize("status", [TrajectStatus.DRAFT, TrajectStatus.CLOSED])
def test_a_traject_that_is_not_open_has_no_running_phase(status: TrajectStatus) -> None:
    assert TrajectFacts(status, "/1/", tuple(PHASES)).place_at(MOMENT) == Place("/1/")


def test_an_open_traject_is_where_its_phase_is() -> None:
    facts = TrajectFacts(TrajectStatus.OPEN, "/1/", tuple(PHASES))
    assert facts.place_at(MOMENT) == Place("/1/", PhaseKind.COLLECT, Level.MEEDENKEN)
