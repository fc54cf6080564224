"""What does the gemeente fill in for a besluit?"""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from participatie.spelregels.besluiten import AdviceUse, DeviationGround
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
    advice_use = RadioField(
        _("Wat doet de gemeente met het advies?"),
        [Optional()],
        choices=[SelectChoice(use.value, WORDS[use]) for use in AdviceUse],
        description=_("Dit staat voor altijd bij de uitslag. Leg het hieronder uit."),
        validate_choice=False,
    )
    motivation = TextAreaField(_("Wat besluit de gemeente, en waarom?"), [required(), at_most(10_000)])

    def validate_ground(self, field: RadioField) -> None:
        """Refuse a ground that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {ground.value for ground in DeviationGround}:
            raise ValidationError(_("Kies een reden uit de lijst."))

    def keep_to(self, *, is_advice: bool) -> None:
        """Ask what was done with advice where the outcome is advice, and only elsewhere whether it is followed."""
        if is_advice:
            del self.follows, self.ground
        else:
            del self.advice_use

    def validate_advice_use(self, field: RadioField) -> None:
        """Refuse a use that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {use.value for use in AdviceUse}:
            raise ValidationError(_("Kies een antwoord uit de lijst."))

    @property
    def chosen_use(self) -> AdviceUse | None:
        """Return what was done with the advice, if that was asked and chosen."""
        chosen = self.data.get("advice_use")
        return AdviceUse(chosen) if chosen else None

    @property
    def deviates(self) -> bool:
        """Tell whether the besluit departs from the vote."""
        return bool(self.data.get("follows") == DEVIATES)

    @property
    def chosen_ground(self) -> DeviationGround | None:
        """Return the ground that was chosen, if any."""
        chosen = self.data.get("ground")
        return DeviationGround(chosen) if chosen else None
