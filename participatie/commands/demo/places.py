"""Where in Lindewaard is everything? In shapes that were made up, and that lie in the open North Sea."""

from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from participatie.actions.places import place_idea
from participatie.actions.shapes import import_shapes
from participatie.commands.demo.people import SINCE
from participatie.commands.demo.timeline import DemoRefusedError, Timeline
from participatie.geography import covers
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.places import AreaShape
from participatie.spelregels.permissions import OPERATOR
from participatie.spelregels.verdicts import Refused

HERE = Path(__file__).resolve().parent
#: Of ten ideas eight are on the map: not everybody takes that step.
PLACED = 0.8
TRIES = 200


def draw_areas(session: Session, timeline: Timeline) -> None:
    """Bring the shapes in, as the beheerder of a gemeente does. Raises DemoRefusedError."""
    file = HERE / "areas.geojson"
    done = import_shapes(session, OPERATOR, file.read_bytes(), file.name, timeline.moment(SINCE, 9))
    if isinstance(done, Refused):
        raise DemoRefusedError(done)


def put_on_map(session: Session, author: Account, idea: Idea, now: datetime) -> Refused | None:
    """Let an author choose a point in the buurt of the idea: the same one at every loading."""
    rng = Random(idea.title)  # noqa: S311 (content, no secrets)
    shape = session.get(AreaShape, idea.area_id)
    # What waits for a moderator gets its point after that.
    if shape is None or rng.random() > PLACED or idea.hidden_at is not None:
        return None
    for _try in range(TRIES):
        lat, lon = rng.uniform(shape.south, shape.north), rng.uniform(shape.west, shape.east)
        if covers(shape.geometry, lat, lon):
            placed = place_idea(session, author, idea, lat, lon, now)
            return placed if isinstance(placed, Refused) else None
    return None
