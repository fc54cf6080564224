"""Is everything that can be wrong with files, sizes and seeds told: what, the facts, the lines, and in a sentence?"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from participatie.commands.drawing import _FAULTS, _sentence, draw_file
from participatie.lottery import (
    Fault,
    LotteryError,
    Person,
    Pool,
    PoolError,
    Problem,
    Quota,
    Quotas,
    QuotasError,
    RequestError,
    check,
    draw,
    prepare,
    read_pool,
    read_quotas,
)

QUOTAS = "feature,value,min,max\nage,young,1,2\nage,old,1,2\n"
POOL = "id,age\na,young\nb,old\nc,old\n"
#: What no file and no panel can have: these are of invitations, and of a text that a portfolio wrote.
ELSEWHERE = {Fault.NUMBER_ABOVE_ADDRESSES, Fault.WEIGHT_INVALID, Fault.STRATUM_UNKNOWN, Fault.PORTFOLIO_INVALID}


@dataclass(frozen=True)
class Wrong:
    """Input in which one thing is wrong, and what must be told about it."""

    problem: Problem
    pool: str | bytes = POOL
    quotas: str | bytes = QUOTAS
    size: int = 2
    seed: str = "5eed"
    raises: type[LotteryError] = PoolError


def wrong(
    fault: Fault, lines: tuple[int, ...] = (), *, facts: dict[str, str | int] | None = None, **given: object
) -> Wrong:
    return Wrong(Problem(fault, facts or {}, lines), **given)  # type: ignore[arg-type]


IN_QUOTAS = {"raises": QuotasError}
IN_REQUEST = {"raises": RequestError}
CASES = [
    wrong(Fault.NOT_UTF8, (3,), pool="id,age\na,young\nb,oéd\n".encode("latin-1")),
    wrong(Fault.NOT_UTF8, (2,), quotas=b"feature,value,min,max\n\xff\n", **IN_QUOTAS),
    wrong(Fault.NOT_CSV, (3,), pool=f"{POOL.splitlines()[0]}\na,young\nb,{'x' * 200_000}\n"),
    wrong(Fault.NO_ROWS, pool=""),
    wrong(Fault.NO_ROWS, pool="id,age\n\n"),
    wrong(Fault.NO_ROWS, quotas="feature,value,min,max\n", **IN_QUOTAS),
    wrong(Fault.COLUMN_MISSING, (1,), facts={"column": "id"}, pool="name,age\na,young\n"),
    wrong(Fault.COLUMN_MISSING, (1,), facts={"column": "max"}, quotas="feature,value,min\nage,old,1\n", **IN_QUOTAS),
    wrong(Fault.COLUMN_TWICE, (1,), facts={"column": "age"}, pool="id,age,age\na,old,old\n"),
    wrong(Fault.COLUMN_COUNT, (3,), facts={"expected": 2, "found": 3}, pool="id,age\na,old\nb,old,1\n"),
    wrong(Fault.FIELD_EMPTY, (3,), facts={"column": "value"}, quotas=f"{QUOTAS[:36]}age,,1,2\n", **IN_QUOTAS),
    wrong(
        Fault.NOT_A_NUMBER, (2,), facts={"column": "max", "found": "2.5"},
        quotas="feature,value,min,max\nage,old,1,2.5\n", **IN_QUOTAS,
    ),
    wrong(
        Fault.NOT_A_NUMBER, (2,), facts={"column": "min", "found": "-1"},
        quotas="feature,value,min,max\nage,old,-1,2\n", **IN_QUOTAS,
    ),
    wrong(
        Fault.MINIMUM_ABOVE_MAXIMUM, (2,), facts={"feature": "age", "value": "old", "minimum": 3, "maximum": 2},
        quotas="feature,value,min,max\nage,old,3,2\n", **IN_QUOTAS,
    ),
    wrong(Fault.QUOTA_TWICE, (2, 4), facts={"feature": "age", "value": "young"}, quotas=f"{QUOTAS}age,young,0,9\n", **IN_QUOTAS),
    wrong(Fault.FEATURE_MISSING, (1,), facts={"feature": "age"}, pool="id,Age group\na,old\n"),
    wrong(
        Fault.VALUE_WITHOUT_QUOTA, (3, 4), facts={"feature": "age", "value": "child", "people": 2},
        pool="id,age\na,old\nb,child\nc,child\n",
    ),
    wrong(Fault.VALUE_WITHOUT_QUOTA, (2,), facts={"feature": "age", "value": "", "people": 1}, pool="id,age\na,\nb,old\n"),
    wrong(Fault.ID_EMPTY, (3, 4), pool="id,age\na,young\n,old\n,old\n"),
    wrong(Fault.ID_TWICE, (2, 4), facts={"id": "a"}, pool="id,age\na,young\nb,old\na,old\n"),
    wrong(Fault.SIZE_TOO_LOW, facts={"size": 0}, size=0, **IN_REQUEST),
    wrong(Fault.SIZE_ABOVE_POOL, facts={"size": 4, "people": 3}, size=4, **IN_REQUEST),
    wrong(
        Fault.SIZE_ABOVE_HOUSEHOLDS, facts={"size": 3, "households": 2}, size=3,
        pool="id,age,household\na,young,h\nb,old,h\nc,old,i\n", **IN_REQUEST,
    ),
    wrong(
        Fault.MINIMA_ABOVE_SIZE, facts={"feature": "age", "size": 2, "total": 3},
        quotas="feature,value,min,max\nage,young,1,2\nage,old,2,2\n", **IN_REQUEST,
    ),
    wrong(
        Fault.MAXIMA_BELOW_SIZE, facts={"feature": "age", "size": 3, "total": 2}, size=3,
        quotas="feature,value,min,max\nage,young,1,1\nage,old,1,1\n", **IN_REQUEST,
    ),
    wrong(Fault.SEED_INVALID, facts={"found": "5EED"}, seed="5EED", **IN_REQUEST),
]  # fmt: skip


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.problem.fault.value)
def test_it_is_told_with_its_facts_and_lines_and_the_command_has_a_sentence(case: Wrong, tmp_path: Path) -> None:
    with pytest.raises(case.raises) as refused:
        draw_from(case)
    assert case.problem in refused.value.problems
    result = run(tmp_path, case)
    assert (result.exit_code, result.stdout) == (2, "")
    name = {PoolError: "pool.csv", QuotasError: "quotas.csv"}.get(case.raises, "")
    said = _sentence(name, case.problem)
    assert said in result.stderr.splitlines()
    assert "{" not in said
    assert all(str(line) in said for line in case.problem.lines)


def draw_from(case: Wrong) -> None:
    quotas = read_quotas(as_bytes(case.quotas))
    draw(read_pool(as_bytes(case.pool), quotas), quotas, case.size, case.seed)


def run(folder: Path, case: Wrong, *more: str) -> Result:
    pool, quotas = folder / "pool.csv", folder / "quotas.csv"
    pool.write_bytes(as_bytes(case.pool))
    quotas.write_bytes(as_bytes(case.quotas))
    arguments = [str(pool), str(quotas), "--size", str(case.size), *(more or ("--seed", case.seed))]
    return CliRunner().invoke(draw_file, arguments)


def test_every_fault_of_files_sizes_and_seeds_is_provoked_here_and_has_a_sentence() -> None:
    assert {case.problem.fault for case in CASES} == set(Fault) - ELSEWHERE == set(_FAULTS)


def test_all_that_is_wrong_is_told_together_by_line_and_ten_at_most() -> None:
    with pytest.raises(PoolError) as refused:
        read_pool(b"id,age\na,child\n,old\na,old\n", read_quotas(QUOTAS.encode()))
    told = [(one.fault, one.lines) for one in refused.value.problems]
    assert told == [(Fault.ID_TWICE, (2, 4)), (Fault.VALUE_WITHOUT_QUOTA, (2,)), (Fault.ID_EMPTY, (3,))]
    rows = "".join(f"p{number},age{number}\n" for number in range(30))
    with pytest.raises(PoolError) as refused:
        read_pool(f"id,age\n{rows}".encode(), read_quotas(QUOTAS.encode()))
    assert [one.lines for one in refused.value.problems] == [(line,) for line in range(2, 12)]


@pytest.mark.parametrize(
    "change",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").encode(),
    ],
)
def test_bom_windows_lines_and_semicolons_are_read_as_well(change: Callable[[str], bytes]) -> None:
    quotas = read_quotas(change(QUOTAS))
    assert quotas.quotas == (Quota("age", "young", 1, 2), Quota("age", "old", 1, 2))
    pool = read_pool(change("Household,note,id,age\nh, x ,b,old\n,y,a, young \n"), quotas)
    assert pool.people == (Person("a", {"age": "young"}), Person("b", {"age": "old"}, "h"))


def test_what_comes_from_the_database_is_checked_in_the_same_way() -> None:
    quotas = Quotas((Quota("age", "young", 2, 1), Quota("age", "young", 0, 1)))
    pool = Pool((Person("a", {"age": "old"}), Person("a", {"age": "young"}), Person("", {"age": "young"})), ("age",))
    found = [one.fault for one in check(pool, quotas, 9)]
    assert found == [
        Fault.MINIMUM_ABOVE_MAXIMUM,
        Fault.QUOTA_TWICE,
        Fault.ID_EMPTY,
        Fault.ID_TWICE,
        Fault.VALUE_WITHOUT_QUOTA,
        Fault.SIZE_ABOVE_POOL,
        Fault.MAXIMA_BELOW_SIZE,
    ]
    with pytest.raises(RequestError):
        prepare(pool, quotas, 9)


def test_json_is_one_object_with_all_of_the_draw(tmp_path: Path) -> None:
    result = run(tmp_path, Wrong(Problem(Fault.NO_ROWS)), "--number", "1 2 3", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    assert sorted(answer) == [
        "commitment", "highest", "lowest", "maxProbability", "minProbability", "panel", "panelIndex", "panels", "reserves",
        "seconds", "seed",
    ]  # fmt: skip
    assert answer["panel"][0] == "a"
    assert sorted(answer["panel"] + answer["reserves"]) == ["a", "b", "c"]
    assert (answer["minProbability"], answer["maxProbability"]) == pytest.approx((0.5, 1.0), abs=1e-6)
    assert (answer["lowest"], answer["highest"], answer["panels"]) == (0.5, 1.0, 1000)


def test_without_json_it_says_the_same_in_words(tmp_path: Path) -> None:
    result = run(tmp_path, Wrong(Problem(Fault.NO_ROWS)))
    assert result.exit_code == 0
    assert "Kleinste kans 0.500, grootste 1.000" in result.stdout
    assert "   1  a  young" in result.stdout


@pytest.mark.parametrize("more", [["--json"], ["--seed", "1", "--number", "1"]])
def test_it_wants_a_seed_or_a_number(tmp_path: Path, more: list[str]) -> None:
    result = run(tmp_path, Wrong(Problem(Fault.NO_ROWS)), *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Geef --seed of --number, en niet allebei.\n"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        draw_file, [str(tmp_path / "no.csv"), str(tmp_path / "no2.csv"), "--size", "1", "--seed", "1"]
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("no2.csv: dit bestand bestaat niet.\n")


def test_where_no_panel_is_possible_the_smallest_change_is_told(tmp_path: Path) -> None:
    result = run(tmp_path, Wrong(Problem(Fault.NO_ROWS), quotas="feature,value,min,max\nage,young,2,2\nage,old,0,1\n"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "age, young: het kleinste aantal 1 lager" in result.stderr
