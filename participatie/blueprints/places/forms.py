"""What does somebody send to say where an idea comes?"""

from flask import request
from wtforms import FloatField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from participatie.web.forms import Form, between

#: Where a map can be tapped: in its own pixels.
LARGEST_TAP = 10_000


class PlaceForm(Form):
    """The point, in degrees; the map has filled it in."""

    lat = FloatField(widget=HiddenInput(), validators=[between(-90, 90)])
    lon = FloatField(widget=HiddenInput(), validators=[between(-180, 180)])

    def point(self) -> tuple[float, float]:
        """Return latitude and longitude, once the form is valid."""
        assert self.lat.data is not None
        assert self.lon.data is not None
        return self.lat.data, self.lon.data


class LookForm(Form):
    """Where somebody looks: what the map showed, and the tap or the button that moves it. It only reads."""

    lat = FloatField(validators=[Optional(), between(-90, 90)])
    lon = FloatField(validators=[Optional(), between(-180, 180)])
    zoom = IntegerField(validators=[Optional(), between(0, 20)])
    tap_x = IntegerField(name="tik.x", validators=[Optional(), between(0, LARGEST_TAP)])
    tap_y = IntegerField(name="tik.y", validators=[Optional(), between(0, LARGEST_TAP)])

    @property
    def step(self) -> str:
        """Return which button was used, empty for none."""
        return request.args.get("stap", "")


def look_form() -> LookForm:
    """Return what the address asks for. Not a number, or one that is on no map, makes it invalid."""
    return LookForm(formdata=request.args, meta={"csrf": False})
