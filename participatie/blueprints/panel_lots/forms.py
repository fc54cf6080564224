"""What is filled in about a lot: on which number it waits, the number itself, a reason, and somebody's proof?"""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, IntegerField, RadioField, StringField, TextAreaField, ValidationError

from participatie.actions.buurtpanels.lots import LotRequest
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.web.clock import AMSTERDAM
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.words import WORDS

MOST_ADDRESSES = 1_000_000
_MOST_WEIGHT_DIGITS = 4


class LotForm(Form):
    """On which number a lot waits."""

    source = RadioField(
        _("Welk getal beslist?"),
        [required()],
        choices=[SelectChoice(source.value, WORDS[source]) for source in NumberSource],
        default=NumberSource.DRAND.value,
    )
    source_text = StringField(
        _("Om welke trekking gaat het precies?"),
        [required(), at_most(200)],
        default="drand quicknet",
        description=_("Bijvoorbeeld: de trekking van zaterdag, of het gooien op de avond in het wijkcentrum."),
    )
    due_at = DateTimeLocalField(
        _("Wanneer is het getal er?"),
        [required()],
        format="%Y-%m-%dT%H:%M",
        description=_("Kies een moment in de toekomst. Niemand kan het getal dan al kennen."),
    )

    def request(self, kind: LotKind) -> LotRequest:
        """Return what was filled in."""
        return LotRequest(
            kind=kind,
            source=NumberSource(self.data["source"]),
            source_text=self.data["source_text"],
            due_at=self.data["due_at"].replace(tzinfo=AMSTERDAM),
            number=self.data.get("number") or 0,
            weights=self.weighed() if isinstance(self, InvitationForm) else {},
        )


class InvitationForm(LotForm):
    """The same for addresses, with how many of them and whether some buurten count more."""

    number = IntegerField(_("Hoeveel adressen krijgen een uitnodiging?"), [required(), between(1, MOST_ADDRESSES)])
    weights = TextAreaField(
        _("Tellen sommige buurten zwaarder?"),
        [at_most(5000)],
        description=_("Leeg betekent: naar het aantal adressen. Anders op elke regel een buurt, een dubbele punt en een heel getal. Een buurt die er niet staat, telt één keer."),
    )  # fmt: skip

    def weighed(self) -> dict[str, int]:
        """Return the weight of each buurt that was named. Raises ValueError for a line that is none."""
        weights: dict[str, int] = {}
        for line in filter(str.strip, (self.data["weights"] or "").split("\n")):
            buurt, _colon, weight = line.rpartition(":")
            name, digits = buurt.strip(), weight.strip()
            if not name or name in weights or not digits.isascii() or not digits.isdigit():
                raise ValueError(line)
            if len(digits) > _MOST_WEIGHT_DIGITS:
                raise ValueError(line)
            weights[name] = int(digits)
        return weights

    def validate_weights(self, _field: Any) -> None:
        """Refuse a line that is no buurt with a weight."""
        try:
            self.weighed()
        except ValueError as error:
            raise ValidationError(gettext("Dit is geen buurt met een gewicht: “%(line)s”.", line=str(error))) from error


class NumberForm(Form):
    """The public number of a lot."""

    number = StringField(_("Het getal"), [required(), at_most(200)])


class WithdrawForm(Form):
    """Why a lot is taken back."""

    reason = TextAreaField(
        _("Waarom trekt u deze loting in?"),
        [required(), at_most(2000)],
        description=_("Iedereen leest dit bij de lotingen van dit panel."),
    )


class ProofForm(Form):
    """Somebody's proof that they are in the pool."""

    proof = TextAreaField(
        _("Uw bewijs"),
        [required(), at_most(5000)],
        description=_("De tekst die u bij uw aanmelding kreeg. Neem hem helemaal over."),
    )
