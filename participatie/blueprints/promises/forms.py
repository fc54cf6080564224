"""What does somebody fill in about a promise?"""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from participatie.spelregels.promises import Said, Source
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 2000  # characters


class PromiseForm(Form):
    """A promise. `owner_account.choices` are those who may keep it."""

    text = TextAreaField(
        _("Wat is er beloofd?"), [required(), at_most(LONGEST)], description=_("Schrijf het zo op als het is gezegd.")
    )
    owner = StringField(
        _("Wie beloofde het?"),
        [required(), at_most(200)],
        description=_("Een naam of een functie. Iedereen leest dit."),
    )
    owner_account = SelectField(_("Wie krijgt de herinneringen?"), [required()], coerce=int)
    source = RadioField(
        _("Waar is het beloofd?"),
        [required()],
        choices=[SelectChoice(source.value, WORDS[source]) for source in Source],
    )
    source_name = StringField(_("Welke bijeenkomst, welk besluit of welk antwoord?"), [required(), at_most(200)])
    source_link = StringField(
        _("Adres van de pagina waar het staat"),
        # A page of this site or of another, and nothing that runs.
        [
            Optional(),
            at_most(200),
            Regexp(r"^(/(?!/)|https://)[^\\\s]*$", message=_("Begin met https:// of met een /.")),
        ],
    )
    made_on = DateField(_("Op welke dag is het beloofd?"), [required()])
    due_on = DateField(_("Op welke dag is het klaar?"), [required()])


class ProgressForm(Form):
    """How it stands with a promise."""

    said = RadioField(
        _("Wat wilt u vertellen?"),
        [required()],
        choices=[
            SelectChoice(Said.NEWS.value, _("Hoe het staat")),
            SelectChoice(Said.MOVED.value, _("Het wordt een andere dag")),
            SelectChoice(Said.KEPT.value, _("Het is gedaan")),
        ],
    )
    day = DateField(
        _("Welke dag?"),
        [Optional()],
        description=_("De nieuwe dag, of de dag waarop het is gedaan. Alleen nieuws heeft geen dag nodig."),
    )
    text = TextAreaField(_("Vertel erbij"), [at_most(LONGEST)], description=_("Bij een andere dag: de reden."))

    def validate(self, *more: object, **others: object) -> bool:
        """Ask for a day where there is one to tell."""
        valid: bool = super().validate(*more, **others)
        if valid and self.said.data != Said.NEWS and self.day.data is None:
            self.day.errors = [_("Vul dit in.")]
            return False
        return valid
