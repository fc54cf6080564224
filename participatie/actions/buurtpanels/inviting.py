"""Which addresses does an invitation lot draw from, and how do the drawn ones get their letter?

Codes are drawn first and letters set with them, which takes a while; only then do the codes work. Of a code a hash is
kept, so a letter that is made again has a new code, and the old one stops.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.codes import code_hash, new_code
from participatie.actions.buurtpanels.home_list import Home
from participatie.actions.buurtpanels.pool import selectors_taken
from participatie.actions.record import record
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelHousehold,
    household_by_selector,
    households_by_id,
    live_lot,
    to_be_reminded,
    to_be_written,
    to_be_written_anew,
)
from participatie.spelregels.buurtpanels.leaves import SALT_BYTES, leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind
from participatie.spelregels.buurtpanels.members import HouseholdStatus, may_register
from participatie.spelregels.buurtpanels.registration import LetterRun, may_change_addresses
from participatie.spelregels.codes import VotingCode, read_selector
from participatie.spelregels.issuing import MOST_LETTERS
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused

_OF_RUN: dict[LetterRun, Callable[[int, int], Select[PanelHousehold]]] = {
    LetterRun.FIRST: to_be_written,
    LetterRun.REMINDER: to_be_reminded,
    LetterRun.ANEW: to_be_written_anew,
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """An address with a code that does not work yet. `before` is the selector that it had when the letter was set."""

    home: PanelHousehold
    code: VotingCode
    before: str | None


def replace_addresses(
    session: Session, actor: Actor, panel: Buurtpanel, homes: Sequence[Home], now: datetime
) -> int | Refused:
    """Put these addresses in place of all that a panel had, and return how many. Refused once a lot over them is bound."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    has_lot = session.scalar(live_lot(panel.id, LotKind.INVITATION)) is not None
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_change_addresses(panel.status, has_lot=has_lot),
    )
    if isinstance(verdict, Refused):
        return verdict
    session.execute(delete(PanelHousehold).where(PanelHousehold.panel_id == panel.id))
    if homes:
        session.execute(insert(PanelHousehold), [_row(panel.id, home) for home in homes])
    record(session, actor.account_id, Do.MANAGE_PANEL, panel, now, traject=panel.traject_id, addresses=len(homes))
    return len(homes)


def draft_letters(
    session: Session, actor: Actor, panel: Buurtpanel, run: LetterRun, now: datetime, *, kenmerk: str = ""
) -> list[Drafted] | Refused:
    """Return who gets a letter now, with codes that do not work yet; at most as many as one request has time for.

    `kenmerk` makes one letter anew. Refused is a run in which nobody gets one. Nothing is written.
    """
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)), may_register(panel.status)
    )
    if isinstance(verdict, Refused):
        return verdict
    if kenmerk:
        rows = list(session.scalars(household_by_selector(panel.id, read_selector(kenmerk) or "")))
        if not rows:
            return refused(Refusal.PANEL_KENMERK_UNKNOWN)
    else:
        rows = list(session.scalars(_OF_RUN[run](panel.id, MOST_LETTERS)))
    if not rows:
        return refused(Refusal.PANEL_NO_LETTERS)
    taken = selectors_taken(session, panel.id)
    return [Drafted(home, new_code(taken), home.selector) for home in rows]


def let_letters_go(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    drafted: Sequence[Drafted],
    run: LetterRun,
    secret_key: str,
    now: datetime,
) -> int | Refused:
    """Let the codes of letters that were set work from now on, and the codes before them stop; return how many.

    Refused where one of the addresses got another code in between, as when the form was sent twice: nothing changes then.
    """
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)), may_register(panel.status)
    )
    if isinstance(verdict, Refused):
        return verdict
    as_read = households_by_id([each.home.id for each in drafted]).execution_options(populate_existing=True)
    homes = {home.id: home for home in session.scalars(as_read)}
    if any(each.home.id not in homes or homes[each.home.id].selector != each.before for each in drafted):
        return refused(Refusal.CODES_ALREADY_MADE)
    for each in drafted:
        home = homes[each.home.id]
        home.selector, home.verifier_hash = each.code.selector, code_hash(secret_key, panel.id, each.code)
        if run is LetterRun.REMINDER:
            home.reminded_at = now
        else:
            home.letter_at = now
    facts = {"traject": panel.traject_id, "letters": len(drafted), "run": run}
    record(session, actor.account_id, Do.MANAGE_PANEL, panel, now, **facts)
    return len(drafted)


def _row(panel_id: int, home: Home) -> dict[str, object]:
    salt = secrets.token_hex(SALT_BYTES)
    return {
        "panel_id": panel_id,
        "name": home.name,
        "address": home.address,
        "postcode": home.postcode,
        "place": home.place,
        "locale": home.locale,
        "stratum": home.stratum,
        "salt": salt,
        "leaf": leaf_of(salt, {"adres": f"{home.address}, {home.postcode} {home.place}"}, None),
        "status": HouseholdStatus.LISTED,
    }
