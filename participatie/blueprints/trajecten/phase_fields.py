"""Which fields of a form plan the phases of a traject?"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, SelectField, ValidationError

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.web.formats import AMSTERDAM
from participatie.web.forms import Form, SelectChoice, required
from participatie.web.words import WORDS

#: A day outside these is a slip of the hand; the very first and last ones of the calendar are no moments in UTC.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def level_name(position: int) -> str:
    """Return the name of the field for the level of a phase; positions count from 1."""
    return f"phase_{position}_level"


def start_name(position: int) -> str:
    """Return the name of the field for the first day of a phase; positions count from 1."""
    return f"phase_{position}_from"


def phase_fields(kinds: Sequence[PhaseKind]) -> dict[str, Any]:
    """Return the fields of these phases by name: a level and a first day for each."""
    fields: dict[str, Any] = {}
    for position in range(1, len(kinds) + 1):
        fields[level_name(position)] = SelectField(
            _("Niveau van fase %(position)s", position=position),
            choices=[SelectChoice(level.value, WORDS[level]) for level in Level],
        )
        fields[start_name(position)] = DateField(_("Eerste dag van fase %(position)s", position=position), [required()])
    return fields


def days_of(starts: Sequence[tuple[Level, date]], last_day: date | None) -> dict[str, Any]:
    """Return what the fields of these phases are filled with; a phase has its level and its first day."""
    filled: dict[str, Any] = {"ends_on": last_day}
    for position, (level, first_day) in enumerate(starts, start=1):
        filled[level_name(position)] = level.value
        filled[start_name(position)] = first_day
    return filled


class PhaseFields(Form):
    """The phases, of kinds that are given, each of which lasts until the next one."""

    kinds: tuple[PhaseKind, ...] = ()

    ends_on = DateField(_("Laatste dag van het traject"), [required()])

    def planned(self) -> list[tuple[PhaseKind, Field, Field]]:
        """Return each phase with its field for the level and its field for the first day."""
        return [
            (kind, self[level_name(position)], self[start_name(position)])
            for position, kind in enumerate(self.kinds, start=1)
        ]

    def phases(self) -> tuple[PhaseFacts, ...]:
        """Return the phases: each starts at midnight in Amsterdam and lasts until the next one."""
        planned = self.planned()
        after: date = self["ends_on"].data + timedelta(days=1)
        moments = [*(_midnight(start.data) for _kind, _level, start in planned), _midnight(after)]
        return tuple(
            PhaseFacts(kind, Level(level.data), moments[place], moments[place + 1])
            for place, (kind, level, _start) in enumerate(planned)
        )

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse days that are not in order or of another century, at the field where a wijkmanager can mend it."""
        days = (*(start for _kind, _level, start in self.planned()), field)
        given = [each.data for each in days if each.data is not None]
        if given != sorted(given) or not all(FIRST_DAY <= day <= LAST_DAY for day in given):
            raise ValidationError(gettext("De datums moeten na elkaar komen. Kijk ze na."))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
