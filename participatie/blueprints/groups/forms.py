"""What does somebody fill in to take part in an idea, and to set one of its tests aside?"""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from participatie.spelregels.ideas import Party, Test
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

LONGEST = 2000  # characters of an offer or a reason
YES, NO = "yes", "no"
PROPOSE = "voorstel"


class JoinForm(Form):
    """As whom somebody takes part, and what they bring."""

    party = RadioField(
        _("Als wie doet u mee?"),
        [required()],
        choices=[
            SelectChoice(Party.RESIDENT.value, _("Als bewoner")),
            SelectChoice(Party.ORGANISATION.value, _("Voor een organisatie")),
        ],
        default=Party.RESIDENT.value,
    )
    organisation = StringField(
        _("Naam van de organisatie"),
        [at_most(200)],
        description=_("Alleen nodig als u voor een organisatie meedoet. Iedereen ziet deze naam."),
    )
    offer = TextAreaField(
        _("Wat brengt u mee?"),
        [at_most(LONGEST)],
        description=_("Bijvoorbeeld: elke zaterdag een uur, een aanhanger, of honderd euro."),
    )

    def validate_organisation(self, field: StringField) -> None:
        """Ask its name of whoever joins for an organisation; the action refuses it without too."""
        if self.party.data == Party.ORGANISATION and not field.data:
            raise ValidationError(gettext("Vul de naam van de organisatie in."))


class StandBesideForm(Form):
    """What the gemeente brings."""

    offer = TextAreaField(
        _("Wat doet de gemeente mee?"),
        [required(), at_most(LONGEST)],
        description=_("Bijvoorbeeld: wij regelen de vergunning. Iedereen kan dit lezen."),
    )


class ProposalForm(Form):
    """Which failed test to set aside, and why."""

    test = RadioField(_("Van welke toets wilt u afwijken?"), [required()])
    reason = TextAreaField(
        _("Waarom?"), [required(), at_most(LONGEST)], description=_("Iedereen kan dit lezen. Leg het uit.")
    )


class OpinionForm(Form):
    """What a second or third person thinks of it."""

    agrees = RadioField(
        _("Mag van deze toets worden afgeweken?"),
        [required()],
        choices=[SelectChoice(YES, _("Ja, ik ben het eens met het voorstel")), SelectChoice(NO, _("Nee"))],
    )
    reason = TextAreaField(
        _("Waarom vindt u dat?"), [required(), at_most(LONGEST)], description=_("Iedereen kan dit lezen. Leg het uit.")
    )


def step_of(test: Test) -> str:
    """Return what is sent to tell that an opinion is about this test."""
    return test.name.lower().replace("_", "-")


def proposal_form(tests: Sequence[Test], sent: str) -> ProposalForm:
    """Return the form to propose with, filled in when `sent` is its own step."""
    form = ProposalForm(prefix=PROPOSE, **_given(PROPOSE, sent))
    form.test.choices = [SelectChoice(test.value, WORDS[test]) for test in tests]
    return form


def opinion_form(test: Test, sent: str) -> OpinionForm:
    """Return the form for an opinion about one test, filled in when `sent` is its own step."""
    return OpinionForm(prefix=step_of(test), **_given(step_of(test), sent))


def _given(step: str, sent: str) -> dict[str, None]:
    # Several forms stand on one page, and only one of them was sent.
    return {} if step == sent else {"formdata": None}
