"""Why did a plan get its money, or not? The reason and facts of the count, as plain sentences for a resident."""

from collections.abc import Callable, Mapping
from typing import Any

import flask_babel

from participatie.allocation import Reason
from participatie.blueprints.wijkbudget.option_words import about_option
from participatie.blueprints.wijkbudget.told import Told
from participatie.models.wijkbudget import AWARDED, AllocationLine, Round
from participatie.spelregels.votes import BallotKind
from participatie.web.formats import euros, number

# The library ships no types; these say that a translation is text.
_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext


def explain(line: AllocationLine, budget_round: Round, names: Mapping[str, str]) -> list[str]:
    """Return whole sentences: what happened and why, the votes, what was left, and what it lacked.

    `names` are the names of the round's plans by reference (see `names_of`).
    """
    if line.reason == AWARDED:
        return [
            _("De gemeente kende dit plan geld toe."),
            _left(Told(line, budget_round.currency, names, in_points=False)),
        ]
    points = budget_round.ballot_kind in (BallotKind.POINTS, BallotKind.RANKING)
    if budget_round.chooses():
        return about_option(Told(line, budget_round.currency, names, points, is_advice=budget_round.is_advice()))
    told = Told(line, budget_round.currency, names, points)
    advised = _("Dit zegt het advies van bewoners, en niet het besluit.") if budget_round.is_advice() else ""
    sentences = (advised, WHY[Reason(line.reason)](told), _support(told), _price(told), _left(told), _near_miss(told))
    return [sentence for sentence in sentences if sentence]


def names_of(budget_round: Round) -> dict[str, str]:
    """Return the names of the plans on the ballot by reference, from the frozen rulebook."""
    return {plan["reference"]: plan["name"] for plan in budget_round.frozen_rulebook().get("plans", ())}


def _funded(told: Told) -> str:
    return _("Dit plan kreeg als nummer %(step)s geld.", step=told.line.step)


def _free(told: Told) -> str:
    if told.line.withheld_at is not None:
        return _("Dit plan kost de gemeente niets.")
    return _("Dit plan kost de gemeente niets. Daarom gaat het door.")


def _to_complete(_told: Told) -> str:
    return _("Dit plan kreeg geld uit wat er overbleef toen kiezers samen niets meer konden betalen.")


def _from_leftover(_told: Told) -> str:
    return _("Dit plan kreeg geld uit wat er aan het eind overbleef.")


def _in_part(told: Told) -> str:
    amount = euros(told.line.funded_cents, told.currency)
    return _(
        "Dit plan kreeg %(amount)s. Dat is %(short)s minder dan het kost, want meer was er niet over.",
        amount=amount,
        short=told.money("short_cents"),
    )


def _over_budget(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. Het kostte %(short)s meer dan er nog over was toen het aan de beurt was.",
        short=told.money("short_cents"),
    )


def _over_cap(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. Voor %(category)s was hoogstens %(cap)s. Het plan kostte %(short)s meer dan daarvan nog over was.",
        category=told.text("category"),
        cap=told.money("cap_cents"),
        short=told.money("short_cents"),
    )


def _over_area_cap(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. Voor plannen in %(area)s was hoogstens %(cap)s. Het plan kostte %(short)s meer dan daarvan nog over was.",
        area=told.text("area"),
        cap=told.money("cap_cents"),
        short=told.money("short_cents"),
    )


def _incompatible(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. Het kan niet samen met het plan %(plan)s, en dat kreeg wel geld.",
        plan=told.plan("taken_by"),
    )


def _not_earned(told: Told) -> str:
    if "stopped_by" not in told.line.facts:
        return _(
            "Dit plan kreeg geen geld. Toen het verdelen stopte, hadden de kiezers van dit plan samen nog niet genoeg gespaard."
        )
    return _(
        "Dit plan kreeg geen geld. De kiezers ervan hadden samen nog niet genoeg gespaard. Het plan %(plan)s was eerder aan de beurt en paste niet meer. Toen stopte het verdelen.",
        plan=told.plan("stopped_by"),
    )


def _after_stop(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. Het plan %(plan)s paste niet meer, en volgens het reglement stopte toen het verdelen.",
        plan=told.plan("stopped_by"),
    )


