"""What stands on paper about a wijk or a traject? What can be done now and until when, answers, besluiten, money."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from participatie.models.ideas import Idea
from participatie.models.krant import answered_ideas, besluiten_of, money_of
from participatie.models.trajecten import Traject
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.clock import now
from participatie.web.formats import day, euros
from participatie.web.sheets import Item, Section
from participatie.web.traject_cards import cards_to_act_first
from participatie.web.transaction import db
from participatie.web.words import word

#: Of each kind at most so many, or it would not fit on two sheets of A4.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Contents:
    """What a krant or a letter says: `now` first, and what there is to tell besides; no section is empty."""

    now: Section
    more: tuple[Section, ...]

    def sections(self) -> list[Section]:
        """Return all of it, in order."""
        return [self.now, *self.more]


def contents_of(trajecten: Sequence[Traject]) -> Contents:
    """Return what there is to say about these trajecten, which come with area and phases; four queries at most."""
    ids = [each.id for each in trajecten]
    answers = db().scalars(answered_ideas(ids, SHOWN)).all() if ids else []
    besluiten = db().scalars(besluiten_of(ids, SHOWN)).all() if ids else []
    money = db().execute(money_of(ids, SHOWN)).all() if ids else []
    sections = (
        Section(_("Antwoorden van de gemeente"), tuple(_answer(idea) for idea in answers)),
        Section(
            _("Besluiten"),
            tuple(Item(each.title, _("Besluit van %(day)s.", day=day(each.published_at))) for each in besluiten),
        ),
        Section(
            _("Geld"),
            tuple(Item(each.title, _money(each.pot_cents, given, paid, each.currency)) for each, given, paid in money),
        ),
    )
    return Contents(_now(trajecten), tuple(section for section in sections if section.items))


def _now(trajecten: Sequence[Traject]) -> Section:
    cards = cards_to_act_first([each for each in trajecten if each.status is TrajectStatus.OPEN], now())[:SHOWN]
    items = tuple(Item(card.traject.title, card.now) for card in cards)
    nothing = (Item("", _("Er loopt hier nu niets waaraan u mee kunt doen.")),)
    return Section(_("Wat kunt u nu doen?"), items or nothing)


def _answer(idea: Idea) -> Item:
    said = _(
        "%(status)s, op %(day)s.", status=word(idea.status).capitalize(), day=day(idea.answered_at or idea.created_at)
    )
    return Item(idea.title, said, idea.lang)


def _money(pot: int, given: int, paid: int, currency: str) -> str:
    return str(
        _(
            "In de pot: %(pot)s. Toegekend: %(given)s. Uitbetaald: %(paid)s. Over: %(left)s.",
            pot=euros(pot, currency),
            given=euros(given, currency),
            paid=euros(paid, currency),
            left=euros(pot - given, currency),
        )
    )
