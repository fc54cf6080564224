"""What does a card of a traject say? What residents can do there now, until when, and with how much say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from participatie.models.around import round_statuses
from participatie.models.trajecten import Phase, Traject
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.formats import day, last_day
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class TrajectCard:
    """A traject in a list. `level` is that of the phase that runs, or else of the next one; `acts` when there is something to do."""

    traject: Traject
    level: Level | None
    say: str
    now: str
    acts: bool


def cards_of(trajecten: Sequence[Traject], at: datetime) -> list[TrajectCard]:
    """Return the cards of trajecten, which come with area and phases; one query, however many there are."""
    rounds = dict(db().execute(round_statuses([each.id for each in trajecten])).all()) if trajecten else {}
    return [_card(each, rounds.get(each.id), at) for each in trajecten]


def cards_to_act_first(trajecten: Sequence[Traject], at: datetime) -> list[TrajectCard]:
    """Return the same with what can be done now on top, what ends first before what ends later."""

    def place(card: TrajectCard) -> tuple[bool, bool, float]:
        phase = card.traject.phase_at(at)
        return not card.acts, phase is None, phase.ends_at.timestamp() if phase else -card.traject.id

    return sorted(cards_of(trajecten, at), key=place)


def level_says(level: Level) -> str:
    """Say in one plain sentence how much say residents have at a level."""
    said: dict[Level, str] = {
        Level.MEEWETEN: _("U leest mee. De gemeente beslist."),
        Level.MEEDENKEN: _("U denkt mee. De gemeente antwoordt en beslist."),
        Level.MEEDOEN: _("U maakt samen met de gemeente een plan."),
        Level.MEEBESLISSEN: _("U beslist mee. De uitslag telt."),
    }
    return said[level]


def _card(traject: Traject, round_status: RoundStatus | None, at: datetime) -> TrajectCard:
    running = traject.phase_at(at)
    coming = next((phase for phase in traject.phases if phase.starts_at > at), None)
    shown = running or (coming if traject.status is TrajectStatus.OPEN else None)
    act = _act(traject, running, round_status, at) if running is not None else None
    rest = _rest(running, round_status) if running is not None else _waits(traject, coming, round_status)
    return TrajectCard(
        traject, shown.level if shown else None, level_says(shown.level) if shown else "", act or rest, bool(act)
    )


def _act(traject: Traject, phase: Phase, round_status: RoundStatus | None, at: datetime) -> str | None:
    """Say what a resident of the area can do now, by the table; None where there is nothing to do."""
    place = traject.facts().place_at(at)
    resident = Actor(account_id=0, home_path=place.area_path)
    until = last_day(phase.ends_at)
    if may(resident, Do.SUBMIT_IDEA, place):
        return str(_("Nu: dien een idee in of steun een idee. Dat kan tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.VOTE and phase.level is Level.MEEBESLISSEN and round_status is RoundStatus.OPEN:
        return str(_("Nu: stem met de code uit uw brief. Dat kan tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.POLL and round_status is RoundStatus.OPEN:
        return str(_("Nu: geef advies met de code uit uw brief. Dat kan tot en met %(day)s.", day=until))
    if may(resident, Do.JOIN_IDEA, place):
        return str(_("Nu: doe mee met een idee. Dat kan tot en met %(day)s.", day=until))
    return None


def _rest(phase: Phase, round_status: RoundStatus | None) -> str:
    """Say what happens in a phase in which residents have nothing to do."""
    until = last_day(phase.ends_at)
    if phase.kind is PhaseKind.VOTE:
        return str(_("Nu: wachten tot de stemming opengaat. De fase duurt tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.POLL:
        return str(_("Nu: wachten tot de peiling opengaat. U geeft dan advies, tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.ASSESS:
        return str(_("Nu: de gemeente toetst de ideeën, tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.DECIDE and round_status is not RoundStatus.PUBLISHED:
        return str(_("Nu: de gemeente telt en neemt een besluit, tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.EXECUTE:
        return str(_("Nu: de plannen worden uitgevoerd, tot en met %(day)s.", day=until))
    if phase.kind is PhaseKind.ACCOUNT:
        return str(_("Nu: de gemeente schrijft op wat er is gedaan, tot en met %(day)s.", day=until))
    return str(_("Nu: u kunt alles lezen. De fase duurt tot en met %(day)s.", day=until))


def _waits(traject: Traject, coming: Phase | None, round_status: RoundStatus | None) -> str:
    """Say why no phase runs."""
    if traject.status is TrajectStatus.CLOSED:
        return str(_("Dit is afgesloten. U kunt alles nog lezen."))
    if coming is not None:
        return str(_("Er loopt nu geen fase. De volgende begint op %(day)s.", day=day(coming.starts_at)))
    if round_status is RoundStatus.PUBLISHED:
        return str(_("De uitslag is bekend. U kunt lezen wat er besloten is."))
    return str(_("Alle fasen zijn voorbij. De gemeente rondt het af."))
