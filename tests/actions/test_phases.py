"""The life of an open traject: levels up and down, longer phases, documents, the report, and closing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.duties import extend_duty
from participatie.actions.following import follow
from participatie.actions.groups import join_idea
from participatie.actions.ideas import reject_idea
from participatie.actions.phases import (
    change_level,
    close_traject,
    extend_phase,
)
from participatie.actions.trajecten import open_traject
from participatie.actions.wijkbudget import restart_vote
from participatie.models.audit import AuditRow
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Phase
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import IdeaStatus, Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Do
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.trajecten import Announced
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.years import DAY, a_year, adopted, close, manager, phases, told
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, a_resident, a_round, a_traject, an_account, an_idea, done, now_of, support


def mailed(session: Session) -> list[str]:
    """Who got mail about an announcement."""
    mails = select(OutboxMail.recipient).where(OutboxMail.template == "announcement")
    return sorted(session.scalars(mails))


def to_level(session: Session, phase: Phase, level: Level, reason: str = "") -> Phase | Refused:
    return change_level(session, manager(session), phase, level, reason, now_of(session))


# Levels


def test_a_level_goes_up_at_once_and_without_a_reason(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    version = traject.version
    done(to_level(session, traject.phases[0], Level.MEEDOEN))
    session.commit()
    session.refresh(traject)
    assert traject.phases[0].level is Level.MEEDOEN
    assert traject.version > version, "kept pages are stale"
    [news] = told(session)
    assert (news.kind, news.text, news.at) == (Announced.LEVEL, "", clock.now)
    assert news.facts == {"phase": 1, "before": "meedenken", "after": "meedoen"}
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.CHANGE_LEVEL)).one()
    assert row.facts == {"before": "meedenken", "after": "meedoen"}


def test_down_needs_a_reason_and_everybody_who_takes_part_reads_it_once(session: Session) -> None:
    """Also who is author, supporter, member and follower at the same time; and nobody of another traject."""
    traject = a_traject(session, level=Level.MEEDOEN)
    idea = an_idea(session, traject, author=a_resident(session))
    other = an_idea(session, traject)
    [supporter] = support(session, idea, 1)
    member, follower = a_resident(session), an_account(session)
    done(join_idea(session, member, idea, Party.RESIDENT, "", "Ik graaf.", now_of(session)))
    for account in (follower, idea.author, member):
        done(follow(session, account.actor(), traject, now_of(session)))
    support(session, an_idea(session), 1)
    phase = traject.phases[0]
    assert to_level(session, phase, Level.MEEWETEN, " \n") == refused(Refusal.LEVEL_LOWER_UNEXPLAINED)
    assert (phase.level, told(session)) == (Level.MEEDOEN, [])
    done(to_level(session, phase, Level.MEEWETEN, " De rechter besloot. "))
    session.commit()
    assert phase.level is Level.MEEWETEN
    assert told(session)[0].text == "De rechter besloot."
    everyone = {idea.author.email, other.author.email, supporter.email, member.email, follower.email}
    assert mailed(session) == sorted(everyone)
    assert "De rechter besloot." in session.scalars(select(OutboxMail.facts).order_by(OutboxMail.id)).all()[-1]["text"]


@pytest.mark.parametrize("level", [Level.MEEWETEN, Level.MEEDOEN])
def test_no_level_changes_once_the_vote_opened_also_when_it_is_done_over(session: Session, level: Level) -> None:
    budget_round = a_round(session)
    execute = budget_round.traject.phases[-1]
    execute.level = Level.MEEDENKEN
    session.commit()
    assert to_level(session, execute, level, "Toch maar.") == refused(Refusal.LEVEL_FIXED_BY_VOTE)
    done(restart_vote(session, manager(session), budget_round, "Een plan ontbrak.", now_of(session)))
    assert to_level(session, execute, level, "Toch maar.") == refused(Refusal.LEVEL_FIXED_BY_VOTE)
    assert execute.level is Level.MEEDENKEN


def test_a_vote_stays_binding(session: Session) -> None:
    traject = a_traject(session)
    verdict = to_level(session, traject.phases[2], Level.MEEDOEN, "Minder.")
    assert verdict == refused(Refusal.VOTE_NEEDS_MEEBESLISSEN, position=3)
    assert traject.phases[2].level is Level.MEEBESLISSEN


def test_a_phase_that_is_over_keeps_its_level(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    clock.turn_to(traject.phases[0].ends_at)
    assert to_level(session, traject.phases[0], Level.MEEDOEN) == refused(Refusal.PHASE_OVER)


def test_more_say_needs_a_card_that_tells_what_is_done_with_it(session: Session) -> None:
    """Spelregels 2 and 4: a traject that only informed opened without what those who are asked have to know."""
    traject = a_year(session, level=Level.MEEWETEN, opened=False)
    traject.not_used = traject.use_of_input = ""
    done(open_traject(session, manager(session), traject, now_of(session)))
    verdict = to_level(session, traject.phases[0], Level.MEEDENKEN)
    assert verdict == refused(Refusal.CARD_INCOMPLETE, missing="use_of_input, not_used")
    assert traject.phases[0].level is Level.MEEWETEN


def test_without_room_nobody_gets_more_say(session: Session) -> None:
    """Spelregel 4."""
    traject = a_year(session, level=Level.MEEWETEN, opened=False)
    traject.open = ""
    done(open_traject(session, manager(session), traject, now_of(session)))
    assert to_level(session, traject.phases[0], Level.MEEDENKEN) == refused(Refusal.LEVEL_WITHOUT_ROOM)
    assert traject.phases[0].level is Level.MEEWETEN


def test_a_level_that_the_rules_of_the_traject_need_is_not_lowered(session: Session) -> None:
    """Where a project group is asked, residents must be able to join one."""
    rules = RuleSet(weights={Test.PROJECT_GROUP: Weight.HARD}, group_needed=3, division=Division.NONE)
    traject = a_traject(session, phases=phases(PhaseKind.COLLECT, level=Level.MEEDOEN), rules=rules)
    verdict = to_level(session, traject.phases[0], Level.MEEDENKEN, "Minder.")
    assert verdict == refused(Refusal.RULEBOOK_CONTRADICTS, one="project_group", other="level")


def test_what_was_promised_is_owed_after_the_level_went_down(session: Session, clock: TurnableClock) -> None:
    """Lowering a level is no way round the answers to what came in before, nor round the report."""
    traject = a_year(session)
    idea = an_idea(session, traject)
    for phase in traject.phases:
        done(to_level(session, phase, Level.MEEWETEN, "Het geld is op."))
    clock.turn_to(traject.phases[1].ends_at)
    assert close(session, traject, 1) == refused(Refusal.DUTY_OPEN, duty=Duty.ANSWERS, count=1)
    done(reject_idea(session, manager(session), idea, "Het geld is op.", clock.now, OTHER_ROUTE))
    done(close(session, traject, 1))
    adopted(session, traject.phases[1], clock)
    done(close(session, traject, 2))
    verdict = close_traject(session, manager(session), traject, clock.now)
    assert verdict == refused(Refusal.DUTY_FIRST, duty=Duty.REPORT, count=1)


# Longer phases


def test_a_phase_lasts_longer_and_pushes_what_comes_after(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    before = [(phase.starts_at, phase.ends_at) for phase in traject.phases]
    ends_at = before[0][1] + 10 * DAY
    done(extend_phase(session, manager(session), traject.phases[0], ends_at, " Het is vakantie. ", clock.now))
    session.commit()
    moved = [(phase.starts_at, phase.ends_at) for phase in traject.phases]
    assert moved[0] == (before[0][0], ends_at)
    assert moved[1:] == [(start + 10 * DAY, end + 10 * DAY) for start, end in before[1:]]
    [news] = told(session)
    assert (news.kind, news.text, news.facts["phase"]) == (Announced.LONGER, "Het is vakantie.", 1)
    assert news.until() == ends_at


def test_a_phase_lasts_no_longer_without_reason_nor_after_the_vote_opened(session: Session) -> None:
    budget_round = a_round(session)
    phase, later = budget_round.traject.phases[2], budget_round.traject.phases[2].ends_at + DAY
    verdict = extend_phase(session, manager(session), phase, later, "Vakantie.", now_of(session))
    assert verdict == refused(Refusal.LEVEL_FIXED_BY_VOTE)
    phase = a_traject(session).phases[0]
    verdict = extend_phase(session, manager(session), phase, phase.ends_at + DAY, " ", now_of(session))
    assert verdict == refused(Refusal.REASON_MISSING)


# Closing a phase


def test_a_phase_closes_after_its_last_day_once(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session)
    assert close(session, traject, 1) == refused(Refusal.PHASE_STILL_RUNS)
    clock.turn_to(traject.phases[0].ends_at)
    assert done(close(session, traject, 1)).closed_at == clock.now
    assert close(session, traject, 1) == refused(Refusal.PHASE_ALREADY_CLOSED)
    assert [(each.kind, each.facts) for each in told(session)] == [(Announced.PHASE_CLOSED, {"phase": 1})]
    later = traject.phases[0].ends_at + 9 * DAY
    verdict = extend_phase(session, manager(session), traject.phases[0], later, "Toch.", clock.now)
    assert verdict == refused(Refusal.PHASE_ALREADY_CLOSED)


def test_phases_close_in_their_order(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session, PhaseKind.COLLECT, PhaseKind.ASSESS)
    clock.turn_to(traject.phases[1].ends_at)
    assert close(session, traject, 2) == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    done(close(session, traject, 1))
    done(close(session, traject, 2))


def test_an_idea_without_answer_keeps_its_phase_open_unless_more_time_was_taken(
    session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session)
    idea = an_idea(session, traject)
    clock.turn_to(traject.phases[0].ends_at)
    assert close(session, traject, 1) == refused(Refusal.DUTY_OPEN, duty=Duty.ANSWERS, count=1)
    until = clock.now + 60 * DAY
    done(extend_duty(session, manager(session), traject, Duty.ANSWERS, until, "De toetser is ziek.", clock.now))
    done(close(session, traject, 1))
    assert idea.status is IdeaStatus.PUBLISHED, "it is still owed"


def test_more_time_that_ran_out_keeps_a_phase_open_again(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session)
    an_idea(session, traject)
    clock.turn_to(traject.phases[0].ends_at)
    until = clock.now + 60 * DAY
    done(extend_duty(session, manager(session), traject, Duty.ANSWERS, until, "De toetser is ziek.", clock.now))
    clock.turn_to(until + DAY)
    assert close(session, traject, 1) == refused(Refusal.DUTY_OPEN, duty=Duty.ANSWERS, count=1)


def test_what_came_in_later_is_owed_later(session: Session, clock: TurnableClock) -> None:
    """An idea of the second phase does not keep the first one open, and a document of the second neither."""
    traject = a_year(session, PhaseKind.AGENDA, PhaseKind.COLLECT)
    adopted(session, traject.phases[0], clock)
    clock.turn_to(traject.phases[1].starts_at + DAY)
    an_idea(session, traject)
    done(close(session, traject, 1))
    clock.turn_to(traject.phases[1].ends_at)
    assert close(session, traject, 2) == refused(Refusal.DUTY_OPEN, duty=Duty.ANSWERS, count=1)


def test_a_phase_closes_with_its_own_document(session: Session, clock: TurnableClock) -> None:
    traject = a_year(session, PhaseKind.ANALYSE, PhaseKind.AGENDA)
    clock.turn_to(traject.phases[1].starts_at + DAY)
    assert close(session, traject, 1) == refused(Refusal.DUTY_OPEN, duty=Duty.PRODUCT, count=1)
    adopted(session, traject.phases[0], clock)
    done(close(session, traject, 1))
    clock.turn_to(traject.phases[1].ends_at)
    assert close(session, traject, 2) == refused(Refusal.DUTY_OPEN, duty=Duty.PRODUCT, count=1)
