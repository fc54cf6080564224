"""What do somebody with a code, a member and a wijkmanager fill in about a seat?"""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import PanelRules
from participatie.spelregels.buurtpanels.registration import Told, features_of, neat_postcode
from participatie.spelregels.buurtpanels.seats import BY_STAFF, OF_MEMBERS
from participatie.web.digits import latin_filter
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.words import WORDS

#: The answer that takes a seat; every other one is the reason why it comes free.
YES = "ja"
CHANNELS = [SelectChoice(channel.value, WORDS[channel]) for channel in BY_STAFF]
SOURCES = [SelectChoice(source.value, WORDS[source]) for source in (Recruitment.NETWORK, Recruitment.OTHER)]


class PanelCodeForm(Form):
    """The code of a letter or of a member. Spaces, dashes and small letters are fine."""

    code = StringField(
        _("Uw code"),
        [required(), at_most(60)],
        description=_("De code staat in uw brief. Hoofdletters en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false"},
    )


class StopForm(Form):
    """Why somebody gives up a seat."""

    reason = RadioField(
        _("Waarom doet u niet mee?"),
        [InputRequired(_("Kies een antwoord."))],
        choices=[SelectChoice(reason.value, WORDS[reason]) for reason in OF_MEMBERS],
    )
    note = TextAreaField(
        _("Wilt u er iets bij zeggen?"),
        [at_most(1000)],
        description=_("Alleen de begeleiding van het panel leest dit."),
    )


class HeardForm(Form):
    """What somebody said about a seat, by telephone, at a desk or on paper."""

    answer = RadioField(_("Wat is het antwoord?"), [InputRequired(_("Kies een antwoord."))])
    channel = RadioField(_("Hoe hoorde u dit?"), [InputRequired(_("Kies een antwoord."))], choices=CHANNELS)

    def offer(self, status: MemberStatus, *, overdue: bool) -> None:
        """Offer what this person can have said; that nothing was heard only when the term is over."""
        reasons = [*OF_MEMBERS, *([LeaveReason.NO_ANSWER] if overdue else [])]
        yes = [SelectChoice(YES, _("Neemt de plaats aan"))] if status is MemberStatus.DRAWN else []
        self.answer.choices = [
            *yes,
            *(SelectChoice(reason.value, _("Doet niet mee: %(reason)s", reason=WORDS[reason])) for reason in reasons),
        ]


class FillForm(Form):
    """Which seat, of those that came free, the page showed on top."""

    change = IntegerField(validators=[required()])


class ReasonForm(Form):
    """Why a panel begins without a lot, in public."""

    reason = TextAreaField(
        _("Waarom wordt er niet geloot?"),
        [required(), at_most(2000)],
        description=_("Iedereen kan dit lezen op de pagina van het panel."),
    )


class UndrawnForm(Form):
    """Somebody whom nobody drew. The features of the panel stand below, as `feature-0` and so on."""

    name = StringField(_("Naam"), [required(), at_most(200)])
    email = EmailField(_("E-mailadres"), [at_most(200)])
    phone = StringField(_("Telefoonnummer"), [at_most(40)], filters=[latin_filter])
    address = StringField(_("Straat en huisnummer"), [at_most(200)])
    postcode = StringField(_("Postcode"), [at_most(10)])
    source = RadioField(
        _("Hoe kwam deze persoon bij het panel?"), [InputRequired(_("Kies een antwoord."))], choices=SOURCES
    )
    channel = RadioField(_("Hoe hoorde u dit?"), [InputRequired(_("Kies een antwoord."))], choices=CHANNELS)
    consent = BooleanField(_("Deze persoon wil lid zijn en weet wat wij bewaren."))

    def features(self) -> list[RadioField]:
        """Return the fields of the features, in the order of the quotas."""
        return [field for field in self if field.name.startswith("feature-")]

    def told(self) -> Told:
        """Return what was filled in."""
        features = {field.label.text: field.data or "" for field in self.features()}
        filled = self.data
        return Told(
            name=filled["name"],
            features=features,
            email=filled["email"] or "",
            phone=filled["phone"] or "",
            address=filled["address"] or "",
            postcode=neat_postcode(filled["postcode"] or ""),
        )


def undrawn_form(rules: PanelRules) -> UndrawnForm:
    """Return the form with the features that this panel asks everybody."""
    fields = {
        f"feature-{place}": RadioField(
            feature, [InputRequired(_("Kies een antwoord."))], choices=[SelectChoice(value, value) for value in values]
        )
        for place, (feature, values) in enumerate(features_of(rules.quotas).items())
    }
    form: UndrawnForm = type("UndrawnFormOfPanel", (UndrawnForm,), fields)()
    return form
