"""The outlines of areas come in from a GeoJSON file, all of them or none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.geography import covers
from participatie.models.places import AreaShape
from participatie.models.wijken import Area
from tests.commands.conftest import CommandLine
from tests.commands.test_areas import GOOD, the_tree
from tests.commands.test_areas import write as write_csv

Json = dict[str, Any]


def square(west: float, south: float, size: float = 0.01) -> Json:
    """A square area in degrees."""
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(code: str, geometry: Json | None, **properties: Any) -> Json:
    """A feature as the CBS writes a buurt or wijk."""
    kind = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}.get(code[:2], "buurt")
    named = {f"{kind}code": code, f"{kind}naam": f"Naam van {code}", "water": "NEE", **properties}
    return {"type": "Feature", "properties": named, "geometry": geometry}


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


WHOLE = [
    feature("BU99990101", square(5.0, 52.0)), feature("BU99990102", square(5.01, 52.0)),
    feature("WK999901", square(5.0, 52.0, 0.02)), feature("GM9999", square(5.0, 52.0, 0.03)),
]  # fmt: skip
RD = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "gebieden.geojson"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def shapes_of(session: Session) -> dict[str, AreaShape]:
    session.rollback()
    rows = session.execute(select(Area.code, AreaShape).join(AreaShape, AreaShape.area_id == Area.id)).all()
    found = dict(rows)
    session.expunge_all()
    session.rollback()
    return found


def test_the_files_of_the_cbs_make_the_tree_and_its_shapes(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    output = participatie("areas", "import", write(tmp_path, collection(*WHOLE))).output
    assert "Grenzen: 4 nieuw, 0 gewijzigd, 0 gelijk gebleven. Gebieden: 4 nieuw." in output
    assert the_tree(session)["BU99990102"] == "Naam van GM9999 > Naam van WK999901 > Naam van BU99990102"
    shape = shapes_of(session)["BU99990102"]
    assert (shape.west, shape.south, shape.east, shape.north) == pytest.approx((5.01, 52.0, 5.02, 52.01))
    assert covers(shape.geometry, 52.005, 5.015)
    again = participatie("areas", "import", write(tmp_path, collection(*WHOLE))).output
    assert "0 nieuw, 0 gewijzigd, 4 gelijk" in again


def test_an_area_that_is_there_keeps_its_name_and_its_stadsdeel(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    participatie("areas", "import", write_csv(tmp_path, GOOD))
    before = the_tree(session)
    file = write(
        tmp_path,
        collection(feature("SD9901", square(5.0, 52.0, 0.1)), *WHOLE, feature("BU01010101", square(5.5, 52.0))),
    )
    assert (
        "Gebieden: 1 nieuw. Overgeslagen (andere gemeente of water): 1." in participatie("areas", "import", file).output
    )
    after = the_tree(session)
    assert {code: after[code] for code in before} == before
    assert after["BU99990102"].startswith("Lindewaard > Overvaart > Noord > ")
    assert set(shapes_of(session)) == {*after}


def test_metres_of_the_dutch_grid_are_recognised_and_turned_into_degrees(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    gemeente = feature("GM9999", square(155_000, 463_000, 1000))
    for more in (RD, {}):
        participatie("areas", "import", write(tmp_path, collection(gemeente, **more)))
        shape = shapes_of(session)["GM9999"]
        assert (shape.west, shape.south) == pytest.approx((5.38720, 52.15517), abs=1e-4)


def test_water_and_its_second_feature_of_one_code_are_left_out(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    lake = feature("GM9999", square(5.5, 52.0), water="JA")
    assert (
        "Overgeslagen (andere gemeente of water): 1."
        in participatie("areas", "import", write(tmp_path, collection(lake, *WHOLE))).output
    )
    assert not covers(shapes_of(session)["GM9999"].geometry, 52.005, 5.505)


def test_a_ring_that_crosses_itself_becomes_what_it_encloses(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    bow = {"type": "Polygon", "coordinates": [[[5, 52], [5.02, 52.02], [5.02, 52], [5, 52.02], [5, 52]]]}
    participatie("areas", "import", write(tmp_path, collection(feature("GM9999", bow))))
    text = shapes_of(session)["GM9999"].geometry
    assert (covers(text, 52.01, 5.001), covers(text, 52.001, 5.01)) == (True, False)


def broken(change: Callable[[Json], object]) -> str:
    """The good file with its third feature changed."""
    document: Json = json.loads(collection(*WHOLE))
    change(document["features"][2])
    return json.dumps(document)


def coordinates(*points: Any) -> str:
    return broken(lambda third: third["geometry"].update(coordinates=[list(points)]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "verwacht JSON, gevonden een fout in regel 1"),
        ("[1]", "verwacht een FeatureCollection met features"),
        ("[" * 100_000, "verwacht een gewoon GeoJSON-bestand"),
        (b"{\xff", "verwacht tekst in UTF-8, gevonden byte 0xff"),
        ('{"type": "Topology", "features": []}', "verwacht een FeatureCollection met features, gevonden Topology"),
        (collection(), "verwacht minstens één feature"),
        (collection(*WHOLE, crs={"properties": {"name": "EPSG:3857"}}), "verwacht coördinaten in WGS84 (EPSG:4326) of RD (EPSG:28992), gevonden EPSG:3857"),
        (broken(lambda third: third.update(type="Point")), "feature 3: verwacht een Feature"),
        (broken(lambda third: third.update(properties=None)), "feature 3: verwacht properties met een code"),
        (broken(lambda third: third.update(properties={"naam": "Noord"})), "feature 3: verwacht een code"),
        (broken(lambda third: third["properties"].update(wijkcode="x" * 21)), "feature 3: verwacht een code"),
        (broken(lambda third: third["properties"].update(wijkcode="Noord")), "feature 3: verwacht een code die er al is, of een code van het CBS"),
        (broken(lambda third: third["properties"].update(wijknaam="")), "feature 3: verwacht een naam"),
        (broken(lambda third: third["properties"].update(wijkcode="GM9999")), "feature 4: verwacht elke code één keer (zie feature 3)"),
        (broken(lambda third: third["properties"].update(wijkcode="WK999902")), "feature 1: verwacht dat WK999901 er al is, of in dit bestand staat"),
        (broken(lambda third: third["properties"].update(wijkcode="WK888801")), "feature 3: verwacht één gemeente (dat is GM9999 al)"),
        (broken(lambda third: third.update(geometry=None)), "feature 3: verwacht een Polygon of MultiPolygon"),
        (broken(lambda third: third.update(geometry={"type": "Point", "coordinates": [5, 52]})), "feature 3: verwacht een Polygon of MultiPolygon, gevonden Point"),
        (broken(lambda third: third.update(geometry={"type": "MultiPolygon", "coordinates": []})), "feature 3: verwacht een lijst van polygonen"),
        (coordinates([5, 52], [5.1, 52], [5.1, 52.1]), "feature 3: verwacht een gesloten ring van minstens 4 punten"),
        (coordinates([5, 52], [5.1, 52.1], [5.2, 52.2], [5, 52]), "feature 3: verwacht een vlak"),
        (coordinates([5, 52], [float("nan"), 52], [5.1, 52.1], [5, 52]), "feature 3: verwacht punten van twee getallen, gevonden [nan, 52]"),
        (coordinates([5, 52], [float("inf"), 52], [5.1, 52.1], [5, 52]), "feature 3: verwacht punten van twee getallen"),
        (coordinates([5, 52], ["5.1", 52], [5.1, 52.1], [5, 52]), "feature 3: verwacht punten van twee getallen"),
        (coordinates([5, 52], True, [5.1, 52.1], [5, 52]), "feature 3: verwacht punten van twee getallen"),
        (coordinates([52, 5], [52.1, 5], [52.1, 5.1], [52, 5]), "feature 3: verwacht een punt in Nederland, in graden (eerst de lengte, dan de breedte), gevonden 52, 5"),
        (collection(feature("GM9999", square(5.0, 52.0)), **RD), "feature 1: verwacht een punt in Nederland, in meters van RD"),
        (collection(feature("GM9999", square(155_000, 463_000)), **RD), "feature 1: verwacht een vlak"),
        (collection(feature("GM9999", square(155_000, 463_000, 99)), feature("WK999901", square(999_999, 1))), "feature 2: verwacht een punt in Nederland"),
        (collection(feature("GM9999", square(5, 52), water="JA")), "verwacht minstens één gebied op land, gevonden 1 andere gebieden"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_feature_and_nothing_comes_in(
    participatie: CommandLine, tmp_path: Path, session: Session, text: str | bytes, said: str
) -> None:
    output = participatie("areas", "import", write(tmp_path, text), exit_code=2).output
    assert output.startswith("gebieden.geojson")
    assert said in output, output
    assert len(output.strip().splitlines()) == 1
    assert (the_tree(session), shapes_of(session)) == ({}, {})


def test_a_file_of_the_whole_country_is_refused_before_it_is_read(
    participatie: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("participatie.geography.geojson.MOST_BYTES", 1024 * 1024)
    output = participatie("areas", "import", write(tmp_path, "{" + " " * 2_000_000), exit_code=2).output
    assert "verwacht hoogstens 1 MB (neem alleen uw eigen gemeente), gevonden 1 MB" in output
