"""How fast is it, beside a bare Flask app on the same machine in the same run? `make bench` prints one table.

Everything is made in temporary folders and gone afterwards, also after Ctrl+C.
"""

import os
import platform
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
from sqlalchemy import create_engine

from participatie.models.votes import Ballot
from tests.databases import POSTGRESQL, SQLITE
from tests.load.bare import DATABASE, BareBallot
from tests.load.crowd import PEOPLE, THINKS
from tests.load.dividing import print_dividing
from tests.load.drawing import print_drawing
from tests.load.fronts import Front, measure_fronts
from tests.load.generator import OPEN_AT_ONCE
from tests.load.guessing import LEVEL, POWER, Timing, time_refusals
from tests.load.importing import FILE, Allocation, Import, allocate_real_file, import_real_file
from tests.load.killing import Kept, Killed, cast_under_fire, kept_in
from tests.load.measuring import (
    ANEW,
    BURSTS,
    CASTS_A_ROUND,
    ROUNDS,
    RUSH,
    SECONDS,
    UNDER_FIRE,
    Cast,
    Crowds,
    Line,
    measure_casting,
    measure_crowds,
    measure_pages,
    voters_needed,
)
from tests.load.servers import (
    WORKERS,
    durable_server,
    gunicorn,
    milliseconds_of_a_sync,
    promise_of,
    served,
    stopping_in_order,
)
from tests.load.weighing import Weight, weigh
from tests.load.world import IDEAS, ROUND, TRAJECT, World, ballots_in, build_world