def _below_minimum(told: Told) -> str:
    minimum = told.count("minimum_votes")
    if told.in_points:
        return _("Dit plan kreeg geen geld. Een plan had minstens %(minimum)s punten nodig.", minimum=number(minimum))
    return _("Dit plan kreeg geen geld. Een plan had minstens %(minimum)s stemmen nodig.", minimum=number(minimum))


def _not_affordable(told: Told) -> str:
    return _(
        "Dit plan kreeg geen geld. De kiezers van dit plan hadden samen nog %(amount)s. Dat was %(short)s te weinig.",
        amount=told.money("supporters_cents"),
        short=told.money("short_cents"),
    )


def _no_votes(_told: Told) -> str:
    return _("Dit plan kreeg geen geld.")


#: The first sentence for every reason that a plan can have; those of `WHY_OPTION` make up the rest.
WHY: dict[Reason, Callable[[Told], str]] = {
    Reason.FUNDED: _funded,
    Reason.FUNDED_FREE: _free,
    Reason.FUNDED_TO_COMPLETE: _to_complete,
    Reason.FUNDED_FROM_LEFTOVER: _from_leftover,
    Reason.FUNDED_IN_PART: _in_part,
    Reason.OVER_BUDGET: _over_budget,
    Reason.OVER_CATEGORY_CAP: _over_cap,
    Reason.OVER_AREA_CAP: _over_area_cap,
    Reason.INCOMPATIBLE: _incompatible,
    Reason.AFTER_STOP: _after_stop,
    Reason.BELOW_MINIMUM_VOTES: _below_minimum,
    Reason.NOT_EARNED_IN_TIME: _not_earned,
    Reason.NOT_AFFORDABLE_BY_SUPPORTERS: _not_affordable,
    Reason.NO_VOTES: _no_votes,
}


def _support(told: Told) -> str:
    votes = told.line.votes
    if votes == 0:
        return _("Niemand koos dit plan.")
    if told.in_points and told.line.score.isdigit():
        points = number(int(told.line.score))
        return ngettext(
            "%(voters)s kiezer gaf het %(points)s punten.", "%(voters)s kiezers gaven het samen %(points)s punten.",
            votes, voters=number(votes), points=points,
        )  # fmt: skip
    return ngettext("Het kreeg %(votes)s stem.", "Het kreeg %(votes)s stemmen.", votes, votes=number(votes))


def _price(told: Told) -> str:
    if "earned_cents" in told.line.facts:
        return _("Elke kiezer kon tot dan hoogstens %(earned)s sparen.", earned=told.money("earned_cents"))
    if "price_cents" not in told.line.facts:
        return ""
    if told.in_points:
        return _("Elk punt kostte een kiezer hoogstens %(price)s uit zijn deel.", price=told.money("price_cents"))
    return _("Een kiezer van dit plan betaalde hoogstens %(price)s uit zijn deel.", price=told.money("price_cents"))


def _left(told: Told) -> str:
    if told.line.funded_cents == 0:
        return ""
    return _("Daarna was er nog %(amount)s over.", amount=euros(told.line.balance_after_cents, told.currency))


def _near_miss(told: Told) -> str:
    short = told.count("votes_short")
    if short < 1:
        return ""
    facts: dict[str, Any] = {"short": number(short)}
    if "taken_by" not in told.line.facts:
        if told.in_points:
            return ngettext("Het kwam %(short)s punt tekort.", "Het kwam %(short)s punten tekort.", short, **facts)
        return ngettext("Het kwam %(short)s stem tekort.", "Het kwam %(short)s stemmen tekort.", short, **facts)
    facts["plan"] = told.plan("taken_by")
    if told.in_points:
        return ngettext(
            "Met %(short)s punt meer was het eerder aan de beurt geweest dan het plan %(plan)s.",
            "Met %(short)s punten meer was het eerder aan de beurt geweest dan het plan %(plan)s.",
            short, **facts,
        )  # fmt: skip
    return ngettext(
        "Met %(short)s stem meer was het eerder aan de beurt geweest dan het plan %(plan)s.",
        "Met %(short)s stemmen meer was het eerder aan de beurt geweest dan het plan %(plan)s.",
        short, **facts,
    )  # fmt: skip
