"""Is the loop closed in the demo: one idea from submission to the report, and nothing on the way ended in silence?"""

from datetime import timedelta
from itertools import accumulate

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.moderation import queue_of
from participatie.actions.owing import asked_in, owed_in
from participatie.models.accounts import account_by_email
from participatie.models.announcements import Report
from participatie.models.answers import AnswerParts, Escalation
from participatie.models.besluiten import besluit_of_round
from participatie.models.ideas import Idea, Support
from participatie.models.journeys import after_the_answer
from participatie.models.meetings import EnteredIdea, MeetingSource
from participatie.models.merging import Merge
from participatie.models.moderation import Hiding, ModerationItem
from participatie.models.organisations import all_organisations
from participatie.models.outbox import OutboxMail
from participatie.models.promises import Promise
from participatie.models.reports import ReportVersion
from participatie.models.telling import Digest
from participatie.models.trajecten import traject_by_slug
from participatie.models.wijkbudget import (
    LedgerEntry,
    Milestone,
    MilestoneDelay,
    Plan,
    PlanPhoto,
    Receipt,
    entries,
    plan_result,
    purse_of,
)
from participatie.spelregels.answers import Timing, Turn
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.merging import MergeStatus
from participatie.spelregels.moderation import Handled, Waiting
from participatie.spelregels.permissions import Role
from participatie.spelregels.promises import PromiseState, Said, Source, state_of
from participatie.spelregels.trajecten import TrajectStatus
from tests.clock import MOMENT

MODERATOR = "bewoners.overvaart@lindewaard.example"


def the_garden(session: Session) -> Plan:
    return session.scalars(select(Plan).where(Plan.name.startswith("Buurtmoestuin"))).one()


def test_one_idea_goes_from_submission_to_the_report(demo: Session) -> None:
    garden = the_garden(demo)
    idea = garden.idea
    assert idea is not None
    result_at, begun_on, done_on, paid_cents, reported_at, _advice_use = demo.execute(
        after_the_answer(idea.traject_id, garden.round_id, garden.id)
    ).one()

    moments = [idea.created_at, idea.answered_at, result_at]
    assert moments == sorted(moments)
    assert result_at.date() < begun_on < done_on < reported_at.date()
    assert paid_cents == 876_265
    assert idea.answer
    result = demo.scalars(plan_result(garden.id)).one()
    assert (result.makers_agreed, result.makers_named) == (True, len(result.makers))
    assert result.makers
    assert result.celebrated_on is not None
    assert demo.scalar(select(func.count()).select_from(PlanPhoto).where(PlanPhoto.plan_id == garden.id)) == 1


def test_its_money_is_agreed_paid_in_three_parts_and_given_back_to_the_cent(demo: Session) -> None:
    garden = the_garden(demo)
    purse = demo.scalars(purse_of(garden.id)).one()
    lines = list(demo.scalars(entries(garden.id)))
    paid = [line for line in lines if line.kind is EntryKind.PAID]
    steps = list(demo.scalars(select(Milestone).where(Milestone.plan_id == garden.id).order_by(Milestone.done_on)))

    assert purse.settled_at is not None
    assert purse.paid_cents + purse.returned_cents == purse.allocated_cents == garden.cost_cents
    assert (purse.committed_cents, purse.returned_cents) == (0, 13_735)
    assert sum(line.amount_cents for line in lines if line.kind is EntryKind.COMMITTED) == 0
    for line, so_far in zip(paid, accumulate(line.amount_cents for line in paid), strict=True):
        done = sum(step.done_on is not None and step.done_on <= line.on_day for step in steps)
        percent = 100 if done == len(steps) else 80 if done else 40
        assert so_far * 100 <= garden.cost_cents * percent
    kept = set(demo.scalars(select(Receipt.entry_id)))
    assert {line.id for line in paid} <= kept
    delayed = demo.scalars(select(MilestoneDelay).where(MilestoneDelay.milestone_id.in_([step.id for step in steps])))
    assert all(delay.reason and delay.after_on > delay.before_on for delay in delayed.all())


def test_its_traject_is_reported_archived_and_closed_with_nothing_left_open(demo: Session) -> None:
    traject = demo.scalars(traject_by_slug("koggeland-begint")).one()
    report = demo.scalars(select(Report).where(Report.traject_id == traject.id)).one()
    version = demo.scalars(select(ReportVersion).where(ReportVersion.traject_id == traject.id)).one()

    assert (traject.status, report.published_at < traject.closed_at) == (TrajectStatus.CLOSED, True)
    assert all(phase.closed_at is not None and phase.closed_at < report.published_at for phase in traject.phases)
    assert {"report.json", "besluiten.json", "ledger.csv", "rulebook.json"} <= version.files.keys()
    assert report.lessons
    of_traject = [each for each in asked_in(demo, MOMENT, traject.area.path) if each.traject.id == traject.id]
    assert {each.timing(MOMENT) for each in of_traject} == {Timing.IN_TIME}
    plans = demo.scalars(select(Plan).join(Plan.round).where(Plan.round.has(traject_id=traject.id))).all()
    purses = [demo.scalar(purse_of(plan.id)) for plan in plans]
    assert [purse.sums().free for purse in purses if purse is not None] == [0, 0, 0]


