"""Where in the form of a traject can something that is in the way be mended?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from participatie.blueprints.trajecten.phase_fields import level_name, start_name
from participatie.blueprints.trajecten.rule_fields import weight_name
from participatie.models.content_translations import original_in
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import Test
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import opening_refusals
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.refusals import sentence
from participatie.web.words import FIELDS, word

#: The fields where most refusals are mended; the others depend on their facts.
PLACES = {
    Refusal.LEVEL_WITHOUT_ROOM: "open",
    Refusal.ALREADY_DECIDED_BEFOREHAND: "already_decided",
    Refusal.CITY_FIRST: "after",
    Refusal.GROUP_WITHOUT_WAY: "stakeholders",
    Refusal.ADDRESS_TAKEN: "slug",
}
#: The names in a contradiction whose field has another name.
NAMED_OTHERWISE = {
    "project_group": weight_name(Test.PROJECT_GROUP),
    "in_time": weight_name(Test.IN_TIME),
    "vote_phase": "phases",
}
#: Where residents join an idea before it is admitted.
JOINING = (PhaseKind.COLLECT, PhaseKind.ASSESS)
PHASES = "phases"


@dataclass(frozen=True, slots=True)
class ToMend:
    """Something that is in the way of opening: the sentence, and where it can be mended, or each field that is empty."""

    sentence: str
    href: str = ""
    empty: tuple[tuple[str, str], ...] = ()


def field_to_mend(refusal: Refused, kinds: Sequence[PhaseKind]) -> str:
    """Return the name of the field where a refusal can be mended, or `phases` for their part of the form."""
    match refusal.code:
        case Refusal.PHASES_OUT_OF_ORDER:
            return start_name(int(refusal.facts["position"]))
        case Refusal.VOTE_NEEDS_MEEBESLISSEN | Refusal.POLL_IS_ADVICE:
            return level_name(int(refusal.facts["position"]))
        case Refusal.RULEBOOK_CONTRADICTS:
            one, other = str(refusal.facts["one"]), str(refusal.facts["other"])
            joining = next((place for place, kind in enumerate(kinds, start=1) if kind in JOINING), None)
            if other == "level" and joining is not None:
                return level_name(joining)
            return PHASES if PHASES in (one, other) else NAMED_OTHERWISE.get(one, one)
        case _:
            return PLACES.get(refusal.code, PHASES)


def what_opening_needs(traject: Traject) -> list[ToMend]:
    """Return everything that is in the way of opening a draft, each with the way to mend it."""
    facts = traject.facts()
    kinds = [phase.kind for phase in facts.phases]
    refusals = opening_refusals(traject.card(), traject.scope(), facts.phases, traject.ruleset(), facts.status)
    return [_to_mend(traject, refusal, kinds) for refusal in refusals]


def phases_over(traject: Traject, now: datetime) -> list[ToMend]:
    """Return a warning for every phase of a draft whose dates are past: it may open, but nobody can take part in them."""
    return [
        ToMend(
            _(
                "Fase %(position)s (%(phase)s) is al voorbij. Kijk de datums na.",
                position=phase.position,
                phase=word(phase.kind),
            ),
            _place(traject, start_name(phase.position)),
        )
        for phase in traject.phases
        if phase.ends_at <= now
    ]


def card_texts(traject: Traject) -> list[tuple[str, str]]:
    """Return the texts of the trajectkaart, each with how it is called."""
    return [(str(FIELDS[name]), text) for name, text in original_in(traject).texts.items()]


def _to_mend(traject: Traject, refusal: Refused, kinds: Sequence[PhaseKind]) -> ToMend:
    if refusal.code is not Refusal.CARD_INCOMPLETE:
        return ToMend(sentence(refusal), _place(traject, field_to_mend(refusal, kinds)))
    # The contact person is who started the traject, by the name of their own account.
    empty = [
        (str(FIELDS[name]), url_for("accounts.profile") if name == "contact" else _place(traject, name))
        for name in str(refusal.facts["missing"]).split(", ")
    ]
    return ToMend(sentence(refusal), empty=tuple(empty))


def _place(traject: Traject, name: str) -> str:
    return url_for("trajecten.edit", slug=traject.slug, _anchor=name)
