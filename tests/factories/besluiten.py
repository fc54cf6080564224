"""Besluiten: about a round that is voted, about an idea, and what a writer says."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.deciding import Said, Subject, decide
from participatie.models.besluiten import Besluit
from participatie.models.wijkbudget import Round
from participatie.spelregels.besluiten import DeviationGround, Outcome
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.phases import PhaseKind
from tests.factories.people import a_resident, a_wijkmanager, done, now_of, runs_all
from tests.factories.rounds import a_round, ballots, count_it
from tests.factories.trajecten import an_idea


def said(**parts: Any) -> Said:
    """Return what a besluit says: yes, unless `parts` say otherwise."""
    usual = {"title": "Het plein wordt groen", "decision_body": "de raad", "motivation": "Zo kozen bewoners."}
    return Said(**{**usual, "outcome": Outcome.YES, **parts})


def a_counted_round(session: Session) -> Round:
    """A counted round whose first and third plan got money; the first and second come from answered ideas."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    for plan in budget_round.plans[:2]:
        idea = an_idea(session, budget_round.traject, author=a_resident(session))
        idea.status, idea.answered_at = IdeaStatus.ADMITTED, now_of(session)
        plan.idea = idea
    ballots(session, budget_round, [[1, 3], [1, 3], [2]])
    count_it(session, budget_round)
    return budget_round


def a_round_besluit(session: Session, budget_round: Round, withheld: Collection[int] = ()) -> Besluit:
    """The besluit about a counted round: it follows the vote, or withholds plans because they are not safe."""
    besluit = publish_besluit(
        session, runs_all(a_wijkmanager(session)), budget_round, title="Het is verdeeld", decision_body="college",
        motivation="Wij volgen de stemming.", deviates=bool(withheld),
        ground=DeviationGround.SAFETY if withheld else None, withheld=withheld, now=now_of(session),
    )  # fmt: skip
    session.commit()
    return done(besluit)


def a_besluit(session: Session, subject: Subject, **parts: Any) -> Besluit:
    """A besluit about an idea or a panel that was answered, or about a traject."""
    besluit = decide(session, runs_all(a_wijkmanager(session)), subject, said(**parts), now_of(session))
    session.commit()
    return done(besluit)
