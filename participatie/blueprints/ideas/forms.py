"""What does somebody fill in to test an idea, and to answer it?"""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from participatie.models.ideas import Idea
from participatie.spelregels.ideas import EVIDENCE, Evidence, Test, Weight
from participatie.web.amounts import EuroField
from participatie.web.answer_fields import LONGEST, ONLY_REJECT, REJECT, IdeaAnswerForm
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

YES, NO, NOT_YET = "yes", "no", "not-yet"


class AssessForm(Form):
    """The cost, and for each test an outcome with its reason; `assess_form` adds the fields of the tests."""

    tests: Sequence[Test] = ()
    cost = EuroField(
        _("Geschatte kosten in euro's"),
        description=_("Bijvoorbeeld 1250 of 1.250,50. Laat leeg als het nog niet bekend is."),
    )

    ready_on = DateField(
        _("Wanneer is het klaar?"),
        [Optional()],
        description=_("De dag waarop het idee klaar zou zijn. Laat leeg als het nog niet bekend is."),
    )

    def outcome_of(self, test: Test) -> Field:
        """Return the radio field of a test."""
        field: Field = self[f"outcome_{test.name.lower()}"]
        return field

    def reason_of(self, test: Test) -> Field:
        """Return the field with the reason of a test."""
        field: Field = self[f"reason_{test.name.lower()}"]
        return field

    def results(self) -> dict[Test, tuple[bool, str]]:
        """Return the tests that were done, with outcome and reason."""
        return {
            test: (self.outcome_of(test).data == YES, self.reason_of(test).data or "")
            for test in self.tests
            if self.outcome_of(test).data != NOT_YET
        }


def assess_form(idea: Idea) -> AssessForm:
    """Return the form for the tests that are asked and not counted, with what was found before.

    What the author declared can be confirmed or contradicted. A test once done cannot be undone, only redone.
    """
    rules = idea.traject.ruleset()
    asked = [test for test in Test if rules.weight(test) is not Weight.OFF and EVIDENCE[test] is not Evidence.COUNTED]
    known = {assessment.test: assessment for assessment in idea.assessments}
    values: dict[str, Any] = {"cost": idea.cost_cents, "ready_on": idea.ready_on}
    fields: dict[str, Any] = {"tests": asked}
    for test in asked:
        key = test.name.lower()
        declared = EVIDENCE[test] is Evidence.DECLARED
        choices = [
            SelectChoice(YES, _("Ja, dat klopt") if declared else _("Ja")),
            SelectChoice(NO, _("Nee, dat klopt niet") if declared else _("Nee")),
        ]
        if test not in known:
            choices.append(SelectChoice(NOT_YET, _("Nog niet nagekeken") if declared else _("Nog niet getoetst")))
        fields[f"outcome_{key}"] = RadioField(WORDS[test], [DataRequired()], choices=choices, default=NOT_YET)
        fields[f"reason_{key}"] = TextAreaField(
            _("Reden bij: %(test)s", test=WORDS[test]), [at_most(LONGEST), _reason_for_a_no(f"outcome_{key}")]
        )
        if test in known:
            values[f"outcome_{key}"] = YES if known[test].passed else NO
            values[f"reason_{key}"] = known[test].reason
    form: AssessForm = type("AssessFormOfIdea", (AssessForm,), fields)(data=values)
    if rules.weight(Test.IN_TIME) is Weight.OFF:
        del form.ready_on
    if not rules.division.has_money:
        del form.cost
    return form


def _reason_for_a_no(outcome: str) -> Any:
    def check(form: Form, field: Field) -> None:
        # The action refuses this too; here the field can say it itself.
        if form[outcome].data == NO and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op waarom het idee deze toets niet haalt."))

    return check


class AnswerForm(IdeaAnswerForm):
    """The answer of the gemeente, with what becomes of an idea that is a plan from now on."""

    category = StringField(
        _("Categorie van het plan"), [at_most(80)], description=_("Alleen nodig als u het idee toelaat.")
    )


def answer_form(categories: Collection[str], *, may_admit: bool, as_plan: bool) -> AnswerForm:
    """Return the form. Where only turning down is left to do nothing else can be chosen.

    A category is asked of what becomes a plan; where the round has rules for categories, only from those.
    """
    fields: dict[str, Any] = {}
    if not may_admit:
        fields["decision"] = RadioField(
            _("Wat is het antwoord?"), [required()], choices=list(ONLY_REJECT), default=REJECT
        )
    if categories:
        choices = [SelectChoice("", _("Geen categorie")), *(SelectChoice(name, name) for name in sorted(categories))]
        fields["category"] = SelectField(
            _("Categorie van het plan"),
            default="",
            choices=choices,
            description=_("Alleen nodig als u het idee toelaat."),
        )
    form: AnswerForm = type("AnswerFormOfIdea", (AnswerForm,), fields)()
    if not (may_admit and as_plan):
        del form.category
    return form
