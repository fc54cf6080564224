"""A wijkmanager prepares a buurtpanel, and its rules are frozen when residents can register."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.buurtpanels import Buurtpanel, PanelQuota
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from tests.factories import a_traject
from tests.factories.panels import a_panel
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

LINES = "feature,value,min,max\nleeftijd; tot 40; 3; 6; 48\nleeftijd; vanaf 40; ; ; 52,0"
FILLED = {
    "title": "Buurtpanel groenstrook",
    "slug": "panel-groen",
    "mandate": Mandate.ADVISE.value,
    "role": "Namens de wijk.",
    "task": "Kiezen uit drie ontwerpen.",
    "powers": "Advies aan het college.",
    "seats": "8",
    "quotas": LINES,
    "profile_source": "CBS 2025",
    "allowance": "75",
}


def test_from_nothing_to_a_panel_that_people_can_register_for(session: Session, manager: Visitor) -> None:
    traject = a_traject(session, phase=PhaseKind.COLLECT)
    manager.get(f"/trajecten/{traject.slug}/buurtpanels/nieuw")
    manager.submit("Bewaar het panel", **FILLED)
    panel = session.scalars(select(Buurtpanel)).one()
    bounds = [(quota.value, quota.minimum, quota.maximum, quota.share) for quota in panel.quotas]
    assert bounds == [("tot 40", 3, 6, 480), ("vanaf 40", 4, 5, 520)]
    manager.get("/buurtpanels/panel-groen/bewerken")
    manager.submit("Bewaar het panel", seats="9")
    manager.follow()
    manager.submit("Laat bewoners zich aanmelden")
    session.refresh(panel)
    assert (panel.status, panel.facts().seats, panel.facts().allowance_cents) == (PanelStatus.REGISTERING, 9, 7500)
    manager.get("/buurtpanels/panel-groen")
    assert "Kiezen uit drie ontwerpen." in manager.page.text
    assert panel.rules_sha256 in manager.page.text
    manager.get("/buurtpanels/panel-groen/bewerken", status=403)
    manager.get(f"/trajecten/{traject.slug}")
    assert "Buurtpanel: Buurtpanel groenstrook" in manager.page.text


@pytest.mark.parametrize(
    "line, told",
    [
        ("leeftijd", "Regel 2: zet er een kenmerk"),
        ("leeftijd; jong; 1; 2; 3; 4", "Regel 2: zet er een kenmerk"),
        ("leeftijd; jong; veel; 2", "Regel 2: een aantal of percentage ontbreekt"),
        ("leeftijd; jong; 1; 2; 101", "Regel 2: een aantal of percentage ontbreekt"),
        ("leeftijd; jong", "Regel 2: een aantal of percentage ontbreekt"),
        ("woning; huur; 9; 12", "minstens 9 plaatsen nodig, en er zijn er 8"),
        ("leeftijd; oud; 1; 2", "staat “oud” twee keer"),
    ],
)
def test_a_wrong_quota_is_told_by_its_line_and_nothing_typed_is_lost(
    session: Session, manager: Visitor, line: str, told: str
) -> None:
    traject = a_traject(session, phase=PhaseKind.COLLECT)
    manager.get(f"/trajecten/{traject.slug}/buurtpanels/nieuw")
    typed = f"leeftijd; oud; 0; 8\n{line}"
    manager.submit("Bewaar het panel", status=400, **FILLED | {"quotas": typed})
    assert told in manager.page.text
    assert manager.page.form("Bewaar het panel").filled({}).values["quotas"] == [typed]
    assert session.scalars(select(PanelQuota)).all() == []


def test_a_panel_in_preparation_is_there_for_its_wijkmanager_alone(
    session: Session, manager: Visitor, visitor: Visitor
) -> None:
    panel = a_panel(session, opened=False)
    for page in ("", "/regels.json", "/beheer", "/bewerken"):
        visitor.get(f"/buurtpanels/{panel.slug}{page}", status=404)
    manager.get(f"/buurtpanels/{panel.slug}/beheer")


def test_a_panel_that_decides_where_residents_only_think_along_does_not_open(
    session: Session, manager: Visitor
) -> None:
    panel = a_panel(session, mandate=Mandate.DECIDE, opened=False)
    for phase in panel.traject.phases:
        phase.level = Level.MEEDENKEN
    session.commit()
    manager.get(f"/buurtpanels/{panel.slug}/beheer")
    assert "hoort bij het niveau meebeslissen" in manager.page.text
