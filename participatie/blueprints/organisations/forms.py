"""What is filled in of a bewonersorganisatie, and of whoever moderates for it?"""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import EmailField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired

from participatie.actions.organisations import OrganisationTerms
from participatie.models.organisations import Organisation
from participatie.models.wijken import Area
from participatie.spelregels.moderation import USUAL_HOURS
from participatie.web.forms import Form, SelectChoice, at_most, between, required


class OrganisationForm(Form):
    """Its name, where it moderates, and how soon it looks."""

    name = StringField(_("Naam van de organisatie"), [required(), at_most(200)])
    about = TextAreaField(_("Wat is het voor organisatie?"), [at_most(2000)], description=_("Iedereen leest dit."))
    service_hours = IntegerField(
        _("Binnen hoeveel uur kijkt een moderator?"), [required(), between(1, 24 * 14)], default=USUAL_HOURS
    )
    areas = SelectMultipleField(_("In welke gebieden?"), [InputRequired(_("Kies een gebied."))], coerce=int)

    def terms(self, areas: Sequence[Area]) -> OrganisationTerms:
        """Return what was filled in; `areas` are those that could be chosen."""
        chosen = [area for area in areas if area.id in (self.areas.data or ())]
        return OrganisationTerms(self.name.data or "", self.about.data or "", self.service_hours.data or 0, chosen)


def organisation_form(areas: Sequence[Area], organisation: Organisation | None = None) -> OrganisationForm:
    """Return the form for a new organisation, or filled in for one that is there."""
    filled = (
        {
            "name": organisation.name,
            "about": organisation.about,
            "service_hours": organisation.service_hours,
            "areas": [each.area_id for each in organisation.areas],
        }
        if organisation is not None
        else {}
    )
    form = OrganisationForm(data=filled)
    form.areas.choices = [SelectChoice(area.id, area.name) for area in areas]
    return form


class MemberForm(Form):
    """Who is to moderate."""

    email = EmailField(
        _("E-mailadres van de moderator"),
        [required(), at_most(254), Email(_("Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl."))],
    )
