"""How does a typed amount of euros become whole cents? Written the Dutch way, exactly, or not at all."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextInput

from participatie.web.digits import latin_digits

HIGHEST_CENTS = 10_000_000_00
LONGEST = 40  # characters; no amount under the highest needs more

#: `1250`, `1.250`, `1.250,50`, `1250.50` and `1250,-`; a point before three digits parts thousands.
SHAPE = re.compile(r"(?P<euros>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<cents>[0-9]{1,2})|,[-\u2013])?")
WITH_POINT = re.compile(r"(?P<euros>[0-9]+)\.(?P<cents>[0-9]{1,2})")


class EuroField(Field):
    """A text box for an amount of euros. Its data is a whole number of cents, or None when left empty.

    Refused are amounts below nought, above ten million euros, with more than two
    decimals, and anything else that is not an amount.
    """

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return written(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ValueError with the sentence that the visitor sees."""
        self.data = None
        if valuelist and str(valuelist[0]).strip():
            self.data = cents_of(str(valuelist[0]))


def cents_of(typed: str) -> int:
    """Return the cents in `1250`, `1.250,50` or `€ 1250`. Raises ValueError with a sentence for anything else."""
    text = "".join(latin_digits(typed[: LONGEST + 1]).split())
    if text.removeprefix("€").startswith(("-", "\u2212")):
        raise ValueError(_("Een bedrag kan niet lager zijn dan 0 euro."))
    text = text.removeprefix("€").removesuffix("€")
    match = SHAPE.fullmatch(text) or WITH_POINT.fullmatch(text)
    if match is None or len(typed) > LONGEST:
        raise ValueError(_("Schrijf een bedrag in euro's, zoals 1250 of 1.250,50."))
    cents = 100 * int(match["euros"].replace(".", "")) + int((match["cents"] or "0").ljust(2, "0"))
    if cents > HIGHEST_CENTS:
        raise ValueError(_("Dit bedrag is te hoog. Vul hoogstens 10 miljoen euro in."))
    return cents


def written(cents: int) -> str:
    """Write cents as somebody would type them: `1250` or `1250,50`."""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02}" if rest else str(euros)
