"""A plan that residents chose and that does not go ahead by besluit: no money from then on, wherever money is counted."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.deciding import correct_besluit, decide
from participatie.actions.report_facts import report_facts
from participatie.actions.wijkbudget import add_milestone, commit_money, give_back, money_for, publish_result, reverse
from participatie.actions.wijkbudget.results import ResultText
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea, Support
from participatie.models.krant import money_of
from participatie.models.outbox import OutboxMail
from participatie.models.wijkbudget import LedgerEntry, Plan, Round, allocation_lines, allocation_of, money_in, sums_in
from participatie.settings import Settings
from participatie.spelregels.besluiten import DeviationGround, Outcome
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.mail import message_for
from tests.actions.test_races import all_at_once
from tests.factories import a_wijkmanager, done, now_of, runs_all, support
from tests.factories.besluiten import a_besluit, a_counted_round, a_round_besluit, said

UNSAFE = {"deviates": True, "ground": DeviationGround.SAFETY, "outcome": None}


@pytest.fixture
def manager(session: Session) -> Actor:
    """The wijkmanager."""
    return runs_all(a_wijkmanager(session))


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A counted round whose first and third plan got money."""
    return a_counted_round(session)


def correct(session: Session, manager: Actor, besluit: Besluit, *, days: int = 0, **parts: object) -> Besluit | Refused:
    """Publish the next version some days later; it withholds what `parts` say."""
    seen, later = len(besluit.versions), now_of(session) + timedelta(days=days)
    outcome = correct_besluit(session, manager, besluit, said(**parts), "Het was anders.", seen, later)
    session.commit()
    return outcome


def test_a_withheld_plan_has_no_money_anywhere(session: Session, manager: Actor, budget_round: Round) -> None:
    first, other = budget_round.plans[0], budget_round.plans[2]
    now, area, traject = now_of(session), budget_round.traject.area, budget_round.traject
    a_round_besluit(session, budget_round, withheld=[1])
    assert (money_for(session, first), money_for(session, other)) == (0, other.cost_cents)
    funded = refused(Refusal.PLAN_NOT_FUNDED)
    assert add_milestone(session, manager, first, "Graven", now.date(), now) == funded
    assert commit_money(session, manager, first, 100, "Hout BV", "Hout", now) == funded
    done(add_milestone(session, manager, other, "Graven", now.date(), now))
    assert [plan.number for _round, plan, _cents, _purse in session.execute(money_in(area))] == [3]
    assert session.execute(sums_in(area)).one()[1] == other.cost_cents
    [(_round, given, paid)] = session.execute(money_of([traject.id], 5)).all()
    assert (given, paid) == (other.cost_cents, 0), "the krant tells what was given"
    facts = report_facts(session, traject, now)
    assert facts["money"]["total"]["allocated"] == other.cost_cents
    assert facts["decided"][0]["withheld"] == [first.name]


def test_what_was_counted_stays_as_it_was(session: Session, budget_round: Round) -> None:
    before = [
        (line.plan_id, line.step, line.funded_cents) for line in session.scalars(allocation_lines(budget_round.id))
    ]
    allocation = session.scalars(allocation_of(budget_round.id)).one()
    trace, spent = allocation.trace, allocation.spent_cents
    a_round_besluit(session, budget_round, withheld=[1, 3])
    lines = session.scalars(allocation_lines(budget_round.id)).all()
    assert [(line.plan_id, line.step, line.funded_cents) for line in lines] == before
    assert (allocation.trace, allocation.spent_cents) == (trace, spent)
    assert [line.given_cents() for line in lines] == [0, 0, 0]


def test_a_correction_withholds_what_nothing_was_spent_on(
    session: Session, manager: Actor, budget_round: Round
) -> None:
    plan, now = budget_round.plans[0], now_of(session)
    besluit = a_round_besluit(session, budget_round)
    line = done(commit_money(session, manager, plan, 100, "Hout BV", "Hout", now))
    session.commit()
    assert correct(session, manager, besluit, **UNSAFE, withheld=[1]) == refused(Refusal.WITHHELD_HAS_MONEY, number=1)
    assert money_for(session, plan) == plan.cost_cents
    done(reverse(session, manager, plan, line, "Toch niet.", now))
    done(correct(session, manager, besluit, **UNSAFE, withheld=[1]))
    assert money_for(session, plan) == 0
    done(correct(session, manager, besluit, **UNSAFE, withheld=[3]))
    assert (money_for(session, plan), money_for(session, budget_round.plans[2])) == (plan.cost_cents, 0)
    done(correct(session, manager, besluit, outcome=None, withheld=[3]))
    assert besluit.withheld == [], "what follows the outcome withholds nothing"


