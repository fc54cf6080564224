"""What does somebody fill in to add a photo, and a moderator to take one away?"""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from participatie.spelregels.moderation import HouseRule
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.languages import NAMES
from participatie.web.words import WORDS

LONGEST = 2000  # characters of a reason


class PhotoForm(Form):
    """The words come before the file: where that is too large, they have come in already and are given back."""

    alt = StringField(
        _("Wat is er op de foto te zien?"),
        [required(), at_most(200)],
        description=_(
            "Eén of twee zinnen. Mensen die de foto niet kunnen zien, lezen dit of laten het voorlezen. Bijvoorbeeld: een leeg grasveld met één bank."
        ),
    )
    lang = SelectField(
        _("In welke taal schrijft u?"),
        [required()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
    )
    photo = FileField(
        _("De foto"),
        [InputRequired(_("Kies een foto."))],
        description=_("Van uw telefoon of uw computer, hoogstens 20 MB."),
        render_kw={"accept": "image/*"},
    )


class TakeAwayForm(Form):
    """The house rule that is cited, and why."""

    house_rule = RadioField(
        _("Aan welke huisregel houdt de foto zich niet?"),
        [required()],
        choices=[SelectChoice(rule.value, WORDS[rule]) for rule in HouseRule],
    )
    reason = TextAreaField(
        _("Waarom?"), [required(), at_most(LONGEST)], description=_("De indiener leest dit. Wijs aan wat er mis is.")
    )
