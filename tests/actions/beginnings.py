"""How far can a traject be? One beginning for each step of it, so that chance need not find the way there."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.groups import join_idea, propose_override
from participatie.actions.ideas import admit_idea, assess_idea, support_idea
from participatie.actions.phases import adopt_product, close_phase, close_traject, draft_product
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import add_milestone, finish_milestone, open_vote
from participatie.models.accounts import Account
from participatie.models.balance import WijkFigure
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from tests.actions.scene import HELPED, POT, WHY, Scene
from tests.blueprints.full_world import somebody
from tests.clock import MOMENT, TurnableClock
from tests.factories import (
    ALL_USED,
    a_gemeente,
    a_round,
    a_traject,
    an_account,
    an_idea,
    ballots,
    close_phases,
    codes,
    count_it,
    done,
    during,
    support,
)
from tests.factories.ledger import account_made


class Beginning(StrEnum):
    """What was done already."""

    DRAFT = "the card is written, or half of it"
    COLLECTING = "it opened"
    DOMINATED = "one neighbour backs too much"
    ASSESSING = "ideas came in and were tested"
    READY = "the vote can open"
    VOTING = "the vote is open"
    VOTED = "the vote is over"
    COUNTED = "the vote is counted"
    DECIDED = "the besluit is published"
    ACCOUNTING = "all was carried out"
    OVER = "all phases are over"
    REPORTED = "the report is out"
    CLOSED = "it is closed for good"
    AWARDING = "money can be awarded without a vote"


NOT_HERE = (PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.PROGRAMME, PhaseKind.POLL)
KINDS = tuple(kind for kind in PhaseKind if kind not in NOT_HERE)
#: Which phase runs; at the end none does any more.
RUNNING = {
    Beginning.ASSESSING: PhaseKind.ASSESS,
    Beginning.READY: PhaseKind.VOTE,
    Beginning.VOTING: PhaseKind.VOTE,
    Beginning.VOTED: PhaseKind.DECIDE,
    Beginning.COUNTED: PhaseKind.DECIDE,
    Beginning.AWARDING: PhaseKind.DECIDE,
    Beginning.DECIDED: PhaseKind.EXECUTE,
    Beginning.ACCOUNTING: PhaseKind.ACCOUNT,
}
PHASE = timedelta(days=28)
SINCE = timedelta(days=7)
RULES = RuleSet(
    name="proef",
    weights={Test.SUPPORT: Weight.HARD, Test.PUBLIC_INTEREST: Weight.HARD, Test.OWN_CONTRIBUTION: Weight.SOFT},
    support_needed=1,
    plan_cap_cents=60_000,
    dominance_percent=20,
    reaction_days=2,
    execution_days=60,
)
AWARD = RuleSet(name="zonder stemming", weights=RULES.weights, division=Division.AWARD, pot_cents=POT)


def begin(session: Session, clock: TurnableClock, beginning: Beginning, level: Level) -> Scene:
    """Make a traject that is as far as `beginning` says, with everybody around it; ideas come in at `level`."""
    people = _people(session)
    award = beginning is Beginning.AWARDING
    traject = a_traject(
        session,
        phases=_phases(beginning, [kind for kind in KINDS if not award or kind is not PhaseKind.VOTE]),
        rules=AWARD if award else RULES,
        opened=beginning is not Beginning.DRAFT,
    )
    scene = Scene(session, clock, traject, people)
    match beginning:
        case Beginning.DRAFT:
            traject.question = "" if level is Level.MEEWETEN else traject.question
        case Beginning.COLLECTING:
            traject.phases[0].level = level
        case Beginning.DOMINATED:
            _one_neighbour_backs_too_much(session, traject, people)
        case Beginning.ASSESSING:
            _ideas_came_in_and_were_tested(session, traject, people)
        case _:
            _money_is_divided(session, traject, people, beginning)
    session.commit()
    return scene


def _people(session: Session) -> dict[str, Account]:
    """Everybody by name: two residents, staff by role, people of elsewhere, and a visitor without an account."""
    places = a_gemeente(session)
    buurt, wijk = places.buurten[0], places.wijken[0]
    # Staff who live elsewhere: at home in the wijk they would be residents too.
    people = {str(role): an_account(session, role=role, role_area=wijk) for role in GRANTED}
    people |= {name: an_account(session, area=buurt) for name in ("bewoner", "buur", HELPED)}
    people["van elders"] = an_account(session, area=places.buurten[2])
    people["wijkmanager van elders"] = somebody(session, Role.WIJKMANAGER, elsewhere=True)
    people["bezoeker"] = Account(email="", name="", locale="nl", granted=[])  # in no table
    figure = {"area_id": wijk.id, "feature": "woning", "source": "telling", "year": 2025, "people": 900}
    session.add_all(
        WijkFigure(group=group, position=place, share_permille=500, **figure)
        for place, group in enumerate(("huur", "koop"), start=1)
    )
    return people


def _phases(beginning: Beginning, kinds: Sequence[PhaseKind]) -> list[PhaseFacts]:
    over = beginning in (Beginning.OVER, Beginning.REPORTED, Beginning.CLOSED)
    place = len(kinds) if over else kinds.index(RUNNING.get(beginning, PhaseKind.COLLECT))
    first = MOMENT - SINCE - place * PHASE
    return [
        PhaseFacts(
            kind,
            Level.MEEBESLISSEN if kind in (PhaseKind.VOTE, PhaseKind.DECIDE) else Level.MEEDOEN,
            first + number * PHASE,
            first + (number + 1) * PHASE,
        )
        for number, kind in enumerate(kinds)
    ]


def _one_neighbour_backs_too_much(session: Session, traject: Traject, people: dict[str, Account]) -> None:
    """Let ten people back ideas, one of them every idea."""
    ideas = [an_idea(session, traject, author=people[author]) for author in ("bewoner", "buur", HELPED, "buur")]
    most_active = support(session, ideas[0], 9)[0]
    for idea in ideas[1:]:
        done(support_idea(session, most_active, idea, MOMENT))


def _a_tested_idea(
    session: Session, traject: Traject, people: dict[str, Account], author: str, *, passes: bool
) -> Idea:
    """Let an idea come in with the support that it needs, and be tested."""
    idea = an_idea(session, traject, author=people[author])
    support(session, idea, 1)
    results = {Test.PUBLIC_INTEREST: (passes, WHY)}
    moment = during(session, traject, PhaseKind.ASSESS)
    return done(assess_idea(session, people[Role.ASSESSOR].actor(), idea, results, 30_000, moment))


def _ideas_came_in_and_were_tested(session: Session, traject: Traject, people: dict[str, Account]) -> None:
    """Prepare a round, and let ideas come in: two pass their tests, two fail, one of which may be set aside."""
    a_round(session, traject=traject, pot=POT, plans=[], opened=False)
    _a_tested_idea(session, traject, people, "bewoner", passes=True)
    _a_tested_idea(session, traject, people, "buur", passes=False)
    disputed = _a_tested_idea(session, traject, people, "buur", passes=False)
    done(propose_override(session, people[Role.ASSESSOR].actor(), disputed, Test.PUBLIC_INTEREST, WHY, MOMENT))
    _a_tested_idea(session, traject, people, HELPED, passes=True)


def _money_is_divided(session: Session, traject: Traject, people: dict[str, Account], beginning: Beginning) -> None:
    """Make plans of two ideas, and go on until the vote, its count, or further, whichever is asked."""
    manager = people[Role.WIJKMANAGER].actor()
    budget_round = a_round(session, traject=traject, pot=POT, plans=[], opened=False)
    moment = during(session, traject, PhaseKind.ASSESS)
    ideas = [_a_tested_idea(session, traject, people, author, passes=True) for author in ("bewoner", "buur")]
    for idea in ideas:
        done(admit_idea(session, manager, idea, "", WHY, moment, ALL_USED))
    if beginning is Beginning.AWARDING:
        close_phases(session, traject, PhaseKind.DECIDE)
        return
    codes(session, budget_round, 2)
    close_phases(session, traject, PhaseKind.VOTE)
    if beginning is Beginning.READY:
        return
    done(open_vote(session, manager, budget_round, during(session, traject, PhaseKind.VOTE)))
    ballots(session, budget_round, [[1], [1, 2]])
    if beginning in (Beginning.VOTING, Beginning.VOTED):
        return
    count_it(session, budget_round)
    if beginning is not Beginning.COUNTED:
        _plans_are_carried_out(session, budget_round, people, beginning, ideas)


def _plans_are_carried_out(
    session: Session, budget_round: Round, people: dict[str, Account], beginning: Beginning, ideas: Sequence[Idea]
) -> None:
    """Publish the besluit, and go on until the plans are done, the phases over, or all of it is closed."""
    traject = budget_round.traject
    college, manager = people[Role.COLLEGE].actor(), people[Role.WIJKMANAGER].actor()
    done(
        publish_besluit(
            session, college, budget_round, title="Besluit", decision_body="college", motivation=WHY,
            deviates=False, ground=None, now=MOMENT,
        )
    )  # fmt: skip
    close_phases(session, traject, PhaseKind.EXECUTE)
    if beginning is Beginning.DECIDED:
        return
    for idea, plan in zip(ideas, budget_round.plans, strict=True):
        done(join_idea(session, people[Role.WIJKMANAGER], idea, Party.GEMEENTE, "", WHY, MOMENT))
        step = done(add_milestone(session, manager, plan, "Graven", MOMENT.date(), MOMENT))
        done(finish_milestone(session, manager, plan, step, MOMENT.date(), WHY, MOMENT))
        account_made(session, manager, plan)
    last = traject.phases[-1]
    done(draft_product(session, manager, last, "Verslag", WHY, last.starts_at))
    close_phases(session, traject, PhaseKind.ACCOUNT)
    if beginning is Beginning.ACCOUNTING:
        return
    done(adopt_product(session, manager, last, last.ends_at))
    done(close_phase(session, manager, last, MOMENT))
    if beginning is Beginning.OVER:
        return
    done(publish_report(session, manager, traject, WHY, WHY, "", MOMENT))
    if beginning is Beginning.CLOSED:
        done(close_traject(session, manager, traject, MOMENT))
