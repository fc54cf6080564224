"""Does the demo hold what it shows: a round in each stage and one that is closed, made by the rules, without a mail to anybody?"""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.commands.demo import DatabaseNotEmptyError, DemoSummary, known_accounts, load_demo
from participatie.models.accounts import Account, account_by_email
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea, Support, unanswered_ideas
from participatie.models.moderation import Hiding
from participatie.models.outbox import OutboxMail, due_mail
from participatie.models.trajecten import public_trajecten
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import (
    AllocationLine,
    Milestone,
    Plan,
    Round,
)
from participatie.models.wijken import AreaKind, all_areas, root_area
from participatie.settings import LOCALES
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import GRANTED, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus
from tests.actions.conftest import STRANGER
from tests.clock import MOMENT
from tests.factories import SECRET_KEY, a_gemeente

CLOSED = "wijkbudget-koggeland-eerste-ronde"
STAGES = {
    "wijkbudget-overvaart": (PhaseKind.COLLECT, RoundStatus.DRAFT),
    "wijkbudget-zeggeveld": (PhaseKind.VOTE, RoundStatus.OPEN),
    "wijkbudget-oude-lommer": (PhaseKind.DECIDE, RoundStatus.PUBLISHED),
    "wijkbudget-koggeland": (PhaseKind.EXECUTE, RoundStatus.PUBLISHED),
}
WITHOUT_VOTE = {"riool-dijkgravenstraat", "het-jaar-van-zeggeveld", "samen-voor-de-speeltuin"}
#: What is never written down, and what nobody does in the demo.
NOT_IN_THE_LOG = {
    Do.ISSUE_RESIDENCE_CODES, Do.REPLACE_CODE, Do.PASS_ON_VOTE,
    Do.OPEN_POLL, Do.RESTART_POLL, Do.CAST_ADVICE,
    # Its panels were registered for by file and none was answered yet; who gave which score is in no log.
    Do.ENTER_REGISTRATION, Do.ANSWER_INVITATION, Do.GIVE_SCORE, Do.READ_SCORES, Do.ANSWER_ADVICE,
    Do.FOLLOW, Do.TELL_ABOUT_SELF, Do.CAST_BALLOT, Do.READ_AUDIT, Do.READ_BALANCE,
    Do.REMOVE_PHOTO, Do.RESTORE_IDEA, Do.OVERRIDE_TEST, Do.ACT_ON_BALANCE, Do.MARK_LANGUAGE,
    Do.ENTER_PAPER, Do.SETTLE_PAPER, Do.RESTART_VOTE, Do.READ_ANOMALIES, Do.REVOKE_BATCH, Do.AWARD_MONEY, Do.GIVE_ROLE,
}  # fmt: skip


def the_round(session: Session, slug: str) -> Round:
    return session.scalars(select(Round).where(Round.slug == slug)).one()


def ideas_in(session: Session, slug: str) -> list[Idea]:
    return list(session.scalars(select(Idea).where(Idea.traject_id == the_round(session, slug).traject_id)))


def test_the_demo_goes_into_an_empty_database_alone(session: Session) -> None:
    a_gemeente(session)
    before = session.scalar(select(func.count()).select_from(Account))

    with pytest.raises(DatabaseNotEmptyError):
        load_demo(session, SECRET_KEY, MOMENT)
    assert session.scalar(select(func.count()).select_from(Account)) == before


def test_lindewaard_has_four_wijken_and_twelve_buurten(demo: Session) -> None:
    areas = list(demo.scalars(all_areas()))
    kinds = [area.kind for area in areas]
    assert demo.scalars(root_area()).one().code == "GM9901"
    assert [kinds.count(kind) for kind in AreaKind] == [1, 2, 4, 12]
    for area in areas:
        assert area.path == f"{area.parent.path if area.parent else '/'}{area.id}/"


def test_there_is_one_round_in_each_stage(demo: Session) -> None:
    trajecten = list(demo.scalars(public_trajecten()))
    rounds = {row.slug: row for row in demo.scalars(select(Round))}
    assert {traject.slug for traject in trajecten} == {row.traject.slug for row in rounds.values()} | WITHOUT_VOTE
    assert rounds.keys() == STAGES.keys() | {CLOSED}
    assert rounds[CLOSED].traject.status is TrajectStatus.CLOSED
    for slug, (kind, status) in STAGES.items():
        running = rounds[slug].traject.phase_at(MOMENT)
        assert running is not None
        assert (running.kind, rounds[slug].status) == (kind, status)


def test_residents_of_every_language_and_staff_of_every_role_can_log_in(demo: Session, summary: DemoSummary) -> None:
    accounts = list(demo.scalars(select(Account)))
    assert all(account.email.endswith("@lindewaard.example") for account in accounts if account.has_address())
    assert {account.locale for account in accounts} == set(LOCALES)
    roles = {grant.role for account in accounts for grant in account.granted}
    assert roles == set(GRANTED) - {Role.BEHEERDER}
    for email, what in summary.accounts:
        assert demo.scalar(account_by_email(email)) is not None, email
        assert what
    assert known_accounts(demo) == summary.accounts


