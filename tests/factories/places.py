"""Where the made-up gemeente lies: four square buurten in a row, with nothing around them."""

import json

from sqlalchemy.orm import Session

from participatie.models.ideas import Idea
from participatie.models.places import AreaShape, IdeaPlace
from participatie.models.wijken import Area
from tests.factories.people import a_gemeente

WEST, SOUTH, SIDE = 5.0, 52.0, 0.01


def shapes(session: Session) -> list[Area]:
    """Give each buurt its square, from west to east, and each wijk the two of its own; the buurten."""
    world = a_gemeente(session)
    for number, buurt in enumerate(world.buurten):
        _shape(session, buurt, WEST + number * SIDE, WEST + (number + 1) * SIDE)
    for number, wijk in enumerate(world.wijken):
        _shape(session, wijk, WEST + 2 * number * SIDE, WEST + 2 * (number + 1) * SIDE)
    session.commit()
    return world.buurten


def middle_of(number: int) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a buurt, counted from 0."""
    return SOUTH + SIDE / 2, WEST + (number + 0.5) * SIDE


def placed(session: Session, idea: Idea, lat: float, lon: float) -> Idea:
    """Put an idea on the map."""
    session.add(IdeaPlace(idea_id=idea.id, lat=lat, lon=lon))
    session.commit()
    return idea


def _shape(session: Session, area: Area, west: float, east: float) -> None:
    north = SOUTH + SIDE
    ring = [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]
    text = json.dumps({"type": "Polygon", "coordinates": [ring]})
    session.add(AreaShape(area_id=area.id, geometry=text, west=west, south=SOUTH, east=east, north=north))
