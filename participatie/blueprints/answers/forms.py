"""What does somebody fill in to hand over an answer, or to answer several ideas at once?"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, TextAreaField

from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.web.answer_fields import ONLY_REJECT, REJECT, IdeaAnswerForm
from participatie.web.forms import Form, SelectChoice, at_most, required

LONGEST_OWN = 500  # characters of a sentence for one idea


class HandOverForm(Form):
    """To whom it goes; `hand_over_form` fills in who can answer it."""

    to = SelectField(_("Wie geeft het antwoord?"), [required()], coerce=int)


def hand_over_form(people: Iterable[Account], owner: Account | None) -> HandOverForm:
    """Return the form with those who can answer it, and whoever has it now chosen."""
    form = HandOverForm(data={"to": owner.id if owner else None})
    form.to.choices = [SelectChoice(each.id, each.name or each.email) for each in people]
    return form


class TogetherForm(IdeaAnswerForm):
    """One answer for the ideas that are chosen, in its parts; `together_form` adds a sentence of its own for each."""

    idea_ids: Sequence[int] = ()

    ideas = SelectMultipleField(_("Welke ideeën beantwoordt u?"), [required()], coerce=int)

    def own_of(self, idea_id: int) -> TextAreaField:
        """Return the field with the sentence for one idea."""
        field: TextAreaField = self[f"own_{idea_id}"]
        return field

    def chosen(self) -> dict[int, str]:
        """Return the numbers of the ideas that were chosen, each with its own sentence."""
        return {idea_id: self.own_of(idea_id).data or "" for idea_id in self.ideas.data or ()}


def together_form(ideas: Sequence[Idea], *, may_admit: bool) -> TogetherForm:
    """Return the form for these ideas. Where only turning down is left, nothing else can be chosen."""
    fields: dict[str, Any] = {
        f"own_{idea.id}": TextAreaField(
            _("Zin alleen voor: %(title)s", title=idea.title), [at_most(LONGEST_OWN)], render_kw={"rows": 2}
        )
        for idea in ideas
    }
    form: TogetherForm = type("TogetherFormOfTraject", (TogetherForm,), fields)(
        data=None if may_admit else {"decision": REJECT}
    )
    form.idea_ids = [idea.id for idea in ideas]
    form.ideas.choices = [SelectChoice(idea.id, idea.title) for idea in ideas]
    if not may_admit:
        form.decision.choices = list(ONLY_REJECT)
    return form
