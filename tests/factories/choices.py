"""A street that chooses among three designs, for a result that binds or for advice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, cast_ballot
from participatie.actions.wijkbudget import OptionText, RoundTerms, add_option, open_vote, prepare_round
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.presets import shipped
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.votes import BallotKind
from tests.factories.people import a_wijkmanager, done, next_number, now_of, runs_all
from tests.factories.rounds import codes
from tests.factories.trajecten import a_traject, close_phases, during

DESIGNS = ("Een groene straat", "Een speelstraat", "Een straat met parkeervakken")
#: By the presets, but for how a ballot is filled in: that, each test says.
BINDING, ADVICE = (replace(shipped()[key].rules, ballot_kind=None) for key in ("straatkeuze", "straatpeiling"))
WEEK = timedelta(weeks=1)


def phases_of_a_choice(now: datetime, *, advice: bool, running: PhaseKind | None = None) -> list[PhaseFacts]:
    """Voting or polling, deciding, carrying out, four weeks each, so that `running` runs since a week."""
    ballots = PhaseKind.POLL if advice else PhaseKind.VOTE
    level = Level.MEEDENKEN if advice else Level.MEEBESLISSEN
    steps = [(ballots, level), (PhaseKind.DECIDE, level), (PhaseKind.EXECUTE, Level.MEEWETEN)]
    place = next(place for place, (kind, _level) in enumerate(steps) if kind is (running or ballots))
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [today - WEEK + (step - place) * 4 * WEEK for step in range(len(steps) + 1)]
    return [PhaseFacts(kind, level, starts[at], starts[at + 1]) for at, (kind, level) in enumerate(steps)]


def a_choice_traject(
    session: Session, *, advice: bool = False, running: PhaseKind | None = None, rules: RuleSet | None = None
) -> Traject:
    """A traject in which a street chooses; `rules` may be about money too, for advice about a pot."""
    phases = phases_of_a_choice(now_of(session), advice=advice, running=running)
    return a_traject(session, title="De Lindestraat", phases=phases, rules=rules or (ADVICE if advice else BINDING))


def a_choice(
    session: Session,
    *,
    advice: bool = False,
    running: PhaseKind | None = None,
    kind: BallotKind = BallotKind.CHOOSE_ONE,
    designs: Sequence[str] = DESIGNS,
    seats: int = 1,
    opened: bool = True,
) -> Round:
    """A round with options, opened in its phase for ballots."""
    traject = a_choice_traject(session, advice=advice, running=running)
    manager = runs_all(a_wijkmanager(session))
    moment = during(session, traject, PhaseKind.POLL if advice else PhaseKind.VOTE)
    most = None if kind is not BallotKind.CHOOSE_ONE else 1
    terms = RoundTerms("De Lindestraat", 0, kind, 1, most, "most-votes", "none", seats=seats)
    budget_round = done(prepare_round(session, manager, traject, f"straat-{next_number()}", terms, moment))
    for name in designs:
        text = OptionText(name, f"{name}: zo ziet dat eruit.", "ongeveer € 40.000")
        done(add_option(session, manager, budget_round, text, moment))
    session.commit()
    if opened:
        codes(session, budget_round, 1)
        close_phases(session, traject, budget_round.voting_phase())
        done(open_vote(session, manager, budget_round, moment))
    session.commit()
    return budget_round


def chosen(session: Session, budget_round: Round, choices: Sequence[Sequence[int]]) -> list[CastBallot]:
    """Cast one ballot of a new voter for each list of option numbers."""
    moment = during(session, budget_round.traject, budget_round.voting_phase())
    issued = codes(session, budget_round, len(choices))
    cast = [
        done(cast_ballot(session, budget_round, code.selector, picked, moment))
        for code, picked in zip(issued, choices, strict=True)
    ]
    session.commit()
    return cast
