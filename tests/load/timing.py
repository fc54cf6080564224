"""How long do reading and counting take in this process, and how much memory at most?"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Read = TypeVar("Read")
KILOBYTES = 1024  # in a megabyte; Linux tells the peak in kilobytes


def take_time(read: Callable[[Path], Read], count: Callable[[Read, str], object]) -> None:
    """Read the files that are named as arguments, after the rules, count them by each, and print what it took."""
    rules, *paths = sys.argv[1:]
    reading, counting = 0.0, dict.fromkeys(rules.split(","), 0.0)
    for path in paths:
        began = time.perf_counter()
        election = read(Path(path))
        reading += time.perf_counter() - began
        for rule in counting:
            began = time.perf_counter()
            count(election, rule)
            counting[rule] += time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    click.echo(json.dumps({"reading": reading, "counting": counting, "peak": peak}))
