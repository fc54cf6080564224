"""Several people act on one idea at once: the database decides, and nobody sees an error. Run on both databases."""

from collections import Counter

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.groups import give_opinion, join_idea, propose_override
from participatie.actions.ideas import IdeaText, Resident, admit_idea, assess_idea, enter_idea, submit_idea
from participatie.models.accounts import Account
from participatie.models.groups import Override, Participant
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.trajecten import traject_by_id
from participatie.models.wijkbudget import Plan, round_of_traject
from participatie.models.wijken import Area
from participatie.spelregels.ideas import Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.overrides import OverrideState
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    phases_around,
)

TIMES = 6
WHY = "Het is de enige speelplek."
ONE_TEST = RuleSet(name="proef", weights={Test.FEASIBLE: Weight.HARD})
GELUK = RuleSet(name="geluksbudget", weights={}, once_per_household=True)
FUND = RuleSet(name="fonds", weights={}, division=Division.AWARD)


def test_joining_many_times_at_once_is_joining_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    idea, neighbour = an_idea(session, a_traject(session, level=Level.MEEDOEN)), a_resident(session)
    idea_id, account_id = idea.id, neighbour.id
    session.commit()

    def click(own: Session, _place: int) -> object:
        account = own.get_one(Account, account_id)
        return join_idea(own, account, own.scalars(idea_by_id(idea_id)).one(), Party.RESIDENT, "", "", clock.now)

    answers = all_at_once(engine, click, TIMES)
    assert sum(isinstance(answer, Participant) for answer in answers) == 1
    assert answers.count(refused(Refusal.ALREADY_IN_GROUP)) == TIMES - 1
    assert session.scalar(select(func.count()).select_from(Participant)) == 1


def test_one_household_at_once_gets_one_idea(engine: Engine, session: Session, clock: TurnableClock) -> None:
    traject, buurt = a_traject(session, rules=GELUK), a_gemeente(session).buurten[0]
    people = [a_resident(session).id for _ in range(TIMES)]
    traject_id, buurt_id = traject.id, buurt.id
    session.commit()

    def ask(own: Session, place: int) -> object:
        text = IdeaText("Een fiets", "Voor mijn werk.", "", "nl", household="huis-1")
        where = own.scalars(traject_by_id(traject_id)).one()
        return submit_idea(
            own, own.get_one(Account, people[place]), where, own.get_one(Area, buurt_id), text, clock.now
        )

    answers = all_at_once(engine, ask, TIMES)
    assert sum(isinstance(answer, Idea) for answer in answers) == 1
    assert answers.count(refused(Refusal.HOUSEHOLD_HAD_ONE)) == TIMES - 1
    assert session.scalar(select(func.count()).select_from(Idea)) == 1


def test_helpers_at_once_make_one_account_of_one_address(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    traject, buurt = a_traject(session), a_gemeente(session).buurten[0]
    helpers = [an_account(session, role=Role.HELPER).id for _ in range(TIMES)]
    traject_id, buurt_id = traject.id, buurt.id
    session.commit()

    def write_down(own: Session, place: int) -> object:
        resident = Resident("oma@voorbeeld.example", "Oma", consents=True)
        where = own.scalars(traject_by_id(traject_id)).one()
        text = IdeaText(f"Idee {place}", "Een bankje.", "", "nl")
        helper = own.get_one(Account, helpers[place])
        return enter_idea(own, helper, resident, where, own.get_one(Area, buurt_id), text, clock.now)

    answers = all_at_once(engine, write_down, TIMES)
    assert all(isinstance(answer, Idea) for answer in answers), answers
    owners = session.scalars(select(Idea.author_id).distinct()).all()
    assert len(owners) == 1


def failing(session: Session, clock: TurnableClock) -> int:
    """The id of an idea that fails its one test."""
    idea = an_idea(session, a_traject(session, rules=ONE_TEST))
    assessor = an_account(session, role=Role.ASSESSOR).actor()
    done(assess_idea(session, assessor, idea, {Test.FEASIBLE: (False, "Een gasleiding.")}, 1, clock.now))
    session.commit()
    return idea.id


def test_of_proposals_at_once_one_stands(engine: Engine, session: Session, clock: TurnableClock) -> None:
    idea_id = failing(session, clock)
    officials = [an_account(session, role=Role.ASSESSOR).actor() for _ in range(TIMES)]
    session.commit()

    def propose(own: Session, place: int) -> object:
        its_idea = own.scalars(idea_by_id(idea_id)).one()
        return propose_override(own, officials[place], its_idea, Test.FEASIBLE, WHY, clock.now)

    answers = all_at_once(engine, propose, TIMES)
    assert sum(isinstance(answer, Override) for answer in answers) == 1
    assert answers.count(refused(Refusal.OVERRIDE_SETTLED)) == TIMES - 1


def test_of_second_opinions_at_once_one_is_the_second(engine: Engine, session: Session, clock: TurnableClock) -> None:
    """Who says yes settles it; whoever says no first makes the next one the third, and then it is settled."""
    idea_id = failing(session, clock)
    proposer = an_account(session, role=Role.ASSESSOR).actor()
    done(propose_override(session, proposer, session.get_one(Idea, idea_id), Test.FEASIBLE, WHY, clock.now))
    officials = [an_account(session, role=Role.COLLEGE).actor() for _ in range(TIMES)]
    session.commit()

    def agree(own: Session, place: int) -> object:
        its_idea = own.scalars(idea_by_id(idea_id)).one()
        return give_opinion(own, officials[place], its_idea, Test.FEASIBLE, f"Ja {place}.", clock.now, agrees=True)

    answers = all_at_once(engine, agree, TIMES)
    assert sum(isinstance(answer, Override) for answer in answers) == 1
    assert answers.count(refused(Refusal.OVERRIDE_SETTLED)) == TIMES - 1
    session.expire_all()
    override = session.scalars(select(Override)).one()
    assert (override.state(), override.third_id) == (OverrideState.GRANTED, None)


def test_ideas_admitted_at_once_never_empty_the_pot_twice(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    """Each page had read the round before: the pot pays for two of the six (Almelo, seed 000:734)."""
    phases = [phase for phase in phases_around(clock.now, PhaseKind.COLLECT) if phase.kind is not PhaseKind.VOTE]
    traject = a_traject(session, rules=FUND, phases=phases)
    a_round(session, traject=traject, plans=[], opened=False, pot=20_000_000)
    assessor, manager = an_account(session, role=Role.ASSESSOR).actor(), a_wijkmanager(session).actor()
    made = [an_idea(session, traject) for _ in range(TIMES)]
    for idea in made:
        done(assess_idea(session, assessor, idea, {}, 9_000_000, clock.now))
    ids, traject_id = [idea.id for idea in made], traject.id
    session.commit()

    def admit(own: Session, place: int) -> object:
        its_round = own.scalars(round_of_traject(traject_id)).one()
        assert its_round.pot_cents == 20_000_000
        its_idea = own.scalars(idea_by_id(ids[place])).one()
        return admit_idea(own, manager, its_idea, "", "Ja.", clock.now, ALL_USED)

    answers = all_at_once(engine, admit, TIMES)
    codes = Counter(answer.code for answer in answers if isinstance(answer, Refused))
    assert codes == {Refusal.POT_EMPTY: TIMES - 2}
    assert session.scalar(select(func.sum(Plan.cost_cents))) == 18_000_000
