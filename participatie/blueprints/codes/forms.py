"""What does an official fill in about voting codes, and a voter who lets somebody else vote?"""

import secrets
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from participatie.actions.votes.addresses import LONGEST
from participatie.spelregels.issuing import MOST_CODES, Addressee
from participatie.web.digits import latin_filter
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.languages import NAMES
from participatie.web.letter_fonts import unprintable

FILE, LETTERS, SCREEN = "bestand", "brieven", "scherm"
KEY_BYTES = 24
#: The sentence that `Consent.ON_SCREEN` stands for, and the one of `Consent.ON_PAPER`.
CONSENT_ON_SCREEN = _(
    "Ik wil dat iemand anders voor mij stemt. Ik weet dat ik dan zelf niet meer kan stemmen, en dat ik dit niet kan terugdraaien."
)
CONSENT_ON_PAPER = _("Ik heb een formulier in handen waarop de kiezer dit met een handtekening vraagt.")


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


class CodesForm(Form):
    """A batch of voting codes, as a file or as letters."""

    count = IntegerField(
        _("Hoeveel stemcodes wilt u?"),
        [Optional(), between(1, MOST_CODES)],
        description=_("Stuurt u een bestand met adressen mee? Dan krijgt elk adres één code. Laat dit dan leeg."),
    )
    label = StringField(
        _("Naam van deze partij"),
        [required(), at_most(200)],
        description=_("Bijvoorbeeld: brieven van 3 mei. Zo kunt u ze samen terugvinden."),
    )
    buurt = SelectField(
        _("Naar welke buurt gaan deze brieven?"),
        description=_(
            "U hoeft dit niet te kiezen. Noemt u minstens twee buurten, dan staat bij de uitslag hoeveel mensen er per buurt stemden."
        ),
        default="",
    )
    how = RadioField(
        _("Wat wilt u krijgen?"),
        [required()],
        choices=[
            SelectChoice(FILE, _("een bestand met kenmerken en stemcodes")),
            SelectChoice(LETTERS, _("brieven om af te drukken (PDF)")),
        ],
        default=FILE,
    )
    addresses = FileField(
        _("Adressen voor de brieven"),
        description=_(
            "Een CSV-bestand met de kolommen naam, adres, postcode, plaats en taal. De taal mag leeg zijn. Wij bewaren dit bestand niet."
        ),
        render_kw={"accept": ".csv,text/csv"},
    )
    key = HiddenField(default=_new_key)

    def offer_buurten(self, buurten: Iterable[SelectChoice]) -> None:
        """Let somebody choose one of these, or none."""
        self.buurt.choices = [SelectChoice("", _("geen buurt")), *buurten]

    def validate_how(self, field: RadioField) -> None:
        """Ask for a number where no file says how many there are, and refuse addresses that would be for nothing."""
        if not self.addresses.data and self.count.data is None and not self.count.errors:
            raise ValidationError(_("Vul in hoeveel codes u wilt, of kies een bestand met adressen."))
        if self.addresses.data and field.data != LETTERS:
            raise ValidationError(_("Adressen zijn alleen voor brieven. Kies brieven, of laat het bestand weg."))


class OneCodeForm(Form):
    """How one new code comes: on a page to print, or as a letter in the language of the resident."""

    how = RadioField(
        _("Hoe wilt u de code?"),
        [required()],
        choices=[
            SelectChoice(SCREEN, _("op een pagina om af te drukken")),
            SelectChoice(LETTERS, _("als brief (PDF)")),
        ],
        default=SCREEN,
    )
    language = SelectField(
        _("In welke taal komt de brief?"),
        choices=[SelectChoice("", _("in het Nederlands, met een regel in de andere talen")), *(
            SelectChoice(code, name) for code, name in NAMES.items()
        )],
        default="",
    )  # fmt: skip


class DeskForm(OneCodeForm):
    """A code for somebody at the counter."""

    checked = BooleanField(
        _("Ik heb gezien wie dit is. Deze persoon mag stemmen en heeft geen brief die nog werkt."),
        [InputRequired(_("Kijk eerst wie het is. Zet dan het vinkje."))],
    )
    key = HiddenField(default=_new_key)


def _kenmerk() -> StringField:
    return StringField(
        _("Kenmerk van de brief"),
        [required(), at_most(20)],
        description=_("Zes letters en cijfers. Het staat op de brief en in uw eigen lijst."),
        render_kw={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"},
    )


class ReplaceForm(OneCodeForm):
    """A lost letter, and where the new one goes, which is kept nowhere."""

    kenmerk = _kenmerk()
    name = StringField(_("Naam"), [at_most(LONGEST)])
    address = StringField(_("Straat en huisnummer"), [at_most(LONGEST)])
    postcode = StringField(_("Postcode"), [at_most(LONGEST)])
    place = StringField(_("Plaats"), [at_most(LONGEST)])

    def addressee(self) -> Addressee | None:
        """Return whom the letter goes to, or None where the envelope is written by hand."""
        if not self.data["name"]:
            return None
        filled = self.data
        return Addressee(filled["name"], filled["address"], filled["postcode"], filled["place"], None)

    def validate_name(self, _field: StringField) -> None:
        """Ask for a whole address or none, in letters that can be printed."""
        filled = [field for field in self._lines() if field.data]
        if filled and len(filled) < len(self._lines()):
            raise ValidationError(_("Vul het hele adres in, of laat het helemaal leeg."))
        strange = unprintable("".join(field.data for field in filled))
        if strange:
            raise ValidationError(_("Dit teken kunnen we niet afdrukken: %(sign)s", sign=strange[0]))

    def _lines(self) -> tuple[Any, ...]:
        return self.name, self.address, self.postcode, self.place


class RevokeForm(Form):
    """A code that must not work any more."""

    kenmerk = _kenmerk()


class PaperProxyForm(Form):
    """Somebody lets another vote, on a signed form."""

    kenmerk = _kenmerk()
    is_signed = BooleanField(CONSENT_ON_PAPER, [InputRequired(_("Zonder handtekening kan dit niet."))])


class PassOnForm(Form):
    """A voter lets somebody else vote."""

    code = StringField(
        _("Uw stemcode"),
        [required(), at_most(60)],
        description=_("De code staat in uw brief. Hoofdletters en streepjes maken niet uit."),
        filters=[latin_filter],
        render_kw={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"},
    )
    consent = BooleanField(CONSENT_ON_SCREEN, [InputRequired(_("Zet eerst het vinkje."))])