INTERRUPTED = 130
FULL_MARKS = 100


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything that was measured on one kind of database. `kept` are the ballots found in it afterwards."""

    promise: str
    pages: list[Line]
    cast: Cast
    crowds: Crowds
    timing: Timing
    kept: tuple[int, int]
    killed: Killed
    kept_after: Kept
    weights: list[Weight]
    fronts: list[Front]
    imported: Import | None
    generator_share: float


def main() -> None:
    """Measure on both databases and print the table. Exit code 1 when an acknowledged ballot is not there."""
    began = time.perf_counter()
    try:
        with stopping_in_order():
            measurements = [_measure(kind) for kind in (SQLITE, POSTGRESQL)]
            allocation = allocate_real_file()
    except KeyboardInterrupt:
        click.echo("Stopped; nothing is left behind.", err=True)
        sys.exit(INTERRUPTED)
    _print_facts(measurements)
    for measurement in measurements:
        _print_speeds(measurement)
        _print_crowds(measurement)
    _print_imports(measurements, allocation)
    _print_weights(measurements[0].weights)
    _print_fronts(measurements[0].fronts)
    print_dividing()
    print_drawing()
    click.echo(f"\nThe whole run took {time.perf_counter() - began:.0f} s.")
    if not all(_is_all_there(one) for one in measurements):
        click.echo("Ballots were acknowledged that are not in the database, or the other way round.", err=True)
        sys.exit(1)


def _measure(kind: str) -> Measurement:
    click.echo(f"Measuring on {kind} …", err=True)
    with durable_server(kind) as server, tempfile.TemporaryDirectory(prefix="participatie-bench-") as folder:
        imported = import_real_file(server.new_database("imported"))
        url = server.new_database("bench")
        promise = promise_of(kind, url)
        world = build_world(url, Path(folder), voters_needed())
        with (
            gunicorn("wsgi:app", world.environment()) as ours,
            gunicorn("tests.load.bare:create_app()", {DATABASE: url}) as bare,
        ):
            pages, share = measure_pages(world, ours, bare)
            cast = measure_casting(world, ours, bare)
            crowds = measure_crowds(world, ours)
            timing = time_refusals(ours, world.guesses(used=cast.ours))
            weights = weigh(world, ours)
            fronts = measure_fronts(ours, front_paths(world)) if kind == SQLITE else []
        engine = create_engine(url)
        kept = (ballots_in(engine, Ballot), ballots_in(engine, BareBallot))
        with served("wsgi:app", world.environment(), "--workers", "2", "--preload") as (port, master):
            under_fire = list(islice(world.casts, UNDER_FIRE))
            killed = cast_under_fire(port, master, under_fire, server.stop_at_once if kind == POSTGRESQL else None)
        engine.dispose()  # its connections died with the server
        kept_after = kept_in(engine, world.round_id)
        engine.dispose()
    return Measurement(promise, pages, cast, crowds, timing, kept, killed, kept_after, weights, fronts, imported, share)


def _print_facts(measurements: list[Measurement]) -> None:
    share = max(one.generator_share for one in measurements)
    sync = milliseconds_of_a_sync(Path(tempfile.gettempdir()))
    click.echo(
        f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; "
        f"each side {WORKERS} gunicorn sync workers; {OPEN_AT_ONCE} requests open at once, gzip asked for.\n"
        f"Medians of {ROUNDS} rounds of {SECONDS} s ({CASTS_A_ROUND} ballots), ours and bare in turns; the ratio is the median of theirs.\n"
        f""
        f"The generator took at most {share:.0%} of one core.\n"
        f"'made anew' asks with {ANEW}, which passes by the memory of pages that anonymous visitors are answered from.\n"
        f"bare: a Flask route with one ORM select (1, 30 and 1 rows) and a small template; a ballot is two inserts.\n"
        f"One sync of 4 KB to this disk takes {sync:.2f} ms."
    )


def _print_speeds(one: Measurement) -> None:
    click.echo(f"\n{one.promise}\n  {'a second':<26}{'ours':>9}{'bare':>9}{'ratio':>8}")
    for line in (*one.pages, one.cast.line):
        click.echo(f"  {line.name:<26}{line.ours:>9,.0f}{line.bare:>9,.0f}{line.ratio:>8.2f}")
    click.echo(
        f"  ballots acknowledged / in the database, crowds included: "
        f"ours {one.cast.ours + one.crowds.acknowledged:,} / {one.kept[0]:,}, "
        f"bare {one.cast.bare:,} / {one.kept[1]:,}"
    )


def _is_all_there(one: Measurement) -> bool:
    """Tell whether each acknowledged ballot is in the database and no other, and nothing is half done after the kills."""
    total = one.cast.ours + one.crowds.acknowledged
    after = one.kept_after
    return (
        (total, one.cast.bare) == one.kept
        and after.ballots == total + one.killed.acknowledged == after.used
        and after.ballots + after.drafts == voters_needed()
        and one.killed.unanswered == 0
    )


def _print_crowds(one: Measurement) -> None:
    click.echo(f"\n  {'milliseconds':<44}{'p50':>7}{'p95':>7}{'p99':>7}{'a second':>10}{'wrong':>7}")
    named = {
        f"{PEOPLE} voters, each every {THINKS:.0f} s": one.crowds.thinking,
        f"{PEOPLE} at one moment, {BURSTS} times": one.crowds.burst,
        f"last hour: {RUSH:,} ballots, {PEOPLE} open at once": one.crowds.rush,
    }
    for name, crowd in named.items():
        times = "".join(f"{crowd.percentile(part):>7,.0f}" for part in (50, 95, 99))
        click.echo(f"  {name:<44}{times}{crowd.per_second:>10,.0f}{crowd.wrong:>7}")
    killed, after = one.killed, one.kept_after
    click.echo(
        f"  {killed.kills} workers killed while casting: {killed.acknowledged:,} acknowledged "
        f"({killed.resent:,} sent again), {killed.unanswered} never answered; "
        f"in all {after.ballots:,} ballots, {after.used:,} used codes, {after.drafts:,} drafts left"
    )
    timing = one.timing
    medians = ", ".join(f"{kind} {took:.2f}" for kind, took in timing.medians.items())
    verdict = "they DIFFER" if timing.differs else "no difference found"
    click.echo(
        f"  refused codes, median ms: {medians}\n"
        f"    {verdict}: smallest p of 6 pairs {timing.smallest_p:.3f} (level {LEVEL}/6); {timing.each:,} of each kind, "
        f"which shows {timing.seen:.2f} ms with power {POWER}"
    )


def _print_imports(measurements: list[Measurement], allocation: Allocation | None) -> None:
    click.echo(f"\n{FILE.name}")
    for one in measurements:
        if one.imported is None:
            click.echo(f"  SKIPPED: there is no {FILE.parent.name}/{FILE.name} beside this checkout")
            return
        name = one.promise.split(" ", 1)[0]
        click.echo(f"  rounds import, {name:<11}{one.imported.seconds:>9.2f} s  {one.imported.ballots:,} ballots")
    if allocation is not None:
        spent = f"{allocation.funded} plans for {allocation.spent_cents // 100:,} euros"
        click.echo(f"  allocate (no database)    {allocation.seconds:>9.2f} s  {spent}")


def _print_weights(weights: list[Weight]) -> None:
    click.echo(f"\n  {'bytes (list: 30 of ' + format(IDEAS, ',') + ')':<26}{'sent':>9}{'unpacked':>10}")
    for weight in weights:
        click.echo(f"  {weight.name:<26}{weight.sent:>9,}{weight.unpacked:>10,}  {weight.encoding}")


def front_paths(world: World) -> dict[str, str]:
    """Return the five pages of which is measured how soon they are seen."""
    return {
        "home": "/",
        "traject": f"/trajecten/{TRAJECT}",
        "idea list": world.list_path,
        "idea detail": world.detail_path,
        "vote": f"/stemmen/{ROUND}",
    }


def _print_fronts(fronts: list[Front]) -> None:
    click.echo(f"\n  {'slow 4G, processor ÷ 4':<26}{'LCP':>9}{'CLS':>8}   Lighthouse")
    for front in fronts:
        scores = ", ".join(f"{name} {score}" for name, score in front.scores.items()) or "SKIPPED: not installed"
        lost = f"  ({', '.join(front.lost)})" if any(score < FULL_MARKS for score in front.scores.values()) else ""
        click.echo(f"  {front.name:<26}{front.paint_seconds:>7.2f} s{front.shift:>8.3f}   {scores}{lost}")


if __name__ == "__main__":
    main()
