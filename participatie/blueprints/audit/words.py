"""How does a line of the log read? The act in words, and what it was about by name, with a link where there is a page.

What is not public (a hidden idea, a draft) and who people are is not named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from participatie.models import logged
from participatie.models.audit import AuditRow
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Plan, Round
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.transaction import db
from participatie.web.words import word

#: Acts that are not in the table: what a program or an operator did.
OTHER_ACTS: Mapping[str, LazyString] = {
    "account gemaakt": lazy_gettext("een account maken"),
    "idee gemeld": lazy_gettext("een idee melden"),
    "woonplaats bevestigd": lazy_gettext("de eigen woonplaats bevestigen"),
    "woonplaats weggehaald": lazy_gettext("de eigen woonplaats weghalen"),
    "inlog gekoppeld": lazy_gettext("inloggen via de gemeente koppelen"),
    "profiel gewijzigd": lazy_gettext("eigen gegevens veranderen"),
    "rol gegeven": lazy_gettext("een rol geven"),
    "rol ingetrokken": lazy_gettext("een rol intrekken"),
    "buurtpanel vergeten": lazy_gettext("verwijderen wat over de mensen van een buurtpanel werd bewaard"),
    "geheim vernietigd": lazy_gettext("het geheime getal van een stemronde vernietigen"),
    "ronde ingelezen": lazy_gettext("een stemronde inlezen"),
    "stemmen verzegeld": lazy_gettext("de online stemmen verzegelen"),
    "zegel klopt niet": lazy_gettext("merken dat verzegelde stemmen zijn veranderd, en niet tellen"),
    "loting vastgelegd": lazy_gettext("een loting vastleggen"),
    "loting niet gelukt": lazy_gettext("het voorbereiden van een loting opgeven"),
    "getal geweigerd": lazy_gettext("een getal voor een loting weigeren"),
    "intrekken geweigerd": lazy_gettext("weigeren om een loting in te trekken"),
    "verzegelde lijst opgehaald": lazy_gettext("de verzegelde lijst van een loting ophalen"),
    "stemmen opnieuw geteld": lazy_gettext("de stemmen opnieuw tellen"),
    "opnieuw kijken te laat": lazy_gettext("melden dat niemand op tijd opnieuw keek"),
    "herinnerd aan stap": lazy_gettext("herinneren aan een stap die te laat is"),
}
#: What stands there where there is no name.
KINDS: Mapping[str, LazyString] = {
    "account": lazy_gettext("een account"),
    "role_grant": lazy_gettext("een rol"),
    "idea": lazy_gettext("een idee dat niet openbaar is"),
    "traject": lazy_gettext("een concept"),
    "round": lazy_gettext("een stemronde in voorbereiding"),
    "organisation": lazy_gettext("een bewonersorganisatie"),
    "idea_merge": lazy_gettext("een voorstel om ideeën samen te voegen"),
    "idea_photo": lazy_gettext("een foto bij een idee"),
    "content_translation": lazy_gettext("een vertaling"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What an act was about; `href` is None where there is no page for whoever reads the log."""

    text: str
    href: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """An act as the log shows it."""

    row: AuditRow
    act: str
    about: Named


def lines_of(rows: Sequence[AuditRow]) -> list[LogLine]:
    """Return the lines; the number of queries follows the kinds of things in the log and not its length."""
    numbers: dict[str, set[int]] = {}
    for row in rows:
        numbers.setdefault(row.object_kind, set()).add(row.object_id)
    names = {kind: NAMES[kind](ids) for kind, ids in numbers.items() if kind in NAMES}
    in_trajecten = {row.facts["traject"] for row in rows if row.object_kind not in NAMES and "traject" in row.facts}
    trajecten = _trajecten(in_trajecten) if in_trajecten else {}
    return [LogLine(row, act_in_words(row.act), _about(row, names, trajecten)) for row in rows]


def act_in_words(act: str) -> str:
    """Return an act in the reader's language."""
    known = {str(do): do for do in Do}
    return word(known[act]) if act in known else str(OTHER_ACTS.get(act, act))


def _about(row: AuditRow, names: Mapping[str, Mapping[int, Named]], trajecten: Mapping[int, Named]) -> Named:
    if row.object_kind == "role_grant" and row.facts.get("role") in set(Role):
        return Named(_("de rol %(role)s", role=word(Role(row.facts["role"]))))
    named = names.get(row.object_kind, {}).get(row.object_id) or trajecten.get(row.facts.get("traject", 0))
    return named or Named(str(KINDS.get(row.object_kind, row.object_kind)))