def test_promises_are_kept_late_and_changed_and_say_where_they_were_made(demo: Session) -> None:
    promises = list(demo.scalars(select(Promise)))
    states = {state_of(promise.due_on, promise.kept_on, MOMENT.date()) for promise in promises}
    assert states == set(PromiseState)
    assert {promise.source for promise in promises} == set(Source)
    assert {line.said for promise in promises for line in promise.lines} == set(Said)
    for promise in promises:
        assert bool(promise.source_link) is (promise.source is not Source.MEETING)
    open_money = select(func.sum(LedgerEntry.amount_cents)).where(LedgerEntry.kind == EntryKind.COMMITTED)
    assert (demo.scalar(open_money) or 0) > 0


def test_what_is_late_stands_in_public_and_went_up_step_by_step(demo: Session) -> None:
    late = [each for each in owed_in(demo, MOMENT, "/") if each.timing(MOMENT) is Timing.OVERDUE]
    assert [(each.days_late(MOMENT), each.turn) for each in late] == [(10, Turn.MANAGER), (1, Turn.CONTACT)]
    steps = select(func.count()).select_from(Escalation).where(Escalation.thing_id == late[0].thing_id)
    assert demo.scalar(steps) == 2
    mails = demo.scalars(select(OutboxMail).where(OutboxMail.template == "answer_late")).all()
    assert len(mails) == 3
    handed = [each for each in owed_in(demo, MOMENT, "/") if each.handed_over]
    assert [each.owner.name for each in handed if each.owner is not None] == ["Tim Roosmalder"]


def test_ideas_were_answered_together_with_a_sentence_for_each(demo: Session) -> None:
    parts = list(demo.scalars(select(AnswerParts).where(AnswerParts.own != "")))
    assert len(parts) == 2
    assert len({each.own for each in parts}) == len(parts)
    assert len({each.used for each in parts}) == 1


def test_residents_moderate_and_a_first_idea_waits_for_them_now(demo: Session) -> None:
    organisations = list(demo.scalars(all_organisations()))
    assert len(organisations) == 2
    assert all(each.areas and each.members for each in organisations)
    moderator = demo.scalars(account_by_email(MODERATOR)).one()
    assert {grant.role for grant in moderator.granted} == {Role.MODERATOR}

    (waiting,) = queue_of(demo, moderator.actor(), MOMENT)
    assert (waiting.kind, waiting.idea.hidden_at is not None) == (Waiting.FIRST_POST, True)
    assert MOMENT < waiting.due_at <= MOMENT + timedelta(hours=48)
    handled = {item.kind: item.outcome for item in demo.scalars(select(ModerationItem)) if item.handled_at is not None}
    assert handled == {
        Waiting.APPEAL: Handled.RESTORED,
        Waiting.REPORT: Handled.KEPT,
        Waiting.FIRST_POST: Handled.KEPT,
    }


def test_an_appeal_was_won_before_somebody_else(demo: Session) -> None:
    hiding = demo.scalars(select(Hiding).where(Hiding.restored_at.is_not(None))).one()
    assert hiding.appeal is not None
    assert hiding.restored_reason
    assert hiding.appeal.item.handled_by_id != hiding.moderator_id
    assert demo.get_one(Idea, hiding.idea_id).hidden_at is None


def test_ideas_were_heard_at_meetings_and_stay_of_who_told_them(demo: Session) -> None:
    meetings = list(demo.scalars(select(MeetingSource)))
    assert len({meeting.kind for meeting in meetings}) == len(meetings) == 2
    heard = list(demo.scalars(select(EnteredIdea)))
    assert {each.meeting_id for each in heard} == {meeting.id for meeting in meetings}
    assert all(each.consent and each.idea.author_id != each.by_id for each in heard)


def test_two_ideas_became_one_and_support_went_along_by_choice(demo: Session) -> None:
    merge = demo.scalars(select(Merge)).one()
    assert merge.status is MergeStatus.MERGED
    assert merge.source.author_id != merge.target.author_id
    stayed = demo.scalar(select(func.count()).select_from(Support).where(Support.idea_id == merge.source_id))
    assert stayed == merge.source.support_count > 0


def test_a_besluit_was_corrected_and_both_versions_stay(demo: Session) -> None:
    garden = the_garden(demo)
    decided = demo.scalars(traject_by_slug("oude-lommer-beslist")).one()
    round_id = demo.scalars(select(Plan.round_id).where(Plan.round.has(traject_id=decided.id)).limit(1)).one()
    first, second = demo.scalars(besluit_of_round(round_id)).one().versions
    assert (first.number, second.number, first.reason) == (1, 2, "")
    assert second.reason
    assert "algemene reserve" in first.content
    assert "algemene reserve" not in second.content.replace(second.reason, "")
    assert len(demo.scalars(besluit_of_round(garden.round_id)).one().versions) == 1


def test_who_asked_for_one_mail_gets_a_digest_in_their_language(demo: Session) -> None:
    mails = list(demo.scalars(select(OutboxMail).where(OutboxMail.template == "digest")))
    assert len(mails) == demo.scalar(select(func.count()).select_from(Digest))
    assert {mail.locale for mail in mails} == {"tr", "nl"}
    assert {mail.facts["weekly"] for mail in mails} == {True, False}
    assert all(group["events"] for mail in mails for group in mail.facts["groups"])
