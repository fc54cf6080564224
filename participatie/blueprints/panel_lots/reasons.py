"""How does it read that a lot cannot be drawn, or that preparing it failed? One sentence for each thing, with what to do."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _lazy

from participatie.actions.buurtpanels.binding import CRASHED, TOO_LATE
from participatie.actions.buurtpanels.lots import CannotDraw
from participatie.lottery import Bound, Fault
from participatie.models.buurtpanels import PanelLot

#: By the code of a fault; the facts of the fault are filled in.
FAULTS: Mapping[str, LazyString] = {
    Fault.NO_ROWS: _lazy("De lijst is leeg. Er is nog niemand om uit te loten."),
    Fault.FEATURE_MISSING: _lazy("Van niemand op de lijst is “%(feature)s” bekend. Vul dat eerst aan."),
    Fault.VALUE_WITHOUT_QUOTA: _lazy(
        "Op de lijst staat bij “%(feature)s”: “%(value)s”. Daarvoor zijn geen plaatsen afgesproken. Pas die aanmeldingen aan."
    ),
    Fault.SIZE_ABOVE_POOL: _lazy("Er zijn %(size)s plaatsen en %(people)s aanmeldingen. Zoek eerst meer aanmeldingen."),
    Fault.SIZE_ABOVE_HOUSEHOLDS: _lazy(
        "Er zijn %(size)s plaatsen en %(households)s huishoudens. Van elk huishouden kan er één in het panel. Zoek eerst meer aanmeldingen."
    ),
    Fault.MINIMA_ABOVE_SIZE: _lazy("Bij “%(feature)s” zijn er minstens %(total)s plaatsen nodig, en er zijn er %(size)s."),
    Fault.MAXIMA_BELOW_SIZE: _lazy("Bij “%(feature)s” zijn er hoogstens %(total)s plaatsen te vullen, en er zijn er %(size)s."),
    Fault.SIZE_TOO_LOW: _lazy("Nodig minstens één adres uit."),
    Fault.NUMBER_ABOVE_ADDRESSES: _lazy("Er staan %(addresses)s adressen op de lijst die een uitnodiging kunnen krijgen. Kies een kleiner aantal."),
    Fault.STRATUM_UNKNOWN: _lazy("Er staan geen adressen op de lijst in “%(stratum)s”."),
    TOO_LATE: _lazy(
        "Het voorbereiden was te laat klaar. Kort voor het getal er is, mag niets meer worden vastgelegd. Kies een later moment."
    ),
    CRASHED: _lazy("Het voorbereiden brak steeds af. Vraag de beheerder om te kijken, en leg de loting daarna opnieuw vast."),
}  # fmt: skip
_OTHER = _lazy("De lijst of de verdeling van de plaatsen klopt niet. Vraag de beheerder om te kijken.")


def sentences_of(cannot: CannotDraw) -> list[str]:
    """Return everything that is wrong with what is drawn from, each as one sentence."""
    said = [_of_fault(problem.fault.value, problem.facts) for problem in cannot.problems]
    if cannot.changed:
        said.append(
            ngettext(
                "Van %(num)d aanmelding is later iets veranderd buiten de site om. Laat dat eerst uitzoeken.",
                "Van %(num)d aanmeldingen is later iets veranderd buiten de site om. Laat dat eerst uitzoeken.",
                cannot.changed,
            )
        )
    return said


def failures_of(lot: PanelLot) -> list[str]:
    """Return why a lot failed. Where quotas cannot be met: which, and by how much they are off at the least."""
    return [_of_fault(why["fault"], why.get("facts", {})) if "fault" in why else _of_quota(why) for why in lot.failure]


def _of_fault(code: str, facts: Mapping[str, Any]) -> str:
    return str(FAULTS.get(code, _OTHER)) % dict(facts)


def _of_quota(why: Mapping[str, Any]) -> str:
    is_least = why["bound"] == Bound.MINIMUM.value
    sentence = (
        _lazy("Bij “%(value)s” (%(feature)s) is het kleinste aantal %(by)s te hoog voor deze aanmeldingen.")
        if is_least
        else _lazy("Bij “%(value)s” (%(feature)s) is het grootste aantal %(by)s te laag voor deze aanmeldingen.")
    )
    return str(sentence) % dict(why)
