"""What does a resident fill in to lay something before the city, and what does the city answer?"""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField

from participatie.spelregels.trajecten import DisputeKind
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 5000  # characters


class DisputeForm(Form):
    """A disagreement on how it goes, or a better way to do what the gemeente plans."""

    kind = RadioField(
        _("Wat wilt u voorleggen?"),
        [required()],
        choices=[SelectChoice(kind.value, WORDS[kind]) for kind in DisputeKind],
    )
    text = TextAreaField(
        _("Vertel het in uw eigen woorden"),
        [required(), at_most(LONGEST)],
        description=_("Iedereen kan dit lezen, zonder uw naam. Schrijf geen namen of telefoonnummers op."),
    )


class AnswerForm(Form):
    """The answer: why, and what happens now."""

    answer = TextAreaField(
        _("Uw antwoord, met uw redenen"),
        [required(), at_most(LONGEST)],
        description=_("Iedereen kan dit lezen. Wie het voorlegde, krijgt het ook per e-mail."),
    )
    follow_up = TextAreaField(
        _("Wat gebeurt er nu?"),
        [required(), at_most(LONGEST)],
        description=_("Schrijf op wat de gemeente doet, en wanneer. Of schrijf waarom er niets verandert."),
    )
