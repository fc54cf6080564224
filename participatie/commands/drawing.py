"""Who sits on a panel? `participatie draw POOL.csv QUOTAS.csv --size N --seed HEX`, without database or settings."""

import sys
from json import dumps
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import click

from participatie.commands.progress import busy
from participatie.lottery import (
    Bound,
    Draw,
    Fault,
    LotteryError,
    NotPossibleError,
    Pool,
    Problem,
    Quotas,
    commitment,
    draw,
    prepare,
    read_pool,
    read_quotas,
    seed_from,
)

_FAULTS = {
    Fault.NOT_UTF8: "dit is geen tekst in UTF-8",
    Fault.NOT_CSV: "dit is niet als CSV te lezen",
    Fault.NO_ROWS: "er staat niets in",
    Fault.COLUMN_MISSING: "de kolom “{column}” ontbreekt",
    Fault.COLUMN_TWICE: "de kolom “{column}” staat er twee keer",
    Fault.COLUMN_COUNT: "hier staan {found} velden, en er zijn {expected} kolommen",
    Fault.FIELD_EMPTY: "“{column}” is leeg",
    Fault.NOT_A_NUMBER: "“{found}” is geen heel getal voor “{column}”",
    Fault.MINIMUM_ABOVE_MAXIMUM: "bij “{value}” ({feature}) is het kleinste aantal {minimum} en het grootste {maximum}",
    Fault.QUOTA_TWICE: "“{value}” ({feature}) staat er twee keer",
    Fault.FEATURE_MISSING: "de kolom “{feature}” ontbreekt, en er zijn wel quota voor",
    Fault.VALUE_WITHOUT_QUOTA: "voor “{value}” ({feature}) is er geen quotum, en {people} mensen hebben die waarde",
    Fault.ID_EMPTY: "een id ontbreekt",
    Fault.ID_TWICE: "het id “{id}” staat er twee keer",
    Fault.SIZE_TOO_LOW: "een panel van {size} kan niet",
    Fault.SIZE_ABOVE_POOL: "er zijn {size} plaatsen en {people} mensen",
    Fault.SIZE_ABOVE_HOUSEHOLDS: "er zijn {size} plaatsen en {households} huishoudens, en hoogstens één lid per huishouden",
    Fault.MINIMA_ABOVE_SIZE: "bij “{feature}” zijn minstens {total} plaatsen nodig, en er zijn er {size}",
    Fault.MAXIMA_BELOW_SIZE: "bij “{feature}” zijn hoogstens {total} plaatsen te vullen, en er zijn er {size}",
    Fault.SEED_INVALID: "“{found}” is geen zaad: dat heeft 1 tot en met 128 tekens 0-9 en a-f",
}
_BOUNDS = {Bound.MINIMUM: "het kleinste aantal {by} lager", Bound.MAXIMUM: "het grootste aantal {by} hoger"}


@click.command("draw")
@click.argument("pool_file", metavar="POOL.csv", type=click.Path(path_type=Path))
@click.argument("quotas_file", metavar="QUOTAS.csv", type=click.Path(path_type=Path))
@click.option("--size", type=int, required=True, help="Aantal plaatsen in het panel.")
@click.option("--seed", help="Het zaad, hexadecimaal.")
@click.option("--number", help="In plaats van een zaad: het openbare getal, zoals het is gepubliceerd.")
@click.option("--json", "as_json", is_flag=True, help="Schrijf één JSON-object.")
def draw_file(
    pool_file: Path, quotas_file: Path, size: int, seed: str | None, number: str | None, *, as_json: bool
) -> None:
    """Loot een panel uit een CSV-bestand, met de eerlijkste kansen die er zijn.

    Het panel voldoet aan alle quota; wie reserve is staat er in volgorde bij.

    POOL.csv heeft een kolom id, een kolom voor elk kenmerk, en als het kan een kolom household. QUOTAS.csv heeft de
    kolommen feature, value, min en max.
    """
    if bool(seed) is bool(number):
        _leave("Geef --seed of --number, en niet allebei.")
    began = perf_counter()
    quotas = _quotas(quotas_file)
    pool = _pool(pool_file, quotas)
    try:
        with busy("De eerlijkste panels worden gezocht"):
            portfolio = prepare(pool, quotas, size)
        chosen = seed or seed_from(commitment(pool, quotas, size, portfolio), str(number))
        drawn = draw(pool, quotas, size, chosen, portfolio=portfolio)
    except NotPossibleError as error:
        _leave("\n".join(_too_much(error)))
    except LotteryError as error:
        _leave("\n".join(_sentence("", problem) for problem in error.problems))
    seconds = perf_counter() - began
    click.echo(_as_json(drawn, seconds) if as_json else _as_text(drawn, pool, seconds))


def _quotas(file: Path) -> Quotas:
    try:
        return read_quotas(_bytes(file))
    except LotteryError as error:
        _leave("\n".join(_sentence(file.name, problem) for problem in error.problems))


def _pool(file: Path, quotas: Quotas) -> Pool:
    try:
        return read_pool(_bytes(file), quotas)
    except LotteryError as error:
        _leave("\n".join(_sentence(file.name, problem) for problem in error.problems))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        _leave(f"{file}: dit bestand bestaat niet.")
    except OSError:
        _leave(f"{file}: dit bestand kan niet gelezen worden.")


def _sentence(name: str, problem: Problem) -> str:
    where = ", ".join(map(str, problem.lines))
    line = f"{'regel' if len(problem.lines) == 1 else 'regels'} {where}" if where else ""
    said = _FAULTS[problem.fault].format(**problem.facts)
    return f"{', '.join(filter(None, (name, line)))}: {said}." if name or line else f"{said[0].upper()}{said[1:]}."


def _too_much(error: NotPossibleError) -> list[str]:
    return ["Geen panel uit deze lijst voldoet aan alle quota. Met de kleinste verandering kan het wel:"] + [
        f"  {each.feature}, {each.value}: {_BOUNDS[each.bound].format(by=each.by)}" for each in error.relaxations
    ]


def _leave(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _as_json(drawn: Draw, seconds: float) -> str:
    portfolio = drawn.portfolio
    return dumps(
        {
            "panel": drawn.panel,
            "reserves": drawn.reserves,
            # Of the fairest distribution there is; `lowest` and `highest` are after rounding to so many `panels`.
            "minProbability": portfolio.lowest_optimum,
            "maxProbability": portfolio.highest_optimum,
            "panels": len(portfolio.panels),
            "lowest": float(portfolio.lowest),
            "highest": float(portfolio.highest),
            "commitment": drawn.commitment,
            "seed": drawn.seed,
            "panelIndex": drawn.index,
            "seconds": round(seconds, 3),
        },
        ensure_ascii=False,
    )


def _as_text(drawn: Draw, pool: Pool, seconds: float) -> str:
    portfolio = drawn.portfolio
    told = {person.id: ", ".join(person.features.values()) for person in pool.people}
    return "\n".join(
        [
            f"Vingerafdruk {drawn.commitment}",
            f"Zaad {drawn.seed}: panel {drawn.index + 1} van {len(portfolio.panels)}",
            f"Kleinste kans {float(portfolio.lowest):.3f}, grootste {float(portfolio.highest):.3f}",
            "",
            *(f"{place:>4}  {one}  {told[one]}".rstrip() for place, one in enumerate(drawn.panel, start=1)),
            "",
            f"{len(drawn.reserves)} reserves, op volgorde: {', '.join(drawn.reserves[:5])}"
            + (" …" if len(drawn.reserves) > len(drawn.reserves[:5]) else ""),
            f"Klaar in {seconds:.1f} s.",
        ]
    )
