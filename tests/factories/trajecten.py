"""Trajecten and the ideas in them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from participatie.actions.ideas import IdeaText, submit_idea
from participatie.actions.phases import close_phase
from participatie.actions.trajecten import TrajectDraft, open_traject, start_traject
from participatie.models.accounts import Account
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijken import Area
from participatie.spelregels.answers import Parts
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import Assurance, ProcessCard, StakeholderGroup
from tests.factories.people import a_gemeente, a_wijkmanager, an_account, done, next_number, now_of, runs_all
from tests.factories.remembered import remembered

#: A no names another route, always.
OTHER_ROUTE = Parts(route="Vraag het bij het wijkfonds.")
#: A yes names what is used, always.
ALL_USED = Parts(used="Het hele idee.")
PHASE_DAYS = 28
#: How long the running phase has been running.
SINCE_DAYS = 7

USUAL_LEVELS = {
    PhaseKind.COLLECT: Level.MEEDENKEN,
    PhaseKind.ASSESS: Level.MEEDENKEN,
    PhaseKind.VOTE: Level.MEEBESLISSEN,
    PhaseKind.DECIDE: Level.MEEBESLISSEN,
    PhaseKind.EXECUTE: Level.MEEDOEN,
}
IDEAS = (
    ("Een boom voor elke straat", "In onze straat staat geen enkele boom. In de zomer is het er te heet."),
    ("Schaakbord op het plein", "Een vaste tafel met een schaakbord, zodat oud en jong samen spelen."),
    ("Veilig oversteken bij de school", "Een zebrapad en een drempel bij de ingang van de school."),
)
CARD = ProcessCard(
    question="Wat maakt de wijk fijner om in te wonen?",
    goal="Plannen van bewoners uitvoeren, voor en door de wijk.",
    fixed="Het bedrag ligt vast. Plannen staan in de openbare ruimte.",
    open="Welke plannen er komen, en waar.",
    decision_maker="De bewoners kiezen; het college voert uit.",
    contact="de wijkmanager",
    dispute_to="wethouder De Boer",
    use_of_input="Elk idee krijgt een antwoord met redenen.",
    not_used="Ideeën voor één huishouden.",
    stakeholders=(StakeholderGroup("ouders", "bij de school"), StakeholderGroup("ouderen", "aan de deur")),
    results_back="De uitslag en de uitvoering staan op deze pagina.",
    languages=("nl", "en", "tr", "ar", "pl", "uk"),
    assurance=Assurance.SUBSTANTIAL,
    assurance_reason="Brief met een code naar elk adres.",
)
#: Zwolle's tests without a number of supporters.
USUAL_RULES = RuleSet(name="zwolle")


@remembered
def a_traject(
    session: Session,
    *,
    phase: PhaseKind | None = PhaseKind.COLLECT,
    level: Level | None = None,
    opened: bool = True,
    area: Area | None = None,
    title: str = "Wijkbudget Molenkwartier",
    slug: str | None = None,
    answer_days: int = 42,
    rules: RuleSet = USUAL_RULES,
    phases: Sequence[PhaseFacts] = (),
) -> Traject:
    """A traject of five phases of four weeks, of which `phase` runs since a week; None: the first begins tomorrow.

    `level` is the level of the running phase, whatever is usual for it; `phases` go before the usual ones.
    """
    now = now_of(session)
    manager = a_wijkmanager(session)
    actor = runs_all(manager)
    draft = TrajectDraft(title, CARD, phases or phases_around(now, phase), rules, answer_days)
    where = area or a_gemeente(session).wijken[0]
    traject = start_traject(session, actor, where, slug or f"traject-{next_number()}", draft, manager, now)
    traject = done(traject)
    if opened:
        done(open_traject(session, actor, traject, now))
    if level is not None:
        _phase(traject, phase or PhaseKind.COLLECT).level = level
    session.commit()
    return traject


def phases_around(now: datetime, running: PhaseKind | None) -> list[PhaseFacts]:
    """Return the five usual phases, at midnight UTC, so that `running` runs now."""
    kinds = list(USUAL_LEVELS)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    first = today + timedelta(days=1)
    if running is not None:
        first = today - timedelta(days=SINCE_DAYS + kinds.index(running) * PHASE_DAYS)
    starts = [first + timedelta(days=place * PHASE_DAYS) for place in range(len(kinds) + 1)]
    return [PhaseFacts(kind, USUAL_LEVELS[kind], starts[i], starts[i + 1]) for i, kind in enumerate(kinds)]


def during(session: Session, traject: Traject, kind: PhaseKind) -> datetime:
    """Return now if that phase runs, else the second day of it: when what happens in it happened."""
    now, phase = now_of(session), _phase(traject, kind).facts()
    return now if phase.holds(now) else phase.starts_at + timedelta(days=1, hours=10)


@remembered
def an_idea(
    session: Session,
    traject: Traject | None = None,
    *,
    author: Account | None = None,
    area: Area | None = None,
    title: str | None = None,
    body: str | None = None,
    own_contribution: str = "We planten en geven samen water.",
    lang: str = "nl",
    **more: Any,
) -> Idea:
    """An idea that a resident submitted while ideas were collected; `more` goes into its `IdeaText`."""
    traject = traject or a_traject(session)
    buurt = next(buurt for buurt in a_gemeente(session).buurten if buurt.path.startswith(traject.area.path))
    author = author or an_account(session, area=buurt)
    usual_title, usual_body = IDEAS[next_number() % len(IDEAS)]
    moment = during(session, traject, PhaseKind.COLLECT)
    idea = submit_idea(
        session,
        author,
        traject,
        area or buurt,
        IdeaText(title or usual_title, body or usual_body, own_contribution, lang, **more),
        moment,
    )
    session.commit()
    return done(idea)


def ideas(session: Session, traject: Traject, number: int) -> None:
    """Write many ideas at once, of ten authors, with different support; without audit rows or mail."""
    buurt = next(buurt for buurt in a_gemeente(session).buurten if buurt.path.startswith(traject.area.path))
    authors = [an_account(session, area=buurt).id for _ in range(min(number, 10))]
    moment = during(session, traject, PhaseKind.COLLECT)
    rows = [
        {
            "traject_id": traject.id,
            "area_id": buurt.id,
            "author_id": authors[place % len(authors)],
            "title": f"{IDEAS[place % len(IDEAS)][0]} ({place})",
            "body": IDEAS[place % len(IDEAS)][1],
            "own_contribution": "Wij doen mee.",
            "support_count": place % 7,
            "created_at": moment,
        }
        for place in range(1, number + 1)
    ]
    session.execute(insert(Idea), rows)
    traject.touch()
    session.commit()


def support(session: Session, idea: Idea, number: int) -> list[Account]:
    """Let `number` new neighbours back an idea; without audit rows."""
    moment = during(session, idea.traject, PhaseKind.COLLECT)
    neighbours = [
        Account(email=f"buur-{next_number()}@voorbeeld.example", area=idea.area, created_at=moment)
        for _ in range(number)
    ]
    session.add_all(neighbours)
    session.flush()
    session.add_all(Support(idea_id=idea.id, account_id=neighbour.id, created_at=moment) for neighbour in neighbours)
    idea.support_count += number
    idea.traject.touch()
    session.commit()
    return neighbours


def close_phases(session: Session, traject: Traject, before: PhaseKind) -> None:
    """Close every phase before one of that kind, once what was asked of the gemeente is done."""
    actor = runs_all(a_wijkmanager(session))
    moment = during(session, traject, before)
    for phase in traject.phases:
        if phase.kind is before:
            break
        if phase.closed_at is None:
            done(close_phase(session, actor, phase, moment))
    session.commit()


def _phase(traject: Traject, kind: PhaseKind) -> Phase:
    return next(phase for phase in traject.phases if phase.kind is kind)
