"""Can a lot be drawn with this pool, these quotas and this size? Whatever is wrong is told together."""

from collections.abc import Sequence

from participatie.lottery.faults import MOST_PROBLEMS, Fault, Problem
from participatie.lottery.terms import Person, Pool, Quota, Quotas


def check(pool: Pool, quotas: Quotas, size: int) -> tuple[Problem, ...]:
    """Return what is wrong, ten things at most; nothing means that a lot may be tried."""
    problems = [*problems_of_quotas(quotas.quotas), *problems_of_people(pool.people, quotas), *_of_size(pool, size)]
    if size >= 1:
        problems += _of_sums(quotas, size)
    return tuple(problems[:MOST_PROBLEMS])


def problems_of_quotas(quotas: Sequence[Quota], lines: Sequence[int] = ()) -> list[Problem]:
    """Return what is wrong with quotas themselves; `lines` says where each stands in its file."""
    if not quotas:
        return [Problem(Fault.NO_ROWS)]
    problems = []
    seen: dict[tuple[str, str], list[int]] = {}
    for at, quota in enumerate(quotas):
        names = {"feature": quota.feature, "value": quota.value}
        seen.setdefault((quota.feature, quota.value), []).append(at)
        if not 0 <= quota.minimum <= quota.maximum:
            facts = names | {"minimum": quota.minimum, "maximum": quota.maximum}
            problems.append(Problem(Fault.MINIMUM_ABOVE_MAXIMUM, facts, _lines(lines, [at])))
    problems += [
        Problem(Fault.QUOTA_TWICE, {"feature": feature, "value": value}, _lines(lines, places))
        for (feature, value), places in seen.items()
        if len(places) > 1
    ]
    return problems


def problems_of_people(people: Sequence[Person], quotas: Quotas, lines: Sequence[int] = ()) -> list[Problem]:
    """Return what is wrong with people; `lines` says where each stands in the file."""
    if not people:
        return [Problem(Fault.NO_ROWS)]
    allowed = {feature: frozenset(quotas.values(feature)) for feature in quotas.features}
    missing = [feature for feature in allowed if all(feature not in person.features for person in people)]
    empty = [at for at, person in enumerate(people) if not person.id]
    ids: dict[str, list[int]] = {}
    wrong: dict[tuple[str, str], list[int]] = {}
    for at, person in enumerate(people):
        if person.id:
            ids.setdefault(person.id, []).append(at)
        for feature, values in allowed.items():
            if feature not in missing and (value := person.features.get(feature, "")) not in values:
                wrong.setdefault((feature, value), []).append(at)
    return [
        *(Problem(Fault.FEATURE_MISSING, {"feature": feature}, _lines(lines, ())) for feature in missing),
        *([Problem(Fault.ID_EMPTY, {}, _lines(lines, empty))] if empty else []),
        *(Problem(Fault.ID_TWICE, {"id": id_}, _lines(lines, at)) for id_, at in ids.items() if len(at) > 1),
        *(
            Problem(
                Fault.VALUE_WITHOUT_QUOTA,
                {"feature": feature, "value": value, "people": len(at)},
                _lines(lines, at),
            )
            for (feature, value), at in wrong.items()
        ),
    ]


def _of_size(pool: Pool, size: int) -> list[Problem]:
    if size < 1:
        return [Problem(Fault.SIZE_TOO_LOW, {"size": size})]
    if size > len(pool):
        return [Problem(Fault.SIZE_ABOVE_POOL, {"size": size, "people": len(pool)})]
    if size > (households := len(set(pool.homes))):
        return [Problem(Fault.SIZE_ABOVE_HOUSEHOLDS, {"size": size, "households": households})]
    return []


def _of_sums(quotas: Quotas, size: int) -> list[Problem]:
    problems = []
    for feature in quotas.features:
        least = sum(quota.minimum for quota in quotas.of(feature))
        most = sum(quota.maximum for quota in quotas.of(feature))
        facts: dict[str, str | int] = {"feature": feature, "size": size}
        if least > size:
            problems.append(Problem(Fault.MINIMA_ABOVE_SIZE, facts | {"total": least}))
        if most < size:
            problems.append(Problem(Fault.MAXIMA_BELOW_SIZE, facts | {"total": most}))
    return problems


def _lines(lines: Sequence[int], places: Sequence[int]) -> tuple[int, ...]:
    return tuple(lines[at] for at in places[:MOST_PROBLEMS]) if lines else ()
