"""What does a moderator fill in about the balance, and what may residents tell of themselves?"""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField

from participatie.actions.profile import Feature
from participatie.spelregels.balance import BalanceAct
from participatie.spelregels.representation import NONE_OF_THESE
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 2000  # characters of a reason
RATHER_NOT = ""


class BalanceForm(Form):
    """What is done about one side that holds too much, and what and why in words."""

    act = RadioField(
        _("Wat doet u eraan?"),
        [required()],
        choices=[SelectChoice(act.value, WORDS[act]) for act in BalanceAct],
        description=_("Kiest u langer openhouden? Dan telt het pas als de wijkmanager de fase ook langer maakt."),
    )
    reason = TextAreaField(
        _("Wat gaat u precies doen, of waarom mag het zo blijven?"),
        [required(), at_most(LONGEST)],
        description=_("Iedereen leest dit. Noem geen namen van mensen."),
    )


class AboutMeForm(Form):
    """Free questions: one group of each feature, or rather nothing. `about_me_form` adds the questions."""

    features: Sequence[Feature] = ()

    def answers(self) -> dict[str, str]:
        """Return the group that was chosen of each feature; what somebody rather kept for themselves is not in it."""
        chosen = {feature.name: self[f"q{place}"].data for place, feature in enumerate(self.features)}
        return {
            feature.name: list(feature.groups)[int(chosen[feature.name])]
            for feature in self.features
            if chosen[feature.name] != RATHER_NOT
        }


def about_me_form(features: Sequence[Feature]) -> AboutMeForm:
    """Make the form with a question for each feature of the wijk."""
    questions = {
        f"q{place}": RadioField(
            feature.name,
            choices=[
                SelectChoice(RATHER_NOT, _("Dat zeg ik liever niet")),
                *(
                    SelectChoice(str(number), group if group != NONE_OF_THESE else _("Geen van deze"))
                    for number, group in enumerate(feature.groups)
                ),
            ],
            default=RATHER_NOT,
        )
        for place, feature in enumerate(features)
    }
    return type("AboutMeForm", (AboutMeForm,), {**questions, "features": features})()  # type: ignore[no-any-return]
