"""A buurtpanel that did everything, and one in preparation: which pages of them are there for whom?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from participatie.models.buurtpanels import Buurtpanel, people_of
from participatie.spelregels.buurtpanels.members import SEATED, MemberStatus
from tests.factories.lots import a_committed_lot, drawn
from tests.factories.panel_work import a_meeting, an_advice
from tests.factories.panels import a_panel


@dataclass(frozen=True, slots=True)
class PanelWorld:
    """A panel that was drawn, met and gave its advice; one whose lot waits for its number; one that is a draft."""

    panel: Buurtpanel
    waiting: Buurtpanel
    draft: Buurtpanel

    def public_addresses(self) -> list[str]:
        """Every address with a page for everybody."""
        pages = (
            "",
            "/loting",
            "/loting/leden-1",
            "/loting/leden-1/scherm",
            "/loting/leden-1/bewijs",
            "/bijeenkomsten",
            "/code",
        )
        return [f"/buurtpanels/{panel.slug}{page}" for panel in (self.panel, self.waiting) for page in pages]

    def closed_addresses(self) -> list[str]:
        """Every address of the panel in preparation: for visitors there is nothing there."""
        pages = (
            "", "/regels.json", "/beheer", "/bewerken", "/code", "/lid", "/lid/afstaan", "/leden", "/leden/1",
            "/leden/zonder-loting", "/leden/zonder-loting-beginnen", "/loting", "/loting/leden-1",
            "/loting/leden-1/scherm", "/loting/leden-1/bewijs", "/loting/leden-1/getal", "/loting/leden-1/intrekken",
            "/loting/leden-1/lijst.txt", "/loting/leden-1/pakket.zip", "/loting/nieuw/leden", "/loting/nieuw/adressen",
            "/aanmeldingen", "/aanmeldingen/mensen", "/aanmeldingen/invoeren", "/aanmeldingen/bestand", "/adressen",
            "/meedoen", "/meedoen/wijzigen", "/bijeenkomsten", "/bijeenkomsten.ics", "/bijeenkomsten/1.ics",
            "/bijeenkomsten/beheer", "/bijeenkomsten/nieuw", "/bijeenkomsten/1/bewerken", "/bijeenkomsten/1/afzeggen",
            "/scores", "/scores/1", "/scores/nieuw", "/scores/1/bewerken", "/scores/1/spreiding", "/belangen",
            "/advies/publiceren", "/advies/geen", "/advies/antwoord", "/advies/besluit",
        )  # fmt: skip
        return [f"/buurtpanels/{self.draft.slug}{page}" for page in pages]


def a_panel_world(session: Session) -> PanelWorld:
    """Make the three of them."""
    panel = drawn(session, a_committed_lot(session, people=24)).panel
    for person in session.scalars(people_of(panel.id)):
        if person.status in SEATED:
            person.status = MemberStatus.CONFIRMED
    session.commit()
    a_meeting(session, panel)
    an_advice(session, panel)
    return PanelWorld(panel, a_committed_lot(session).panel, a_panel(session, opened=False))
