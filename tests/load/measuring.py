"""How is the app compared with the bare one? In turns, with the same generator, by the median of the rounds.

The ratio is the median of each round's own ratio: what else the machine does then weighs on both sides alike.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from statistics import median

from tests.load.crowd import PEOPLE, Crowd, rush, thinking
from tests.load.generator import Run, drive, get
from tests.load.world import GUESSED, World, bare_cast_requests

ROUNDS = 5
SECONDS = 0.9
WARM_UP = 80  # requests, so that each worker has seen the page
CASTS_A_ROUND = 400
THINKING, BURSTS = 600, 3  # ballots of voters who think, and how often all press at one moment
RUSH = int(os.environ.get("BENCH_RUSH", "20000"))  # ballots of a last hour
UNDER_FIRE = 1500  # ballots that are cast while workers are killed
OK = b"HTTP/1.1 200 "
SEE_OTHER = b"HTTP/1.1 303 "
#: Asking for a language by link always makes the page anew: nothing that was made before is looked up or kept.
ANEW = "?taal=nl"


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured, in requests a second: the medians of ours, of the bare app, and of ours divided by bare."""

    name: str
    ours: float
    bare: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Cast:
    """Ballots a second, and how many were acknowledged in all by each side."""

    line: Line
    ours: int
    bare: int


def voters_needed() -> int:
    """Return how many voters all measurements of casting use up, and as many more as are guessed at."""
    return WARM_UP + ROUNDS * CASTS_A_ROUND + THINKING + BURSTS * PEOPLE + RUSH + UNDER_FIRE + GUESSED


@dataclass(frozen=True, slots=True)
class Crowds:
    """What voters saw in three kinds of crowds."""

    thinking: Crowd
    burst: Crowd
    rush: Crowd

    @property
    def acknowledged(self) -> int:
        """How many ballots were acknowledged in all of them."""
        return sum(len(crowd.took) for crowd in (self.thinking, self.burst, self.rush))


def measure_crowds(world: World, ours: int) -> Crowds:
    """Let two hundred voters cast at their leisure, then at one moment a few times, then a whole last hour."""
    thinks = thinking(ours, list(islice(world.casts, THINKING)), SEE_OTHER)
    bursts = [rush(ours, islice(world.casts, PEOPLE), SEE_OTHER) for _ in range(BURSTS)]
    burst = Crowd(
        sum(one.seconds for one in bursts),
        [took for one in bursts for took in one.took],
        sum(one.wrong for one in bursts),
    )
    return Crowds(thinks, burst, rush(ours, islice(world.casts, RUSH), SEE_OTHER))


def measure_pages(world: World, ours: int, bare: int) -> tuple[list[Line], float]:
    """Measure the pages on two ports. Gives a line for each, and the largest share of a core the generator took."""
    paths = {
        "home, anonymous": ("/", "/"),
        "home, made anew": (f"/{ANEW}", "/"),
        "idea list, anonymous": (world.list_path, "/ideas"),
        "idea list, made anew": (f"{world.list_path}{ANEW}", "/ideas"),
        "idea detail, anonymous": (world.detail_path, f"/idea/{world.idea_id}"),
        "idea detail, made anew": (f"{world.detail_path}{ANEW}", f"/idea/{world.idea_id}"),
    }
    lines, shares = [], []
    for name, (our_path, bare_path) in paths.items():
        sides = ((ours, get(our_path)), (bare, get(bare_path)))
        for port, request in sides:
            drive(port, repeat(request, WARM_UP), OK)
        runs = [[drive(port, repeat(request), OK, SECONDS) for port, request in sides] for _ in range(ROUNDS)]
        lines.append(_line(name, runs))
        shares += [run.cpu_share for pair in runs for run in pair]
    return lines, max(shares)


def measure_casting(world: World, ours: int, bare: int) -> Cast:
    """Cast all prepared ballots, in turns with as many bare inserts."""
    sides: tuple[tuple[int, Iterator[bytes]], ...] = ((ours, world.casts), (bare, bare_cast_requests()))
    acknowledged = [drive(port, islice(ballots, WARM_UP), SEE_OTHER).answered for port, ballots in sides]
    runs = []
    for _ in range(ROUNDS):
        # Made before the clock starts, as the prepared ones are.
        prepared = [(port, list(islice(ballots, CASTS_A_ROUND))) for port, ballots in sides]
        pair = [drive(port, iter(requests), SEE_OTHER) for port, requests in prepared]
        acknowledged = [count + run.answered for count, run in zip(acknowledged, pair, strict=True)]
        runs.append(pair)
    return Cast(_line("ballots cast", runs), *acknowledged)


def _line(name: str, runs: list[list[Run]]) -> Line:
    speeds = [(ours.per_second, bare.per_second) for ours, bare in runs]
    return Line(
        name,
        ours=median(ours for ours, _ in speeds),
        bare=median(bare for _, bare in speeds),
        ratio=median(ours / bare for ours, bare in speeds),
    )
