"""Which postcodes has Lindewaard? Made up, as all of it, so that a visitor of the demo can type one."""

from pathlib import Path

from participatie.actions.postcodes import import_postcodes
from participatie.commands.demo.people import SINCE
from participatie.commands.demo.stories import World
from participatie.spelregels.permissions import OPERATOR

POSTCODES = Path(__file__).with_name("postcodes.csv")


def plan_postcodes(world: World) -> None:
    """Plan the import of the postcodes, before any story begins."""
    moment = world.timeline.moment(SINCE, 11)
    text = POSTCODES.read_bytes()
    world.timeline.at(moment, lambda now: import_postcodes(world.session, OPERATOR, text, POSTCODES.name, now))