def test_ideas_come_in_in_six_languages_and_with_different_support(demo: Session) -> None:
    ideas = ideas_in(demo, "wijkbudget-overvaart")
    assert len(ideas) >= 35
    assert {idea.lang for idea in ideas} == set(LOCALES)
    assert len({idea.support_count for idea in ideas}) > 10
    assert len({idea.title for idea in ideas}) == len(ideas)


def test_some_ideas_are_answered_and_one_is_hidden_with_a_reason(demo: Session) -> None:
    ideas = ideas_in(demo, "wijkbudget-overvaart")
    by_status = {status: [idea for idea in ideas if idea.status is status] for status in IdeaStatus}
    assert by_status[IdeaStatus.ADMITTED]
    assert by_status[IdeaStatus.WITHDRAWN]
    assert [idea.answer != "" for idea in by_status[IdeaStatus.NOT_ADMITTED]] == [True]
    assert any(idea.assessments for idea in by_status[IdeaStatus.PUBLISHED])
    hidden = [idea for idea in ideas if idea.hidden_at is not None]
    hiding = demo.scalars(select(Hiding).where(Hiding.restored_at.is_(None))).one()
    assert [idea.id for idea in hidden] == [hiding.idea_id]
    assert hiding.reason


def test_support_is_counted_as_it_was_given_by_others_who_live_there(demo: Session) -> None:
    rows = demo.execute(
        select(Support, Idea, Account)
        .join(Idea, Support.idea_id == Idea.id)
        .join(Account, Support.account_id == Account.id)
    ).all()
    counted: dict[int, int] = {}
    for support, idea, account in rows:
        counted[idea.id] = counted.get(idea.id, 0) + 1
        collect = next(phase for phase in idea.traject.phases if phase.kind is PhaseKind.COLLECT)
        assert account.id != idea.author_id
        assert account.area.path.startswith(idea.traject.area.path)
        assert idea.created_at < support.created_at
        assert collect.starts_at <= support.created_at < min(collect.ends_at, MOMENT)
        assert idea.hidden_at is None or support.created_at < idea.hidden_at
    for idea in demo.scalars(select(Idea)):
        assert idea.support_count == counted.get(idea.id, 0)


def test_two_answers_are_late_and_no_other_ever_was(demo: Session) -> None:
    late = [idea for idea in demo.scalars(unanswered_ideas("/")) if idea.answer_due_at() <= MOMENT]
    assert sorted(idea.title for idea in late) == [
        "A quiet hour at the swimming pool",
        "De brievenbus terug bij het plein",
    ]
    for idea in demo.scalars(select(Idea).where(Idea.answered_at.is_not(None))):
        assert idea.answered_at is not None
        assert idea.answered_at <= idea.answer_due_at()


def test_execution_shows_steps_done_late_and_to_come(demo: Session) -> None:
    carried_out = the_round(demo, "wijkbudget-koggeland")
    funded = (
        select(Plan.id).join(AllocationLine).where(Plan.round_id == carried_out.id, AllocationLine.funded_cents > 0)
    )
    steps = list(demo.scalars(select(Milestone).where(Milestone.plan_id.in_(funded))))
    today = MOMENT.date()

    assert {step.plan_id for step in steps} == set(demo.scalars(funded))
    assert any(step.done_on is not None and step.done_on > step.due_on for step in steps)
    assert any(step.done_on is None and step.due_on < today for step in steps)
    assert any(step.done_on is None and step.due_on > today for step in steps)


def test_no_mail_of_the_demo_is_left_to_be_sent(demo: Session) -> None:
    mails = list(demo.scalars(select(OutboxMail).where(OutboxMail.recipient != STRANGER)))

    assert all(mail.sent_at == mail.created_at for mail in mails)
    assert [mail.recipient for mail in demo.scalars(due_mail(MOMENT, 10))] == [STRANGER]
    assert {mail.template for mail in mails} >= {"idea_received", "idea_answered", "idea_hidden", "besluit"}


def test_the_log_reads_in_the_order_of_time_and_nothing_is_in_the_future(demo: Session) -> None:
    rows = list(demo.scalars(select(AuditRow).order_by(AuditRow.id)))
    assert all(before.at <= after.at for before, after in pairwise(rows))
    assert rows[-1].at <= MOMENT
    assert {row.act for row in rows} & {str(do) for do in Do} == {str(do) for do in Do} - {
        str(do) for do in NOT_IN_THE_LOG
    }


@pytest.mark.slow
def test_the_demo_tells_the_same_story_in_the_night_that_the_clock_goes_forward(
    demo: Session, session: Session
) -> None:
    load_demo(session, SECRET_KEY, datetime(2026, 3, 29, 2, 30, tzinfo=UTC))

    assert story_of(session) == story_of(demo)


def story_of(session: Session) -> list[object]:
    """What must not depend on the day of loading: who wrote what with which support, and who won with how many votes."""
    ideas = select(Idea.title, Idea.status, Idea.support_count, Account.name).join(Idea.author)
    lines = select(Plan.name, Plan.number, AllocationLine.votes, AllocationLine.funded_cents).join(AllocationLine)
    ballots = select(Round.slug, Ballot.choices).join(Round, Round.id == Ballot.round_id)
    return [sorted(map(tuple, session.execute(rows))) for rows in (ideas, lines, ballots)]
