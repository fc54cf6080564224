"""Which pages do the members of a buurtpanel and its staff open about seats?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tests.factories.panels import a_panel, registered, seated


@dataclass(frozen=True, slots=True)
class SeatPages:
    """Pages of staff to read, forms of staff that refuse to be empty, and the code of somebody who was drawn.

    `entrance` is where that code is typed, `giving_up` the form by which its holder declines.
    """

    read: tuple[str, ...]
    filled_in: tuple[str, ...]
    entrance: str
    giving_up: str
    code: str


def seat_pages(session: Session) -> SeatPages:
    """A panel that was drawn and waits for answers, one that nobody drew yet, and one that began without a lot."""
    drawn, open_one, empty = a_panel(session), a_panel(session), a_panel(session)
    (first, _code), (_second, code), *_rest = seated(session, drawn, confirmed=False)
    seated(session, empty, people=registered(session, empty, 2), drawn=False)
    of_drawn = f"/buurtpanels/{drawn.slug}"
    return SeatPages(
        read=(f"{of_drawn}/leden", f"/buurtpanels/{empty.slug}/leden"),
        filled_in=(
            f"{of_drawn}/leden/{first.id}",
            f"/buurtpanels/{open_one.slug}/leden/zonder-loting-beginnen",
            f"/buurtpanels/{empty.slug}/leden/zonder-loting",
        ),
        entrance=f"{of_drawn}/code",
        giving_up=f"{of_drawn}/lid/afstaan",
        code=str(code),
    )