def test_of_withholding_and_spending_at_one_moment_only_one_happens(
    engine: Engine, session: Session, manager: Actor, budget_round: Round
) -> None:
    besluit, plan, now = a_round_besluit(session, budget_round), budget_round.plans[0], now_of(session)
    besluit_id, plan_id = besluit.id, plan.id

    def either(own: Session, place: int) -> object:
        if place % 2:
            return commit_money(own, manager, own.get_one(Plan, plan_id), 100, "Hout BV", "Hout", now)
        # Read before the other writes, as a page would have.
        its, terms = own.get_one(Besluit, besluit_id), said(**UNSAFE, withheld=[1])
        own.scalars(allocation_lines(its.round_id)).all()
        return correct_besluit(own, manager, its, terms, "Er ligt een gasleiding.", 1, now)

    answers = all_at_once(engine, either, 8)
    session.expire_all()
    spent = sum(isinstance(answer, LedgerEntry) for answer in answers)
    stopped = sum(isinstance(answer, Besluit) for answer in answers)
    assert bool(spent) is not bool(stopped), answers
    assert (money_for(session, plan) == 0) is bool(stopped)
    assert stopped <= 1


def test_what_was_given_back_or_came_to_a_result_is_not_withheld_any_more(
    session: Session, manager: Actor, budget_round: Round
) -> None:
    first, third, now = budget_round.plans[0], budget_round.plans[2], now_of(session)
    besluit = a_round_besluit(session, budget_round)
    given = done(give_back(session, manager, first, first.cost_cents, ["Stichting Vriend"], "Over.", now))
    done(publish_result(session, manager, third, ResultText("Er staat een bank.", now.date()), now))
    session.commit()
    before = session.execute(sums_in(budget_round.traject.area)).all()
    for number in (1, 3):
        said_no = refused(Refusal.WITHHELD_HAS_MONEY, number=number)
        assert correct(session, manager, besluit, **UNSAFE, withheld=[number]) == said_no
    assert session.execute(sums_in(budget_round.traject.area)).all() == before
    done(reverse(session, manager, first, given, "Toch niet.", now))
    done(correct(session, manager, besluit, **UNSAFE, withheld=[1]))


def test_a_plan_goes_ahead_again_only_after_the_no_about_its_idea_is_gone(
    session: Session, manager: Actor, budget_round: Round
) -> None:
    plan = budget_round.plans[0]
    besluit = a_round_besluit(session, budget_round, withheld=[1])
    about_idea = a_besluit(session, plan.idea, outcome=Outcome.NO, ground=DeviationGround.SAFETY)
    says_no = refused(Refusal.IDEA_SAYS_NO, number=1)
    assert correct(session, manager, besluit, outcome=None) == says_no
    assert correct(session, manager, besluit, **UNSAFE, withheld=[3]) == says_no
    assert money_for(session, plan) == 0
    done(correct(session, manager, besluit, **UNSAFE, withheld=[1, 3]))
    done(correct(session, manager, about_idea, outcome=Outcome.YES))
    done(correct(session, manager, besluit, outcome=None))
    assert money_for(session, plan) == plan.cost_cents


def test_of_a_no_about_an_idea_and_its_plan_going_ahead_again_at_one_moment_only_one_happens(
    engine: Engine, session: Session, manager: Actor, budget_round: Round
) -> None:
    besluit, now = a_round_besluit(session, budget_round, withheld=[1]), now_of(session)
    besluit_id, idea_id = besluit.id, budget_round.plans[0].idea_id
    session.commit()

    def either(own: Session, place: int) -> object:
        its = own.get_one(Besluit, besluit_id)
        # Read before the other writes, as a page would have.
        own.scalars(allocation_lines(its.round_id)).all()
        if place % 2:
            says_no = said(outcome=Outcome.NO, ground=DeviationGround.SAFETY)
            return decide(own, manager, own.get_one(Idea, idea_id), says_no, now)
        return correct_besluit(own, manager, its, said(outcome=None), "Het kan toch.", 1, now)

    answers = all_at_once(engine, either, 4)
    assert sum(isinstance(answer, Besluit) for answer in answers) == 1, answers


