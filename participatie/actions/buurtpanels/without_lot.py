"""How does somebody come on a panel whom nobody drew? Only where no lot can give a member, and told in public."""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.pool import Registered, person_row, selectors_taken
from participatie.actions.buurtpanels.resting import is_resting
from participatie.actions.buurtpanels.seats import AGAIN, hold, take
from participatie.actions.record import record
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelPerson,
    PanelStep,
    drawn_lot,
    free_seats,
    registered_in,
    reserves_of,
    seated_on,
)
from participatie.spelregels.buurtpanels.members import MemberStatus, Recruitment, ReplyChannel
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.registration import Told, household_key, may_join, plain_name, tells_enough
from participatie.spelregels.buurtpanels.seats import SeatChannel, may_begin_without_lot, may_seat_without_lot
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, Verdict, first_refusal, refused

#: What was said in the words of a registration, in those of a seat.
CHANNELS = {SeatChannel.PAPER: ReplyChannel.PAPER, SeatChannel.DESK: ReplyChannel.DESK}


def begin_without_lot(
    session: Session, actor: Actor, panel: Buurtpanel, reason: str, now: datetime
) -> PanelStep | Refused:
    """Let a panel begin whose members come from networks. The reason is public, and so is that nobody was drawn."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)), may_begin_without_lot(panel.status, reason)
    )
    if isinstance(verdict, Refused):
        return verdict
    panel.status = PanelStatus.SITTING
    step = PanelStep(panel_id=panel.id, status=panel.status, reason=reason.strip(), at=now, by_id=actor.account_id)
    session.add(step)
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, step, now, panel=panel.id)
    return step


def seat_without_lot(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    told: Told,
    source: Recruitment,
    channel: SeatChannel,
    secret_key: str,
    now: datetime,
    *,
    consents: bool,
) -> Registered | Refused:
    """Give somebody a seat whom nobody drew. Refused as `may_seat_without_lot` says, and what a registration refuses."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    household = household_key(secret_key, panel.id, told.postcode, told.address)
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        refused(Refusal.MEMBER_NOT_THERE) if source is Recruitment.LOT else has_room(session, panel, source),
        tells_enough(panel.facts().quotas, told, consents=consents),
        _joins(session, panel, told, household, secret_key, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    seated = person_row(
        panel, told, household, selectors_taken(session, panel.id), secret_key, now,
        channel=CHANNELS.get(channel, ReplyChannel.DESK), source=source,
    )  # fmt: skip
    seated.person.panel = panel
    session.add(seated.person)
    session.flush()
    _sit(session, actor, seated.person, channel, secret_key, now)
    record(session, actor.account_id, Do.MANAGE_PANEL, seated.person, now, panel=panel.id, source=source)
    return seated


def seat_registered(
    session: Session, actor: Actor, person: PanelPerson, channel: SeatChannel, secret_key: str, now: datetime
) -> PanelPerson | Refused:
    """Give somebody who registered a seat on a panel that has no lot at all."""
    panel = hold(session, person)
    has_lot = session.execute(drawn_lot(panel.id)).first() is not None
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        refused(Refusal.MEMBER_NOT_THERE)
        if has_lot or person.status is not MemberStatus.REGISTERED
        else has_room(session, panel, person.source),
    )
    if isinstance(verdict, Refused):
        return verdict
    _sit(session, actor, person, channel, secret_key, now)
    record(session, actor.account_id, Do.MANAGE_PANEL, person, now, panel=panel.id, source=person.source)
    return person


def usable_reserves(session: Session, panel: Buurtpanel) -> int:
    """Return how many reserves could still have a seat: none of a household that is on the panel already."""
    homes = {person.household for person in session.scalars(seated_on(panel.id)) if person.household}
    return sum(person.household not in homes for person in session.scalars(reserves_of(panel.id)))


def has_room(session: Session, panel: Buurtpanel, source: Recruitment) -> Verdict:
    """Refuse a seat without a lot as `may_seat_without_lot` says, for how the panel stands now."""
    return may_seat_without_lot(
        panel.status,
        source,
        panel.facts().seats,
        len(session.scalars(seated_on(panel.id)).all()),
        reserves=usable_reserves(session, panel),
        has_lot=session.execute(drawn_lot(panel.id)).first() is not None,
    )


def _joins(
    session: Session, panel: Buurtpanel, told: Told, household: str | None, secret_key: str, now: datetime
) -> Verdict:
    if household is not None:
        there = session.scalars(registered_in(panel.id, household)).all()
    else:  # without an address somebody is known by a name and a way to be reached, as when a button is pressed twice
        there = [
            other
            for other in session.scalars(seated_on(panel.id))
            if (other.email, other.phone) == (told.email, told.phone)
            and plain_name(other.name) == plain_name(told.name)
        ]
    # One of a household at most sits on a panel, drawn or not.
    sits = any(
        other.status in (MemberStatus.DRAWN, MemberStatus.CONFIRMED) or plain_name(other.name) == plain_name(told.name)
        for other in there
    )
    rests = is_resting(session, panel, told.name, told.postcode, told.address, secret_key, now)
    return may_join(is_resting=rests, is_registered=sits, rest_years=panel.facts().rest_years)


def _sit(
    session: Session, actor: Actor, person: PanelPerson, channel: SeatChannel, secret_key: str, now: datetime
) -> None:
    take(session, person, channel, secret_key, now, by_id=actor.account_id, without_lot=True)
    free = session.scalar(free_seats(person.panel_id).limit(1), execution_options=AGAIN)
    if free is not None:
        free.joined_leaf, free.replaced_at = person.leaf, now
