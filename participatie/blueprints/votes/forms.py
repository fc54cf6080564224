"""What does a voter fill in?"""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from participatie.web.digits import latin_filter
from participatie.web.forms import Form, at_most, required


class CodeForm(Form):
    """The code of the letter. Spaces, dashes and small letters are fine."""

    code = StringField(
        _("Uw stemcode"),
        [required(), at_most(60)],
        description=_("De code staat in uw brief. Hoofdletters en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false"},
    )


class BallotForm(Form):
    """The frame of a ballot: its token and its refusals. The choices are read by `reading.read_choices`."""
