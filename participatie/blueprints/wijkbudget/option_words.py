"""Why did an option win, or not? The reason and facts of the count, as plain sentences for a resident."""

from collections.abc import Callable

import flask_babel

from participatie.allocation import Reason
from participatie.blueprints.wijkbudget.told import Told
from participatie.web.formats import number

# The library ships no types; these say that a translation is text.
_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext


def about_option(told: Told) -> list[str]:
    """Return whole sentences: whether an option won, how many chose it, and how many it lacked."""
    sentences = [WHY_OPTION[Reason(told.line.reason)](told), _support(told), _shortage(told)]
    return [sentence for sentence in sentences if sentence]


def _chosen(told: Told) -> str:
    if "tied_with" in told.line.facts:
        if told.is_advice:
            return _("Deze optie is het advies. Ze stond gelijk met een andere; het lot wees haar aan.")
        return _("Deze optie won. Ze stond gelijk met een andere; het lot wees haar aan.")
    return _("Deze optie is het advies van bewoners.") if told.is_advice else _("Deze optie won.")


def _not_chosen(told: Told) -> str:
    if "tied_with" not in told.line.facts:
        return _lost(told)
    if told.is_advice:
        return _("Deze optie is niet het advies. Ze stond gelijk met een andere; het lot wees die aan.")
    return _("Deze optie won niet. Ze stond gelijk met een andere; het lot wees die aan.")


def _lost(told: Told) -> str:
    return _("Deze optie is niet het advies van bewoners.") if told.is_advice else _("Deze optie won niet.")


#: The first sentence for every reason that an option can have.
WHY_OPTION: dict[Reason, Callable[[Told], str]] = {
    Reason.CHOSEN: _chosen,
    Reason.NOT_CHOSEN: _not_chosen,
    Reason.NO_VOTES: _lost,
    Reason.BELOW_MINIMUM_VOTES: _lost,
}


def _support(told: Told) -> str:
    votes = told.line.votes
    if votes == 0:
        return _("Niemand koos deze optie.")
    if told.in_points and told.line.score.isdigit():
        points = number(int(told.line.score))
        return ngettext(
            "%(voters)s kiezer gaf haar %(points)s punten.", "%(voters)s kiezers gaven haar samen %(points)s punten.",
            votes, voters=number(votes), points=points,
        )  # fmt: skip
    return ngettext("Ze kreeg %(votes)s stem.", "Ze kreeg %(votes)s stemmen.", votes, votes=number(votes))


def _shortage(told: Told) -> str:
    short = told.count("votes_short")
    if short < 1 or told.line.reason == Reason.BELOW_MINIMUM_VOTES:
        return ""
    if told.is_advice and told.in_points:
        return ngettext(
            "Met %(short)s punt meer was ze het advies geweest.", "Met %(short)s punten meer was ze het advies geweest.",
            short, short=number(short),
        )  # fmt: skip
    if told.is_advice:
        return ngettext(
            "Met %(short)s stem meer was ze het advies geweest.", "Met %(short)s stemmen meer was ze het advies geweest.",
            short, short=number(short),
        )  # fmt: skip
    if told.in_points:
        return ngettext(
            "Met %(short)s punt meer had ze gewonnen.", "Met %(short)s punten meer had ze gewonnen.",
            short, short=number(short),
        )  # fmt: skip
    return ngettext(
        "Met %(short)s stem meer had ze gewonnen.", "Met %(short)s stemmen meer had ze gewonnen.",
        short, short=number(short),
    )  # fmt: skip
