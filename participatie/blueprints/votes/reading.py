"""What did a browser send as a ballot? Ticks, points or places become choices, and mistakes stand beside their plan."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request
from werkzeug.datastructures import MultiDict

from participatie.actions.votes import Sent
from participatie.models.votes import LENGTH_OF_PAGE
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import BallotKind, BallotLimits, Choices
from participatie.web.digits import latin_digits
from participatie.web.forms import clean_text

#: What the fields are called: one name for all ticks, and one a plan where a number is typed, as `punten-12`.
TICKED = "keuze"
TYPED = {BallotKind.POINTS: "punten", BallotKind.RANKING: "plaats"}
SHOWN_OF_NONSENSE = 20  # characters
DIGITS_OF_A_NUMBER = 6
A_PAGE = re.compile(f"[0-9a-f]{{{LENGTH_OF_PAGE}}}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was sent: the choices, and for a ballot of numbers what stood in each field and which of them were wrong.

    Both mappings are by plan number. With a `refusal` there are no choices: that of the first mistake, or of something
    that no page of ours sends.
    """

    choices: Choices
    typed: Mapping[int, str] = field(default_factory=dict)
    mistakes: Mapping[int, Refused] = field(default_factory=dict)
    refusal: Refused | None = None


def read_choices(sent: MultiDict[str, str], limits: BallotLimits, plans: int) -> Reading:
    """Return what a browser sent; `plans` is how many stand on the ballot.

    Whether the plans stand on this ballot is asked by the action (abuse cases 6 and 7).
    """
    kind = limits.ballot_kind
    if kind not in TYPED:
        return _read_ticks(sent.getlist(TICKED))
    typed = _read_fields(sent, f"{TYPED[kind]}-")
    if isinstance(typed, Refused):
        return Reading((), refusal=typed)
    return _read_points(typed) if kind is BallotKind.POINTS else _read_places(typed, limits.max_choices or plans)


def opening_seen() -> int | None:
    """Return of which opening of the vote the page was that a browser sent, 0 for nonsense, None where it does not say."""
    said = request.form.get("opening")
    return said if said is None else _whole(said) or 0


def sent_from() -> Sent | None:
    """Return which page sent this, and as which of its turns; None where no page of ours says so."""
    page, turn = request.form.get("venster", ""), _whole(request.form.get("beurt", ""))
    return Sent(page, turn) if A_PAGE.fullmatch(page) and turn is not None else None


def _read_ticks(ticked: list[str]) -> Reading:
    numbers: dict[int, None] = {}
    for text in ticked:
        number = _whole(text)
        if number is None:
            said = (clean_text(text) or "")[:SHOWN_OF_NONSENSE]
            return Reading((), refusal=refused(Refusal.CHOICE_UNKNOWN, plan=said))
        if number in numbers:
            return Reading((), refusal=refused(Refusal.CHOICE_TWICE))
        numbers[number] = None
    return Reading(list(numbers))


def _read_fields(sent: MultiDict[str, str], prefix: str) -> dict[int, str] | Refused:
    typed: dict[int, str] = {}
    for name, text in sent.items(multi=True):
        value = latin_digits(clean_text(text) or "")
        if not name.startswith(prefix) or not value:
            continue
        number = _whole(name.removeprefix(prefix))
        if number is None:
            return refused(Refusal.CHOICE_UNKNOWN, plan=(clean_text(name) or "")[len(prefix) :][:SHOWN_OF_NONSENSE])
        if number in typed:
            return refused(Refusal.CHOICE_TWICE)
        typed[number] = value[:SHOWN_OF_NONSENSE]
    return typed


def _read_points(typed: Mapping[int, str]) -> Reading:
    points = {plan: _whole(text) for plan, text in typed.items()}
    mistakes = {plan: refused(Refusal.POINTS_WRONG, plan=plan) for plan, given in points.items() if given is None}
    # No points is the same as an empty field.
    pairs = [(plan, given) for plan, given in points.items() if given]
    return _read(pairs, typed, mistakes)


def _read_places(typed: Mapping[int, str], places: int) -> Reading:
    plan_at: dict[int, int] = {}
    mistakes: dict[int, Refused] = {}
    for plan, text in typed.items():
        place = _whole(text)
        if place is None or not 1 <= place <= places:
            mistakes[plan] = refused(Refusal.PLACE_WRONG, plan=plan, maximum=places)
        elif place in plan_at:
            mistakes |= dict.fromkeys((plan, plan_at[place]), refused(Refusal.PLACE_TWICE, place=place))
        else:
            plan_at[place] = plan
    # A place that was skipped is filled by the next one.
    return _read([plan_at[place] for place in sorted(plan_at)], typed, mistakes)


def _read(choices: Choices, typed: Mapping[int, str], mistakes: Mapping[int, Refused]) -> Reading:
    if mistakes:
        return Reading((), typed, mistakes, next(iter(mistakes.values())))
    return Reading(choices, typed)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_OF_A_NUMBER else None