def test_every_version_says_which_plans_it_withheld(session: Session, manager: Actor, budget_round: Round) -> None:
    besluit = a_round_besluit(session, budget_round)
    done(correct(session, manager, besluit, **UNSAFE, withheld=[1]))
    until, since = besluit.objection_until, besluit.withheld_plans[0].since
    done(correct(session, manager, besluit, days=7, **UNSAFE, withheld=[3, 1]))
    assert besluit.objection_until == until + timedelta(days=7), "something else is decided: object anew"
    assert [each.since - since for each in besluit.withheld_plans] == [timedelta(0), timedelta(days=7)]
    named = [[plan["number"] for plan in json.loads(each.content)["withheld"]] for each in besluit.versions]
    assert named == [[], [1], [1, 3]]
    assert all(sha256(each.content.encode()).hexdigest() == each.sha256 for each in besluit.versions)
    assert correct(session, manager, besluit, **UNSAFE, withheld=[1, 3]) == refused(Refusal.NOTHING_CORRECTED)


def test_only_whose_plan_stops_hears_that_it_does(session: Session, manager: Actor, settings: Settings) -> None:
    budget_round = a_counted_round(session)
    ideas = session.scalars(select(Idea).order_by(Idea.id)).all()
    chosen = budget_round.plans[0]
    [supporter] = support(session, ideas[0], 1)
    # The third plan got money too, and now comes from an idea as well.
    budget_round.plans[2].idea, budget_round.plans[1].idea = ideas[1], None
    session.commit()
    besluit = a_round_besluit(session, budget_round, withheld=[1])

    def told() -> dict[str, str]:
        mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "besluit"))
        return {mail.recipient: message_for(mail, settings).get_content() for mail in mails}

    stopped = "Het plan was gekozen, maar het gaat niet door."
    texts = told()
    for person in (ideas[0].author, supporter):
        assert stopped in texts[person.email]
        assert "Het is gevaarlijk voor mensen" in texts[person.email]
        assert chosen.name in texts[person.email]
    assert stopped not in texts[ideas[1].author.email]
    assert "Het plan kreeg bij de stemming" in texts[ideas[1].author.email]
    before = session.scalar(select(func.count(OutboxMail.id)).where(OutboxMail.template == "besluit"))
    done(correct(session, manager, besluit, **UNSAFE, withheld=[1, 3]))
    after = session.scalars(select(OutboxMail).where(OutboxMail.template == "besluit").order_by(OutboxMail.id)).all()
    assert [mail.recipient for mail in after[before:]] == [ideas[1].author.email], "who knew already is not told again"
    assert stopped in message_for(after[-1], settings).get_content()


def test_one_mail_tells_of_all_of_somebodys_plans_and_first_what_does_not_go_ahead(
    session: Session, settings: Settings
) -> None:
    budget_round = a_counted_round(session)
    one, other = session.scalars(select(Idea).order_by(Idea.id)).all()
    budget_round.plans[2].idea, budget_round.plans[1].idea = other, None
    [supporter] = support(session, one, 1)
    session.add(Support(idea_id=other.id, account_id=supporter.id, created_at=now_of(session)))
    other.author = one.author
    session.commit()
    a_round_besluit(session, budget_round, withheld=[3])
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "besluit")).all()
    assert sorted(mail.recipient for mail in mails) == sorted([one.author.email, supporter.email])
    for mail in mails:
        message = message_for(mail, settings)
        assert "gaat niet door" in message["Subject"]
        stopped, goes_ahead = (message.get_content().index(budget_round.plans[place].name) for place in (2, 0))
        assert stopped < goes_ahead


def test_where_nothing_was_chosen_nothing_is_withheld(session: Session, manager: Actor) -> None:
    besluit = a_round_besluit(session, a_counted_round(session))
    for named in ([], [2], [99999999]):
        said_no = correct(session, manager, besluit, **UNSAFE, withheld=named)
        assert isinstance(said_no, Refused)
        assert said_no.code in (Refusal.DEVIATION_WITHOUT_PLAN, Refusal.DEVIATION_NOT_CHOSEN)
    assert len(besluit.versions) == 1
