"""What does somebody fill in to translate a text, and a moderator to pass that?"""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField

from participatie.models.content_translations import Original
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.languages import NAMES, locale_code
from participatie.web.words import FIELDS

LONGEST_LINE = 200
LONGEST = 20_000  # characters: a besluit holds 10,000, and other languages take more room
LONGEST_REASON = 2000
APPROVE, REFUSE = "approve", "refuse"
#: What is typed in one line; everything else may have paragraphs.
LINES = frozenset({"title", "decision_maker", "dispute_to"})
LABELS: Mapping[str, LazyString] = {
    "title": _("De titel"),
    "body": _("De tekst"),
    "own_contribution": _("Wat bewoners zelf doen"),
    "third_party": _("Geld van anderen"),
    "motivation": _("Het besluit en de reden"),
}


class OfferForm(Form):
    """The language, and each text in it; `offer_form` adds a field for each text of the original."""

    asked: tuple[str, ...] = ()
    lang = SelectField(_("In welke taal vertaalt u?"), [required()])

    def field_of(self, name: str) -> Any:
        """Return the field for a text by its name."""
        return self[f"text_{name}"]

    def texts(self) -> dict[str, str]:
        """Return what was typed, by the name of the text."""
        return {name: self.field_of(name).data or "" for name in self.asked}


def offer_form(original: Original, waiting: Collection[str], start: Mapping[str, str]) -> OfferForm:
    """Return the form for this original; a language in which one waits for a moderator is not offered again.

    `start` has the texts of a translation to improve on, in the visitor's language.
    """
    fields: dict[str, Any] = {"asked": tuple(original.texts)}
    for name in original.texts:
        label = label_of(name)
        fields[f"text_{name}"] = (
            StringField(label, [required(), at_most(LONGEST_LINE)])
            if name in LINES
            else TextAreaField(label, [required(), at_most(LONGEST)])
        )
    form: OfferForm = type("OfferFormOfOriginal", (OfferForm,), fields)(
        data={"lang": locale_code(), **{f"text_{name}": text for name, text in start.items()}}
    )
    form.lang.choices = [
        SelectChoice(code, name) for code, name in NAMES.items() if code != original.lang and code not in waiting
    ]
    return form


def label_of(name: str) -> LazyString:
    """Return how a text is called on the screen."""
    return LABELS.get(name) or FIELDS[name]


class JudgeForm(Form):
    """Yes or no, and why not."""

    decision = RadioField(
        _("Is de vertaling goed?"),
        [required()],
        choices=[
            SelectChoice(APPROVE, _("Ja, zet haar online")),
            SelectChoice(REFUSE, _("Nee, zet haar niet online")),
        ],
    )
    reason = TextAreaField(
        _("Waarom niet?"),
        [at_most(LONGEST_REASON)],
        description=_("Alleen nodig bij nee. De vertaler leest dit in een e-mail."),
    )
