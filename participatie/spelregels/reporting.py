"""What does a final report (wijkverslag) tell, when does it tell what changed, and who is too few to be shown apart?"""

from collections.abc import Mapping
from enum import StrEnum

from participatie.spelregels.representation import SMALLEST_GROUP
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: Where people live together who are too few to be shown, or of whom nobody knows it.
ELSEWHERE = ""


class Part(StrEnum):
    """A part of the report: figures that nobody types, and beside them words of the wijkmanager."""

    TAKING_PART = "deelname"
    ASKED = "gevraagd"
    USED = "gebruikt"
    NOT_USED = "niet gebruikt"
    DECIDED = "besloten"
    MONEY = "geld"
    PROMISES = "toezeggingen"
    TERMS = "termijnen"
    OUTCOME = "veranderd"
    LESSONS = "geleerd"


#: What was measured about the wijk itself, before and after, and who measured it; without all four it is not known.
MEASURED = ("measured", "before", "after", "measured_by")
#: Every text of a report, by name.
TEXTS = (*(part.name.lower() for part in Part), *MEASURED)


def tells_outcome(texts: Mapping[str, str]) -> bool:
    """Tell whether a report says what changed: something that was measured before and after, by somebody.

    What was done is no change: a thousand people who went to work, and hardly less unemployment (Overvecht, seed 001).
    """
    return all(texts.get(name, "").strip() for name in MEASURED)


def may_correct_report(reason: str, used: str, not_used: str) -> Verdict:
    """Refuse a new version without the reason for it, or without what was and was not used."""
    complete = all(text.strip() for text in (reason, used, not_used))
    return Allowed() if complete else refused(Refusal.REASON_MISSING)


def shown_by_area(people: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return how many people took part by area, those of areas with fewer than ten put together under ELSEWHERE, last.

    Where those are together still fewer than ten, the smallest area that is shown goes into it too (abuse case 53);
    nothing is shown where then all would be one number that is known already.
    """
    apart = sorted(
        ((name, number) for name, number in people.items() if name != ELSEWHERE and number >= SMALLEST_GROUP),
        key=lambda each: (-each[1], each[0]),
    )
    rest = sum(people.values()) - sum(number for _name, number in apart)
    while 0 < rest < SMALLEST_GROUP and apart:
        rest += apart.pop()[1]
    return (*apart, *(((ELSEWHERE, rest),) if rest else ())) if apart else ()
