"""What does the gemeente fill in for a besluit?"""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from participatie.spelregels.besluiten import DeviationGround
from participatie.web.forms import SelectChoice, at_most, required
from participatie.web.plain_language import OfficialForm
from participatie.web.words import WORDS

FOLLOWS = "volgt"
DEVIATES = "wijkt af"


class BesluitForm(OfficialForm):
    """The besluit about a round: it follows the vote, or names a ground of the list for departing from it."""

    published = ("motivation",)

    title = StringField(_("Titel van het besluit"), [required(), at_most(200)])
    decision_body = StringField(
        _("Wie nam het besluit?"), [required(), at_most(200)], default=_("college van burgemeester en wethouders")
    )
    follows = RadioField(
        _("Volgt het besluit de uitslag?"),
        [required()],
        choices=[
            SelectChoice(FOLLOWS, _("Ja, alle plannen uit de uitslag krijgen hun geld.")),
            SelectChoice(DEVIATES, _("Nee, het besluit wijkt af van de uitslag.")),
        ],
        default=FOLLOWS,
    )
    ground = RadioField(
        _("Waarom wijkt het af?"),
        [Optional()],
        choices=[SelectChoice(ground.value, WORDS[ground]) for ground in DeviationGround],
        description=_("Alleen als het besluit afwijkt. Andere redenen zijn er niet."),
        validate_choice=False,
    )
    motivation = TextAreaField(_("Wat besluit de gemeente, en waarom?"), [required(), at_most(10_000)])

    def validate_ground(self, field: RadioField) -> None:
        """Refuse a ground that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {ground.value for ground in DeviationGround}:
            raise ValidationError(_("Kies een reden uit de lijst."))

    @property
    def deviates(self) -> bool:
        """Tell whether the besluit departs from the vote."""
        return bool(self.follows.data == DEVIATES)

    @property
    def chosen_ground(self) -> DeviationGround | None:
        """Return the ground that was chosen, if any."""
        return DeviationGround(self.ground.data) if self.ground.data else None
