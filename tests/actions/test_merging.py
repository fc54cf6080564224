"""Two ideas become one when both authors want it; nobody's support goes along by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.following import unfollow
from participatie.actions.groups import propose_override
from participatie.actions.handing import colleagues_for
from participatie.actions.ideas import admit_idea, reject_idea, withdraw_idea
from participatie.actions.merging import answer_merge, end_all_expired, move_support, propose_merge
from participatie.actions.owing import owed_in, standing_of
from participatie.models.accounts import Account
from participatie.models.ideas import Idea, Support
from participatie.models.merging import Merge, merge_by_id
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Following, ideas_told_of, is_told_of_idea
from participatie.spelregels.ideas import IdeaStatus, Test
from participatie.spelregels.merging import MergeStatus
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import (
    OTHER_ROUTE,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    runs_all,
    support,
)
from tests.factories.moderation import WHY, an_open_merge


def two_ideas(session: Session) -> tuple[Idea, Idea]:
    """Of two authors, in one traject."""
    traject = a_traject(session)
    return an_idea(session, traject, author=a_resident(session)), an_idea(session, traject, author=a_resident(session))


def test_both_authors_make_one_idea_and_each_supporter_decides(session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    goes, stays, *_others = support(session, source, 3)
    merge = an_open_merge(session, source, target)
    stranger = answer_merge(session, a_resident(session), merge, clock.now, agrees=True)
    assert stranger == refused(Refusal.NOT_YOUR_ROLE, roles="indiener, moderator")
    assert source.status is IdeaStatus.PUBLISHED
    done(answer_merge(session, target.author, merge, clock.now, agrees=True))
    session.commit()
    assert (merge.status, source.status, target.status) == (
        MergeStatus.MERGED, IdeaStatus.WITHDRAWN, IdeaStatus.PUBLISHED,
    )  # fmt: skip
    assert (source.support_count, target.support_count) == (3, 0)
    templates = session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)).all()
    assert [templates.count(name) for name in ("merge_proposed", "merge_ended", "merge_support")] == [1, 2, 3]
    done(move_support(session, goes, merge, clock.now))
    session.commit()
    assert (source.support_count, target.support_count) == (2, 1)
    assert move_support(session, goes, merge, clock.now) == refused(Refusal.MERGE_OVER)
    assert session.get(Support, (source.id, stays.id)) is not None


def follows(session: Session, account: Account, idea: Idea) -> bool:
    """Whether somebody hears what happens to an idea."""
    return session.scalar(is_told_of_idea(account.id, idea)) is not None


def test_whose_idea_went_on_in_another_hears_of_that_one(session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    merge = an_open_merge(session, source, target)
    assert not follows(session, source.author, target)
    done(answer_merge(session, target.author, merge, clock.now, agrees=True))
    assert follows(session, source.author, target)
    assert session.scalars(select(Following)).all() == [], "nobody chose it"
    assert session.scalars(ideas_told_of(source.author_id)).all() == [target, source]
    # And of the one in which that one goes on.
    last = an_idea(session, target.traject, author=a_resident(session))
    done(answer_merge(session, last.author, an_open_merge(session, target, last), clock.now, agrees=True))
    assert follows(session, source.author, last)
    assert follows(session, target.author, last)
    assert last in session.scalars(ideas_told_of(source.author_id)).all()
    unfollow(session, source.author.actor(), last.traject, clock.now)
    assert not follows(session, source.author, last), "they stopped mail about all of it"
    assert session.scalars(ideas_told_of(source.author_id)).all() == []


@pytest.mark.parametrize("whole", [False, True])
def test_who_wants_no_mail_of_it_gets_none_by_a_merge(session: Session, clock: TurnableClock, *, whole: bool) -> None:
    source, target = two_ideas(session)
    unfollow(session, source.author.actor(), target.traject if whole else target, clock.now)
    done(answer_merge(session, target.author, an_open_merge(session, source, target), clock.now, agrees=True))
    assert not follows(session, source.author, target)


def test_a_no_changes_nothing_and_an_old_proposal_makes_room(session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    merge = an_open_merge(session, source, target)
    again = propose_merge(session, target.author, target, source, WHY, clock.now)
    assert again == refused(Refusal.MERGE_PENDING)
    done(answer_merge(session, target.author, merge, clock.now, agrees=False))
    assert (merge.status, source.status) == (MergeStatus.DECLINED, IdeaStatus.PUBLISHED)
    second = done(propose_merge(session, source.author, source, target, WHY, clock.now))
    clock.turn_to(second.expires_at + timedelta(seconds=1))
    assert answer_merge(session, target.author, second, clock.now, agrees=True) == refused(Refusal.MERGE_OVER)
    third = done(propose_merge(session, source.author, source, target, WHY, clock.now))
    assert (second.status, third.status) == (MergeStatus.EXPIRED, MergeStatus.OPEN)
    assert end_all_expired(session, third.expires_at) == 0
    late = third.expires_at + timedelta(seconds=1)
    assert (end_all_expired(session, late), end_all_expired(session, late)) == (1, 0)
    ended = session.scalars(select(OutboxMail).where(OutboxMail.template == "merge_ended").order_by(OutboxMail.id))
    both = {source.author.email, target.author.email}
    told = [(mail.recipient, mail.facts["expired"]) for mail in ended]
    assert [set(told[place : place + 2]) for place in (0, 2, 4)] == [
        {(each, expired) for each in both} for expired in (False, True, True)
    ]  # fmt: skip
    assert third.status is MergeStatus.EXPIRED


def test_whose_idea_went_on_in_another_reads_its_answer_too(session: Session, clock: TurnableClock) -> None:
    """Also by way of a third one, and without the sentence that was for the other author alone."""
    first, second = two_ideas(session)
    third = an_idea(session, first.traject, author=a_resident(session))
    for source, target in ((first, second), (second, third)):
        done(answer_merge(session, target.author, an_open_merge(session, source, target), clock.now, agrees=True))
    parts = replace(OTHER_ROUTE, own="Dag Bea.")
    done(reject_idea(session, runs_all(a_wijkmanager(session)), third, "Te duur.", clock.now, parts))
    session.commit()
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered")).all()
    assert {(mail.recipient, mail.facts["title"], mail.facts["own"]) for mail in mails} == {
        (third.author.email, third.title, "Dag Bea."),
        (second.author.email, second.title, ""),
        (first.author.email, first.title, ""),
    }


def test_nobody_answers_or_gets_the_idea_in_which_their_own_went_on(session: Session, clock: TurnableClock) -> None:
    """Also by way of another one."""
    boss, traject = a_wijkmanager(session), a_traject(session)
    boss.area = traject.area
    own, between, last = (
        an_idea(session, traject, author=who) for who in (boss, a_resident(session), a_resident(session))
    )
    assert boss in colleagues_for(session, standing_of(session, last))
    for source, target in ((own, between), (between, last)):
        done(answer_merge(session, target.author, an_open_merge(session, source, target), clock.now, agrees=True))
    assert boss not in colleagues_for(session, standing_of(session, last))
    actor = runs_all(boss)
    for verdict in (
        reject_idea(session, actor, last, "Nee.", clock.now, OTHER_ROUTE),
        admit_idea(session, actor, last, "", "Ja.", clock.now, OTHER_ROUTE),
        propose_override(session, actor, last, Test.FEASIBLE, "Toch.", clock.now),
    ):
        assert verdict == refused(Refusal.OWN_JUDGEMENT)


def test_who_withdraws_an_idea_ends_none_of_others(session: Session, clock: TurnableClock) -> None:
    """What went on in it waits for its own answer again; what its author had of their own in it goes with it."""
    others, own = two_ideas(session)
    last = an_idea(session, own.traject, author=own.author)
    merge = an_open_merge(session, others, own)
    done(answer_merge(session, own.author, merge, clock.now, agrees=True))
    an_open_merge(session, own, last)
    done(withdraw_idea(session, last.author, last, clock.now))
    session.commit()
    assert [idea.status for idea in (others, own, last)] == [
        IdeaStatus.PUBLISHED, IdeaStatus.WITHDRAWN, IdeaStatus.WITHDRAWN,
    ]  # fmt: skip
    told = session.scalars(select(OutboxMail).where(OutboxMail.template == "merge_ended")).all()[-1]
    assert (told.recipient, told.facts["apart"], told.facts["idea_id"]) == (others.author.email, True, others.id)
    assert others.id in {owed.thing_id for owed in owed_in(session, clock.now, "/")}
    again = an_idea(session, own.traject, author=own.author)
    done(propose_merge(session, others.author, others, again, WHY, clock.now))


def test_after_the_answer_it_is_too_late(session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    merge = an_open_merge(session, source, target)
    done(reject_idea(session, runs_all(a_wijkmanager(session)), target, "Te duur.", clock.now, OTHER_ROUTE))
    assert answer_merge(session, target.author, merge, clock.now, agrees=True) == refused(Refusal.IDEA_NOT_OPEN)
    assert source.status is IdeaStatus.PUBLISHED


def test_a_moderator_proposes_and_decides_nothing(session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    moderator = an_account(session, role=Role.MODERATOR)
    merge = done(propose_merge(session, moderator, source, target, WHY, clock.now))
    assert (merge.source_agreed_at, merge.target_agreed_at) == (None, None)
    assert answer_merge(session, moderator, merge, clock.now, agrees=True) == refused(Refusal.NOT_THE_AUTHOR)
    elsewhere = an_idea(session)
    assert propose_merge(session, moderator, source, elsewhere, WHY, clock.now) == refused(Refusal.MERGE_UNLIKE)


def test_two_who_agree_at_once_make_one_idea_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    source, target = two_ideas(session)
    moderator = an_account(session, role=Role.MODERATOR)
    merge = done(propose_merge(session, moderator, source, target, WHY, clock.now))
    authors, merge_id = [source.author_id, target.author_id], merge.id
    session.commit()

    def agree(own: Session, place: int) -> object:
        account, found = own.get_one(Account, authors[place]), own.scalars(merge_by_id(merge_id)).one()
        return answer_merge(own, account, found, clock.now, agrees=True)

    answers = all_at_once(engine, agree, 2)
    assert all(isinstance(answer, Merge) for answer in answers)
    session.expire_all()
    assert session.get_one(Merge, merge_id).status is MergeStatus.MERGED
    assert len(session.scalars(select(OutboxMail).where(OutboxMail.template == "merge_ended")).all()) == 2
