"""Reports, first ideas and appeals: who gets them, until when, and what if nobody looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.moderation import (
    appeal,
    hide_idea,
    judge_appeal,
    judge_idea,
    publish_due,
    queue_of,
    report_idea,
    restore_idea,
    tell_late_appeals,
)
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.moderation import IdeaReport, ModerationItem
from participatie.models.outbox import OutboxMail
from participatie.spelregels.moderation import REPORTS_PER_HOUR, Handled, HouseRule, Waiting
from participatie.spelregels.permissions import NOBODY, Role
from participatie.spelregels.verdicts import Refusal, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import (
    SECRET_KEY,
    USUAL_RULES,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
)
from tests.factories.moderation import an_organisation

WAITING_RULES = replace(USUAL_RULES, first_posts_wait=True)
NETWORK = "203.0.113.0/24"


def report(
    session: Session, idea: Idea, who: Account | None, clock: TurnableClock, network: str | None = NETWORK
) -> object:
    """Somebody reports an idea as advertising."""
    actor = who.actor() if who is not None else NOBODY
    return report_idea(session, actor, idea, HouseRule.ADVERTISING, "Koop!", network, SECRET_KEY, clock.now)


def moderators(session: Session, number: int) -> list[Account]:
    return [an_account(session, role=Role.MODERATOR, role_area=a_gemeente(session).wijken[0]) for _ in range(number)]


def mails(session: Session, template: str) -> Sequence[OutboxMail]:
    session.flush()
    return session.scalars(select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)).all()


def titles(session: Session, who: Account, clock: TurnableClock) -> list[str]:
    return [item.idea.title for item in queue_of(session, who.actor(), clock.now)]


def test_however_many_report_nothing_is_hidden_by_itself(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    for _ in range(6):
        done(report(session, idea, a_resident(session), clock))
    assert idea.hidden_at is None
    assert session.scalar(select(func.count()).select_from(ModerationItem)) == 1
    [moderator] = moderators(session, 1)
    [item] = queue_of(session, moderator.actor(), clock.now)
    assert (item.kind, len(item.reports)) == (Waiting.REPORT, 6)


def test_one_network_and_one_account_report_a_few_times_an_hour(session: Session, clock: TurnableClock) -> None:
    """Of a network nothing is kept that tells which it was (abuse case 55)."""
    traject, who = a_traject(session), a_resident(session)
    many = [an_idea(session, traject) for _ in range(REPORTS_PER_HOUR + 1)]
    limit = refused(Refusal.TOO_MANY_REPORTS, limit=REPORTS_PER_HOUR)
    for reporter in (None, who):
        answers = [report(session, idea, reporter, clock) for idea in many]
        assert answers[-1] == limit
        assert all(isinstance(answer, IdeaReport) for answer in answers[:-1])
    assert report(session, many[0], who, clock) == refused(Refusal.ALREADY_REPORTED)
    clock.forward(hours=1)
    done(report(session, many[-1], None, clock))
    assert NETWORK not in str(session.execute(select(IdeaReport.__table__)).all())


def test_a_reporter_with_an_account_hears_what_came_of_it(session: Session, clock: TurnableClock) -> None:
    traject, who = a_traject(session), a_resident(session)
    kept, hidden = an_idea(session, traject), an_idea(session, traject)
    [moderator] = moderators(session, 1)
    for idea, rule in ((kept, None), (hidden, HouseRule.ADVERTISING)):
        done(report(session, idea, who, clock))
        done(report(session, idea, None, clock))
        done(judge_idea(session, moderator.actor(), idea, rule, "Het is reclame.", clock.now))
    assert [(mail.recipient, mail.facts["hidden"]) for mail in mails(session, "report_handled")] == [
        (who.email, False), (who.email, True),
    ]  # fmt: skip
    assert (kept.hidden_at, hidden.hidden_at) == (None, clock.now)
    assert judge_idea(session, moderator.actor(), kept, None, "", clock.now) == refused(Refusal.NOTHING_WAITS)


def test_nobody_judges_where_their_organisation_has_a_side(session: Session, clock: TurnableClock) -> None:
    """Not the author, not another member, not where an idea was put in in the name of the organisation."""
    wijk = a_gemeente(session).wijken[0]
    of_an_author, by_name = a_resident(session), a_resident(session)
    author = a_resident(session)
    an_organisation(session, [wijk], [author, of_an_author])
    an_organisation(session, [wijk], [by_name], name="Stichting Groène Wijk")
    traject, other = a_traject(session), an_idea(session)
    an_idea(session, traject, author=author)
    an_idea(session, traject, proposer="bewonersorganisatie", organisation="stichting groene-wijk")
    rival = an_idea(session, traject, title="Een rivaal")
    for idea in (rival, other):
        done(report(session, idea, None, clock))
    session.commit()
    for who in (author, of_an_author, by_name):
        assert titles(session, who, clock) == [other.title]
        assert hide_idea(session, who.actor(), rival, HouseRule.INSULT, "Weg.", clock.now) == refused(Refusal.OWN_RIVAL)
        assert judge_idea(session, who.actor(), rival, None, "", clock.now) == refused(Refusal.OWN_RIVAL)
    # Nobody is left, so it is for the wijkmanager at once; the other one is not.
    manager = a_wijkmanager(session)
    assert titles(session, manager, clock) == ["Een rivaal"]
    assert judge_idea(session, manager.actor(), other, None, "", clock.now) == refused(Refusal.MODERATOR_FIRST)
    done(judge_idea(session, manager.actor(), rival, None, "", clock.now))


def test_a_moderator_puts_no_idea_of_their_own_back(session: Session, clock: TurnableClock) -> None:
    moderator, colleague = moderators(session, 2)
    moderator.area = a_gemeente(session).buurten[0]
    session.commit()
    own = an_idea(session, author=moderator)
    done(hide_idea(session, colleague.actor(), own, HouseRule.INSULT, "Scheldt.", clock.now))
    assert restore_idea(session, moderator.actor(), own, "Valt mee.", clock.now) == refused(Refusal.OWN_RIVAL)


def test_what_is_late_is_for_the_wijkmanager_too_and_the_oldest_comes_first(
    session: Session, clock: TurnableClock
) -> None:
    organisation = an_organisation(session, [a_gemeente(session).wijken[0]], moderators(session, 1), hours=6)
    traject, manager = a_traject(session), a_wijkmanager(session)
    first, second = an_idea(session, traject, title="Eerst"), an_idea(session, traject, title="Later")
    done(report(session, first, None, clock))
    assert titles(session, manager, clock) == []
    clock.forward(hours=7)
    done(report(session, second, None, clock))
    assert titles(session, manager, clock) == ["Eerst"]
    assert titles(session, organisation.members[0].account, clock) == ["Eerst", "Later"]


def test_the_first_idea_of_somebody_waits_and_publishes_itself_when_nobody_looks(
    session: Session, clock: TurnableClock
) -> None:
    """Waiting is no way to silence anybody."""
    traject, author = a_traject(session, rules=WAITING_RULES), a_resident(session)
    idea = an_idea(session, traject, author=author)
    assert idea.hidden_at is not None
    assert mails(session, "idea_received")[0].facts["waits_until"]
    assert publish_due(session, clock.now + timedelta(hours=47)) == 0
    assert publish_due(session, clock.now + timedelta(hours=48)) == 1
    assert publish_due(session, clock.now + timedelta(hours=48)) == 0
    assert idea.hidden_at is None
    assert session.scalars(select(ModerationItem.outcome)).one() is Handled.BY_TIME
    assert len(mails(session, "idea_received")) == 2
    assert an_idea(session, traject, author=author).hidden_at is None, "the second one does not wait"
    assert an_idea(session, author=a_resident(session)).hidden_at is None, "nor where the rules do not say so"


def test_a_first_idea_is_let_through_or_hidden_and_never_restored_past_the_look(
    session: Session, clock: TurnableClock
) -> None:
    traject, [moderator] = a_traject(session, rules=WAITING_RULES), moderators(session, 1)
    good, bad = an_idea(session, traject), an_idea(session, traject)
    assert restore_idea(session, moderator.actor(), good, "Hup.", clock.now) == refused(Refusal.NOT_HIDDEN)
    done(judge_idea(session, moderator.actor(), good, None, "", clock.now))
    done(judge_idea(session, moderator.actor(), bad, HouseRule.INSULT, "Scheldt.", clock.now))
    assert (good.hidden_at, bad.hidden_at) == (None, clock.now)
    assert publish_due(session, clock.now + timedelta(days=9)) == 0


@pytest.mark.parametrize("restores", [True, False])
def test_an_appeal_goes_to_somebody_else(session: Session, clock: TurnableClock, restores: bool) -> None:
    author, (one, other) = a_resident(session), moderators(session, 2)
    idea = an_idea(session, author=author)
    done(hide_idea(session, one.actor(), idea, HouseRule.ADVERTISING, "Reclame.", clock.now))
    stranger = a_resident(session)
    assert appeal(session, stranger, idea, "Zet terug.", clock.now) == refused(Refusal.NOT_YOUR_ROLE, roles="indiener")
    done(appeal(session, author, idea, " Het is geen reclame. ", clock.now))
    assert appeal(session, author, idea, "Nog eens.", clock.now) == refused(Refusal.ALREADY_APPEALED)
    assert titles(session, one, clock) == []
    assert titles(session, other, clock) == [idea.title]
    own = judge_appeal(session, one.actor(), idea, "Blijft.", clock.now, restores=False)
    assert own == refused(Refusal.OWN_HIDING)
    done(judge_appeal(session, other.actor(), idea, "Gekeken.", clock.now, restores=restores))
    assert (idea.hidden_at is None) is restores
    [mail] = mails(session, "appeal_judged")
    assert (mail.recipient, mail.facts["restored"], mail.facts["reason"]) == (author.email, restores, "Gekeken.")
    again = judge_appeal(session, other.actor(), idea, "Toch.", clock.now, restores=True)
    assert again == refused(Refusal.NOTHING_WAITS)


def test_an_appeal_against_the_only_moderator_goes_to_the_wijkmanager_and_the_college(
    session: Session, clock: TurnableClock
) -> None:
    author, [one] = a_resident(session), moderators(session, 1)
    idea, college = an_idea(session, author=author), an_account(session, role=Role.COLLEGE)
    done(hide_idea(session, one.actor(), idea, HouseRule.ADVERTISING, "Reclame.", clock.now))
    done(appeal(session, author, idea, "Niet waar.", clock.now))
    assert titles(session, a_wijkmanager(session), clock) == titles(session, college, clock) == [idea.title]
    done(judge_appeal(session, college.actor(), idea, "Terug.", clock.now, restores=True))
    assert idea.hidden_at is None


def test_who_can_judge_an_appeal_is_mailed_and_who_stands_in_once_when_it_is_late(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    author, (one, other) = a_resident(session), moderators(session, 2)
    idea, manager, college = (
        an_idea(session, author=author),
        a_wijkmanager(session),
        an_account(session, role=Role.COLLEGE),
    )
    done(hide_idea(session, one.actor(), idea, HouseRule.ADVERTISING, "Reclame.", clock.now))
    done(appeal(session, author, idea, "Niet waar.", clock.now))
    assert [(mail.recipient, mail.facts["late"]) for mail in mails(session, "appeal_waits")] == [(other.email, False)]
    item = session.scalars(select(ModerationItem)).one()
    assert tell_late_appeals(session, item.due_at) == 0
    session.commit()
    late = item.due_at + timedelta(minutes=1)
    assert sorted(all_at_once(engine, lambda own, _place: tell_late_appeals(own, late), 3)) == [0, 0, 1]
    told = [mail.recipient for mail in mails(session, "appeal_waits") if mail.facts["late"]]
    assert sorted(told) == sorted([manager.email, college.email])


def test_an_appeal_after_its_term_is_refused(session: Session, clock: TurnableClock) -> None:
    author, [one] = a_resident(session), moderators(session, 1)
    idea = an_idea(session, author=author)
    done(hide_idea(session, one.actor(), idea, HouseRule.ADVERTISING, "Reclame.", clock.now))
    clock.forward(days=15)
    assert appeal(session, author, idea, "Laat.", clock.now) == refused(Refusal.APPEAL_TOO_LATE, days=14)
