"""What does somebody fill in who looks for a receipt, or who counts again?"""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField

from participatie.web.digits import latin_filter
from participatie.web.forms import Form, at_most, required


class ReceiptForm(Form):
    """The receipt that a voter kept."""

    receipt = StringField(
        _("Uw bewijs"),
        [required(), at_most(60)],
        description=_("Hoofdletters, spaties en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false"},
    )


class RecountForm(Form):
    """Why the ballots are counted again."""

    reason = TextAreaField(
        _("Waarom telt u opnieuw?"),
        [required(), at_most(2000)],
        description=_("Iedereen kan dit later bij de uitslag lezen."),
    )
