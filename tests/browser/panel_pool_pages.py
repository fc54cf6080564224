"""Which pages does the staff of a buurtpanel open about who registers?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tests.factories.panel_homes import with_letter
from tests.factories.panels import a_panel, registered


@dataclass(frozen=True, slots=True)
class PoolPages:
    """Pages of staff to read, forms of staff that refuse to be empty, and the codes of a letter and of somebody's own.

    `entrance` is where these are typed, `answering` and `changing` the forms that they lead to.
    """

    read: tuple[str, ...]
    filled_in: tuple[str, ...]
    entrance: str
    of_letter: str
    answering: str
    of_person: str
    changing: str


def pool_pages(session: Session) -> PoolPages:
    """A panel for which some registered, of whom some by letter."""
    panel = a_panel(session)
    (_person, own), *_others = registered(session, panel, 5)
    (_home, letter), *_rest = with_letter(session, panel, 3)
    way = f"/buurtpanels/{panel.slug}"
    return PoolPages(
        read=(f"{way}/aanmeldingen", f"{way}/aanmeldingen/mensen"),
        filled_in=(f"{way}/aanmeldingen/invoeren", f"{way}/aanmeldingen/bestand", f"{way}/adressen"),
        entrance=f"{way}/code",
        of_letter=str(letter),
        answering=f"{way}/meedoen",
        of_person=str(own),
        changing=f"{way}/meedoen/wijzigen",
    )
