"""How does somebody pass a page on? With plain links: nothing is asked of another site before somebody clicks."""

from dataclasses import dataclass
from urllib.parse import quote

from participatie.web.installation import settings


@dataclass(frozen=True, slots=True)
class Share:
    """The ways to pass a page on: its whole address to copy, a mail, and WhatsApp."""

    address: str
    mail: str
    whatsapp: str


def share(path: str, title: str) -> Share:
    """Return how to share the page at a path of this site."""
    address = f"{settings().public_url}{path}"
    both = quote(f"{title}\n{address}", safe="")
    return Share(address, f"mailto:?subject={quote(title, safe='')}&body={both}", f"https://wa.me/?text={both}")
