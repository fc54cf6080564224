"""How does a refusal read? One plain sentence for every code, which says what to do next."""

from collections.abc import Mapping
from enum import StrEnum

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from participatie.spelregels.balance import Of, Side
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import Party, Test
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Fact, Refusal, Refused
from participatie.web.formats import euros
from participatie.web.refusals.panels import PANELS
from participatie.web.refusals.statuses import BAD_INPUT, DOWN, TOO_MANY
from participatie.web.refusals.taking_part import TAKING_PART
from participatie.web.refusals.voting import VOTING
from participatie.web.words import FIELDS, word

SENTENCES: dict[Refusal, LazyString] = TAKING_PART | VOTING | PANELS

#: Facts that are words of the domain, by their enum; all others stay as somebody typed them.
MEMBERS: dict[str, type[StrEnum]] = {
    "roles": Role,
    "phases": PhaseKind,
    "level": Level,
    "needed": Level,
    "test": Test,
    "parties": Party,
    "duty": Duty,
    "side": Side,
    "of": Of,
}
NAMES_OF_FIELDS = frozenset({"missing", "one", "other"})


def sentence(refusal: Refused) -> str:
    """Return the sentence for a refusal in the visitor's language, with its facts filled in."""
    return str(SENTENCES[refusal.code]) % _shown(refusal.facts)


def status_of(refusal: Refused) -> int:
    """Return the HTTP status: 400 for what was sent, 429 for too often, 503 for a server elsewhere, 403 for who and when."""
    if refusal.code in BAD_INPUT:
        return 400
    if refusal.code in DOWN:
        return 503
    return 429 if refusal.code in TOO_MANY else 403


def refusal_page(refusal: Refused, back: str | None = None) -> ResponseReturnValue:
    """Answer with a page that says why not, and what can be done; `back` is the address of what it is about."""
    status = status_of(refusal)
    return render_template("errors/refusal.html", message=sentence(refusal), status=status, back=back), status


def _shown(facts: Mapping[str, Fact]) -> dict[str, str]:
    shown = {}
    for name, value in facts.items():
        if name.endswith("_cents") and isinstance(value, int):
            shown[name.removesuffix("_cents")] = euros(value)
        elif name in MEMBERS:
            shown[name] = ", ".join(word(MEMBERS[name](part)) for part in str(value).split(", "))
        elif name in NAMES_OF_FIELDS:
            shown[name] = ", ".join(str(FIELDS[part]) for part in str(value).split(", "))
        else:
            shown[name] = str(value)
    return shown
