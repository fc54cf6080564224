"""Lots of buurtpanels: bound, prepared without a process of their own, and drawn."""

import secrets
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from random import Random

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.lots import CannotDraw, LotRequest, bind_lot
from participatie.actions.buurtpanels.numbers import enter_number
from participatie.actions.buurtpanels.preparing import commit_lot, lot_input
from participatie.lottery import Pool, Portfolio, Quotas
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelLot, households_of
from participatie.spelregels.buurtpanels.leaves import SALT_BYTES, leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.spelregels.buurtpanels.members import HouseholdStatus
from participatie.spelregels.permissions import Actor
from tests.factories.panels import a_panel, registered
from tests.factories.people import a_wijkmanager, done, now_of, runs_all

#: What drand could say.
A_NUMBER = sha256(b"a round of drand").hexdigest()
HOUR = timedelta(hours=1)
#: Fewer than the thousand of the site: the proof is the same.
FEW_PANELS = 20


def manager_of(session: Session) -> Actor:
    """Somebody who may bind lots and enter numbers everywhere."""
    return runs_all(a_wijkmanager(session))


def a_request(session: Session, kind: LotKind = LotKind.SELECTION, **others: object) -> LotRequest:
    """A lot on a round of drand, in an hour."""
    wanted = {"source": NumberSource.DRAND, "source_text": "drand quicknet", "due_at": now_of(session) + HOUR}
    return LotRequest(kind=kind, **wanted | others)  # type: ignore[arg-type]


def bound(session: Session, panel: Buurtpanel, request: LotRequest | None = None) -> PanelLot:
    """A lot that was asked for; one of members waits for the worker."""
    lot = done(bind_lot(session, manager_of(session), panel, request or a_request(session), now_of(session)))
    assert not isinstance(lot, CannotDraw), lot
    session.commit()
    return lot


def prepared(session: Session, lot: PanelLot) -> PanelLot:
    """The lot as the worker leaves it, with panels that meet the quotas and that no engine made."""
    given = lot_input(session, lot.id)
    assert given is not None
    commit_lot(session, lot.id, some_panels(given.pool, given.quotas, given.seats), now_of(session))
    session.commit()
    return lot


def some_panels(pool: Pool, quotas: Quotas, seats: int) -> Portfolio:
    """Panels that meet the quotas, found by trying: fair to nobody, and made at once."""
    chance, panels = Random(1), []
    while len(panels) < FEW_PANELS:
        panel = sorted(chance.sample(range(len(pool)), seats))
        counts = Counter(pair for place in panel for pair in pool.people[place].features.items())
        if all(each.minimum <= counts[each.feature, each.value] <= each.maximum for each in quotas):
            panels.append(tuple(panel))
    return Portfolio(tuple(panels), tuple(seats / len(pool) for _person in pool.people))


def a_committed_lot(session: Session, people: int = 12) -> PanelLot:
    """A lot of a panel of six, that waits for its number."""
    panel = a_panel(session)
    registered(session, panel, people)
    return prepared(session, bound(session, panel))


def drawn(session: Session, lot: PanelLot, number: str = A_NUMBER) -> PanelLot:
    """The same lot once its number was entered, a minute after its moment."""
    moment = lot.due_at + timedelta(minutes=1)
    done(enter_number(session, manager_of(session), lot, number, moment))
    session.commit()
    return lot


def addresses(session: Session, panel: Buurtpanel, number: int) -> None:
    """So many addresses on the list of a panel, in turn in three buurten."""
    for place in range(number):
        salt = secrets.token_hex(SALT_BYTES)
        session.add(
            PanelHousehold(
                panel_id=panel.id,
                address=f"Lindelaan {place + 1}",
                postcode="9001 AB",
                place="Lindewaard",
                stratum=f"Buurt {place % 3}",
                salt=salt,
                leaf=leaf_of(salt, {"adres": f"Lindelaan {place + 1}"}, None),
            )
        )
    session.commit()


def invited_by_buurt(session: Session, panel: Buurtpanel) -> dict[str, int]:
    """How many addresses got an invitation, by buurt."""
    session.expire_all()
    return Counter(
        each.stratum for each in session.scalars(households_of(panel.id)) if each.status is HouseholdStatus.INVITED
    )
