"""What does the map show on which somebody chooses a place? A window that a tap or a button moves.

It works without a script: the map is a button with a picture, and a browser sends where on it somebody tapped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from urllib.parse import quote

from flask import render_template

from participatie.blueprints.places.forms import LookForm
from participatie.geography import Bounds, Frame
from participatie.geography.drawing import WIDTH
from participatie.models.places import AreaShape, IdeaPlace
from participatie.web.maps import Outline, outlines_of

#: Pixels across and high: it fits a screen of 320 pixels, and is never scaled, or a tap would miss.
PIXELS = 280
#: Degrees of latitude: about two hundred metres, in which every house can be told from its neighbour.
CLOSEST = 0.002
MOST_ZOOM = 12
ON_EARTH = Bounds(-180, -90, 180, 90)
STEP = 8  # steps across the map
#: Which way each button moves the point: to the north, to the east.
WAYS = {"noord": (1, 0), "zuid": (-1, 0), "oost": (0, 1), "west": (0, -1)}
NEARER, FARTHER = "dichterbij", "verder"


@dataclass(frozen=True, slots=True)
class Look:
    """What the map shows: a square around a point. `chosen` tells whether somebody chose the point."""

    lat: float
    lon: float
    zoom: int
    widest: float
    chosen: bool

    @classmethod
    def at(cls, bounds: Bounds, place: IdeaPlace | None) -> "Look":
        """Return the whole area, or nearer by where the idea has a place already."""
        lat = (bounds.south + bounds.north) / 2
        across = max(bounds.north - bounds.south, (bounds.east - bounds.west) * cos(radians(lat)))
        whole = cls(lat, (bounds.west + bounds.east) / 2, 0, max(across * 1.1, CLOSEST), chosen=False)
        return whole if place is None else replace(whole, lat=place.lat, lon=place.lon, zoom=2, chosen=True)

    @property
    def across(self) -> float:
        """Return how many degrees of latitude the map is high."""
        return max(self.widest / float(2**self.zoom), CLOSEST)

    @property
    def frame(self) -> Frame:
        """Return the frame of the drawing."""
        return Frame.square(self.lat, self.lon, self.across)

    @property
    def bounds(self) -> str:
        """Return south, west, north and east in degrees, for a script that lays tiles under the map."""
        south, east = self.frame.point_at(WIDTH, WIDTH)
        return ",".join(f"{degrees:.6f}" for degrees in (south, self.frame.west, self.frame.north, east))

    @property
    def can_go_nearer(self) -> bool:
        """Tell whether there is more to see from nearer by."""
        return self.across > CLOSEST and self.zoom < MOST_ZOOM

    def moved(self, form: LookForm) -> "Look":
        """Return where the address leads: the window that was shown, moved by what was tapped or pressed."""
        if form.lat.data is None or form.lon.data is None:
            return self
        # Without the window that it was tapped in, an address names a point.
        shown = replace(self, lat=form.lat.data, lon=form.lon.data, zoom=min(form.zoom.data or 0, MOST_ZOOM))
        x, y = form.tap_x.data or 0, form.tap_y.data or 0
        if x or y:
            # A key pressed on the picture sends 0, 0: that is no place that anybody pointed at.
            lat, lon = shown.frame.point_at(x * WIDTH / PIXELS, y * WIDTH / PIXELS)
            return replace(shown.nearer(), lat=lat, lon=lon, chosen=True)
        if form.step in WAYS:
            north, east = WAYS[form.step]
            across = shown.across / STEP
            lon = shown.lon + east * across / cos(radians(shown.lat))
            return replace(shown, lat=shown.lat + north * across, lon=lon, chosen=True)
        if form.step == NEARER:
            return replace(shown.nearer(), chosen=True)
        if form.step == FARTHER:
            return replace(shown, zoom=max(shown.zoom - 1, 0), chosen=True)
        return replace(shown, chosen=True)

    def to(self, lat: float | None, lon: float | None) -> "Look":
        """Return the same from as near, with a point that was sent in the middle, if that is on a map at all."""
        if lat is None or lon is None or not ON_EARTH.around(lat, lon):
            return self
        return replace(self, lat=lat, lon=lon, chosen=True)

    def nearer(self) -> "Look":
        """Return the same from nearer by, where there is more to see."""
        return replace(self, zoom=self.zoom + 1) if self.can_go_nearer else self


def picture_of(look: Look, shapes: Sequence[AreaShape]) -> str:
    """Return the map as the address of a picture that holds it: nothing more has to be fetched."""
    outlines: list[Outline] = outlines_of(shapes, look.frame)
    drawing = render_template("places/_picture.svg", outlines=outlines, width=WIDTH, chosen=look.chosen)
    return f"data:image/svg+xml,{quote(drawing, safe=' ,:;=/()-')}"
