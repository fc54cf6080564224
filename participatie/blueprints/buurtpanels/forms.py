"""What does a wijkmanager fill in about a buurtpanel?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField, TextAreaField

from participatie.actions.buurtpanels.panels import FEWEST_SEATS, MOST_SEATS, PanelTerms
from participatie.blueprints.buurtpanels.quota_lines import QuotasField
from participatie.models.buurtpanels import Buurtpanel
from participatie.spelregels.buurtpanels.opening import MOST_REST_YEARS, Mandate
from participatie.web.amounts import EuroField
from participatie.web.forms import Form, SelectChoice, address_field, at_most, between, required
from participatie.web.words import WORDS

LONGEST_TEXT = 4000


def _seats(form: Any) -> int | None:
    seats: int | None = form.seats.data
    return seats


class PanelForm(Form):
    """A panel: what it is for, how many seats, for whom, and from where the figures of the wijk come."""

    title = StringField(_("Naam van het panel"), [required(), at_most(200)])
    slug = address_field()
    mandate = RadioField(
        _("Wat doet het panel?"), [required()], choices=[SelectChoice(each.value, WORDS[each]) for each in Mandate]
    )
    role = TextAreaField(
        _("De rol van het panel"), [at_most(LONGEST_TEXT)], description=_("Namens wie praat het mee, en waarover?")
    )
    task = TextAreaField(
        _("Wat het panel doet"), [at_most(LONGEST_TEXT)], description=_("Wat ligt er op tafel, en wat komt eruit?")
    )
    powers = TextAreaField(
        _("Wat het panel mag"),
        [at_most(LONGEST_TEXT)],
        description=_("Waar mag het over beslissen of adviseren, en waarover niet?"),
    )
    seats = IntegerField(_("Aantal plaatsen"), [required(), between(FEWEST_SEATS, MOST_SEATS)])
    quotas = QuotasField(
        _("Verdeling van de plaatsen"),
        seats_of=_seats,
        description=_(
            "Op elke regel: kenmerk; waarde; minstens; hoogstens; percentage in de wijk. Bijvoorbeeld: leeftijd; 18 tot 35; 5; 8; 31,5. Met een percentage mag u de aantallen leeg laten. Vraag niet naar afkomst."
        ),
    )
    profile_source = StringField(
        _("Waar de cijfers over de wijk vandaan komen"), [at_most(200)], description=_("Bron en jaar.")
    )
    allowance = EuroField(_("Vergoeding voor elk lid, in euro's"))
    rest_years = IntegerField(
        _("Rust na een panel, in jaren"),
        [between(0, MOST_REST_YEARS)],
        description=_("Wie in een panel zat, wordt zo lang niet opnieuw geloot. Vul 0 in als dat wel mag."),
        default=0,
    )

    def terms(self) -> PanelTerms:
        """Return what was filled in."""
        return PanelTerms(
            title=self.data["title"],
            mandate=Mandate(self.data["mandate"]),
            role=self.data["role"] or "",
            task=self.data["task"] or "",
            powers=self.data["powers"] or "",
            seats=self.data["seats"],
            quotas=self.data["quotas"],
            profile_source=self.data["profile_source"] or "",
            allowance_cents=self.data["allowance"] or 0,
            rest_years=self.data["rest_years"] or 0,
        )

    @classmethod
    def of(cls, panel: Buurtpanel) -> "PanelForm":
        """Return the form with what a panel says now; its address stays."""
        form = cls(
            title=panel.title,
            mandate=panel.mandate.value,
            role=panel.role,
            task=panel.task,
            powers=panel.powers,
            seats=panel.seats,
            quotas=panel.facts().quotas,
            profile_source=panel.profile_source,
            allowance=panel.allowance_cents,
            rest_years=panel.rest_years,
        )
        del form.slug
        return form
