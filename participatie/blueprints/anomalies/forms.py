"""What does a wijkmanager fill in to revoke a batch of codes?"""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from participatie.web.forms import Form, at_most, required


class RevokeForm(Form):
    """Why a batch is revoked; first read back, then done."""

    reason = TextAreaField(
        _("Waarom trekt u deze codes in?"),
        [required(), at_most(1000)],
        description=_("Iedereen kan dit lezen. Schrijf wat er gebeurde. Noem geen mensen."),
    )
