"""What do all forms share? Clean text, our own sentences, and room for the verdict of a spelregel."""

from http import HTTPStatus
from typing import Any
from unicodedata import category

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older version
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, StopValidation

from participatie.spelregels.verdicts import Refused
from participatie.web.refusals import sentence, status_of
from participatie.web.urls import SlugConverter

__all__ = ["Form", "SelectChoice", "address_field", "at_most", "between", "clean_line", "clean_text", "required"]

#: Characters that turn the reading direction or hide text (abuse case 46); no language needs them to be read.
INVISIBLE = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"))


def clean_text(value: str | None) -> str | None:
    """Return typed text without characters that hide or turn it, and without space around it."""
    if value is None:
        return None
    text = value.translate(INVISIBLE).replace("\r\n", "\n")
    return "".join(sign for sign in text if sign in "\n\t" or not _is_no_text(sign)).strip()


def _is_no_text(sign: str) -> bool:
    # Control characters, and the code points that are no character at all: HTML and XML (a feed) hold neither.
    point = ord(sign)
    return category(sign) == "Cc" or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004


def clean_line(value: str | None) -> str | None:
    """Return typed text as one line, however it was sent."""
    text = clean_text(value)
    return text and " ".join(text.split())


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can carry the refusal of an action, shown above its fields with all that was typed."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Run every text field through its cleaner."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Add the cleaning filter to text fields only; a list or a file has nothing to clean."""
            if unbound_field.field_class in CLEANERS:
                cleaner = CLEANERS[unbound_field.field_class]
                options["filters"] = [cleaner, *unbound_field.kwargs.get("filters", ())]
            field: Field = unbound_field.bind(form=form, **options)
            return field

    refusal: Refused | None = None

    def refuse(self, verdict: Refused, field: Field | None = None) -> None:
        """Show why an action said no: beside the field that it is about, or above all of them."""
        self.refusal = verdict
        if field is None:
            self.form_errors.append(sentence(verdict))
        else:
            field.errors = [*field.errors, sentence(verdict)]

    @property
    def http_status(self) -> int:
        """Return the status of the page with this form: that of the refusal, 400 for a flaw in what was sent, or 200."""
        if self.refusal is not None:
            return status_of(self.refusal)
        return HTTPStatus.BAD_REQUEST if self.is_submitted() else HTTPStatus.OK


CLEANERS = {StringField: clean_line, EmailField: clean_line, TextAreaField: clean_text}


class SomethingRequired(InputRequired):
    """Asks for a value that is still there, and can be seen, after cleaning; `InputRequired` looks before it."""

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse nothing, spaces, and marks that nobody sees."""
        super().__call__(form, field)
        nothing = field.data is None and not field.process_errors  # spaces where an amount is asked
        if nothing or (isinstance(field.data, str) and all(category(sign)[0] in "CZ" for sign in field.data)):
            raise StopValidation(self.message or "")


def required() -> InputRequired:
    """Ask for a value."""
    return SomethingRequired(_("Vul dit in."))


def at_most(length: int) -> Length:
    """Allow texts up to `length` characters."""
    return Length(max=length, message=_("Dit is te lang: hoogstens %(max)d tekens."))


def between(lowest: int, highest: int) -> NumberRange:
    """Allow whole numbers from the lowest to the highest."""
    return NumberRange(lowest, highest, message=_("Vul een getal in van %(min)s tot en met %(max)s."))


def address_field() -> StringField:
    """Return the field for the last part of an address: what the slug of a URL takes."""
    return StringField(
        _("Kort adres"),
        [
            required(),
            at_most(80),
            Regexp(rf"^{SlugConverter.regex}$", message=_("Gebruik kleine letters, cijfers en streepjes.")),
        ],
        description=_("Het laatste deel van het webadres, bijvoorbeeld wijkbudget-noord."),
    )
