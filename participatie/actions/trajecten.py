"""How does a traject start and open?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.telling import tell
from participatie.models.accounts import Account
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.phases import PhaseFacts
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.telling import Told
from participatie.spelregels.trajecten import ProcessCard, TrajectStatus, may_change_card, may_open_traject
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.wijkbudget import sha256_of


@dataclass(frozen=True, slots=True)
class TrajectDraft:
    """What a wijkmanager fills in: title, card, phases, rules, and the days within which an idea is answered.

    `after` is the traject of the whole city that this one follows, where its question is about the whole city.
    """

    title: str
    card: ProcessCard
    phases: Sequence[PhaseFacts]
    rules: RuleSet
    answer_days: int = 42
    already_decided: bool = False
    city_wide: bool = False
    after: Traject | None = None


def start_traject(
    session: Session, actor: Actor, area: Area, slug: str, draft: TrajectDraft, contact: Account | None, now: datetime
) -> Traject | Refused:
    """Make a draft traject. Refused are phases and rules that contradict each other; an empty card may wait."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_TRAJECT, Place(area.path)),
        may_change_card(TrajectStatus.DRAFT, draft.phases, draft.rules),
        _may_follow(draft.after),
    )
    if isinstance(verdict, Refused):
        return verdict
    traject = Traject(slug=slug, title=draft.title, area=area, contact=contact, created_at=now)
    _fill_in(traject, draft)
    try:
        with session.begin_nested():
            session.add(traject)
    except IntegrityError:
        return refused(Refusal.ADDRESS_TAKEN)
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="draft", rules=draft.rules.name)
    return traject


def change_draft(
    session: Session, actor: Actor, traject: Traject, draft: TrajectDraft, now: datetime
) -> Traject | Refused:
    """Change a draft. Refused once the traject is open: then the card is a promise."""
    session.refresh(traject, with_for_update={"of": Traject})
    verdict = first_refusal(
        may(actor, Do.MANAGE_TRAJECT, Place(traject.area.path)),
        may_change_card(traject.status, draft.phases, draft.rules),
        _may_follow(draft.after),
    )
    if isinstance(verdict, Refused):
        return verdict
    traject.title = draft.title
    _fill_in(traject, draft)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="changed")
    return traject


def _may_follow(city: Traject | None) -> Verdict:
    """Refuse to follow what is no public traject of the whole city: it would go round the question to the city."""
    if city is None or (city.area.kind is AreaKind.GEMEENTE and city.status is not TrajectStatus.DRAFT):
        return Allowed()
    return refused(Refusal.CITY_FIRST)


def _fill_in(traject: Traject, draft: TrajectDraft) -> None:
    card = draft.card
    traject.question, traject.goal, traject.fixed, traject.open = card.question, card.goal, card.fixed, card.open
    traject.decision_maker, traject.dispute_to = card.decision_maker, card.dispute_to
    traject.use_of_input, traject.not_used = card.use_of_input, card.not_used
    traject.stakeholders = [[group.name, group.reached] for group in card.stakeholders]
    traject.results_back, traject.languages = card.results_back, list(card.languages)
    traject.assurance, traject.assurance_reason = card.assurance, card.assurance_reason
    traject.answer_days = draft.answer_days
    traject.already_decided, traject.city_wide = draft.already_decided, draft.city_wide
    traject.after_id = draft.after.id if draft.after is not None else None
    traject.rules = draft.rules.canonical_json()
    traject.phases = [
        Phase(position=position, kind=phase.kind, level=phase.level, starts_at=phase.starts_at, ends_at=phase.ends_at)
        for position, phase in enumerate(draft.phases, start=1)
    ]


def open_traject(session: Session, actor: Actor, traject: Traject, now: datetime) -> Traject | Refused:
    """Publish a traject: from now on its card and its rules are a promise, with the hash of the rules.

    Refused while anything is missing on the card or two rules contradict each other.
    """
    session.refresh(traject, with_for_update={"of": Traject})
    facts = traject.facts()
    verdict = first_refusal(
        may(actor, Do.MANAGE_TRAJECT, Place(facts.area_path)),
        may_open_traject(traject.card(), traject.scope(), facts.phases, traject.ruleset(), facts.status),
    )
    if isinstance(verdict, Refused):
        return verdict
    traject.status = TrajectStatus.OPEN
    traject.opened_at = now
    traject.rules_sha256 = sha256_of(traject.rules)
    traject.touch()
    record(session, actor.account_id, Do.MANAGE_TRAJECT, traject, now, step="open", rules_sha256=traject.rules_sha256)
    tell(session, traject, Told.OPENED, now, traject.question)
    return traject
