"""A wijk's year without money: documents, answers and a report, and the acts that its tests do again and again."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.phases import adopt_product, close_phase, draft_product
from participatie.models.announcements import Announcement, Product
from participatie.models.trajecten import Phase, Traject
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.verdicts import Refused
from tests.clock import MOMENT, TurnableClock
from tests.factories import a_traject, a_wijkmanager, done, now_of, runs_all

DAY = timedelta(days=1)
#: Residents react to a document for two weeks.
NO_MONEY = RuleSet(division=Division.NONE, reaction_days=14)


def phases(*kinds: PhaseKind, level: Level = Level.MEEDENKEN) -> Sequence[PhaseFacts]:
    """Phases of thirty days, of which the first begins now."""
    return [
        PhaseFacts(kind, level, MOMENT + 30 * place * DAY, MOMENT + 30 * (place + 1) * DAY)
        for place, kind in enumerate(kinds)
    ]


def a_year(session: Session, *kinds: PhaseKind, level: Level = Level.MEEDENKEN, opened: bool = True) -> Traject:
    """A traject of these phases; ideas are collected and accounted for, where none are named."""
    steps = phases(*(kinds or (PhaseKind.COLLECT, PhaseKind.ACCOUNT)), level=level)
    return a_traject(session, phases=steps, rules=NO_MONEY, opened=opened)


def manager(session: Session) -> Actor:
    """The wijkmanager, who may act everywhere."""
    return runs_all(a_wijkmanager(session))


def told(session: Session) -> list[Announcement]:
    """Everything that was told, in its order."""
    return list(session.scalars(select(Announcement).order_by(Announcement.id)))


def close(session: Session, traject: Traject, position: int) -> Phase | Refused:
    """Try to close a phase."""
    return close_phase(session, manager(session), traject.phases[position - 1], now_of(session))


def adopted(session: Session, phase: Phase, clock: TurnableClock) -> Product:
    """Publish a draft, let the time to react pass, and adopt it."""
    actor = manager(session)
    done(draft_product(session, actor, phase, "Het stuk", "De tekst.", clock.now))
    return done(adopt_product(session, actor, phase, clock.forward(days=14)))


def here(traject: Traject, page: str = "") -> str:
    """Return the address of a page of a traject."""
    return f"/trajecten/{traject.slug}/{page}".rstrip("/")
