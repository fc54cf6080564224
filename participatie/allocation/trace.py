"""How is an outcome written down so that anybody can read it, hash it and count it again?"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from json import dumps

from participatie.allocation.counting import allocate
from participatie.allocation.terms import (
    AllocationRules,
    BallotGroup,
    Fact,
    Leftover,
    Line,
    Outcome,
    Plan,
    Rule,
    TieBreak,
    Utility,
)

Json = int | str | bool | None | list["Json"] | dict[str, "Json"]


def trace_of(outcome: Outcome) -> dict[str, Json]:
    """Return the outcome as plain JSON values, camelCase keys, always in the same order.

    Money is whole cents; a score that is no whole number (weighted ballots) is
    written as 'numerator/denominator'.
    """
    rules = outcome.rules
    return {
        "rule": rules.rule.value,
        "leftover": rules.leftover.value,
        "potCents": rules.pot_cents,
        "categoryCaps": dict(sorted(rules.category_caps.items())),
        "minimumVotes": rules.minimum_votes,
        "raiseCents": rules.raise_cents,
        **({"seats": rules.seats} if rules.rule is Rule.MOST_VOTES else {}),
        # What few counts have stands only where it is used, so that traces of before keep their hash.
        **({"utility": rules.utility.value} if rules.utility is not Utility.COST else {}),
        **({"areaCaps": dict(sorted(rules.area_caps.items()))} if rules.area_caps else {}),
        **({"incompatible": [list(group) for group in rules.incompatible]} if rules.incompatible else {}),
        "voters": outcome.voters,
        "funded": list(outcome.funded),
        "spentCents": outcome.spent_cents,
        "leftCents": outcome.left_cents,
        "facts": _facts(outcome.facts),
        "ties": [{"plans": list(tie.plan_ids), "decisive": tie.decisive} for tie in outcome.ties],
        "tieBreak": outcome.tie_break.value,
        "tieOrder": list(outcome.tie_order),
        "plans": [_line(line) for line in outcome.lines],
    }


def canonical_json(trace: Mapping[str, Json]) -> str:
    """Return the one spelling of a trace whose hash is published: sorted keys, no spaces, UTF-8."""
    return dumps(trace, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differences(trace: Mapping[str, Json], plans: Sequence[Plan], ballots: Sequence[BallotGroup]) -> tuple[str, ...]:
    """Count again with the rules and tie order of a trace; return the keys that come out differently.

    Empty means: the trace is what these plans and ballots give. Keys the trace
    has besides (a file name, a seed) are left alone. Raises KeyError, TypeError
    or ValueError when it is not a trace of an allocation of these plans.
    """
    order = _texts(trace["tieOrder"])
    drawn = TieBreak(str(trace["tieBreak"])) is TieBreak.DRAWN_ORDER
    by_id = {plan.id: plan for plan in plans}
    in_order = plans if drawn else [by_id[plan_id] for plan_id in order]
    again = trace_of(allocate(in_order, ballots, _rules(trace), order if drawn else None))
    return tuple(key for key, value in again.items() if trace.get(key) != value)


def _rules(trace: Mapping[str, Json]) -> AllocationRules:
    incompatible = trace.get("incompatible", [])
    if not isinstance(incompatible, list):
        raise TypeError("incompatible must be a list")
    return AllocationRules(
        pot_cents=_whole(trace["potCents"]),
        rule=Rule(str(trace["rule"])),
        leftover=Leftover(str(trace["leftover"])),
        category_caps=_caps(trace["categoryCaps"], "categoryCaps"),
        minimum_votes=_whole(trace["minimumVotes"]),
        raise_cents=_whole(trace["raiseCents"]),
        seats=_whole(trace.get("seats", 1)),
        area_caps=_caps(trace.get("areaCaps", {}), "areaCaps"),
        utility=Utility(str(trace.get("utility", Utility.COST.value))),
        incompatible=tuple(_texts(group) for group in incompatible),
    )


def _caps(value: Json, name: str) -> dict[str, int]:
    if not isinstance(value, dict):
        message = f"{name} must be an object"
        raise TypeError(message)
    return {of: _whole(cap) for of, cap in value.items()}


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number was expected")
    return value


def _texts(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("a list of plan ids was expected")
    return tuple(str(item) for item in value)


def _line(line: Line) -> Json:
    return {
        "id": line.plan_id,
        "votes": line.votes,
        "score": _score(line.score),
        "costCents": line.cost_cents,
        "fundedCents": line.funded_cents,
        "reason": line.reason.value,
        "step": line.step,
        "balanceAfterCents": line.balance_after_cents,
        "facts": _facts(line.facts),
    }


def _score(score: int | Fraction) -> Json:
    if isinstance(score, Fraction) and score.denominator != 1:
        return f"{score.numerator}/{score.denominator}"
    return int(score)


def _facts(facts: Mapping[str, Fact]) -> dict[str, Json]:
    return {_camel(name): list(value) if isinstance(value, tuple) else value for name, value in sorted(facts.items())}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.title() for word in tail)
