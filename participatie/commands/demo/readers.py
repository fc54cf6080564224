"""Who reads in one mail what happened, and when was that written?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from participatie.actions.digesting import write_digest
from participatie.actions.following import choose_cadence, follow
from participatie.commands.demo.content import read_rows
from participatie.commands.demo.stories import World
from participatie.spelregels.telling import DIGEST_TIME, Cadence, last_due
from participatie.spelregels.verdicts import Refused


def plan_readers(world: World) -> None:
    """Plan what they follow, and the digest of every morning since."""
    for row in read_rows("people")["readers"]:
        world.timeline.at(world.timeline.moment(row["since"], 12), partial(_choose, world, row))
        for day in range(row["since"] + 1, 1):
            morning = world.timeline.moment(day, DIGEST_TIME.hour)
            world.timeline.at(morning, partial(_write, world, row))


def _choose(world: World, row: Mapping[str, Any], now: datetime) -> Refused | None:
    actor = world.accounts[row["key"]].actor()
    followed = follow(world.session, actor, world.areas[row["area"]], now)
    if isinstance(followed, Refused):
        return followed
    choose_cadence(world.session, actor, Cadence(row["cadence"]))
    return None


def _write(world: World, row: Mapping[str, Any], now: datetime) -> None:
    due = last_due(Cadence(row["cadence"]), now)
    if due == now:  # a week is written about on Mondays alone
        write_digest(world.session, world.accounts[row["key"]].id, due, now)
