"""A traject that ends, or has ended, offers its staff nothing that is refused there, and says what is in the way."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.trajecten import Traject
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from tests.actions.years import a_year, close, here
from tests.clock import TurnableClock
from tests.factories import a_traject, a_wijkmanager, done
from tests.factories.rounds import a_round
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
ROUND, PANEL, BESLUIT = (
    "Bereid een stemronde voor", "Bereid een buurtpanel voor", "Schrijf een besluit over dit traject",
)  # fmt: skip


def offered(manager: Visitor, traject: Traject) -> list[str]:
    """What the page of a traject offers a wijkmanager to begin."""
    text = manager.get(here(traject, "")).text
    return [each for each in (ROUND, PANEL, BESLUIT) if each in text]


def test_a_traject_offers_to_begin_only_what_can_begin(manager: Visitor, session: Session) -> None:
    traject = a_traject(session)
    assert offered(manager, traject) == [ROUND, PANEL, BESLUIT]
    traject.status = TrajectStatus.CLOSED
    session.commit()
    assert offered(manager, traject) == [BESLUIT], "what was not decided yet can still be"
    for address in ("wijkbudget/nieuw", "buurtpanels/nieuw"):
        assert "Dit traject is niet open." in manager.get(here(traject, address), 403).text
    assert offered(manager, a_round(session).traject) == [PANEL], "its round comes first"
    without_money = a_year(session, PhaseKind.COLLECT)
    assert offered(manager, without_money) == [PANEL, BESLUIT]


def test_what_cannot_be_put_off_is_not_said_to_be(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    manager = visit_as(a_wijkmanager(session))
    manager.get(here(traject, "afsluiten"))
    text = manager.submit("Sluit dit traject voorgoed af", status=403).text
    assert "eindverslag" in text
    assert "Meer tijd nemen kan hier niet." in text
    assert "neem in het openbaar meer tijd" not in text
