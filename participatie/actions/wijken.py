"""How do the areas of a gemeente come in from a file, as one tree or not at all?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError, rows_of
from participatie.actions.record import record
from participatie.models.wijken import Area, AreaKind, all_areas, root_area
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refused

COLUMNS = ("code", "kind", "name", "parent")
LONGEST_CODE = 20  # characters, as the column
LONGEST_NAME = 200
#: From large to small: an area lies in a larger one.
SIZES = list(AreaKind)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as the file tells it; `parent` is a code, empty for the gemeente."""

    line: int
    code: str
    kind: AreaKind
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """How many areas are new, were changed, and were the same already."""

    added: int
    changed: int
    same: int


def import_areas(session: Session, actor: Actor, source: bytes, name: str, now: datetime) -> AreaChanges | Refused:
    """Write the areas of a CSV file (UTF-8; columns code, kind, name, parent; any order of lines).

    Areas are known by their code: one that is there already gets the kind, name and
    place of the file, and areas that the file does not name stay as they are. The
    areas of the file and of the database together must be one tree, of larger areas
    around smaller ones. Raises LineError, and then nothing is written.
    """
    root = session.scalar(root_area())
    verdict = may(actor, Do.IMPORT_AREAS, Place(root.path if root else "/"))
    if isinstance(verdict, Refused):
        return verdict
    lines = read_areas(source, name)
    areas = {area.code: area for area in session.scalars(all_areas())}
    _check_tree(lines, {code: (area.kind, area.parent) for code, area in areas.items()}, name)
    added, changed = 0, 0
    for line in sorted(lines.values(), key=lambda line: SIZES.index(line.kind)):
        area = areas.get(line.code)
        parent = areas[line.parent] if line.parent else None
        if area is None:
            areas[line.code] = area = Area(code=line.code, path="/", parent=parent, kind=line.kind, name=line.name)
            session.add(area)
            session.flush()  # the path needs the id
            added += 1
        elif (area.kind, area.name, area.parent) != (line.kind, line.name, parent):
            area.kind, area.name, area.parent = line.kind, line.name, parent
            changed += 1
    for area in sorted(areas.values(), key=lambda area: SIZES.index(area.kind)):
        area.path = f"{area.parent.path if area.parent else '/'}{area.id}/"
    if added or changed:
        root = next(area for area in areas.values() if area.parent is None)
        record(session, actor.account_id, Do.IMPORT_AREAS, root, now, added=added, changed=changed)
    return AreaChanges(added, changed, len(lines) - added - changed)


def read_areas(source: bytes, name: str) -> dict[str, AreaLine]:
    """Return the areas of a file by code, each line checked by itself. Commas or semicolons may stand between."""
    lines: dict[str, AreaLine] = {}
    for number, cells in rows_of(source, name, COLUMNS):
        code, kind, title, parent = cells
        if not 0 < len(code) <= LONGEST_CODE or len(code.split()) > 1:
            raise LineError(name, number, f"een code van hoogstens {LONGEST_CODE} tekens", code)
        if code in lines:
            raise LineError(name, number, f"elke code één keer (zie regel {lines[code].line})", code)
        if kind not in SIZES:
            raise LineError(name, number, f"een van {', '.join(SIZES)}", kind)
        if not 0 < len(title) <= LONGEST_NAME:
            raise LineError(name, number, f"een naam van hoogstens {LONGEST_NAME} tekens", title[:LONGEST_CODE])
        lines[code] = AreaLine(number, code, AreaKind(kind), title, parent)
    if not lines:
        raise LineError(name, 2, "minstens één gebied", "")
    return lines


def _check_tree(lines: Mapping[str, AreaLine], known: Mapping[str, tuple[AreaKind, Area | None]], name: str) -> None:
    """Refuse what would not be one tree with the known areas: their kinds and parents, by code."""
    kinds = {code: kind for code, (kind, _parent) in known.items()} | {line.code: line.kind for line in lines.values()}
    parents = {code: parent.code if parent else "" for code, (_kind, parent) in known.items()}
    parents |= {line.code: line.parent for line in lines.values()}
    roots = [code for code, parent in parents.items() if not parent and kinds[code] is AreaKind.GEMEENTE]
    for line in lines.values():
        if line.parent and line.parent not in kinds:
            raise LineError(name, line.line, "een parent die als code bestaat", line.parent)
        if not line.parent and line.kind is not AreaKind.GEMEENTE:
            raise LineError(name, line.line, f"een parent, want dit is een {line.kind}", "")
        if not line.parent and len(roots) > 1:
            others = ", ".join(code for code in roots if code != line.code)
            raise LineError(name, line.line, f"één gebied zonder parent (dat is {others} al)", line.code)
    for line in lines.values():
        way = [line.code]
        while parent := parents[way[-1]]:
            if parent in way:
                raise LineError(name, line.line, "een parent die er niet zelf in ligt", " > ".join((*way, parent)))
            way.append(parent)
    for code, parent in parents.items():
        if parent and SIZES.index(kinds[parent]) >= SIZES.index(kinds[code]):
            # Of an area that was known already, the line that made its parent smaller is wrong.
            wrong = lines[code] if code in lines else lines[parent]
            expected = f"dat {code} ({kinds[code]}) in een groter gebied ligt"
            raise LineError(name, wrong.line, expected, f"{parent} ({kinds[parent]})")
