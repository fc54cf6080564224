"""What does somebody fill in to prove where they live, and an official to make the codes for that?"""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField

from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.issuing import MOST_CODES
from participatie.web.digits import latin_filter
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.words import word

KINDS = (AreaKind.WIJK, AreaKind.BUURT)


class ResidenceForm(Form):
    """The code of the letter about where somebody lives."""

    code = StringField(
        _("Uw woonplaatscode"),
        [required(), at_most(60)],
        description=_("De code staat in de brief van de gemeente. Hoofdletters en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false"},
    )


class ResidenceCodesForm(Form):
    """A batch of residence codes for a buurt or wijk."""

    area = SelectField(_("Voor welk gebied?"), [required()])
    count = IntegerField(
        _("Hoeveel woonplaatscodes wilt u?"),
        [required(), between(1, MOST_CODES)],
        description=_("Eén voor elke persoon aan wie u een brief stuurt."),
    )
    label = StringField(
        _("Naam van deze partij"),
        [required(), at_most(200)],
        description=_("Bijvoorbeeld: brieven van 3 mei. Zo kunt u ze samen terugvinden."),
    )


def codes_form(areas: list[Area]) -> ResidenceCodesForm:
    """Return the form with these areas to choose from: the buurten and wijken among them."""
    form = ResidenceCodesForm()
    form.area.choices = [
        SelectChoice(str(area.id), f"{area.name} ({word(area.kind)})") for area in areas if area.kind in KINDS
    ]
    return form
