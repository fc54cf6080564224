"""Two officials at once on one traject: the second sees what the first made of it, and nobody sees an error."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.phases import change_level, close_phase, close_traject, draft_product, extend_phase
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import open_vote
from participatie.models.announcements import Announcement, Product, Report
from participatie.models.trajecten import Phase, Traject, traject_by_slug
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.actions.years import DAY, a_year, adopted, close, manager
from tests.clock import TurnableClock
from tests.factories import a_round, close_phases, codes, done

TIMES = 4


def at_once(engine: Engine, session: Session, slug: str, act: Callable[[Session, Traject], object]) -> list[object]:
    """Do the same on a traject in several transactions that all read it before any of them acts."""
    session.commit()
    return all_at_once(engine, lambda own, _place: act(own, own.scalars(traject_by_slug(slug)).one()), TIMES)


def test_a_level_changes_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    traject, actor = a_year(session), manager(session)
    answers = at_once(
        engine, session, traject.slug,
        lambda own, its: change_level(own, actor, its.phases[0], Level.MEEDOEN, "", clock.now),
    )  # fmt: skip
    assert sum(isinstance(answer, Phase) for answer in answers) == 1
    assert answers.count(refused(Refusal.SAME_LEVEL, level=Level.MEEDOEN)) == TIMES - 1
    assert len(session.scalars(select(Announcement)).all()) == 1


def test_a_phase_closes_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    traject, actor = a_year(session), manager(session)
    clock.turn_to(traject.phases[0].ends_at)
    answers = at_once(engine, session, traject.slug, lambda own, its: close_phase(own, actor, its.phases[0], clock.now))
    assert answers.count(refused(Refusal.PHASE_ALREADY_CLOSED)) == TIMES - 1


def test_a_document_is_drafted_by_one_after_the_other(engine: Engine, session: Session, clock: TurnableClock) -> None:
    traject, actor = a_year(session, PhaseKind.PROGRAMME), manager(session)
    answers = at_once(
        engine, session, traject.slug,
        lambda own, its: draft_product(own, actor, its.phases[0], "Programma", "Bomen.", clock.now),
    )  # fmt: skip
    assert all(isinstance(answer, Product) for answer in answers)
    assert len(session.scalars(select(Product)).all()) == 1


def test_a_report_is_published_and_a_traject_closed_once(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    traject, actor = a_year(session, PhaseKind.ACCOUNT), manager(session)
    adopted(session, traject.phases[0], clock)
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    answers = at_once(
        engine, session, traject.slug,
        lambda own, its: publish_report(own, actor, its, "Bomen.", "Parkeren.", "", clock.now),
    )  # fmt: skip
    assert sum(isinstance(answer, Report) for answer in answers) == 1
    assert answers.count(refused(Refusal.ALREADY_PUBLISHED)) == TIMES - 1
    answers = at_once(engine, session, traject.slug, lambda own, its: close_traject(own, actor, its, clock.now))
    assert answers.count(refused(Refusal.NOT_OPEN)) == TIMES - 1


def test_a_vote_opens_with_the_days_of_its_phase_or_those_days_stay(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    """Who opens the vote and who lengthens its phase wait for each other; what is frozen is what the phase says."""
    budget_round = a_round(session, opened=False)
    traject, actor = budget_round.traject, manager(session)
    codes(session, budget_round, 1)
    close_phases(session, traject, PhaseKind.VOTE)
    slug, round_slug = traject.slug, budget_round.slug
    session.commit()

    def act(own: Session, place: int) -> object:
        if place % 2:
            return open_vote(own, actor, own.scalars(round_by_slug(round_slug)).one(), clock.now)
        vote = own.scalars(traject_by_slug(slug)).one().phases[2]
        ends_at = vote.ends_at + DAY + timedelta(hours=place)
        return extend_phase(own, actor, vote, ends_at, "Feestdagen.", clock.now)

    answers = all_at_once(engine, act, TIMES)
    assert sum(isinstance(answer, Round) for answer in answers) == 1
    refusals = {answer.code for answer in answers if isinstance(answer, Refused)}
    assert refusals <= {Refusal.ROUND_NOT_DRAFT, Refusal.LEVEL_FIXED_BY_VOTE, Refusal.EXTENSION_NOT_LATER}
    session.expire_all()
    again = session.scalars(round_by_slug(round_slug)).one()
    assert again.clock().closes_at == again.traject.phases[2].ends_at
