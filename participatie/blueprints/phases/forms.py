"""What does a wijkmanager fill in to change a level, take more time, publish, and close?"""

from datetime import datetime, time, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, StringField, TextAreaField, ValidationError

from participatie.models.announcements import Product
from participatie.models.trajecten import Phase
from participatie.spelregels.duties import Duty, Obligation
from participatie.spelregels.levels import Level
from participatie.web.clock import AMSTERDAM, today
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.plain_language import OfficialForm
from participatie.web.words import WORDS

LONGEST_REASON = 2000
LONGEST_NEWS = 5000
LONGEST_TEXT = 50_000
#: A promise for later than this is a slip of the keyboard.
FURTHEST = timedelta(days=5 * 366)


class LastDayForm(Form):
    """A day that is promised."""

    last_day = DateField(_("Tot en met welke dag?"), [required()])

    def validate_last_day(self, field: DateField) -> None:
        """Refuse a day that nobody means."""
        if field.data is not None and not today() - FURTHEST < field.data < today() + FURTHEST:
            raise ValidationError(gettext("Deze dag ligt te ver weg. Kijk de datum na."))

    def until(self) -> datetime:
        """Return when that day is over in Amsterdam: the first moment that no longer counts."""
        day = self.last_day.data
        assert day is not None  # the field is required
        return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)


def reason_field(*, optional: bool = False) -> TextAreaField:
    """Return the field for a reason that everybody reads."""
    asked = [] if optional else [required()]
    return TextAreaField(
        _("Waarom?"),
        [*asked, at_most(LONGEST_REASON)],
        description=_("Dit komt op de pagina van het traject, en in een e-mail aan iedereen die meedoet."),
    )


class LevelForm(Form):
    """The new level of a phase; the reason is asked by the rule, and only for less say."""

    level = RadioField(_("Wat wordt het niveau?"), [required()])
    reason = reason_field(optional=True)


def level_form(phase: Phase) -> LevelForm:
    """Return the form with every level but the one that the phase has."""
    form = LevelForm()
    form.level.choices = [SelectChoice(level.value, WORDS[level]) for level in Level if level is not phase.level]
    return form


class ExtendForm(LastDayForm):
    """The new last day of a phase."""

    reason = reason_field()


class MoreTimeForm(LastDayForm):
    """The duty that needs more time, and until when."""

    duty = RadioField(_("Waarvoor neemt u meer tijd?"), [required()])
    reason = reason_field()

    def chosen(self) -> Duty:
        """Return the duty that was chosen."""
        return Duty(self.duty.data)


def more_time_form(duties: list[Obligation]) -> MoreTimeForm:
    """Return the form for these duties."""
    form = MoreTimeForm()
    form.duty.choices = [SelectChoice(each.duty.value, WORDS[each.duty]) for each in duties]
    return form


class DraftForm(OfficialForm):
    """The document in which a phase ends."""

    published = ("text",)

    title = StringField(_("Titel van het stuk"), [required(), at_most(200)])
    text = TextAreaField(_("Tekst"), [required(), at_most(LONGEST_TEXT)])


def draft_form(product: Product | None) -> DraftForm:
    """Return the form with what stands there now."""
    return DraftForm(data={"title": product.title, "text": product.text} if product else None)


class NewsForm(OfficialForm):
    """What there is to tell."""

    published = ("text",)

    text = TextAreaField(
        _("Wat is het nieuws?"),
        [required(), at_most(LONGEST_NEWS)],
        description=_("Iedereen die meedoet krijgt dit per e-mail. Schrijf ook als er nog weinig gebeurt."),
    )


class CloseForm(Form):
    """Nothing to fill in: the page says what closing means, and the button does it."""
