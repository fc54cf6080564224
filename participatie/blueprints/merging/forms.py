"""What is filled in to propose that two ideas become one?"""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField

from participatie.models.ideas import Idea
from participatie.web.forms import Form, SelectChoice, at_most, required

LONGEST = 2000


class MergeForm(Form):
    """The idea in which this one goes on, and why."""

    target = SelectField(_("In welk idee gaat het verder?"), [required()])
    reason = TextAreaField(
        _("Waarom?"), [required(), at_most(LONGEST)], description=_("De indieners van beide ideeën lezen dit.")
    )


def merge_form(alike: Sequence[Idea], others: Sequence[Idea]) -> MergeForm:
    """Return the form; what looks most alike stands on top."""
    form = MergeForm()
    first = {idea.id for idea in alike}
    form.target.choices = [
        SelectChoice("", gettext("Kies een idee")),
        *(
            SelectChoice(str(idea.id), idea.title)
            for idea in [*alike, *(each for each in others if each.id not in first)]
        ),
    ]
    return form
