"""Heerlen: three who carry it, before the end of the year. Arnhem: paid against results."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import add_milestone, finish_milestone, pay
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import LedgerEntry, Milestone, Plan
from participatie.spelregels.ideas import Party, Test
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Earned
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.wijkbudget import is_late
from tests.clock import TurnableClock
from tests.factories import a_resident, done
from tests.scenarios.places import Place

LAST_DAY = date(2026, 12, 31)


def hearts_wish(place: Place, ready_on: date, *without: Party) -> Idea:
    """A wish with its cost and its day, carried by all three parties but those."""
    idea = place.idea(title="Een speeltuin")
    for account, party, organisation in (
        (idea.author, Party.RESIDENT, ""),
        (a_resident(place.session), Party.ORGANISATION, "De speeltuinclub"),
        (place.manager, Party.GEMEENTE, ""),
    ):
        if party not in without:
            done(place.join(account, idea, party, organisation))
    done(place.tested(idea, 15_000, ready_on))
    return idea


@pytest.mark.parametrize("missing", list(Party))
def test_f7_with_one_of_the_three_missing_it_cannot_start(
    session: Session, clock: TurnableClock, missing: Party
) -> None:
    """Fixture F7 of seed 000 (1095): resident, organisation and gemeente."""
    place = Place(session, clock, "heerlen")
    place.round(100_000)
    idea = hearts_wish(place, LAST_DAY, missing)
    assert place.admit(idea) == refused(Refusal.PARTY_MISSING, parties=missing)


def test_f7_what_is_done_after_31_december_is_not_selected(session: Session, clock: TurnableClock) -> None:
    """Fixture F7 (1077): one day late is late, and without a day nobody knows."""
    place = Place(session, clock, "heerlen")
    place.round(100_000)
    unknown = place.idea()
    done(place.tested(unknown, 1))
    assert place.admit(unknown) == refused(Refusal.TESTS_INCOMPLETE, test=Test.IN_TIME)
    assert place.admit(hearts_wish(place, date(2027, 1, 1))) == refused(Refusal.NOT_IN_TIME, until="31-12-2026")
    assert isinstance(place.admit(hearts_wish(place, LAST_DAY)), Plan)


def test_f7_nobody_is_the_third_by_coming_twice(session: Session, clock: TurnableClock) -> None:
    place = Place(session, clock, "heerlen")
    idea = place.idea()
    done(place.join(idea.author, idea))
    assert place.join(idea.author, idea, Party.ORGANISATION, "Mijn club") == refused(Refusal.ALREADY_IN_GROUP)
    gemeente = place.join(a_resident(session), idea, Party.GEMEENTE)
    assert gemeente == refused(Refusal.NOT_YOUR_ROLE, roles="toetser, wijkmanager")


def test_f7_the_clean_up_is_promised_within_three_months_and_late_a_day_after(
    session: Session, clock: TurnableClock
) -> None:
    """Fixture F7 (1533): carried by three and decided, it is in time on the last day of three months."""
    place = Place(session, clock, "heerlen")
    budget_round = place.round(100_000)
    plan = place.admit(hearts_wish(place, LAST_DAY))
    assert isinstance(plan, Plan)
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    done(place.decide(budget_round))
    manager, due_on = place.manager.actor(), clock.now.date() + timedelta(days=90)
    step = done(add_milestone(session, manager, plan, "Schoonmaakactie", due_on, clock.now))
    last_day = clock.forward(days=90)
    assert not is_late(step.due_on, step.done_on, last_day.date())
    assert is_late(step.due_on, step.done_on, clock.forward(days=1).date())
    done(finish_milestone(session, manager, plan, step, last_day.date(), "De straat is schoon.", clock.now))
    assert not is_late(step.due_on, step.done_on, clock.now.date())


class Grant:
    """A plan in Arnhem that was awarded so many euros."""

    def __init__(self, place: Place, amount: float) -> None:
        """Award it and decide about it."""
        self.place = place
        budget_round = place.round(amount)
        self.plan = place.plan(amount)
        place.close_before(PhaseKind.EXECUTE)
        done(place.award(budget_round))
        done(place.decide(budget_round))

    def pay(self, cents: int) -> LedgerEntry | Refused:
        """Try to pay so many cents."""
        now = self.place.clock.now
        return pay(self.place.session, self.place.manager.actor(), self.plan, cents, now.date(), "Deel", now)

    def promise(self, title: str, days: int) -> Milestone:
        """Promise a step within some days; doing it is up to `finish`."""
        now, actor = self.place.clock.now, self.place.manager.actor()
        due_on = now.date() + timedelta(days=days)
        return done(add_milestone(self.place.session, actor, self.plan, title, due_on, now))

    def finish(self, step: Milestone) -> None:
        """Write down that a step was done today."""
        now, actor = self.place.clock.now, self.place.manager.actor()
        done(finish_milestone(self.place.session, actor, self.plan, step, now.date(), "Te zien.", now))


def unearned(payable_cents: int) -> Refused:
    return refused(Refusal.PART_NOT_EARNED, payable_cents=payable_cents)


def test_f2_forty_forty_twenty_and_no_result_no_money(session: Session, clock: TurnableClock) -> None:
    """Fixture F2 of seed 000: of 10,000 euros, 4,000 at the goal (316); without a result the total paid stays 4,000."""
    grant = Grant(Place(session, clock, "arnhem"), 10_000)
    assert grant.pay(1) == unearned(0)
    halfway, end = grant.promise("De eerste boom", 20), grant.promise("Alle bomen", 25)
    assert grant.pay(4_000_01) == unearned(4_000_00)
    done(grant.pay(4_000_00))
    assert grant.pay(1) == unearned(0)
    grant.finish(halfway)
    assert grant.pay(4_000_01) == unearned(4_000_00)
    done(grant.pay(4_000_00))
    assert grant.pay(1) == unearned(0)
    grant.finish(end)
    assert grant.pay(2_000_01) == refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1)
    done(grant.pay(2_000_00))


def test_f2_odd_cents_add_up_to_the_whole(session: Session, clock: TurnableClock) -> None:
    """Fixture F2: 40, 40 and 20 percent of 100.03 euros are 40.01, 40.01 and 20.01."""
    grant = Grant(Place(session, clock, "arnhem"), 100.03)
    steps = [grant.promise("Begin", 20), grant.promise("Eind", 25)]
    for cents, step in ((40_01, steps[0]), (40_01, steps[1])):
        assert grant.pay(cents + 1) == unearned(cents)
        done(grant.pay(cents))
        grant.finish(step)
    done(grant.pay(20_01))
    assert grant.pay(1) == refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1)


def test_f2_a_result_of_later_earns_nothing_today(session: Session, clock: TurnableClock) -> None:
    """A day that is still to come is a promise, and no result: it is not even written down."""
    grant = Grant(Place(session, clock, "arnhem"), 10_000)
    halfway = grant.promise("De eerste boom", 20)
    grant.promise("Alle bomen", 25)
    done(grant.pay(4_000_00))
    now, manager = clock.now, grant.place.manager.actor()
    tomorrow = now.date() + timedelta(days=1)
    early = finish_milestone(session, manager, grant.plan, halfway, tomorrow, "Bijna.", now)
    assert early == refused(Refusal.DAY_TO_COME)
    assert grant.pay(1) == unearned(0)
    clock.forward(days=1)
    grant.finish(halfway)
    done(grant.pay(4_000_00))


def test_f2_the_parts_are_named_by_what_earns_them(session: Session, clock: TurnableClock) -> None:
    parts = Place(session, clock, "arnhem").traject.ruleset().payout
    assert [(part.percent, part.earned) for part in parts] == [
        (40, Earned.GOAL), (40, Earned.INTERIM), (20, Earned.FINAL),
    ]  # fmt: skip
