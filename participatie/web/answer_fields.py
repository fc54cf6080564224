"""What does an official fill in to answer an idea, alone or several at once: the parts that belong to the answer?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField

from participatie.spelregels.answers import Parts, may_answer_so
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.forms import SelectChoice, at_most, required
from participatie.web.plain_language import OfficialForm

ADMIT, REJECT = "admit", "reject"
LONGEST = 5000  # characters of a text
BOTH = (SelectChoice(ADMIT, _("Toelaten")), SelectChoice(REJECT, _("Niet toelaten")))
ONLY_REJECT = BOTH[1:]


class IdeaAnswerForm(OfficialForm):
    """The answer of the gemeente: yes or no, why, what is used, what is not, and where else to go."""

    published = ("answer", "used", "not_used", "route")

    decision = RadioField(_("Wat is het antwoord?"), [required()], choices=list(BOTH))
    answer = TextAreaField(
        _("Uw antwoord aan de indiener"),
        [required(), at_most(LONGEST)],
        description=_("Iedereen kan dit lezen. Leg uit waarom."),
    )
    used = TextAreaField(
        _("Wat gebruikt de gemeente van het idee?"), [at_most(LONGEST)], description=_("Vul dit in bij een ja.")
    )
    not_used = TextAreaField(
        _("Wat gebruikt de gemeente niet?"),
        [at_most(LONGEST)],
        description=_("Vul dit in als de gemeente maar een deel gebruikt."),
    )
    route = TextAreaField(
        _("Waar kan de indiener nu terecht?"),
        [at_most(LONGEST)],
        description=_("Vul dit in bij een nee: een ander loket, een ander traject of een fonds."),
    )

    def parts(self) -> Parts:
        """Return what the answer says beside why."""
        return Parts(self.used.data or "", self.not_used.data or "", self.route.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form as ever, and whether the answer has the parts of its kind; what is wrong comes before what is hard."""
        is_whole = super().validate(extra_validators)
        if self.decision.errors:
            return is_whole
        verdict = may_answer_so(self.answer.data or "", self.parts(), admitted=self.decision.data == ADMIT)
        if isinstance(verdict, Refused):
            self.hints = ()
            if not self.answer.errors:
                self.refuse_beside(verdict)
            return False
        return is_whole

    def refuse_beside(self, verdict: Refused) -> None:
        """Show a refusal beside the field that it is about, and above them all when it is about none of them."""
        about: dict[Refusal, Field] = {
            Refusal.REASON_MISSING: self.answer,
            Refusal.USED_MISSING: self.used,
            Refusal.NOT_USED_MISSING: self.not_used,
            Refusal.ROUTE_MISSING: self.route,
        }
        self.refuse(verdict, about.get(verdict.code))
