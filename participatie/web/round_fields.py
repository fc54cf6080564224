"""How are rules about some of the plans typed: the most for a category, and which plans cannot be together?"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextArea, TextInput

from participatie.web.amounts import cents_of, written
from participatie.web.digits import latin_digits
from participatie.web.forms import clean_line, clean_text

MOST_LINES = 50
_GROUPS = re.compile(r"[0-9]{1,6}(\+[0-9]{1,6})+(,[0-9]{1,6}(\+[0-9]{1,6})+)*")


class CapsField(Field):
    """A text area with a name and an amount on each line. Its data are the amounts in cents by name.

    Refused are a line without a name or an amount, a name that stands there twice, and one with a comma: in an open
    data file commas stand between names.
    """

    widget = TextArea()  # type: ignore[assignment]  # the stubs know it with one field alone

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        caps: Mapping[str, int] = self.data or {}
        return "\n".join(f"{name}: {written(cents)}" for name, cents in caps.items())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ValueError with the sentence that the visitor sees."""
        lines = (clean_text(str(valuelist[0])) or "").split("\n") if valuelist else []
        self.data = caps = {}
        for line in [each for each in lines if each.strip()][:MOST_LINES]:
            name, _colon, amount = line.rpartition(":")
            name = clean_line(name) or ""
            if not name or "," in name or not amount.strip():
                raise ValueError(_("Zet op elke regel een naam zonder komma, een dubbele punt en een bedrag."))
            if name in caps:
                raise ValueError(_("Deze naam staat er twee keer: %(name)s.", name=name))
            caps[name] = cents_of(amount)


class GroupsField(Field):
    """A text box for plan numbers that exclude each other: `1+4, 2+7`. Its data are lists of numbers."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        groups: Sequence[Sequence[int]] = self.data or []
        return ", ".join("+".join(map(str, group)) for group in groups)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ValueError with the sentence that the visitor sees."""
        self.data = []
        typed = "".join(latin_digits(str(valuelist[0])).split()) if valuelist else ""
        if not typed:
            return
        if len(typed) > 1000 or not _GROUPS.fullmatch(typed):  # noqa: PLR2004
            raise ValueError(_("Schrijf nummers van plannen met een plus ertussen, zoals 1+4, 2+7."))
        groups = [sorted(map(int, group.split("+"))) for group in typed.split(",")]
        if any(len(set(group)) < len(group) for group in groups):
            raise ValueError(_("Een plan staat twee keer in dezelfde groep."))
        self.data = groups
