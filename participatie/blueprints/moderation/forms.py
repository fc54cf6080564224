"""What does a moderator fill in to hide an idea, and to put it back?"""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional, ValidationError

from participatie.spelregels.moderation import HouseRule
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 2000  # characters of a reason
KEEP, HIDE, RESTORE = "keep", "hide", "restore"


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


class JudgeForm(Form):
    """Whether what was reported or waits stays, and if not, why."""

    decision = RadioField(
        _("Wat is uw oordeel?"),
        [required()],
        choices=[
            SelectChoice(KEEP, _("Het past bij de huisregels")),
            SelectChoice(HIDE, _("Het past niet bij een huisregel en wordt verborgen")),
        ],
    )
    house_rule = RadioField(
        _("Aan welke huisregel houdt het idee zich niet?"),
        [Optional()],
        choices=[SelectChoice(rule.value, WORDS[rule]) for rule in HouseRule],
        description=_("Alleen nodig als u het verbergt."),
    )
    reason = TextAreaField(
        _("Waarom?"), [at_most(LONGEST)], description=_("Alleen nodig als u het verbergt. De indiener leest dit.")
    )

    def validate_decision(self, field: RadioField) -> None:
        """Ask a house rule of whoever hides."""
        if field.data == HIDE and self.house_rule.data not in set(HouseRule):
            raise ValidationError(gettext("Kies de huisregel."))


class AppealDecisionForm(Form):
    """What somebody else finds of a hidden idea."""

    decision = RadioField(
        _("Wat is uw oordeel?"),
        [required()],
        choices=[
            SelectChoice(RESTORE, _("Het idee komt weer online")),
            SelectChoice(KEEP, _("Het idee blijft verborgen")),
        ],
    )
    reason = TextAreaField(_("Waarom?"), [required(), at_most(LONGEST)], description=_("De indiener leest dit."))


class ReportForm(Form):
    """Which house rule somebody thinks is broken."""

    house_rule = RadioField(
        _("Aan welke huisregel houdt het idee zich niet?"),
        [required()],
        choices=[SelectChoice(rule.value, WORDS[rule]) for rule in HouseRule],
    )
    explanation = TextAreaField(
        _("Wilt u er iets bij zeggen?"), [at_most(LONGEST)], description=_("Alleen moderatoren lezen dit.")
    )


class AppealForm(Form):
    """Why an author does not agree."""

    plea = TextAreaField(
        _("Waarom bent u het niet eens?"),
        [required(), at_most(LONGEST)],
        description=_("Wie opnieuw kijkt, leest dit."),
    )
