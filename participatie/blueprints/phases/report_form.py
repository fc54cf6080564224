"""What does a wijkmanager write in a final report, beside figures that nobody types?"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import StringField, SubmitField, TextAreaField

from participatie.models.announcements import Report
from participatie.spelregels.reporting import TEXTS, Part
from participatie.web.forms import at_most, required
from participatie.web.plain_language import OfficialForm
from participatie.web.words import WORDS

LONGEST_TEXT = 50_000


def _beside(part: Part) -> TextAreaField:
    return TextAreaField(WORDS[part], [at_most(LONGEST_TEXT)])


class ReportForm(OfficialForm):
    """The final report, in its parts. `save` and `look` are buttons: they keep a draft."""

    published = ("used", "not_used", "outcome", "lessons")

    taking_part = _beside(Part.TAKING_PART)
    asked = _beside(Part.ASKED)
    used = TextAreaField(_("Wat is er met de inbreng gedaan?"), [required(), at_most(LONGEST_TEXT)])
    not_used = TextAreaField(_("Wat is er niet mee gedaan, en waarom niet?"), [required(), at_most(LONGEST_TEXT)])
    decided = _beside(Part.DECIDED)
    money = _beside(Part.MONEY)
    promises = _beside(Part.PROMISES)
    terms = _beside(Part.TERMS)
    outcome = TextAreaField(
        WORDS[Part.OUTCOME],
        [at_most(LONGEST_TEXT)],
        description=_("Wat er is gedaan, is nog geen verandering. Wat merken mensen ervan in de wijk?"),
    )
    measured = StringField(_("Wat is er gemeten?"), [at_most(200)])
    before = StringField(_("Hoe was het ervoor?"), [at_most(200)])
    after = StringField(_("Hoe was het erna?"), [at_most(200)])
    measured_by = StringField(_("Wie heeft dit gemeten?"), [at_most(200)])
    lessons = TextAreaField(_("Wat kunnen anderen hiervan leren?"), [at_most(LONGEST_TEXT)])
    reason = TextAreaField(
        _("Waarom?"),
        [required(), at_most(2000)],
        description=_("Dit komt op de pagina van het traject, en in een e-mail aan iedereen die meedoet."),
    )
    save = SubmitField(_("Bewaar als concept"))
    look = SubmitField(_("Bekijk het concept"))

    def texts(self) -> dict[str, str]:
        """Return what was typed, by the name of its part."""
        return {name: self._fields[name].data or "" for name in TEXTS}


def report_form(typed: Mapping[str, str], published: Report | None) -> ReportForm:
    """Return the form with what was typed before; a reason is asked for a correction alone."""
    form = ReportForm(data=typed)
    if published is None:
        del form.reason
    return form
