"""What does somebody fill in to register for a panel, and staff to invite and to register others?"""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Optional

from participatie.models.buurtpanels import PanelPerson
from participatie.spelregels.buurtpanels.members import Recruitment, ReplyChannel
from participatie.spelregels.buurtpanels.opening import PanelRules
from participatie.spelregels.buurtpanels.registration import LetterRun, Told, features_of
from participatie.web.digits import latin_filter
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.languages import NAMES, locale_code
from participatie.web.words import WORDS

Kind = TypeVar("Kind", bound="PersonForm")

#: The sentences that `PanelConsent` stands for, by its members.
CONSENT_ON_SCREEN = _(
    "Ik doe mee aan de loting. De gemeente mag daarvoor bewaren wat ik hier invul, tot de dag die hierboven staat."
)
CONSENT_BY_STAFF = _(
    "Deze persoon weet wat we bewaren en tot wanneer, en vindt dat goed. Op papier staat een handtekening."
)
CONSENT_IN_FILE = _("Iedereen in dit bestand wil meedoen aan de loting, en vindt goed dat we deze gegevens bewaren.")


class PersonForm(Form):
    """Who somebody is, how to reach them, and what the lot needs to know; `of` adds the features of the panel."""

    features: Mapping[str, str] = {}

    name = StringField(_("Naam"), [required(), at_most(200)])
    email = EmailField(
        _("E-mailadres"),
        [Optional(), at_most(200), Email(_("Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl."))],
        description=_("Vul een e-mailadres of telefoonnummer in, of kies hieronder een brief."),
    )
    phone = StringField(_("Telefoonnummer"), [at_most(50)], filters=[latin_filter])
    by_letter = BooleanField(_("Stuur een brief naar het adres"))
    language = SelectField(_("Taal"), choices=[SelectChoice(code, name) for code, name in NAMES.items()])

    @property
    def answers(self) -> list[Field]:
        """Return the fields of the features, in the order of the quotas."""
        return [self[name] for name in self.features]

    def told(self) -> Told:
        """Return what was filled in."""
        filled = self.data
        return Told(
            name=filled["name"] or "",
            features={feature: filled[name] or "" for name, feature in self.features.items()},
            email=filled["email"] or "",
            phone=filled["phone"] or "",
            address=filled.get("address") or "",
            postcode=filled.get("postcode") or "",
            place=filled.get("place") or "",
            locale=filled["language"],
            by_letter=bool(filled["by_letter"]),
        )


class AnswerForm(PersonForm):
    """Somebody with a letter registers."""

    consent = BooleanField(CONSENT_ON_SCREEN, [InputRequired(_("Zet eerst het vinkje."))])


class ChangeForm(PersonForm):
    """Somebody changes what they told."""


class EnterForm(PersonForm):
    """Staff registers somebody who comes by, calls, or wrote on paper."""

    kenmerk = StringField(
        _("Kenmerk van de brief"),
        [at_most(20)],
        description=_("Zes letters en cijfers, op de brief van het adres. Geen brief? Laat dit leeg."),
        render_kw={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"},
    )
    source = RadioField(
        _("Hoe kwam deze persoon bij het panel?"),
        [Optional()],
        choices=[SelectChoice(each.value, WORDS[each]) for each in (Recruitment.NETWORK, Recruitment.OTHER)],
        description=_(
            "Alleen zonder brief. We publiceren hoeveel mensen zo kwamen: het panel is dan niet helemaal geloot."
        ),
    )
    address = StringField(_("Straat en huisnummer"), [at_most(200)], description=_("Alleen zonder brief."))
    postcode = StringField(_("Postcode"), [at_most(10)], filters=[latin_filter])
    place = StringField(_("Plaats"), [at_most(200)])
    channel = RadioField(
        _("Waar kwam de aanmelding binnen?"),
        [required()],
        choices=[SelectChoice(each.value, WORDS[each]) for each in (ReplyChannel.DESK, ReplyChannel.PAPER)],
        default=ReplyChannel.DESK.value,
    )
    consent = BooleanField(CONSENT_BY_STAFF, [InputRequired(_("Vraag dit eerst. Zet dan het vinkje."))])

    def recruitment(self) -> Recruitment:
        """Return how this person came; somebody without a choice came by a letter."""
        return Recruitment(self.data["source"]) if self.data["source"] else Recruitment.LOT


class NoThanksForm(Form):
    """An address that will not take part."""

    reason = TextAreaField(
        _("Waarom niet?"), [at_most(1000)], description=_("We bewaren dit zonder uw adres. Schrijf geen namen op.")
    )


class TakeBackForm(Form):
    """Nothing to fill in: the button says it all."""


class FileForm(Form):
    """A file to look at first."""

    file = FileField(_("Bestand (CSV)"), [FileRequired(_("Kies een bestand."))], render_kw={"accept": ".csv,text/csv"})


class PoolFileForm(FileForm):
    """A file of people who registered elsewhere."""

    otherwise = RadioField(
        _("Hoe kwamen deze mensen bij het panel?"),
        [required()],
        choices=[SelectChoice(each.value, WORDS[each]) for each in Recruitment],
        description=_("Dit geldt voor wie in het bestand geen bron heeft. We publiceren de aantallen."),
    )


class KeptFileForm(Form):
    """The file that was looked at, to be read in now."""

    content = HiddenField()
    filename = HiddenField()


class KeptPoolForm(KeptFileForm):
    """The same, for people."""

    otherwise = HiddenField()
    consent = BooleanField(CONSENT_IN_FILE, [InputRequired(_("Zet eerst het vinkje."))])


class LettersForm(Form):
    """Which letters."""

    run = RadioField(
        _("Welke brieven?"),
        [required()],
        choices=[
            SelectChoice(LetterRun.FIRST.value, _("de eerste brief, aan adressen die er nog geen kregen")),
            SelectChoice(LetterRun.REMINDER.value, _("een herinnering, aan adressen die nog niet antwoordden")),
            SelectChoice(LetterRun.ANEW.value, _("dezelfde brieven opnieuw, met nieuwe codes")),
        ],
        default=LetterRun.FIRST.value,
    )
    kenmerk = StringField(
        _("Eén brief vervangen"),
        [at_most(20)],
        description=_("Is één brief kwijt? Vul het kenmerk in. De oude code stopt dan."),
        render_kw={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"},
    )


def of_panel(kind: type[Kind], rules: PanelRules, person: PanelPerson | None = None, *, fresh: bool = False) -> Kind:
    """Return a form with the features of a panel as radio buttons, filled with what somebody told before.

    A `fresh` one takes nothing from the request, which was about another form of the page.
    """
    features = {f"feature_{place}": feature for place, feature in enumerate(features_of(rules.quotas))}
    fields: dict[str, Any] = {"features": features}
    for name, feature in features.items():
        choices = [SelectChoice(value, value) for value in features_of(rules.quotas)[feature]]
        fields[name] = RadioField(feature, [required()], choices=choices)
    values: dict[str, Any] = {"language": locale_code()}
    if person is not None:
        values = {"name": person.name, "email": person.email, "phone": person.phone, "language": person.locale}
        values["by_letter"] = not (person.email or person.phone)
        values |= {name: person.features.get(feature) for name, feature in features.items()}
    kind = type(kind.__name__, (kind,), fields)
    return kind(data=values, formdata=None) if fresh else kind(data=values)
