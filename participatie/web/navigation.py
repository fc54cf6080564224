"""Which links stand at the top of every page?"""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class NavLink:
    """One link of the main navigation."""

    label: str
    href: str
    current: bool


def nav_links() -> list[NavLink]:
    """Return the main navigation, with the page the visitor is on marked."""
    links = (
        (_("Wijken"), url_for("wijken.overview")),
        (_("Trajecten"), url_for("trajecten.overview")),
        (_("Besluiten"), url_for("besluiten.overview")),
        (_("Spelregels"), url_for("pages.spelregels")),
    )
    return [NavLink(label, href, request.path.startswith(href)) for label, href in links]