def _ideas(ids: Iterable[int]) -> dict[int, Named]:
    return {
        idea.id: Named(idea.title, url_for("ideas.detail", idea_id=idea.id), idea.lang)
        for idea in db().scalars(logged.logged_ideas(set(ids)))
        if idea.hidden_at is None
    }


def _trajecten(ids: Iterable[int]) -> dict[int, Named]:
    found = db().scalars(logged.logged_trajecten(set(ids)))
    return {each.id: _traject(each) for each in found if each.status is not TrajectStatus.DRAFT}


def _traject(traject: Traject) -> Named:
    return Named(traject.title, url_for("trajecten.detail", slug=traject.slug))


def _phases(ids: Iterable[int]) -> dict[int, Named]:
    return {each.id: _phase(each) for each in db().scalars(logged.logged_phases(set(ids)))}


def _phase(phase: Phase) -> Named:
    said = _(
        "fase %(position)s van %(title)s: %(phase)s",
        position=phase.position, title=phase.traject.title, phase=word(phase.kind),
    )  # fmt: skip
    return Named(said, url_for("trajecten.detail", slug=phase.traject.slug))


def _rounds(ids: Iterable[int]) -> dict[int, Named]:
    return {each.id: _round(each) for each in db().scalars(logged.logged_rounds(set(ids))) if each.has_been_open()}


def _round(budget_round: Round) -> Named:
    return Named(budget_round.title, url_for("wijkbudget.overview", slug=budget_round.slug))


def _batches(ids: Iterable[int]) -> dict[int, Named]:
    found = db().execute(logged.logged_batches(set(ids)))
    return {number: _round(each) if each.has_been_open() else Named(str(KINDS["round"])) for number, each in found}


def _besluiten(ids: Iterable[int]) -> dict[int, Named]:
    found = db().scalars(logged.logged_besluiten(set(ids)))
    return {each.id: Named(each.title, url_for("besluiten.detail", besluit_id=each.id)) for each in found}


def _announcements(ids: Iterable[int]) -> dict[int, Named]:
    found = db().execute(logged.logged_announcements(set(ids)))
    return {
        told.id: Named(
            _("%(kind)s: %(title)s", kind=word(told.kind), title=traject.title),
            url_for("phases.news", slug=traject.slug),
        )
        for told, traject in found
    }


def _disputes(ids: Iterable[int]) -> dict[int, Named]:
    return {
        each.id: Named(
            _("%(kind)s: %(title)s", kind=word(each.kind), title=each.traject.title),
            url_for("disputes.overview", slug=each.traject.slug),
        )
        for each in db().scalars(logged.logged_disputes(set(ids)))
    }


def _milestones(ids: Iterable[int]) -> dict[int, Named]:
    return {number: _plan(plan) for number, plan in db().execute(logged.logged_milestones(set(ids)))}


def _entries(ids: Iterable[int]) -> dict[int, Named]:
    return {number: _plan(plan) for number, plan in db().execute(logged.logged_entries(set(ids)))}


def _promises(ids: Iterable[int]) -> dict[int, Named]:
    return {
        each.id: Named(each.text[:100], url_for("promises.of_wijk", area_id=each.area_id))
        for each in db().scalars(logged.logged_promises(set(ids)))
        if each.traject is None or each.traject.status is not TrajectStatus.DRAFT
    }


def _plan(plan: Plan) -> Named:
    return Named(plan.name, url_for("wijkbudget.plan", slug=plan.round.slug, number=plan.number), plan.lang)


def _areas(ids: Iterable[int]) -> dict[int, Named]:
    found = db().scalars(logged.logged_areas(set(ids)))
    return {each.id: Named(each.name, url_for("wijken.detail", area_id=each.id)) for each in found}


NAMES: Mapping[str, Callable[[Iterable[int]], Mapping[int, Named]]] = {
    "idea": _ideas,
    "traject": _trajecten,
    "phase": _phases,
    "round": _rounds,
    "code_batch": _batches,
    "besluit": _besluiten,
    "announcement": _announcements,
    "dispute": _disputes,
    "milestone": _milestones,
    "payment": _entries,
    "ledger_entry": _entries,
    "promise": _promises,
    "area": _areas,
}
