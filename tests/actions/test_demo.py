"""Does the demo hold what it shows: four rounds, one in each stage, made by the rules and without a mail to anybody?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.accounts import send_login_code
from participatie.actions.votes import CastBallot, ballot_key, cast_ballot, present_code
from participatie.commands.demo import DatabaseNotEmptyError, DemoSummary, known_accounts, load_demo
from participatie.models.accounts import Account, account_by_email
from participatie.models.audit import AuditRow
from participatie.models.besluiten import besluit_of_round
from participatie.models.database import session_for
from participatie.models.ideas import Idea, Support, unanswered_ideas
from participatie.models.moderation import Hiding
from participatie.models.outbox import OutboxMail, due_mail
from participatie.models.trajecten import public_trajecten
from participatie.models.votes import Ballot, VoterRoll, ballot_of
from participatie.models.wijkbudget import (
    Allocation,
    AllocationLine,
    LedgerEntry,
    Milestone,
    Plan,
    Round,
    allocation_lines,
    round_by_slug,
)
from participatie.models.wijken import AreaKind, all_areas, root_area
from participatie.settings import LOCALES
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import GRANTED, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind, RollStatus, check_choices
from participatie.spelregels.wijkbudget import RoundStatus
from tests.clock import MOMENT
from tests.databases import Server, build_schema, connect_for_tests
from tests.factories import SECRET_KEY, a_gemeente

STRANGER = "iemand@elders.example"
STAGES = {
    "wijkbudget-overvaart": (PhaseKind.COLLECT, RoundStatus.DRAFT),
    "wijkbudget-zeggeveld": (PhaseKind.VOTE, RoundStatus.OPEN),
    "wijkbudget-oude-lommer": (PhaseKind.DECIDE, RoundStatus.PUBLISHED),
    "wijkbudget-koggeland": (PhaseKind.EXECUTE, RoundStatus.PUBLISHED),
}
WITHOUT_VOTE = {"riool-dijkgravenstraat", "het-jaar-van-zeggeveld", "samen-voor-de-speeltuin"}
#: What is never written down, and what nobody does in the demo.
NOT_IN_THE_LOG = {
    Do.ISSUE_RESIDENCE_CODES, Do.REPLACE_CODE, Do.PASS_ON_VOTE, Do.RECORD_PROMISE,
    Do.OPEN_POLL, Do.RESTART_POLL, Do.CAST_ADVICE,
    # Its panels were registered for by file and none was answered yet; who gave which score is in no log.
    Do.ENTER_REGISTRATION, Do.ANSWER_INVITATION, Do.GIVE_SCORE, Do.READ_SCORES, Do.ANSWER_ADVICE,
    Do.FOLLOW, Do.TELL_ABOUT_SELF, Do.CAST_BALLOT, Do.READ_AUDIT, Do.READ_BALANCE,
    Do.ENTER_IDEA, Do.REMOVE_PHOTO, Do.RESTORE_IDEA, Do.OVERRIDE_TEST, Do.ACT_ON_BALANCE, Do.EXTEND_TERM, Do.PUBLISH_REPORT,
    Do.JUDGE_IDEA, Do.APPEAL_HIDING, Do.JUDGE_APPEAL, Do.MERGE_IDEAS, Do.MARK_LANGUAGE, Do.MANAGE_ORGANISATION, Do.HAND_OVER_ANSWER,
    Do.ENTER_PAPER, Do.SETTLE_PAPER, Do.RESTART_VOTE, Do.READ_ANOMALIES, Do.REVOKE_BATCH, Do.AWARD_MONEY, Do.GIVE_ROLE, Do.IMPORT_AREAS,
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(database_server: Server) -> Iterator[tuple[Session, DemoSummary]]:
    """The demo at the usual moment, loaded once, in a session that writes nothing for good."""
    engine = connect_for_tests(database_server.new_database("demo"))
    build_schema(engine)
    with session_for(engine, writes=True) as session:
        assert send_login_code(session, STRANGER, "browser", "nl", SECRET_KEY, MOMENT) is None
        summary = load_demo(session, SECRET_KEY, MOMENT)
        session.commit()
        yield session, summary
        session.rollback()
    engine.dispose()
    database_server.drop_database("demo")


@pytest.fixture
def demo(loaded: tuple[Session, DemoSummary]) -> Iterator[Session]:
    """A session on the demo; what a test changes is undone."""
    session = loaded[0]
    session.expire_all()
    yield session
    session.rollback()


@pytest.fixture
def summary(loaded: tuple[Session, DemoSummary]) -> DemoSummary:
    """What loading the demo gave back."""
    return loaded[1]


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
    assert rounds.keys() == STAGES.keys()
    for slug, (kind, status) in STAGES.items():
        running = rounds[slug].traject.phase_at(MOMENT)
        assert running is not None
        assert (running.kind, rounds[slug].status) == (kind, status)


def test_residents_of_every_language_and_staff_of_every_role_can_log_in(demo: Session, summary: DemoSummary) -> None:
    accounts = list(demo.scalars(select(Account)))
    assert all(account.email.endswith("@lindewaard.example") for account in accounts)
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
    hiding = demo.scalars(select(Hiding)).one()
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


def test_no_answer_is_late(demo: Session) -> None:
    assert all(idea.answer_due_at() > MOMENT for idea in demo.scalars(unanswered_ideas("/")))
    for idea in demo.scalars(select(Idea).where(Idea.answered_at.is_not(None))):
        assert idea.answered_at is not None
        assert idea.answered_at <= idea.answer_due_at()


def test_the_running_vote_has_fourteen_plans_of_residents(demo: Session) -> None:
    voting = the_round(demo, "wijkbudget-zeggeveld")
    cast = demo.scalar(select(func.count()).select_from(Ballot).where(Ballot.round_id == voting.id)) or 0
    assert (voting.ballot_kind, voting.pot_cents, len(voting.plans)) == (BallotKind.KNAPSACK, 7_500_000, 14)
    assert all(plan.idea is not None for plan in voting.plans)
    assert 180 <= cast <= 220


def test_every_ballot_is_one_that_could_have_been_cast(demo: Session) -> None:
    for voted in demo.scalars(select(Round).where(Round.status != RoundStatus.DRAFT)):
        clock, plans, limits = voted.clock(), voted.plans_on_ballot(), voted.limits()
        ballots = list(demo.scalars(select(Ballot).where(Ballot.round_id == voted.id)))
        used = list(
            demo.scalars(select(VoterRoll).where(VoterRoll.round_id == voted.id, VoterRoll.status == RollStatus.USED))
        )
        assert {ballot_key(voted, line.selector) for line in used} == {ballot.ballot_key for ballot in ballots}
        for ballot in ballots:
            numbers = [int(number) for number in ballot.choices.strip("[]").split(",")]
            assert check_choices(numbers, plans, limits), ballot.choices
            assert clock.opens_at <= ballot.cast_hour < min(clock.closes_at, MOMENT)


def test_a_ballot_of_the_demo_looks_like_one_that_was_cast(demo: Session, summary: DemoSummary) -> None:
    voting = the_round(demo, summary.voting_slug)
    written = demo.scalars(select(Ballot).where(Ballot.round_id == voting.id)).first()
    selector = present_code(demo, voting, summary.codes[0], SECRET_KEY, MOMENT)
    assert isinstance(selector, str)
    assert isinstance(cast_ballot(demo, voting, selector, [1, 2], MOMENT), CastBallot)
    cast = demo.scalar(ballot_of(voting.id, ballot_key(voting, selector)))
    assert written is not None
    assert cast is not None
    for column in ("ballot_key", "receipt"):
        assert len(getattr(written, column)) == len(getattr(cast, column))
        assert set(getattr(written, column)).isdisjoint("ILOU ")
    assert written.channel is cast.channel
    assert (written.cast_hour.minute, written.cast_hour.second) == (0, 0)


def test_a_visitor_can_vote_with_each_fresh_code(demo: Session, summary: DemoSummary) -> None:
    voting = demo.scalars(round_by_slug(summary.voting_slug)).one()

    assert len(set(summary.codes)) == 5
    for code in summary.codes:
        selector = present_code(demo, voting, code, SECRET_KEY, MOMENT)
        assert isinstance(selector, str)
        cast = cast_ballot(demo, voting, selector, [3], MOMENT)
        assert isinstance(cast, CastBallot)
        assert not cast.replaced


def test_the_published_result_skips_a_popular_plan_and_funds_a_smaller_one(demo: Session) -> None:
    decided = the_round(demo, "wijkbudget-oude-lommer")
    lines = list(demo.scalars(allocation_lines(decided.id)))
    allocation = demo.scalars(select(Allocation).where(Allocation.round_id == decided.id)).one()
    skipped = [line for line in lines if line.reason == "over-budget"]
    fewest = min(line.votes for line in lines if line.funded_cents)

    assert (len(lines), allocation.ballots) == (18, 352)
    assert max(line.votes for line in skipped) > 2 * fewest
    assert not any(tie["decisive"] for tie in allocation.trace["ties"])
    assert demo.scalars(besluit_of_round(decided.id)).one().objection_until > MOMENT.date()


def test_execution_shows_steps_done_late_and_to_come_and_one_plan_finished(demo: Session) -> None:
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
    garden = demo.scalars(select(Plan).where(Plan.name.startswith("Buurtmoestuin"))).one()
    assert all(step.done_on for step in steps if step.plan_id == garden.id)
    paid = demo.scalar(select(func.sum(LedgerEntry.amount_cents)).where(LedgerEntry.plan_id == garden.id))
    assert paid == garden.cost_cents


def test_no_mail_of_the_demo_is_left_to_be_sent(demo: Session) -> None:
    mails = list(demo.scalars(select(OutboxMail).where(OutboxMail.recipient != STRANGER)))

    assert all(mail.sent_at == mail.created_at for mail in mails)
    assert [mail.recipient for mail in demo.scalars(due_mail(MOMENT, 10))] == [STRANGER]
    assert {mail.template for mail in mails} >= {"idea_received", "idea_answered", "idea_hidden", "besluit"}


def test_the_log_reads_in_the_order_of_time_and_nothing_is_in_the_future(demo: Session) -> None:
    rows = list(demo.scalars(select(AuditRow).order_by(AuditRow.id)))
    assert all(before.at <= after.at for before, after in pairwise(rows))
    assert rows[-1].at <= MOMENT
    assert {row.act for row in rows} >= {str(do) for do in Do} - {str(do) for do in NOT_IN_THE_LOG}


@pytest.mark.slow
def test_the_demo_tells_the_same_story_in_the_night_that_the_clock_goes_forward(
    demo: Session, session: Session
) -> None:
    load_demo(session, SECRET_KEY, datetime(2026, 3, 29, 2, 30, tzinfo=UTC))

    assert story_of(session) == story_of(demo)


def story_of(session: Session) -> list[object]:
    """What must not depend on the day of loading: who wrote what with which support, and who won with how many votes."""
    ideas = select(Idea.title, Idea.status, Idea.support_count, Account.email).join(Idea.author)
    lines = select(Plan.name, Plan.number, AllocationLine.votes, AllocationLine.funded_cents).join(AllocationLine)
    ballots = select(Round.slug, Ballot.choices).join(Round, Round.id == Ballot.round_id)
    return [sorted(map(tuple, session.execute(rows))) for rows in (ideas, lines, ballots)]
