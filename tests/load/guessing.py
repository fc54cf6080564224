"""Does the time of a refusal tell what is wrong with a code? Four kinds of wrong codes, in turns, one at a time.

A first lap tells how much the times vary; from that follows how many are needed so that a difference of one
millisecond between two kinds would be seen in nine of ten runs. Pairs are compared by their ranks (Mann-Whitney), and
the level of 0.05 is divided by the number of pairs.
"""

import math
import random
import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist, median
from urllib.parse import urlencode

import numpy as np

from participatie.spelregels.codes import VotingCode
from tests.load.generator import CHUNK_BYTES, HOST, PATIENCE_SECONDS

SEEN, LEVEL, POWER = 1.0, 0.05, 0.9  # milliseconds; of a wrong alarm, and of seeing what is there
PILOT, MOST = 120, 1500  # codes of each kind
#: A rank test needs so many times the observations of a t-test, at worst over all shapes of times without a long tail.
WORST_EFFICIENCY = 0.864
REFUSED = (b"HTTP/1.1 400 ", b"HTTP/1.1 429 ")


@dataclass(frozen=True, slots=True)
class Timing:
    """The medians of each kind in milliseconds, the smallest p of all pairs, and what the test could have seen."""

    medians: Mapping[str, float]
    smallest_p: float
    each: int
    seen: float

    @property
    def differs(self) -> bool:
        """Tell whether some pair differs, at a level of 0.05 over all pairs."""
        return self.smallest_p < LEVEL / math.comb(len(self.medians), 2)


def wrong_codes(
    issued: Sequence[VotingCode], foreign: Sequence[VotingCode], used: Sequence[VotingCode]
) -> dict[str, list[str]]:
    """Return codes of each kind, every one with another selector, so that no limit for one of them comes near."""
    return {
        "unknown": [str(VotingCode(secrets.token_hex(3).upper(), "0" * 10)) for _ in issued],
        "wrong verifier": [str(VotingCode(code.selector, "0" * 10)) for code in issued],
        "other round": [str(code) for code in foreign],
        "used, mistyped": [str(VotingCode(code.selector, "1" * 10)) for code in used],
    }


def time_refusals(port: int, requests: Mapping[str, Sequence[bytes]]) -> Timing:
    """Send the refused codes in turns, and compare how long each kind takes."""
    chance = random.Random(11)
    pilot = _laps(port, requests, range(PILOT), chance)
    spread = max(_spread(times) for times in pilot.values())
    pairs = math.comb(len(requests), 2)
    z = NormalDist().inv_cdf(1 - LEVEL / pairs / 2) + NormalDist().inv_cdf(POWER)
    needed = math.ceil(2 * (z * spread / SEEN) ** 2 / WORST_EFFICIENCY)
    each = min(max(needed, 2 * PILOT), MOST, *(len(of_kind) - PILOT for of_kind in requests.values()))
    times = _laps(port, requests, range(PILOT, PILOT + each), chance)
    spread = max(_spread(of_kind) for of_kind in times.values())
    return Timing(
        {kind: median(of_kind) for kind, of_kind in times.items()},
        min(_p_of_ranks(times[one], times[other]) for one, other in combinations(times, 2)),
        each,
        z * spread * math.sqrt(2 / each / WORST_EFFICIENCY),
    )


def _laps(
    port: int, requests: Mapping[str, Sequence[bytes]], places: range, chance: random.Random
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {kind: [] for kind in requests}
    for place in places:
        for kind in chance.sample(list(requests), len(requests)):
            times[kind].append(_milliseconds(port, requests[kind][place]))
    return times


def _milliseconds(port: int, request: bytes) -> float:
    began = time.perf_counter()
    with socket.create_connection((HOST, port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        head = connection.recv(CHUNK_BYTES)
        took = time.perf_counter() - began
        while connection.recv(CHUNK_BYTES):
            pass
    if not head.startswith(REFUSED):
        message = f"a wrong code was answered with {head[:60]!r}"
        raise RuntimeError(message)
    return 1000 * took


def _spread(times: Sequence[float]) -> float:
    """Return the standard deviation that the middle of the times has: what else the machine does makes a long tail."""
    low, high = np.percentile(times, [25, 75])
    return float(high - low) / (2 * NormalDist().inv_cdf(0.75))


def _p_of_ranks(one: Sequence[float], other: Sequence[float]) -> float:
    both = np.concatenate([one, other])
    ranks = np.empty(len(both))
    ranks[np.argsort(both, kind="stable")] = np.arange(1, len(both) + 1)
    first, second = len(one), len(other)
    expected = first * (first + second + 1) / 2
    deviation = math.sqrt(first * second * (first + second + 1) / 12)
    return 2 * (1 - NormalDist().cdf(abs(float(ranks[:first].sum()) - expected) / deviation))


def code_body(code: str, token: str) -> str:
    """Return the form of the page that asks for a code."""
    return urlencode({"csrf_token": token, "code": code})
