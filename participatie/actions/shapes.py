"""How do the outlines of areas come in from a GeoJSON file, all of them or none?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.geography import FeatureError, ShapeFeature, bounds_of, read_shapes, simplified
from participatie.models.places import AreaShape, all_shapes
from participatie.models.wijken import Area, AreaKind, all_areas, root_area
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refused

#: The codes of the CBS tell what an area is and what it lies in: GM0193, WK019301, BU01930101.
CBS = re.compile(r"(?:GM(?P<gemeente>\d{4})|WK(?P<wijk>\d{4})\d{2}|BU(?P<buurt>\d{4})\d{4})")
PREFIXES = {AreaKind.WIJK: "GM", AreaKind.BUURT: "WK"}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ShapeChanges:
    """How many areas are new, and how many shapes are new, changed, the same, or not of this gemeente or of water."""

    areas: int
    added: int
    changed: int
    same: int
    skipped: int


def import_shapes(session: Session, actor: Actor, source: bytes, name: str, now: datetime) -> ShapeChanges | Refused:
    """Write the outlines of areas of a GeoJSON file, as the CBS gives its wijken en buurten.

    Areas are known by their code, and those that are there keep their name and the area around them. One that is
    not there is made, if its code is the CBS's and the area around it is there or in the file. What belongs to
    another gemeente, or is water, is left out. Raises FeatureError, and then nothing is written.
    """
    root = session.scalar(root_area())
    verdict = may(actor, Do.IMPORT_AREAS, Place(root.path if root else "/"))
    if isinstance(verdict, Refused):
        return verdict
    areas = {area.code: area for area in session.scalars(all_areas())}
    wanted, skipped = _of_this_gemeente(read_shapes(source, name), root, name)
    made = _make_missing(session, wanted, areas, name)
    added, changed = _write_shapes(session, wanted, areas)
    if made or added or changed:
        root = next(area for area in areas.values() if area.parent is None)
        record(session, actor.account_id, Do.IMPORT_AREAS, root, now, added=made, shapes=added + changed)
    return ShapeChanges(made, added, changed, len(wanted) - added - changed, skipped)


def _of_this_gemeente(
    features: Iterable[ShapeFeature], root: Area | None, name: str
) -> tuple[dict[str, ShapeFeature], int]:
    wanted: dict[str, ShapeFeature] = {}
    skipped = 0
    ours = _gemeente_of(root.code) if root else None
    for feature in features:
        theirs = _gemeente_of(feature.code)
        if root is None and ours is not None and theirs not in (ours, None):
            # Nobody said yet which of them this installation is for.
            raise FeatureError(name, feature.number, f"één gemeente (dat is {ours} al)", feature.code)
        if feature.is_water or (theirs is not None and ours is not None and theirs != ours):
            skipped += 1
            continue
        if feature.code in wanted:
            before = wanted[feature.code].number
            raise FeatureError(name, feature.number, f"elke code één keer (zie feature {before})", feature.code)
        wanted[feature.code] = feature
        ours = ours or theirs
    if not wanted:
        expected = f"minstens één gebied van {ours}" if ours else "minstens één gebied op land"
        raise FeatureError(name, None, expected, f"{skipped} andere gebieden")
    return wanted, skipped


def _gemeente_of(code: str) -> str | None:
    known = CBS.fullmatch(code)
    return "GM" + next(digits for digits in known.groups() if digits) if known else None


def _make_missing(session: Session, wanted: Mapping[str, ShapeFeature], areas: dict[str, Area], name: str) -> int:
    missing = [feature for code, feature in wanted.items() if code not in areas]
    # From large to small, so that what lies around an area is there first.
    sizes = list(AreaKind)
    kinds = {feature.code: _kind_of(feature, name) for feature in missing}
    for feature in sorted(missing, key=lambda feature: sizes.index(kinds[feature.code])):
        kind, parent = kinds[feature.code], None
        if kind is AreaKind.GEMEENTE:
            if areas:
                other = next(area.code for area in areas.values() if area.parent is None)
                raise FeatureError(name, feature.number, f"één gemeente (dat is {other} al)", feature.code)
        else:
            around = PREFIXES[kind] + feature.code[2 : 6 if kind is AreaKind.WIJK else 8]
            parent = areas.get(around)
            if parent is None:
                raise FeatureError(
                    name, feature.number, f"dat {around} er al is, of in dit bestand staat", feature.code
                )
        if not 0 < len(feature.name) <= LONGEST_NAME:
            expected = f"een naam van hoogstens {LONGEST_NAME} tekens"
            raise FeatureError(name, feature.number, expected, feature.name)
        area = Area(code=feature.code, kind=kind, name=feature.name, parent=parent, path="/")
        session.add(area)
        session.flush()  # the path needs the id
        area.path = f"{parent.path if parent else '/'}{area.id}/"
        areas[feature.code] = area
    return len(missing)


def _kind_of(feature: ShapeFeature, name: str) -> AreaKind:
    known = CBS.fullmatch(feature.code)
    if known is None or known.lastgroup is None:
        expected = "een code die er al is, of een code van het CBS zoals GM0193, WK019301 of BU01930101"
        raise FeatureError(name, feature.number, expected, feature.code)
    return AreaKind(known.lastgroup)


def _write_shapes(session: Session, wanted: Mapping[str, ShapeFeature], areas: Mapping[str, Area]) -> tuple[int, int]:
    kept = {shape.area_id: shape for shape in session.scalars(all_shapes())}
    added = changed = 0
    for kind in AreaKind:
        features = [feature for code, feature in wanted.items() if areas[code].kind is kind]
        for feature, text in zip(features, simplified([feature.shape for feature in features]), strict=True):
            box, area_id = bounds_of([text]), areas[feature.code].id
            shape = kept.get(area_id)
            if shape is not None and shape.geometry == text:
                continue
            if shape is None:
                shape = AreaShape(area_id=area_id)
                session.add(shape)
                added += 1
            else:
                changed += 1
            shape.geometry = text
            shape.west, shape.south, shape.east, shape.north = box.west, box.south, box.east, box.north
    session.flush()
    return added, changed
