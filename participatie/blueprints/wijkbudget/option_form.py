"""What does a wijkmanager fill in for an option of a choice?"""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField

from participatie.actions.wijkbudget import OptionText
from participatie.web.forms import Form, at_most, required


class OptionForm(Form):
    """An option: what it is called on the ballot, what it is, and what it is thought to cost."""

    name = StringField(
        _("Hoe heet de optie?"), [required(), at_most(200)], description=_("Zo staat ze op het stembiljet.")
    )
    description = TextAreaField(
        _("Wat houdt de optie in?"),
        [required(), at_most(5000)],
        description=_("Schrijf op wat er verandert, voor wie, en wat er hetzelfde blijft."),
    )
    cost_text = StringField(
        _("Wat kost het ongeveer?"),
        [at_most(200)],
        description=_("Dit hoeft niet. Het is alleen om te weten en telt niet mee bij het kiezen."),
    )

    def text(self) -> OptionText:
        """Return what was filled in."""
        return OptionText(self.name.data or "", self.description.data or "", self.cost_text.data or "")
