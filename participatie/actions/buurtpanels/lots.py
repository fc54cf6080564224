"""How is a lot bound, and how is it taken back before its number is there? Nobody can do either to get another outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.binding import bind, let_register_again
from participatie.actions.buurtpanels.lottery_input import pool_of, quotas_of
from participatie.actions.record import record
from participatie.lottery import Address, Problem, RequestError, check, invite
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelHousehold,
    PanelLot,
    PanelPerson,
    households_of,
    live_lot,
    registered_for,
)
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource, may_bind, may_withdraw
from participatie.spelregels.buurtpanels.members import HouseholdStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.verification.lots.contents import addresses_text, leaves_text, sealed_text

__all__ = ["CannotDraw", "LotRequest", "bind_lot", "may_ask_lot", "withdraw_lot"]

#: Any seed does to find out whether addresses, number and weights go together.
_ANY_SEED = "0" * 64


@dataclass(frozen=True, slots=True)
class LotRequest:
    """Which lot, and on which number it waits. `number` of addresses and `weights` by buurt are of an invitation alone."""

    kind: LotKind
    source: NumberSource
    source_text: str
    due_at: datetime
    number: int = 0
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CannotDraw:
    """What is wrong with pool, quotas or addresses: all of it, so that it can be mended at once. Nothing was done."""

    problems: tuple[Problem, ...] = ()
    #: People whose row says something else than the leaf that was made of it when they registered.
    changed: int = 0


def may_ask_lot(session: Session, panel: Buurtpanel, kind: LotKind, now: datetime, due_at: datetime) -> Refused | None:
    """Return why no lot can be bound on this moment, or None."""
    there = session.scalar(live_lot(panel.id, kind)) is not None
    verdict = may_bind(panel.status, kind, now, due_at, has_live_lot=there)
    return verdict if isinstance(verdict, Refused) else None


def bind_lot(
    session: Session, actor: Actor, panel: Buurtpanel, request: LotRequest, now: datetime
) -> PanelLot | Refused | CannotDraw:
    """Freeze who is drawn from. A lot of members is then prepared by the worker; one of addresses is bound at once.

    The row of the panel is locked, so whoever registers at this moment is in before this, or hears that it is too late.
    Refused outside registration, beside a live lot of this kind, and for a moment too near or too far. What is wrong
    with the pool, the quotas or the addresses is told as `CannotDraw`; nothing is frozen then.
    """
    allowed = may(actor, Do.BIND_LOT, panel.traject.facts().place_at(now))
    if isinstance(allowed, Refused):
        return allowed
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    refusal = may_ask_lot(session, panel, request.kind, now, request.due_at)
    if refusal is not None:
        return refusal
    lot = PanelLot(
        panel=panel,
        kind=request.kind,
        number=_next_number(session, panel.id, request.kind),
        source=request.source,
        source_text=request.source_text,
        due_at=request.due_at,
        made_at=now,
    )
    wrong = (
        _freeze_people(session, lot)
        if request.kind is LotKind.SELECTION
        else _bind_addresses(session, lot, request, now)
    )
    if wrong is not None:
        return wrong
    session.add(lot)
    panel.traject.touch()
    record(session, actor.account_id, Do.BIND_LOT, lot, now, kind=lot.kind.value, number=lot.number)
    return lot


def withdraw_lot(session: Session, actor: Actor, lot: PanelLot, reason: str, now: datetime) -> PanelLot | Refused:
    """Take a lot back with a reason that everybody reads; the pool opens again, and what was sealed goes.

    Refused without a reason, and from the moment on which the number exists: the outcome can be worked out then.
    """
    allowed = may(actor, Do.BIND_LOT, lot.panel.traject.facts().place_at(now))
    if isinstance(allowed, Refused):
        return allowed
    session.refresh(lot, with_for_update={"of": PanelLot})
    verdict = first_refusal(may_withdraw(lot.status, lot.due_at, now, reason))
    if isinstance(verdict, Refused):
        record(session, actor.account_id, "intrekken geweigerd", lot, now, why=str(verdict.code))
        return verdict
    was_live = lot.status is LotStatus.COMMITTED
    lot.status, lot.withdrawn_at, lot.reason, lot.sealed = LotStatus.WITHDRAWN, now, reason, None
    if was_live:
        let_register_again(lot)
    lot.panel.traject.touch()
    record(session, actor.account_id, Do.BIND_LOT, lot, now, withdrawn=True)
    return lot


def _next_number(session: Session, panel_id: int, kind: LotKind) -> int:
    there = select(func.max(PanelLot.number)).where(PanelLot.panel_id == panel_id, PanelLot.kind == kind)
    return (session.scalar(there) or 0) + 1


def _freeze_people(session: Session, lot: PanelLot) -> CannotDraw | None:
    """Write down who is in the pool; from this text the worker prepares, whatever happens to the people since."""
    panel = lot.panel
    people: list[PanelPerson] = list(session.scalars(registered_for(panel.id)))
    lot.seats = panel.facts().seats
    problems = check(pool_of(people), quotas_of(panel), lot.seats)
    changed = sum(leaf_of(each.salt, each.features, each.household) != each.leaf for each in people)
    if problems or changed:
        return CannotDraw(problems, changed)
    lot.leaves = leaves_text(each.leaf for each in people)
    lot.sealed = sealed_text((each.salt, each.features, each.household) for each in people)
    panel.status = PanelStatus.DRAWING
    return None


def _bind_addresses(session: Session, lot: PanelLot, request: LotRequest, now: datetime) -> CannotDraw | None:
    """Bind an invitation at once: there is nothing to calculate before the number is there."""
    listed: list[PanelHousehold] = [
        each for each in session.scalars(households_of(lot.panel.id)) if each.status is HouseholdStatus.LISTED
    ]
    addresses = [Address(each.leaf, each.stratum) for each in listed]
    try:
        invite(addresses, request.number, _ANY_SEED, request.weights)
    except RequestError as error:
        return CannotDraw(error.problems)
    lot.seats = request.number
    lot.leaves = leaves_text(each.id for each in addresses)
    session.add(lot)
    bind(session, lot, addresses_text((each.id, each.stratum) for each in addresses), now, request.weights)
    return None
