"""What waits for those who watch over it all: the council, and the beheerder?"""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.blueprints.work.gemeente import late
from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of
from participatie.models.postcodes import count_postcodes
from participatie.models.wijken import AreaKind
from participatie.models.work import areas_by_kind, deviating_besluiten, held_roles, wijken_without_figures
from participatie.spelregels.permissions import GRANTED, Role
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.formats import day
from participatie.web.transaction import db
from participatie.web.words import word

LOOKED_AT = 200


def of_raad(desk: Desk) -> list[WorkList]:
    """Return what the gemeente is late with, and the besluiten that depart from the vote."""
    running = [each for each in desk.trajecten_as(Role.RAAD) if each.status is TrajectStatus.OPEN]
    besluiten = db().scalars(deviating_besluiten(*desk.paths[Role.RAAD]).limit(LOOKED_AT)).all()
    deviations = [
        WorkRow(
            each.title, url_for("besluiten.detail", besluit_id=each.id),
            word(each.deviation_ground) if each.deviation_ground else "", day(each.published_at),
        )
        for each in besluiten
    ]  # fmt: skip
    return [
        late(desk, running, "trajecten.detail"),
        list_of("afwijkingen", _("Besluiten die afwijken van de uitslag"), deviations),
    ]


def of_beheerder(desk: Desk) -> list[WorkList]:  # noqa: ARG001 - as the other roles
    """Return what residents and staff miss, each with the command that brings it in."""
    kinds = dict(db().execute(areas_by_kind()).all())
    rows = []
    if not kinds.get(AreaKind.WIJK) and not kinds.get(AreaKind.BUURT):
        rows.append(_missing(_("Er zijn nog geen wijken en buurten."), "participatie areas import FILE.csv"))
    if not db().scalar(count_postcodes()):
        said = _("Er zijn nog geen postcodes. Bewoners kunnen hun wijk alleen uit de lijst kiezen.")
        rows.append(_missing(said, "participatie areas postcodes FILE.csv"))
    without = db().scalars(wijken_without_figures().limit(LOOKED_AT)).all()
    if without:
        said = ngettext(
            "Van %(num)d wijk is niet bekend wie er woont.",
            "Van %(num)d wijken is niet bekend wie er woont.",
            len(without),
        )
        rows.append(
            _missing(said, "participatie profile import FILE.csv", ", ".join(each.name for each in without[:5]))
        )
    held = set(db().scalars(held_roles()))
    rows += [
        _missing(_("Niemand heeft de rol: %(role)s.", role=word(role)), f"participatie roles grant EMAIL {role} AREA")
        for role in GRANTED
        if role not in held
    ]
    return [list_of("ontbreekt", _("Dit ontbreekt nog"), rows)]


def _missing(said: str, command: str, about: str = "") -> WorkRow:
    return WorkRow(said, url_for("wijken.overview"), about or _("Opdracht op de server: %(command)s", command=command))
