"""What does somebody fill in to put in an idea? No more than the rules of its traject ask."""

from typing import TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, Email, InputRequired, ValidationError

from participatie.actions.ideas import IdeaText, Resident
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import Proposer, Test, Weight
from participatie.web.amounts import EuroField
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.households import household_key, plain_house_number, plain_postcode
from participatie.web.languages import NAMES, locale_code
from participatie.web.words import WORDS

OfIdea = TypeVar("OfIdea", bound="IdeaForm")
LONGEST = 5000  # characters of a text

#: What is only asked where the rules ask for that test.
FIELDS_OF = {
    Test.INITIATIVE: ("proposer", "organisation"),
    Test.OWN_CONTRIBUTION: ("own_contribution",),
    Test.THIRD_PARTY_MONEY: ("third_party",),
    Test.WITH_OTHERS: ("partner",),
    Test.NO_OVERHEAD: ("overhead",),
}
OF_HOUSEHOLD = ("postcode", "house_number")


class IdeaForm(Form):
    """What a resident proposes; `idea_form` leaves out what the rules do not ask."""

    traject_id: int = 0

    title = StringField(
        _("Hoe heet uw idee?"),
        [required(), at_most(120)],
        description=_("Een paar woorden. Bijvoorbeeld: Bankjes bij de vijver."),
    )
    body = TextAreaField(
        _("Wat wilt u, en waarom?"),
        [required(), at_most(LONGEST)],
        description=_("Schrijf zoals u praat. Zeg ook waar het komt en wie er iets aan heeft."),
    )
    proposer = RadioField(
        _("Voor wie dient u dit idee in?"),
        [required()],
        choices=[SelectChoice(proposer.value, WORDS[proposer]) for proposer in Proposer],
        default=Proposer.RESIDENT.value,
    )
    organisation = StringField(
        _("Naam van de organisatie"),
        [at_most(200)],
        description=_("Alleen nodig als u het idee voor een organisatie indient."),
    )
    own_contribution = TextAreaField(
        _("Wat doen u en uw buren zelf?"),
        [at_most(LONGEST)],
        description=_("Bijvoorbeeld: planten water geven, helpen bouwen, koffie schenken."),
    )
    third_party = TextAreaField(
        _("Wie vroeg u nog meer om geld, en wat was het antwoord?"),
        [at_most(LONGEST)],
        description=_("Bijvoorbeeld een fonds, een winkelier of de woningcorporatie. Laat leeg als u dat niet deed."),
    )
    partner = StringField(
        _("Wie doet er nog meer mee?"),
        [at_most(200)],
        description=_("Bijvoorbeeld de school, een vereniging of een bedrijf. Laat leeg als u het alleen doet."),
    )
    overhead = EuroField(
        _("Hoeveel euro is voor de organisatie zelf?"),
        description=_("Bijvoorbeeld kantoor, vergaderen of loon. Laat leeg als er niets voor is."),
    )
    postcode = StringField(
        _("Uw postcode"), [required(), at_most(20)], description=_("Vier cijfers en twee letters, zoals 1234 AB.")
    )
    house_number = StringField(
        _("Uw huisnummer"), [required(), at_most(20)], description=_("Met toevoeging als die er is, zoals 12 A.")
    )
    area = SelectField(_("In welke buurt is het?"), [required()])
    lang = SelectField(
        _("In welke taal schrijft u?"),
        [required()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        description=_("Schrijf gerust in uw eigen taal."),
    )

    #: Filled by the page that shows what looks alike: whoever saw it, puts in.
    looked = HiddenField(default="")
    #: Filled by a button: in which language it was written, where another one was chosen.
    written_in = HiddenField(validators=[AnyOf(["", *NAMES])], default="")

    def validate_organisation(self, field: StringField) -> None:
        """Ask the name of an organisation of whoever puts in for one; the action refuses it without too."""
        if self.proposer.data in (Proposer.RESIDENTS, Proposer.PROFESSIONAL) and not field.data:
            raise ValidationError(gettext("Vul de naam van de organisatie in."))

    def validate_postcode(self, field: StringField) -> None:
        """Take a Dutch postcode, however it is written."""
        if plain_postcode(field.data or "") is None:
            raise ValidationError(gettext("Schrijf een postcode zoals 1234 AB."))

    def validate_house_number(self, field: StringField) -> None:
        """Take a house number with or without an addition."""
        if plain_house_number(field.data or "") is None:
            raise ValidationError(gettext("Schrijf een huisnummer zoals 12 of 12 A."))

    def text(self) -> IdeaText:
        """Return what was typed, with the household as a key; what was not asked stays at its usual value."""
        given = self.data
        return IdeaText(
            title=given["title"] or "",
            body=given["body"] or "",
            own_contribution=given.get("own_contribution") or "",
            lang=given["written_in"] or given["lang"],
            proposer=Proposer(given.get("proposer") or Proposer.RESIDENT),
            organisation=given.get("organisation") or "",
            third_party=given.get("third_party") or "",
            partner=given.get("partner") or "",
            overhead_cents=given.get("overhead") or 0,
            household=household_key(self.traject_id, given["postcode"], given["house_number"])
            if "postcode" in given
            else None,
        )


class EnterForm(IdeaForm):
    """What a helper fills in for a resident: whose idea it is, and that they agreed, before the idea itself."""

    email = EmailField(
        _("E-mailadres van de bewoner"),
        [required(), at_most(254), Email(_("Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl."))],
    )
    name = StringField(
        _("Naam van de bewoner"),
        [at_most(80)],
        description=_("Staat bij het idee. Laat leeg als de bewoner dat niet wil."),
    )
    consents = BooleanField(
        _("De bewoner vindt het goed"), [InputRequired(_("Vraag eerst of de bewoner het goed vindt."))]
    )

    def resident(self) -> Resident:
        """Return for whom it is."""
        return Resident(self.email.data or "", self.name.data or "", bool(self.consents.data))


def idea_form(traject: Traject, home_id: int | None, buurten: list[SelectChoice]) -> IdeaForm:
    """Return the form for a new idea, with the author's own buurt and language filled in."""
    values = {choice.value for choice in buurten}
    own = str(home_id) if str(home_id) in values else ""
    return as_asked(IdeaForm(data={"area": own, "lang": locale_code()}), traject, buurten)


def enter_form(traject: Traject, buurten: list[SelectChoice]) -> EnterForm:
    """Return the form for an idea of somebody else."""
    return as_asked(EnterForm(data={"lang": locale_code()}), traject, buurten)


def as_asked(form: OfIdea, traject: Traject, buurten: list[SelectChoice]) -> OfIdea:
    """Leave out of a form what the rules of a traject do not ask."""
    rules = traject.ruleset()
    form.traject_id = traject.id
    for test, names in FIELDS_OF.items():
        if rules.weight(test) is Weight.OFF:
            for name in names:
                del form[name]
    if not rules.once_per_household:
        for name in OF_HOUSEHOLD:
            del form[name]
    form.area.choices = buurten if len(buurten) == 1 else [SelectChoice("", gettext("Kies een buurt")), *buurten]
    return form


class LanguageForm(Form):
    """In which language an idea is."""

    lang = SelectField(
        _("In welke taal is het idee?"),
        [required()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
    )
