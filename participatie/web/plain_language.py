"""Is what an official is about to publish too hard to read? The form says so once, and the writer decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from flask import request

from participatie.web.forms import Form
from participatie.web.readability import Readability, readability_of

#: The name of the button that publishes all the same.
ANYWAY = "toch"


@dataclass(frozen=True, slots=True)
class Hint:
    """What makes a text of a form hard to read, and how that text is called there."""

    label: str
    found: Readability


def hints_about(texts: Sequence[tuple[str, str]]) -> list[Hint]:
    """Return a hint for each of these labelled texts that is hard to read."""
    looked_at = [Hint(label, readability_of(text)) for label, text in texts if text]
    return [hint for hint in looked_at if hint.found.is_hard]


class OfficialForm(Form):
    """A form of officials, whose texts are looked at before they are published. It warns, and never blocks.

    `published` names the fields. A form with a hard text is not sent on: the page comes back with everything typed,
    the hints, and a second button.
    """

    published: ClassVar[tuple[str, ...]] = ()
    hints: Sequence[Hint] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the form as ever; then, unless the writer said so already, whether it reads well."""
        if not super().validate(extra_validators):
            return False
        if ANYWAY not in request.form:
            fields = [self._fields[name] for name in self.published if name in self._fields]
            self.hints = hints_about([(str(field.label.text), field.data or "") for field in fields])
        return not self.hints

    @property
    def http_status(self) -> int:
        """Return 200 for a page with a warning: nothing was wrong with what was sent."""
        return HTTPStatus.OK if self.hints else super().http_status
