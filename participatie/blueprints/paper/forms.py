"""What is filled in about a stack, a sheet, and a difference between two entries?"""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField

from participatie.spelregels.paper import MOST_SHEETS, SEEN_ON_SHEET, Choose, Why
from participatie.web.digits import latin_filter
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.words import WORDS

IS_VALID = ""


class StackForm(Form):
    """A stack that came in."""

    label = StringField(
        _("Naam van de stapel"),
        [required(), at_most(200)],
        description=_("Schrijf dezelfde naam op de stapel zelf. Bijvoorbeeld: bibliotheek, doos 2."),
    )
    received_on = DateField(_("Op welke dag kwam de stapel binnen?"), [required()])
    sheets = IntegerField(
        _("Hoeveel vellen telde u?"),
        [required(), between(1, MOST_SHEETS)],
        description=_("Tel met de hand. Nummer daarna de vellen: 1, 2, 3 en zo verder."),
    )


class TotalForm(Form):
    """A number of sheets, counted by hand."""

    sheets = IntegerField(_("Hoeveel vellen telde u?"), [required(), between(1, MOST_SHEETS)])


class SheetForm(Form):
    """One sheet as it was read."""

    number = IntegerField(_("Nummer van het vel"), [required(), between(1, MOST_SHEETS)])
    code = StringField(
        _("Stemcode op het vel"),
        [at_most(100)],
        description=_("Met of zonder kenmerk ervoor. Hoofdletters en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"},
    )
    choices = StringField(
        _("Keuze op het vel"), [at_most(500)], filters=[latin_filter], render_kw={"autocomplete": "off"}
    )
    why = SelectField(
        _("Ongeldig"),
        choices=[
            SelectChoice(IS_VALID, _("nee, dit vel is geldig")),
            *(SelectChoice(each.value, WORDS[each]) for each in SEEN_ON_SHEET),
        ],
        default=IS_VALID,
        description=_("Kies dit alleen als het vel geen stem kan zijn. Laat de stemcode en de keuze dan leeg."),
    )

    def reason(self) -> Why | None:
        """Return why the sheet is invalid, or None for a vote."""
        return Why(self.data["why"]) if self.data["why"] else None


class NumberForm(Form):
    """Which sheet."""

    number = IntegerField(_("Nummer van het vel"), [required(), between(1, MOST_SHEETS)])


class SettleForm(Form):
    """Which of two entries is right."""

    choose = RadioField(
        _("Wat klopt?"), [required()], choices=[SelectChoice(each.value, WORDS[each]) for each in Choose]
    )
    why = SelectField(
        _("Waarom is het vel ongeldig?"),
        choices=[
            SelectChoice(IS_VALID, _("niet ongeldig")),
            *(SelectChoice(each.value, WORDS[each]) for each in SEEN_ON_SHEET),
        ],
        default=IS_VALID,
    )
    motive = TextAreaField(
        _("Wat zag u op het vel?"), [required(), at_most(1000)], description=_("Schrijf geen namen op.")
    )

    def reason(self) -> Why | None:
        """Return why the sheet is invalid, if that was chosen."""
        return Why(self.data["why"]) if self.data["why"] else None


class FileForm(Form):
    """The entries of one person as a file."""

    file = FileField(_("Bestand (CSV)"), [FileRequired(_("Kies een bestand."))])
