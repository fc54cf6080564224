"""What happens when the public number of a lot is entered? The outcome follows, once, and nobody has anything to choose."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.binding import is_as_bound
from participatie.actions.buurtpanels.preparing import pool_in
from participatie.actions.record import mail_address, record
from participatie.lottery import Address, invite, panel_index, read_portfolio, reserves, seed_from
from participatie.models.buurtpanels import PanelLot, PanelOutcome, PanelPerson, households_of, people_of
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, is_late, may_enter_number, plain_number
from participatie.spelregels.buurtpanels.members import HouseholdStatus, MemberStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.seats import answer_by
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.verification.lots.contents import ADDRESSES_HEAD, leaves_text, rows_in


def enter_number(session: Session, actor: Actor, lot: PanelLot, typed: str, now: datetime) -> PanelLot | Refused:
    """Enter the number of a lot: its seed, and with it the panel and the reserves, or the addresses, follow.

    Refused before its moment, for what cannot be a number of this source, where what was bound was changed since, and
    once there is one: also the same number again. What is refused leaves a row in the log, without the number; the
    caller must let the transaction commit. A late number is taken: otherwise who disliked the outcome could wait.
    """
    allowed = may(actor, Do.ENTER_NUMBER, lot.panel.traject.facts().place_at(now))
    if isinstance(allowed, Refused):
        return allowed
    session.refresh(lot, with_for_update={"of": PanelLot})
    number = plain_number(lot.source, typed)
    verdict = may_enter_number(lot.status, lot.due_at, now)
    if not isinstance(verdict, Refused) and number is None:
        return refused(Refusal.NUMBER_WRONG)
    if not isinstance(verdict, Refused) and not is_as_bound(lot):
        verdict = refused(Refusal.LOT_BROKEN)
    if isinstance(verdict, Refused) or number is None or lot.commitment is None:
        why = verdict if isinstance(verdict, Refused) else refused(Refusal.LOT_NOT_BOUND)
        is_same = number is not None and number == lot.public_number
        record(session, actor.account_id, "getal geweigerd", lot, now, why=str(why.code), same=is_same)
        return why
    seed = seed_from(lot.commitment, number)
    lot.public_number, lot.entered_at, lot.entered_by_id = number, now, actor.account_id
    lot.status, lot.seed = LotStatus.DRAWN, seed
    draw = _draw_panel if lot.kind is LotKind.SELECTION else _draw_addresses
    session.add(draw(session, lot, seed, now))
    lot.panel.traject.touch()
    record(session, actor.account_id, Do.ENTER_NUMBER, lot, now, late=is_late(lot.due_at, now, now), seed=seed)
    return lot


def _draw_panel(session: Session, lot: PanelLot, seed: str, now: datetime) -> PanelOutcome:
    """Give the drawn their seats and all others their place among the reserves."""
    portfolio, pool = read_portfolio(lot.panels), pool_in(lot.sealed or "")
    lot.drawn_panel = panel_index(seed, len(portfolio.panels))
    panel = portfolio.panels[lot.drawn_panel]
    members = [pool.people[place].id for place in panel]
    order = reserves(seed, pool, panel)
    homes = {pool.homes[place] for place in panel}
    outcome = PanelOutcome(
        lot_id=lot.id,
        members=leaves_text(members),
        reserves="".join(f"{pool.people[place].id}\n" for place in order),
        last=sum(pool.homes[place] in homes for place in order),
    )
    by_leaf: dict[str, PanelPerson] = {person.leaf: person for person in session.scalars(people_of(lot.panel_id))}
    title = lot.panel.facts().title
    for leaf in members:
        if (person := by_leaf.get(leaf)) is not None:
            person.status = MemberStatus.DRAWN
            if person.email:
                facts = {"slug": lot.panel.slug, "title": title, "until": answer_by(now).isoformat()}
                mail_address(session, person.email, person.locale, "panel_drawn", now, **facts)
    for number, place in enumerate(order, start=1):
        if (person := by_leaf.get(pool.people[place].id)) is not None:
            person.reserve_place = number
    lot.panel.status = PanelStatus.SITTING
    return outcome


def _draw_addresses(session: Session, lot: PanelLot, seed: str, now: datetime) -> PanelOutcome:  # noqa: ARG001 - as above
    """Say which addresses get an invitation; the letters are made of those."""
    addresses = [Address(leaf, buurt) for leaf, buurt in rows_in(lot.panels, ADDRESSES_HEAD)]
    chosen = invite(addresses, lot.seats, seed, json.loads(lot.document)["weights"])
    invited = frozenset(chosen)
    for household in session.scalars(households_of(lot.panel_id)):
        if household.leaf in invited:
            household.status = HouseholdStatus.INVITED
    return PanelOutcome(lot_id=lot.id, members="".join(f"{leaf}\n" for leaf in chosen))
