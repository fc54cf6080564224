"""How are quotas typed? A line for each value of a feature: `leeftijd; 18 tot 35; 5; 8; 31,5`."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea

from participatie.spelregels.buurtpanels.opening import MOST_SEATS, QuotaRule
from participatie.spelregels.buurtpanels.shares import THOUSAND, seats_for_share
from participatie.web.digits import latin_digits
from participatie.web.forms import clean_line, clean_text

MOST_LINES = 100
LONGEST = 100
_NAMES, _NUMBERS = 2, 3


class QuotasField(Field):
    """A text area with a quota on each line: feature; value; at least; at most; percent of the wijk.

    The percentage may be left out. Where it is there the two numbers may be left out, and follow from it and from the
    number of seats (`seats_of` gives that once the form was read). Its data are quotas in the order of the lines.
    The header of a file with `feature,value,min,max` is skipped, and commas are fine where no semicolon is.
    """

    widget = TextArea()  # type: ignore[assignment]  # the stubs know it with one field alone

    def __init__(self, *arguments: Any, seats_of: Callable[[Any], int | None], **named: Any) -> None:
        """Keep how the number of seats is found in the form."""
        super().__init__(*arguments, **named)
        self.seats_of = seats_of
        self._lines: list[tuple[int, str]] = []

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        quotas: Sequence[QuotaRule] = self.data or ()
        return "\n".join(_line_of(quota) for quota in quotas)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the lines; they are read when the number of seats is known."""
        text = clean_text(str(valuelist[0])) or "" if valuelist else ""
        self._lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        self.data = ()

    def pre_validate(self, form: Any) -> None:
        """Read the lines. Raises ValidationError with a sentence that names the line."""
        if len(self._lines) > MOST_LINES:
            raise ValidationError(_("Dit zijn te veel regels: hoogstens %(limit)s.", limit=MOST_LINES))
        seats = self.seats_of(form)
        found = [self._read(number, line, seats) for number, line in self._lines if not _is_header(line)]
        self.data = tuple(found)

    def _read(self, number: int, line: str, seats: int | None) -> QuotaRule:
        cells = [clean_line(cell) or "" for cell in line.split(";" if ";" in line else ",")]
        cells += [""] * (_NAMES + _NUMBERS - len(cells))
        if len(cells) > _NAMES + _NUMBERS or not cells[0] or not cells[1] or max(map(len, cells[:2])) > LONGEST:
            raise ValidationError(
                _(
                    "Regel %(line)s: zet er een kenmerk, een waarde en twee aantallen, met een puntkomma ertussen.",
                    line=number,
                )
            )
        share = _share(cells[4])
        least, most = (_whole(cell) for cell in cells[2:4])
        if share is not None and seats and not cells[2] and not cells[3]:
            least, most = seats_for_share(seats, share)
        if least is None or most is None or (cells[4] and share is None):
            raise ValidationError(
                _("Regel %(line)s: een aantal of percentage ontbreekt, of is geen getal.", line=number)
            )
        return QuotaRule(cells[0], cells[1], least, most, share)


def _is_header(line: str) -> bool:
    return line.lower().replace(" ", "").replace(";", ",").startswith(("feature,value,", "kenmerk,waarde,"))


def _whole(cell: str) -> int | None:
    digits = latin_digits(cell)
    return int(digits) if digits.isascii() and digits.isdecimal() and int(digits) <= MOST_SEATS else None


def _share(cell: str) -> int | None:
    whole, _comma, part = latin_digits(cell).rstrip("% ").replace(".", ",").partition(",")
    if not (whole.isascii() and whole.isdecimal() and len(part) <= 1 and (part.isdecimal() or not part)):
        return None
    share = int(whole) * 10 + int(part or 0)
    return share if share <= THOUSAND else None


def _line_of(quota: QuotaRule) -> str:
    share = "" if quota.share is None else f"; {quota.share // 10},{quota.share % 10}"
    return f"{quota.feature}; {quota.value}; {quota.minimum}; {quota.maximum}{share}"
