"""How does somebody take a seat on a panel or give it up, and who gets the seat then? Never whoever the staff likes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.lottery_input import pool_of, quotas_of
from participatie.actions.buurtpanels.resting import let_rest
from participatie.actions.record import mail_address, record
from participatie.lottery import next_reserve
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelAnswer,
    PanelChange,
    PanelPerson,
    drawn_lot,
    free_seats,
    reserves_of,
    seated_on,
)
from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus
from participatie.spelregels.buurtpanels.seats import (
    BY_STAFF,
    SeatChannel,
    answer_by,
    left_as,
    may_confirm,
    may_fill,
    may_give_up,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused

#: What a select must read again behind a lock, also where this session saw it before.
AGAIN = {"populate_existing": True}


def confirm_seat(
    session: Session, actor: Actor, person: PanelPerson, secret_key: str, now: datetime
) -> PanelPerson | Refused:
    """Let somebody who was drawn take the seat. Refused for whoever has none, or has it already."""
    panel = hold(session, person)
    verdict = first_refusal(
        may(actor, Do.TAKE_SEAT, panel.traject.facts().place_at(now)), may_confirm(person.status, panel.status)
    )
    if isinstance(verdict, Refused):
        return verdict
    answer = take(session, person, SeatChannel.WEB, secret_key, now)
    record(session, actor.account_id, Do.TAKE_SEAT, answer, now, panel=panel.id, status=person.status)
    return person


def give_up_seat(
    session: Session, actor: Actor, person: PanelPerson, reason: LeaveReason, note: str, now: datetime
) -> PanelChange | Refused:
    """Let somebody decline or stop. The reason is public, without a name; the note is for the staff alone."""
    panel = hold(session, person)
    verdict = first_refusal(
        may(actor, Do.TAKE_SEAT, panel.traject.facts().place_at(now)),
        # Whoever answers did not fail to answer.
        refused(Refusal.MEMBER_NOT_THERE)
        if reason is LeaveReason.NO_ANSWER
        else may_give_up(person.status, panel.status, reason, None, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    change = _free(session, person, reason, SeatChannel.WEB, None, note, now)
    record(session, actor.account_id, Do.TAKE_SEAT, change, now, panel=panel.id, status=person.status)
    return change


def confirm_for(
    session: Session, actor: Actor, person: PanelPerson, channel: SeatChannel, secret_key: str, now: datetime
) -> PanelPerson | Refused:
    """Write down that somebody takes the seat, as they said by telephone, at a desk or on paper."""
    panel = hold(session, person)
    verdict = first_refusal(
        may(actor, Do.REPLACE_MEMBER, panel.traject.facts().place_at(now)), may_confirm(person.status, panel.status)
    )
    if isinstance(verdict, Refused) or channel not in BY_STAFF:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.MEMBER_NOT_THERE)
    answer = take(session, person, channel, secret_key, now, by_id=actor.account_id)
    record(session, actor.account_id, Do.REPLACE_MEMBER, answer, now, panel=panel.id, status=person.status)
    return person


def give_up_for(
    session: Session, actor: Actor, person: PanelPerson, reason: LeaveReason, channel: SeatChannel, now: datetime
) -> PanelChange | Refused:
    """Write down that somebody declines or stops, or did not answer in time. They get a mail, so that a mistake comes out."""
    panel = hold(session, person)
    verdict = first_refusal(
        may(actor, Do.REPLACE_MEMBER, panel.traject.facts().place_at(now)),
        may_give_up(person.status, panel.status, reason, term_of(session, person), now),
    )
    if isinstance(verdict, Refused) or channel not in BY_STAFF:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.MEMBER_NOT_THERE)
    change = _free(session, person, reason, channel, actor.account_id, "", now)
    record(session, actor.account_id, Do.REPLACE_MEMBER, change, now, panel=panel.id, status=person.status)
    return change


def fill_seat(
    session: Session, actor: Actor, panel: Buurtpanel, change_id: int, now: datetime
) -> PanelChange | Refused:
    """Give a seat that came free to the reserve whom the lot and the quotas say; nobody chooses.

    `change_id` is the seat as the page showed it, so that two who press at once fill one. Refused where it is filled,
    and where no reserve is left who may sit with the others.
    """
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    change = session.scalar(free_seats(panel.id).limit(1), execution_options=AGAIN)
    sitting = {person.leaf: person for person in session.scalars(seated_on(panel.id), execution_options=AGAIN)}
    reserves = {person.leaf: person for person in session.scalars(reserves_of(panel.id), execution_options=AGAIN)}
    is_open = change is not None and change.id == change_id
    verdict = first_refusal(
        may(actor, Do.REPLACE_MEMBER, panel.traject.facts().place_at(now)),
        may_fill(panel.status, is_open=is_open, reserves=len(reserves)),
    )
    if isinstance(verdict, Refused) or change is None:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.MEMBER_NOT_THERE)
    pool = pool_of([*sitting.values(), *reserves.values()])
    open_seats = max(panel.facts().seats - len(sitting), 1)
    choice = next_reserve(pool, quotas_of(panel), list(sitting), open_seats, list(reserves))
    if choice.id is None:
        return refused(Refusal.NO_RESERVE_LEFT)
    person = reserves[choice.id]
    person.status = MemberStatus.DRAWN
    change.joined_leaf, change.replaced_at = person.leaf, now
    change.breaks = [[each.feature, each.value, str(each.bound), str(each.by)] for each in choice.breaks]
    panel.traject.touch()
    record(session, actor.account_id, Do.REPLACE_MEMBER, change, now, panel=panel.id, breaks=len(choice.breaks))
    if person.email:
        mail_address(
            session, person.email, person.locale, "panel_drawn", now,
            slug=panel.slug, title=panel.title, until=answer_by(now).isoformat(),
        )  # fmt: skip
    return change


def hold(session: Session, person: PanelPerson) -> Buurtpanel:
    """Hold the panel, behind which every seat changes, and read the person again."""
    panel = person.panel
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    session.refresh(person)
    return panel


def take(
    session: Session,
    person: PanelPerson,
    channel: SeatChannel,
    secret_key: str,
    now: datetime,
    *,
    by_id: int | None = None,
    without_lot: bool = False,
) -> PanelAnswer:
    """Make somebody a member; from now on they rest after this panel. The caller has asked the rules and the table."""
    person.status = MemberStatus.CONFIRMED
    answer = PanelAnswer(
        person_id=person.id, status=person.status, channel=channel, by_id=by_id, without_lot=without_lot, at=now
    )
    session.add(answer)
    let_rest(session, person.panel, person, secret_key, now)
    person.panel.traject.touch()
    return answer


def term_of(session: Session, person: PanelPerson) -> datetime | None:
    """Return until when somebody who was drawn can answer: since the lot, or since a seat came to them; None for others."""
    if person.status is not MemberStatus.DRAWN:
        return None
    since = session.scalar(
        select(PanelChange.replaced_at).where(
            PanelChange.panel_id == person.panel_id, PanelChange.joined_leaf == person.leaf
        )
    )
    if since is None:
        lot = session.execute(drawn_lot(person.panel_id)).first()
        since = lot.entered_at if lot is not None else None
    return answer_by(since) if since is not None else None


def _free(
    session: Session,
    person: PanelPerson,
    reason: LeaveReason,
    channel: SeatChannel,
    by_id: int | None,
    note: str,
    now: datetime,
) -> PanelChange:
    person.status = left_as(person.status) or person.status
    session.add(
        PanelAnswer(person_id=person.id, status=person.status, channel=channel, by_id=by_id, note=note.strip(), at=now)
    )
    change = PanelChange(panel_id=person.panel_id, left_leaf=person.leaf, reason=reason, at=now)
    session.add(change)
    person.panel.traject.touch()
    if person.email:
        mail_address(
            session, person.email, person.locale, "panel_replaced", now,
            slug=person.panel.slug, title=person.panel.title, asked=reason is not LeaveReason.NO_ANSWER,
        )  # fmt: skip
    return change
