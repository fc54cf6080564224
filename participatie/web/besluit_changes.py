"""What changed between two versions of a besluit? Word for word, with our own words for what comes from a list."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.besluiten import AdviceUse, DeviationGround, Outcome
from participatie.web.formats import day
from participatie.web.words import word

SAME, GONE, NEW = "same", "gone", "new"

Write = Callable[[Any], str]


def _as_typed(value: str) -> str:
    return value


def named(plans: Iterable[Mapping[str, Any]]) -> str:
    """Return the plans that a version names, as a reader reads them."""
    return "; ".join(f"{plan['number']}. {plan['name']}" for plan in plans)


#: The parts of a besluit in the order of the page: how they are called, and how a value of the JSON reads.
PARTS: Mapping[str, tuple[LazyString, Write]] = {
    "title": (_("Titel van het besluit"), _as_typed),
    "decision_body": (_("Besloten door"), _as_typed),
    "decided_on": (_("Besloten op"), lambda value: day(date.fromisoformat(value))),
    "outcome": (_("Uitkomst"), lambda value: word(Outcome(value))),
    "deviation_ground": (_("Waarom wijkt het af?"), lambda value: word(DeviationGround(value))),
    "withheld": (_("Welke plannen gaan niet door?"), named),
    "advice_use": (_("Wat deed de gemeente met het advies?"), lambda value: word(AdviceUse(value))),
    "motivation": (_("Het besluit en de reden"), _as_typed),
    "legal_ground": (_("Wet of regel"), _as_typed),
    "no_objection": (_("Waarom kan niemand bezwaar maken?"), _as_typed),
    "objection_until": (_("Bezwaar maken kan tot en met"), lambda value: day(date.fromisoformat(value))),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One part that changed: its name, and its words in order, each run the same, gone or new."""

    label: str
    words: list[tuple[str, str]]


def in_words(name: str, value: Any) -> str:
    """Return a value of a version as a reader reads it; empty where there is none."""
    return PARTS[name][1](value) if value else ""


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two versions, in the order of the page."""
    return [
        Change(str(label), list(_runs(in_words(name, before.get(name)), in_words(name, after.get(name)))))
        for name, (label, _write) in PARTS.items()
        if (before.get(name) or None) != (after.get(name) or None)  # a version of before it was asked says nothing
    ]


def _runs(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield SAME, "".join(old[start:end])
            continue
        if end > start:
            yield GONE, "".join(old[start:end])
        if stop > begin:
            yield NEW, "".join(new[begin:stop])
