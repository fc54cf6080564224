"""What does somebody choose about mail?"""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from participatie.spelregels.telling import Cadence
from participatie.web.forms import Form
from participatie.web.words import word


class CadenceForm(Form):
    """How often to mail."""

    cadence = RadioField(
        _("Hoe vaak wilt u e-mail?"),
        [InputRequired(_("Kies hoe vaak u e-mail wilt."))],
        description=_("Een overzicht komt om 8 uur 's ochtends, en alleen als er iets is gebeurd."),
    )

    def chosen(self) -> Cadence:
        """Return what was chosen."""
        return Cadence(self.cadence.data)


def cadence_form(now: Cadence) -> CadenceForm:
    """Return the form with how often it is now."""
    form = CadenceForm(data={"cadence": str(now)})
    form.cadence.choices = [(str(each), word(each)) for each in Cadence]
    return form
