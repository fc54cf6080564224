"""How is a map drawn without anything from elsewhere? Outlines and numbered pins, in one SVG of a few kilobytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, sin

from flask import current_app, url_for

from participatie.geography import Frame, bounds_of, paths_of, point_inside
from participatie.geography.drawing import WIDTH
from participatie.models.ideas import Idea
from participatie.models.places import AreaShape, IdeaPlace, places_of, places_of_plans, shapes_to_draw
from participatie.models.wijkbudget import AllocationLine, Round
from participatie.models.wijken import Area
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.places import may_move
from participatie.web.access import Site, may_here
from participatie.web.login import actor
from participatie.web.transaction import db

#: Units: twelve pixels where a map is at its smallest, on a screen of 320 pixels.
RADIUS = 150
#: More names than this would stand over each other, and under more pins nobody could read them.
MOST_NAMES, MOST_PINS_WITH_NAMES = 14, 16
#: How much room a name takes, in the same units.
LETTER_WIDTH, LINE_HEIGHT = 95, 190
ROUNDS = 40  # of pushing pins apart
IDEA, FUNDED, UNFUNDED = "idea", "funded", "unfunded"


@dataclass(frozen=True, slots=True)
class Outline:
    """An area as it is drawn, with where its name can stand; `is_named` where it covers no other name."""

    name: str
    path: str
    x: int
    y: int
    is_named: bool = True

    def covers(self, other: "Outline") -> bool:
        """Tell whether the two names would stand over each other."""
        half = LETTER_WIDTH * (len(self.name) + len(other.name)) / 2
        return abs(self.x - other.x) < half and abs(self.y - other.y) < LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Spot:
    """What a pin is about, before it is drawn: an idea or a plan at a point."""

    key: int
    lat: float
    lon: float
    href: str
    title: str
    kind: str = IDEA


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered pin. It stands at x, y: beside its true point (at_x, at_y) where another pin is too near."""

    number: int
    x: int
    y: int
    at_x: int
    at_y: int
    spot: Spot

    @property
    def is_moved(self) -> bool:
        """Tell whether a line must lead from the pin to its point."""
        return hypot(self.x - self.at_x, self.y - self.at_y) > RADIUS / 2


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map as a template draws it: units across and high, what lies in it, and where it is on earth."""

    name: str
    frame: Frame
    outlines: list[Outline]
    pins: list[Pin]
    tiles: str
    tiles_source: str

    @property
    def width(self) -> int:
        """Return how many units it is across."""
        return WIDTH

    @property
    def bounds(self) -> str:
        """Return south, west, north and east in degrees, for a script that lays tiles under it."""
        south, east = self.frame.point_at(WIDTH, self.frame.height)
        return ",".join(f"{degrees:.6f}" for degrees in (south, self.frame.west, self.frame.north, east))

    @property
    def names_fit(self) -> bool:
        """Tell whether the names of the areas can stand in the map."""
        return len(self.outlines) <= MOST_NAMES and len(self.pins) <= MOST_PINS_WITH_NAMES

    def number(self, key: int | None) -> int | None:
        """Return the number of the pin of an idea or plan, None for one without a pin."""
        return next((pin.number for pin in self.pins if pin.spot.key == key), None)

    def of_kind(self, kind: str) -> bool:
        """Tell whether there is a pin of this kind."""
        return any(pin.spot.kind == kind for pin in self.pins)


def map_of_ideas(area: Area, ideas: Sequence[Idea], *, always: bool = False) -> AreaMap | None:
    """Return a map of an area with the ideas that have a point, numbered as they are listed.

    None where the area has no shape, or no idea has a point; with `always` a map without pins is drawn too.
    """
    points = {place.idea_id: place for place in db().scalars(places_of([idea.id for idea in ideas]))} if ideas else {}
    spots = [_spot_of(idea, points[idea.id]) for idea in ideas if idea.id in points]
    return map_of(area, spots) if spots or always else None


def map_of_result(budget_round: Round, lines: Iterable[AllocationLine]) -> AreaMap | None:
    """Return a map with the plans of a round that have a point, those with money first, as they are listed."""
    points = {place.idea_id: place for place in db().scalars(places_of_plans(budget_round.id))}
    lines = sorted(lines, key=lambda line: line.step is None)  # as the page lists them
    spots = [
        Spot(
            line.plan.number, points[line.plan.idea_id].lat, points[line.plan.idea_id].lon,
            url_for("wijkbudget.plan", slug=budget_round.slug, number=line.plan.number),
            line.plan.name, UNFUNDED if line.step is None else FUNDED,
        )
        for line in lines
        if line.plan.idea_id in points
    ]  # fmt: skip
    return map_of(budget_round.traject.area, spots) if spots else None


def map_of(area: Area, spots: Sequence[Spot]) -> AreaMap | None:
    """Return a map of an area with these pins, or None where nobody brought in its shape."""
    shapes = db().scalars(shapes_to_draw(area)).all()
    if not shapes:
        return None
    drawn = parts_of(shapes, area)
    texts = [shape.geometry for shape in drawn]
    frame = Frame.of(bounds_of(texts))
    settings = current_app.extensions["participatie.settings"]
    return AreaMap(
        area.name, frame, outlines_of(drawn, frame), _pins(spots, frame), settings.tiles, settings.tiles_source
    )


def has_map(area: Area) -> bool:
    """Tell whether a map of an area can be drawn."""
    return db().scalars(shapes_to_draw(area).limit(1)).first() is not None


def may_place_here(idea: Idea, site: Site) -> bool:
    """Tell whether this visitor may put an idea on the map, and there is one."""
    by_gemeente = Role.WIJKMANAGER in actor().roles_at(site.place.area_path)
    may = may_here(Do.PLACE_IDEA, site) and may_move(idea.facts(), by_gemeente=by_gemeente)
    return bool(may) and has_map(idea.traject.area)


def parts_of(shapes: Sequence[AreaShape], area: Area) -> list[AreaShape]:
    """Return the shapes to draw: what lies in the area, or where nothing in it has a shape the area itself."""
    return [shape for shape in shapes if shape.area_id != area.id] or list(shapes)


def outlines_of(shapes: Sequence[AreaShape], frame: Frame) -> list[Outline]:
    """Return the outlines in a frame, without those that lie outside it."""
    paths = paths_of(tuple(shape.geometry for shape in shapes), frame)
    outlines: list[Outline] = []
    for shape, path in zip(shapes, paths, strict=True):
        if path:
            outline = Outline(shape.area.name, path, *frame.xy(*point_inside(shape.geometry)))
            hidden = any(other.is_named and outline.covers(other) for other in outlines)
            outlines.append(replace(outline, is_named=not hidden))
    return outlines


def _spot_of(idea: Idea, place: IdeaPlace) -> Spot:
    return Spot(idea.id, place.lat, place.lon, url_for("ideas.detail", idea_id=idea.id), idea.title)


def _pins(spots: Sequence[Spot], frame: Frame) -> list[Pin]:
    true = [frame.xy(spot.lat, spot.lon) for spot in spots]
    return [
        Pin(number, round(x), round(y), at_x, at_y, spot)
        for number, ((x, y), (at_x, at_y), spot) in enumerate(
            zip(_apart(true, frame.height), true, spots, strict=True), start=1
        )
    ]


def _apart(points: Sequence[tuple[int, int]], height: int) -> list[tuple[float, float]]:
    """Push pins that cover each other apart, the same way every time, and keep them in the picture."""
    # A hair apart to begin with, each in its own direction: from one and the same point there is no way to push.
    placed = [[x + 2 * cos(2.4 * index), y + 2 * sin(2.4 * index)] for index, (x, y) in enumerate(points)]
    wanted = RADIUS * 2.1
    for _round in range(ROUNDS):
        moved = False
        for index, one in enumerate(placed):
            for other in placed[:index]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                distance = hypot(dx, dy) or 1.0
                if distance < wanted:
                    push = (wanted - distance) / 2 / distance
                    one[0], one[1], other[0], other[1] = (
                        one[0] + dx * push, one[1] + dy * push, other[0] - dx * push, other[1] - dy * push,
                    )  # fmt: skip
                    moved = True
        for spot in placed:
            spot[0] = min(max(spot[0], RADIUS), WIDTH - RADIUS)
            spot[1] = min(max(spot[1], RADIUS), height - RADIUS)
        if not moved:
            break
    return [(x, y) for x, y in placed]
