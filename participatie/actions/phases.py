"""How do the level and the dates of a phase change, and how are a phase and a traject closed?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.balance import balance_allows
from participatie.actions.duties import duties_of, duties_of_phase
from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.models.announcements import Product
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.closing import may_adopt_product, may_close_phase, may_close_traject, may_draft_product
from participatie.spelregels.levels import Level, may_change_level
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import PhaseFacts, may_plan_phases
from participatie.spelregels.rulesets import contradiction_in_rules
from participatie.spelregels.trajecten import (
    Announced,
    TrajectStatus,
    is_running,
    lengthened,
    may_extend_phase,
    missing_on,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.wijkbudget import RoundStatus


def change_level(
    session: Session, actor: Actor, phase: Phase, level: Level, reason: str, now: datetime
) -> Phase | Refused:
    """Give residents more say at once, or less with a public reason; everybody who takes part is told.

    Never once a vote opened, also not when it is done over. More say needs a complete card, and what the rules of
    the traject ask of its phases stays possible.
    """
    traject = phase.traject
    budget_round = hold(session, traject)
    facts = traject.facts()
    planned = [replace(each.facts(), level=level) if each is phase else each.facts() for each in traject.phases]
    verdict = first_refusal(
        may(actor, Do.CHANGE_LEVEL, facts.place_at(now)),
        is_running(traject.status),
        may_change_level(
            phase.level,
            level,
            reason,
            is_over=phase.closed_at is not None or now >= phase.ends_at,
            vote_opened=budget_round is not None and budget_round.has_been_open(),
            has_room=bool(traject.open.strip()) and not traject.already_decided,
        ),
        may_plan_phases(planned),
        contradiction_in_rules(traject.ruleset(), planned),
        _card_carries(traject, planned) if level.reaches(phase.level) else Allowed(),
    )
    if isinstance(verdict, Refused):
        return verdict
    before, phase.level = phase.level, level
    announce(
        session, actor, traject, Announced.LEVEL, reason, now,
        phase=phase.position, before=str(before), after=str(level),
    )  # fmt: skip
    record(session, actor.account_id, Do.CHANGE_LEVEL, phase, now, before=str(before), after=str(level))
    return phase


def extend_phase(
    session: Session, actor: Actor, phase: Phase, ends_at: datetime, reason: str, now: datetime
) -> Phase | Refused:
    """Let a phase last longer, with a public reason; later phases move as far as they must. Never after a vote opened."""
    traject = phase.traject
    budget_round = hold(session, traject)
    verdict = first_refusal(
        may(actor, Do.EXTEND_TERM, traject.facts().place_at(now)),
        is_running(traject.status),
        may_extend_phase(phase.facts(), ends_at, reason, now, vote_opened=_vote_opened(budget_round)),
    )
    if isinstance(verdict, Refused):
        return verdict
    place = traject.phases.index(phase)
    for each, (start, end) in zip(traject.phases, lengthened(traject.facts().phases, place, ends_at), strict=True):
        each.starts_at, each.ends_at = start, end
    announce(session, actor, traject, Announced.LONGER, reason, now, phase=phase.position, until=ends_at.isoformat())
    record(session, actor.account_id, Do.EXTEND_TERM, phase, now, until=ends_at.isoformat())
    return phase


def close_phase(session: Session, actor: Actor, phase: Phase, now: datetime) -> Phase | Refused:
    """Close a phase that is over. Refused before an earlier one, while what is owed for it is open, or while one side dominates."""
    traject = phase.traject
    hold(session, traject)
    facts = traject.facts()
    owed = duties_of_phase(session, phase, now)
    verdict = first_refusal(
        may(actor, Do.CLOSE_PHASE, facts.place_at(now)),
        is_running(traject.status),
        may_close_phase(owed.phase, facts.phases[: traject.phases.index(phase)], owed.duties, now),
        balance_allows(session, phase),
    )
    if isinstance(verdict, Refused):
        return verdict
    phase.closed_at = now
    announce(session, actor, traject, Announced.PHASE_CLOSED, "", now, phase=phase.position)
    record(session, actor.account_id, Do.CLOSE_PHASE, phase, now)
    return phase


def close_traject(session: Session, actor: Actor, traject: Traject, now: datetime) -> Traject | Refused:
    """Close a traject for good. Refused while a phase or a duty is open; without its report or an answer it never closes."""
    hold(session, traject)
    verdict = first_refusal(
        may(actor, Do.CLOSE_PHASE, traject.facts().place_at(now)),
        is_running(traject.status),
        may_close_traject(traject.facts().phases, duties_of(session, traject, now)),
    )
    if isinstance(verdict, Refused):
        return verdict
    announce(session, actor, traject, Announced.CLOSED, "", now)
    traject.status, traject.closed_at = TrajectStatus.CLOSED, now
    record(session, actor.account_id, Do.CLOSE_PHASE, traject, now)
    return traject


def draft_product(
    session: Session, actor: Actor, phase: Phase, title: str, text: str, now: datetime
) -> Product | Refused:
    """Publish the draft of the document in which a phase ends; changing it starts the time to react anew."""
    traject = phase.traject
    hold(session, traject)
    product = session.get(Product, phase.id, populate_existing=True)
    verdict = first_refusal(
        may(actor, Do.PUBLISH_PRODUCT, traject.facts().place_at(now)),
        is_running(traject.status),
        may_draft_product(phase.facts(), product.adopted_at if product else None, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    if not text.strip() or not title.strip():
        return refused(Refusal.REASON_MISSING)
    if product is None:
        product = Product(phase_id=phase.id)
        session.add(product)
    product.title, product.text, product.drafted_at = title.strip(), text.strip(), now
    announce(session, actor, traject, Announced.PRODUCT_DRAFT, product.title, now, phase=phase.position)
    record(session, actor.account_id, Do.PUBLISH_PRODUCT, phase, now, step="draft")
    return product


def adopt_product(session: Session, actor: Actor, phase: Phase, now: datetime) -> Product | Refused:
    """Adopt the document of a phase. Refused before residents had the time to react that was promised."""
    traject = phase.traject
    hold(session, traject)
    product = session.get(Product, phase.id, populate_existing=True)
    verdict = first_refusal(
        may(actor, Do.PUBLISH_PRODUCT, traject.facts().place_at(now)),
        is_running(traject.status),
        may_adopt_product(
            phase.kind,
            product.drafted_at if product else None,
            product.adopted_at if product else None,
            traject.ruleset().reaction_days,
            now,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    assert product is not None  # the rule refuses what has no draft
    product.adopted_at = now
    announce(session, actor, traject, Announced.PRODUCT, product.title, now, phase=phase.position)
    record(session, actor.account_id, Do.PUBLISH_PRODUCT, phase, now, step="adopted")
    return product


def _card_carries(traject: Traject, phases: Sequence[PhaseFacts]) -> Verdict:
    # A traject that only informed opened without what residents with a say have to know (spelregel 2).
    missing = missing_on(traject.card(), phases)
    return refused(Refusal.CARD_INCOMPLETE, missing=", ".join(missing)) if missing else Allowed()


def _vote_opened(budget_round: Round | None) -> bool:
    return budget_round is not None and budget_round.status is not RoundStatus.DRAFT
