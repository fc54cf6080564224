"""How do postcodes come in from a file, each with the area it lies in?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError, rows_of
from participatie.actions.record import record
from participatie.models.postcodes import Postcode, all_postcodes
from participatie.models.wijken import all_areas, root_area
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.postcodes import plain_postcode
from participatie.spelregels.verdicts import Refused

COLUMNS = ("postcode", "area")
LONGEST_SHOWN = 20  # characters of what stood there


@dataclass(frozen=True, slots=True)
class PostcodeChanges:
    """How many postcodes are new, lie in another area now, and were the same already."""

    added: int
    changed: int
    same: int


def import_postcodes(
    session: Session, actor: Actor, source: bytes, name: str, now: datetime
) -> PostcodeChanges | Refused:
    """Write the postcodes of a CSV file (UTF-8; columns postcode, area): `8011 AB` or `8011`, and the code of an area.

    One that is known already gets the area of the file; postcodes that the file does not name stay. Raises LineError
    for a line that is wrong, and then nothing is written.
    """
    root = session.scalar(root_area())
    verdict = may(actor, Do.IMPORT_AREAS, Place(root.path if root else "/"))
    if isinstance(verdict, Refused):
        return verdict
    wanted = _read(session, source, name)
    known = {each.code: each for each in session.scalars(all_postcodes())}
    new = [code for code in wanted if code not in known]
    moved = [code for code, area_id in wanted.items() if code in known and known[code].area_id != area_id]
    session.add_all(Postcode(code=code, area_id=wanted[code]) for code in new)
    for code in moved:
        known[code].area_id = wanted[code]
    if new or moved:
        record(session, actor.account_id, Do.IMPORT_AREAS, root, now, postcodes=len(new), moved=len(moved))
    return PostcodeChanges(len(new), len(moved), len(wanted) - len(new) - len(moved))


def _read(session: Session, source: bytes, name: str) -> dict[str, int]:
    """Return the number of the area by plain postcode, each line checked."""
    areas = {area.code: area.id for area in session.scalars(all_areas())}
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for number, (typed, area) in rows_of(source, name, COLUMNS):
        code = plain_postcode(typed)
        if code is None:
            raise LineError(name, number, "een postcode zoals 8011AB of 8011", typed[:LONGEST_SHOWN])
        if code in lines:
            raise LineError(name, number, f"elke postcode één keer (zie regel {lines[code]})", code)
        if area not in areas:
            raise LineError(name, number, "de code van een gebied dat is ingelezen", area[:LONGEST_SHOWN])
        lines[code], found[code] = number, areas[area]
    if not found:
        raise LineError(name, 2, "minstens één postcode", "")
    return found
