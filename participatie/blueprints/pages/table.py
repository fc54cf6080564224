"""How does the table of permissions read on the Spelregels page? Rendered from the table itself, so it cannot lie."""

from collections.abc import Mapping

from flask_babel import gettext as _

from participatie.spelregels.duties import (
    BESLUIT_DAYS,
    FROM_LEVEL,
    REPORT_DAYS,
    RESPONSIBLE_DAYS,
    Duty,
)
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Role, Rule
from participatie.spelregels.phases import PhaseKind
from participatie.web.words import word


def duty_rows() -> Mapping[Level, list[tuple[str, str]]]:
    """Return by level, lowest first, what it adds to what the gemeente must do, and until when.

    Terms that a traject promises itself stand on its trajectkaart.
    """
    terms: Mapping[Duty, str] = {
        Duty.NEWS: _("zo vaak als de spelregels van het traject zeggen, en bij elke verandering"),
        Duty.DISPUTES: _("binnen de antwoordtermijn van het traject"),
        Duty.PRODUCT: _("op de laatste dag van de fase"),
        Duty.ANSWERS: _("binnen de antwoordtermijn van het traject"),
        Duty.ADVICE: _("binnen de antwoordtermijn die het panel vooraf kende"),
        Duty.REPORT: _("%(days)s dagen na de laatste fase", days=REPORT_DAYS),
        Duty.RESPONSIBLE: _("%(days)s dagen na het besluit", days=RESPONSIBLE_DAYS),
        Duty.BESLUIT: _("%(days)s dagen na de stemming", days=BESLUIT_DAYS),
        Duty.CARRY_OUT: _("binnen de termijn van het traject, of anders in de laatste fase"),
    }
    return {
        level: [(word(duty), terms[duty]) for duty, since in FROM_LEVEL.items() if since is level] for level in Level
    }


def rights() -> list[tuple[Role, list[tuple[str, str]]]]:
    """Return for each role that may do anything: what, and when and from which level it may."""
    return [
        (role, [(word(do).capitalize(), _when(rule)) for do, rule in TABLE.items() if role in rule.roles])
        for role in Role
        if any(role in rule.roles for rule in TABLE.values())
    ]


def _when(rule: Rule) -> str:
    if rule.timeless:
        return str(_("altijd"))
    phases = ", ".join(word(kind) for kind in PhaseKind if kind in rule.during)
    return str(_("vanaf het niveau %(level)s, in de fase: %(phases)s", level=word(rule.level), phases=phases))
