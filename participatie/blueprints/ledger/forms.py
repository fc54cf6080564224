"""What does somebody fill in about the money of a plan, and about what came of it?"""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional

from participatie.web.amounts import EuroField
from participatie.web.forms import Form, at_most, required

LONGEST = 2000  # characters


class AmountForm(Form):
    """Any line of a ledger: an amount that is more than nothing."""

    amount = EuroField(_("Hoeveel euro?"), [required()])

    def validate_amount(self, field: EuroField) -> None:
        """Refuse nothing."""
        if field.data == 0:
            raise ValidationError(_("Vul een bedrag in dat hoger is dan 0 euro."))


class CommitForm(AmountForm):
    """Money that was agreed with somebody."""

    to_whom = StringField(_("Met wie is het afgesproken?"), [required(), at_most(200)])
    names_person = BooleanField(_("Dit is een persoon: de naam blijft binnen de gemeente."))
    purpose = StringField(_("Waarvoor?"), [required(), at_most(200)])


class PaymentForm(AmountForm):
    """Money that was paid. `commitment.choices` are the agreements that something is open of; 0 is none."""

    commitment = SelectField(_("Bij welke afspraak hoort het?"), [required()], coerce=int)
    paid_on = DateField(_("Op welke dag is betaald?"), [required()])
    purpose = StringField(
        _("Waarvoor?"), [required(), at_most(200)], description=_("Schrijf hier geen naam van iemand.")
    )


class GiveBackForm(AmountForm):
    """Money that is left over."""

    parties = TextAreaField(
        _("Wie krijgt het terug?"),
        [at_most(LONGEST)],
        description=_(
            "Leeg: het gaat terug in de pot. Of zet op elke regel een partij: elke partij krijgt even veel. Centen die niet uitkomen, gaan naar wie bovenaan staat."
        ),
    )


class ReasonForm(Form):
    """Why a line is reversed."""

    reason = TextAreaField(
        _("Waarom draait u dit terug?"), [required(), at_most(LONGEST)], description=_("Iedereen kan dit lezen.")
    )


class ReceiptForm(Form):
    """The file of a receipt."""

    receipt = FileField(
        _("De bon"),
        [InputRequired(_("Kies een bestand."))],
        description=_(
            "Een PDF of JPG, hoogstens 5 MB. Alleen de gemeente en de raad zien het bestand. Iedereen ziet dat de bon er is."
        ),
        render_kw={"accept": "application/pdf,image/jpeg"},
    )


class ResultForm(Form):
    """What a plan came to."""

    text = TextAreaField(_("Wat is er gedaan, en wat leverde het op?"), [required(), at_most(LONGEST)])
    done_on = DateField(_("Op welke dag was het klaar?"), [required()])
    makers = TextAreaField(
        _("Wie maakten dit mogelijk?"), [at_most(LONGEST)], description=_("Zet elke naam op een eigen regel.")
    )
    consent = BooleanField(_("Ik vroeg deze mensen of hun naam op de website mag, en zij vinden het goed."))
    celebrated_on = DateField(_("Is het gevierd? Op welke dag?"), [Optional()])
    celebration = StringField(_("Hoe is het gevierd?"), [at_most(200)])


class PlanPhotoForm(Form):
    """A photo of a step, or of the result. `step.choices` are the steps of the plan; 0 is the result."""

    step = SelectField(_("Wat laat de foto zien?"), [required()], coerce=int)
    alt = StringField(
        _("Wat is er op de foto te zien?"),
        [required(), at_most(200)],
        description=_(
            "Eén of twee zinnen. Mensen die de foto niet kunnen zien, lezen dit of laten het voorlezen. Bijvoorbeeld: een leeg grasveld met één bank."
        ),
    )
    photo = FileField(
        _("De foto"),
        [InputRequired(_("Kies een foto."))],
        description=_("Van uw telefoon of uw computer, hoogstens 20 MB."),
        render_kw={"accept": "image/*"},
    )
