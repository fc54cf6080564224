"""What does the gemeente owe under these rules, in plain sentences?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from flask_babel import gettext, ngettext

from participatie.spelregels.duties import (
    BESLUIT_DAYS,
    REPORT_DAYS,
    RESPONSIBLE_DAYS,
    Duty,
    DutyFigures,
    Terms,
    obligations,
)
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet


class Step(Protocol):
    """A phase, dated or not yet."""

    @property
    def kind(self) -> PhaseKind:
        """What it is for."""

    @property
    def level(self) -> Level:
        """How much say there is."""


def owed(rules: RuleSet, phases: Sequence[Step], answer_days: int | None) -> Iterator[str]:
    """Yield a sentence for every duty of the gemeente, and for the time in which residents can react."""
    for duty in _duties(rules, phases):
        yield from OWED[duty](rules, answer_days)
    if rules.reaction_days and any(phase.kind in WITH_PRODUCT for phase in phases):
        yield ngettext(
            "Op het concept van een stuk kunnen bewoners minstens %(num)s dag reageren. Pas daarna staat het vast.",
            "Op het concept van een stuk kunnen bewoners minstens %(num)s dagen reageren. Pas daarna staat het vast.",
            rules.reaction_days,
        )


def _duties(rules: RuleSet, phases: Sequence[Step]) -> list[Duty]:
    # Asked of the rule itself, so that this says no more than what is enforced. The days do not matter for that.
    some_day = datetime(2024, 1, 1, tzinfo=UTC)
    dated = [PhaseFacts(phase.kind, phase.level, some_day, some_day + timedelta(days=1)) for phase in phases]
    figures = DutyFigures(
        some_day,
        some_day,
        besluit_needed=rules.division is not Division.NONE,
        chooses=rules.division is Division.OPTIONS,
    )
    terms = Terms(answer_days=1, news_days=rules.news_days, execution_days=rules.execution_days)
    return [obligation.duty for obligation in obligations(dated, figures, terms, some_day)]


def _news(rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    yield ngettext(
        "De gemeente vertelt minstens elke %(num)s dag hoe het gaat, ook als er weinig nieuws is.",
        "De gemeente vertelt minstens elke %(num)s dagen hoe het gaat, ook als er weinig nieuws is.",
        rules.news_days,
    )


def _disputes(_rules: RuleSet, answer_days: int | None) -> Iterator[str]:
    if answer_days is None:
        yield gettext("Bent u het niet eens met hoe het gaat? Dan kunt u dat voorleggen, en u krijgt antwoord.")
    else:
        yield ngettext(
            "Bent u het niet eens met hoe het gaat? Dan kunt u dat voorleggen. U krijgt binnen %(num)s dag antwoord.",
            "Bent u het niet eens met hoe het gaat? Dan kunt u dat voorleggen. U krijgt binnen %(num)s dagen antwoord.",
            answer_days,
        )


def _product(_rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    yield gettext("Wat we samen opschrijven over de wijk, komt op deze site: eerst als concept en daarna vastgesteld.")


def _answers(_rules: RuleSet, answer_days: int | None) -> Iterator[str]:
    if answer_days is None:
        yield gettext("Elk idee krijgt antwoord, met een reden.")
    else:
        yield ngettext(
            "Elk idee krijgt binnen %(num)s dag antwoord, met een reden.",
            "Elk idee krijgt binnen %(num)s dagen antwoord, met een reden.",
            answer_days,
        )


def _advice(_rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    # Owed from the day on which a panel gave its advice; the rules of the panel tell the term beforehand.
    yield from ()


def _report(_rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    yield ngettext(
        "Binnen %(num)s dag na de laatste fase is er een eindverslag.",
        "Binnen %(num)s dagen na de laatste fase is er een eindverslag.",
        REPORT_DAYS,
    )


def _responsible(_rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    yield ngettext(
        "Binnen %(num)s dag na het besluit staat bij elk plan wie van de gemeente verantwoordelijk is.",
        "Binnen %(num)s dagen na het besluit staat bij elk plan wie van de gemeente verantwoordelijk is.",
        RESPONSIBLE_DAYS,
    )


def _besluit(rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    if rules.division is Division.AWARD:
        yield gettext("De gemeente neemt een besluit over het geld en publiceert het met redenen.")
    else:
        yield ngettext(
            "De gemeente neemt binnen %(num)s dag na de stemming een besluit, en publiceert het.",
            "De gemeente neemt binnen %(num)s dagen na de stemming een besluit, en publiceert het.",
            BESLUIT_DAYS,
        )


def _carry_out(rules: RuleSet, _answer_days: int | None) -> Iterator[str]:
    if rules.execution_days is None:
        yield gettext("Wat besloten is, is uitgevoerd voor het einde van de laatste fase.")
    else:
        yield ngettext(
            "Wat besloten is, is binnen %(num)s dag uitgevoerd.",
            "Wat besloten is, is binnen %(num)s dagen uitgevoerd.",
            rules.execution_days,
        )


OWED: Mapping[Duty, Callable[[RuleSet, int | None], Iterator[str]]] = {
    Duty.NEWS: _news,
    Duty.DISPUTES: _disputes,
    Duty.PRODUCT: _product,
    Duty.ANSWERS: _answers,
    Duty.ADVICE: _advice,
    Duty.REPORT: _report,
    Duty.RESPONSIBLE: _responsible,
    Duty.BESLUIT: _besluit,
    Duty.CARRY_OUT: _carry_out,
}
