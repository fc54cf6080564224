"""Why did a plan get its money, or not? The reason and facts of the count, as plain sentences for a resident."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import flask_babel

from participatie.allocation import Reason
from participatie.models.wijkbudget import AWARDED, AllocationLine, Round
from participatie.spelregels.votes import BallotKind
from participatie.web.formats import euros, number

# The library ships no types; these say that a translation is text.
_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences need of a line: its facts, with amounts written out and plans called by their names."""

    line: AllocationLine
    currency: str
    names: Mapping[str, str]
    in_points: bool
    chooses: bool = False
    is_advice: bool = False

    def money(self, fact: str) -> str:
        """Write an amount among the facts."""
        return euros(int(self.line.facts.get(fact, 0)), self.currency)

    def count(self, fact: str) -> int:
        """Return a number among the facts, 0 when it is not there."""
        return int(self.line.facts.get(fact, 0))

    def plan(self, fact: str) -> str:
        """Return the name of a plan among the facts."""
        reference = str(self.line.facts.get(fact, ""))
        return self.names.get(reference, reference)


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
        return _about_option(
            Told(line, budget_round.currency, names, points, chooses=True, is_advice=budget_round.is_advice())
        )
    told = Told(line, budget_round.currency, names, points)
    advised = _("Dit zegt het advies van bewoners, en niet het besluit.") if budget_round.is_advice() else ""
    sentences = (advised, WHY[Reason(line.reason)](told), _support(told), _price(told), _left(told), _near_miss(told))
    return [sentence for sentence in sentences if sentence]


def _about_option(told: Told) -> list[str]:
    sentences = [WHY[Reason(told.line.reason)](told), _support_of_option(told), _shortage_of_option(told)]
    return [sentence for sentence in sentences if sentence]


def names_of(budget_round: Round) -> dict[str, str]:
    """Return the names of the plans on the ballot by reference, from the frozen rulebook."""
    return {plan["reference"]: plan["name"] for plan in budget_round.frozen_rulebook().get("plans", ())}


def _funded(told: Told) -> str:
    return _("Dit plan kreeg als nummer %(step)s geld.", step=told.line.step)


def _free(_told: Told) -> str:
    return _("Dit plan kost de gemeente niets. Daarom gaat het door.")


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
        category=told.line.facts.get("category", ""),
        cap=told.money("cap_cents"),
        short=told.money("short_cents"),
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


def _no_votes(told: Told) -> str:
    return _lost(told) if told.chooses else _("Dit plan kreeg geen geld.")


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


#: The first sentence for every reason of the engine.
WHY: dict[Reason, Callable[[Told], str]] = {
    Reason.FUNDED: _funded,
    Reason.FUNDED_FREE: _free,
    Reason.FUNDED_FROM_LEFTOVER: _from_leftover,
    Reason.FUNDED_IN_PART: _in_part,
    Reason.OVER_BUDGET: _over_budget,
    Reason.OVER_CATEGORY_CAP: _over_cap,
    Reason.AFTER_STOP: _after_stop,
    Reason.BELOW_MINIMUM_VOTES: _below_minimum,
    Reason.NOT_AFFORDABLE_BY_SUPPORTERS: _not_affordable,
    Reason.NO_VOTES: _no_votes,
    Reason.CHOSEN: _chosen,
    Reason.NOT_CHOSEN: _not_chosen,
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


def _support_of_option(told: Told) -> str:
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


def _shortage_of_option(told: Told) -> str:
    short = told.count("votes_short")
    if short < 1:
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


def _price(told: Told) -> str:
    if "price_cents" not in told.line.facts:
        return ""
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
