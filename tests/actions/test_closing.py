"""A document that residents react to, the report, and the end of a traject; who may do any of it, and when."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.duties import extend_duty
from participatie.actions.ideas import reject_idea
from participatie.actions.phases import (
    adopt_product,
    change_level,
    close_phase,
    close_traject,
    draft_product,
    extend_phase,
)
from participatie.actions.reporting import publish_report, report_figures
from participatie.models.announcements import Product, Report
from participatie.models.trajecten import Traject
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import Announced, TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.years import DAY, a_year, adopted, close, manager, told
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, a_resident, an_account, an_idea, done, now_of, support

# Documents


def test_a_document_is_a_draft_before_it_is_adopted(session: Session, clock: TurnableClock) -> None:
    """Fixture D1 of seed 004: a programme goes back to the wijk before it is adopted."""
    traject = a_year(session, PhaseKind.PROGRAMME, PhaseKind.ACCOUNT)
    phase, actor = traject.phases[0], manager(session)
    assert adopt_product(session, actor, phase, clock.now) == refused(Refusal.PRODUCT_MISSING)
    done(draft_product(session, actor, phase, " Programma 2027 ", " Eerst de bomen. ", clock.now))
    early = clock.forward(days=14, seconds=-1)
    verdict = adopt_product(session, actor, phase, early)
    assert verdict == refused(Refusal.REACTION_TIME_RUNS, until="18-05-2026")
    product = done(adopt_product(session, actor, phase, clock.forward(seconds=1)))
    assert (product.title, product.text, product.adopted_at) == ("Programma 2027", "Eerst de bomen.", clock.now)
    again = draft_product(session, actor, phase, "Anders", "Anders.", clock.now)
    assert again == refused(Refusal.ALREADY_PUBLISHED)
    assert adopt_product(session, actor, phase, clock.now) == refused(Refusal.ALREADY_PUBLISHED)
    assert [each.kind for each in told(session)] == [Announced.PRODUCT_DRAFT, Announced.PRODUCT]


def test_a_changed_draft_starts_the_time_to_react_anew(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    phase, actor = traject.phases[0], manager(session)
    done(draft_product(session, actor, phase, "Programma", "Bomen.", clock.now))
    done(draft_product(session, actor, phase, "Programma", "Parkeren.", clock.forward(days=13)))
    verdict = adopt_product(session, actor, phase, clock.forward(days=1))
    assert verdict == refused(Refusal.REACTION_TIME_RUNS, until="31-05-2026")


@pytest.mark.parametrize("title, text", [(" ", "De tekst."), ("De titel", "\n")])
def test_an_empty_document_is_refused(session: Session, title: str, text: str) -> None:
    phase = a_year(session, PhaseKind.PROGRAMME).phases[0]
    verdict = draft_product(session, manager(session), phase, title, text, now_of(session))
    assert verdict == refused(Refusal.REASON_MISSING)
    assert session.get(Product, phase.id) is None


def test_a_document_waits_for_its_phase_and_belongs_to_few(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session, PhaseKind.COLLECT, PhaseKind.ACCOUNT)
    early = draft_product(session, manager(session), traject.phases[1], "Verslag", "Klaar.", clock.now)
    assert early == refused(Refusal.WRONG_PHASE, phases=PhaseKind.ACCOUNT)
    nowhere = draft_product(session, manager(session), traject.phases[0], "Verslag", "Klaar.", clock.now)
    assert nowhere == refused(Refusal.NO_PRODUCT_HERE)


# The report, and the end


def report(session: Session, traject: Traject, used: str = "Bomen.", not_used: str = "Parkeren.") -> Report | Refused:
    actor = manager(session)
    return publish_report(session, actor, traject, used, not_used, " Begin eerder. ", now_of(session))


def test_a_report_keeps_the_figures_of_its_day(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    idea, rejected = an_idea(session, traject), an_idea(session, traject)
    support(session, idea, 3)
    hidden = an_idea(session, traject)
    hidden.hidden_at = clock.now
    idea.status, idea.answered_at = IdeaStatus.ADMITTED, clock.now
    done(reject_idea(session, manager(session), rejected, "Dit kan niet.", clock.now, OTHER_ROUTE))
    clock.turn_to(traject.phases[0].ends_at)
    assert report(session, traject) == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    done(close(session, traject, 1))
    for used, not_used in (("", "Parkeren."), ("Bomen.", " ")):
        assert report(session, traject, used, not_used) == refused(Refusal.REASON_MISSING)
    figures = report_figures(session, traject)
    written = done(report(session, traject))
    session.commit()
    assert written.figures == figures
    assert {name: figures[name] for name in ("ideas", "answered", "admitted", "supporters", "people")} == {
        "ideas": 2, "answered": 2, "admitted": 1, "supporters": 3, "people": 5,
    }  # fmt: skip
    assert ["ideeën", "de actiefste tiende", 50] in figures["shares"]
    assert written.lessons == "Begin eerder."
    assert report(session, traject) == refused(Refusal.ALREADY_PUBLISHED)
    support(session, idea, 5)
    assert session.scalars(select(Report)).one().figures["supporters"] == 3


def test_a_traject_closes_with_everything_done_and_never_without_its_report(
    session: Session, clock: TurnableClock
) -> None:
    traject, actor = a_year(session), manager(session)
    idea = an_idea(session, traject)
    clock.turn_to(traject.phases[0].ends_at)
    done(extend_duty(session, actor, traject, Duty.ANSWERS, clock.now + 300 * DAY, "Ziek.", clock.now))
    done(close(session, traject, 1))
    verdict = close_traject(session, actor, traject, clock.now)
    assert verdict == refused(Refusal.PHASE_NOT_CLOSED, position=2, phases=PhaseKind.ACCOUNT)
    clock.turn_to(traject.phases[1].starts_at)
    adopted(session, traject.phases[1], clock)
    clock.turn_to(traject.phases[1].ends_at)
    done(close(session, traject, 2))
    verdict = extend_duty(session, actor, traject, Duty.REPORT, clock.now + 90 * DAY, "Geen tijd.", clock.now)
    assert verdict == refused(Refusal.NO_SUCH_DUTY)
    verdict = close_traject(session, actor, traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.REPORT, count=1)
    done(report(session, traject))
    verdict = close_traject(session, actor, traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.ANSWERS, count=1), "whatever more time was taken"
    done(reject_idea(session, actor, idea, "Alsnog een antwoord.", clock.now, OTHER_ROUTE))
    done(close_traject(session, actor, traject, clock.now))
    session.commit()
    assert (traject.status, traject.closed_at) == (TrajectStatus.CLOSED, clock.now)
    assert told(session)[-1].kind is Announced.CLOSED


ACTS: dict[str, Callable[[Session, Actor, Traject, datetime], object]] = {
    "level": lambda session, actor, traject, now: change_level(
        session, actor, traject.phases[0], Level.MEEDOEN, "Meer.", now
    ),
    "longer": lambda session, actor, traject, now: extend_phase(
        session, actor, traject.phases[0], now + 400 * DAY, "Vakantie.", now
    ),
    "draft": lambda session, actor, traject, now: draft_product(session, actor, traject.phases[1], "A", "B", now),
    "adopt": lambda session, actor, traject, now: adopt_product(session, actor, traject.phases[1], now),
    "close": lambda session, actor, traject, now: close_phase(session, actor, traject.phases[0], now),
    "finish": close_traject,
    "news": lambda session, actor, traject, now: publish_news(session, actor, traject, "Nieuws.", now),
    "report": lambda session, actor, traject, now: publish_report(session, actor, traject, "A", "B", "", now),
    "time": lambda session, actor, traject, now: extend_duty(
        session, actor, traject, Duty.ANSWERS, now + 400 * DAY, "Ziek.", now
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", [TrajectStatus.DRAFT, TrajectStatus.CLOSED])
def test_before_the_opening_and_after_the_end_nothing_of_this_is_done(
    session: Session, act: str, status: TrajectStatus
) -> None:
    traject = a_year(session, opened=status is TrajectStatus.CLOSED)
    traject.status = status
    session.commit()
    assert ACTS[act](session, manager(session), traject, now_of(session)) == refused(Refusal.NOT_OPEN)
    assert told(session) == []


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.RESIDENT, Role.MODERATOR, Role.ASSESSOR, Role.RAAD, Role.BEHEERDER])
def test_nobody_else_does_any_of_this(session: Session, act: str, role: Role) -> None:
    traject = a_year(session)
    who = a_resident(session) if role is Role.RESIDENT else an_account(session, role=role)
    verdict = ACTS[act](session, who.actor(), traject, now_of(session))
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.NOT_YOUR_ROLE


def test_the_college_changes_a_level_too(session: Session) -> None:
    traject = a_year(session)
    college = an_account(session, role=Role.COLLEGE).actor()
    done(change_level(session, college, traject.phases[0], Level.MEEDOEN, "", now_of(session)))
