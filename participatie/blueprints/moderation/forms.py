"""What does a moderator fill in to hide an idea, and to put it back?"""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField

from participatie.spelregels.moderation import HouseRule
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 2000  # characters of a reason


class HideForm(Form):
    """The house rule that is cited, and why."""

    house_rule = RadioField(
        _("Aan welke huisregel houdt het idee zich niet?"),
        [required()],
        choices=[SelectChoice(rule.value, WORDS[rule]) for rule in HouseRule],
    )
    reason = TextAreaField(
        _("Waarom?"), [required(), at_most(LONGEST)], description=_("De indiener leest dit. Wijs aan wat er mis is.")
    )


class RestoreForm(Form):
    """Why the idea comes back."""

    reason = TextAreaField(
        _("Waarom zet u het idee terug?"), [required(), at_most(LONGEST)], description=_("De indiener leest dit.")
    )
