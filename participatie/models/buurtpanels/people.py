"""Who registered for a panel, and who sits on it? The only tables that know their names, emptied when the term is over."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.trajecten import Traject
from participatie.spelregels.buurtpanels.members import SEATED, LeaveReason, MemberStatus, Recruitment, ReplyChannel


class PanelPerson(Base):
    """Somebody who registered for a panel: with a salt and a leaf that stand for them in public, and a code to come in with.

    `leaf` is what the list of the pool shows instead of a person (see `spelregels/buurtpanels/leaves.py`).
    `household` holds people together who live at one address; at most one of them sits on the panel.
    `reserve_place` is the place among the reserves, from 1. `verifier_hash` is of the code that this person got.
    """

    __tablename__ = "panel_person"
    __table_args__ = (
        UniqueConstraint("panel_id", "leaf"),
        UniqueConstraint("panel_id", "selector"),
        UniqueConstraint("panel_id", "reserve_place"),
        CheckConstraint("reserve_place > 0", name="reserve_place"),
        Index("ix_panel_person_status", "panel_id", "status"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"))
    name: Mapped[Line]
    email: Mapped[Line] = mapped_column(default="")
    phone: Mapped[Line] = mapped_column(default="")
    address: Mapped[Line] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    place: Mapped[Line] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(String(5), default="nl")
    features: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    household: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64))
    leaf: Mapped[str] = mapped_column(String(64))
    selector: Mapped[str] = mapped_column(String(16))
    verifier_hash: Mapped[str] = mapped_column(String(64))
    channel: Mapped[ReplyChannel] = mapped_column(words(ReplyChannel, "channel"))
    source: Mapped[Recruitment] = mapped_column(words(Recruitment, "source"), default=Recruitment.LOT)
    status: Mapped[MemberStatus] = mapped_column(words(MemberStatus, "status"), default=MemberStatus.REGISTERED)
    reserve_place: Mapped[int | None]
    registered_at: Mapped[Moment]

    panel: Mapped[Buurtpanel] = relationship()


class PanelChange(Base):
    """A seat that came free, why, and who came in place: by their leaves, so that the page can tell without a name.

    `breaks` lists the quotas that no reserve could keep any more.
    """

    __tablename__ = "panel_change"

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    left_leaf: Mapped[str] = mapped_column(String(64))
    reason: Mapped[LeaveReason] = mapped_column(words(LeaveReason, "reason"))
    explanation: Mapped[Prose] = mapped_column(default="")
    joined_leaf: Mapped[str | None] = mapped_column(String(64))
    breaks: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    at: Mapped[Moment]
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def people_of(panel_id: int) -> Select[PanelPerson]:
    """Everybody who registered for a panel, in the order of their leaves, which is nobody's order."""
    return select(PanelPerson).where(PanelPerson.panel_id == panel_id).order_by(PanelPerson.leaf)


def registered_for(panel_id: int) -> Select[PanelPerson]:
    """Those who are in the pool of a panel: registered, and not taken back."""
    return people_of(panel_id).where(PanelPerson.status == MemberStatus.REGISTERED)


def seated_on(panel_id: int) -> Select[PanelPerson]:
    """Those who have a seat on a panel, confirmed or not."""
    return people_of(panel_id).where(PanelPerson.status.in_(SEATED))


def accounts_seated_on(panel_id: int) -> Select[int]:
    """The accounts of those who have a seat on a panel, known by their e-mail address alone."""
    return (
        select(Account.id)
        .join(PanelPerson, func.lower(PanelPerson.email) == Account.email)
        .where(PanelPerson.panel_id == panel_id, PanelPerson.status.in_(SEATED))
    )


def person_by_selector(panel_id: int, selector: str) -> Select[PanelPerson]:
    """The person whose code begins with a selector."""
    return select(PanelPerson).where(PanelPerson.panel_id == panel_id, PanelPerson.selector == selector)


def person_of(panel_id: int, person_id: int) -> Select[PanelPerson]:
    """One person of a panel."""
    return select(PanelPerson).where(PanelPerson.panel_id == panel_id, PanelPerson.id == person_id)


def person_with_panel(panel_id: int, person_id: int) -> Select[PanelPerson]:
    """One person of a panel, with the panel as an act needs it."""
    whole = joinedload(PanelPerson.panel).joinedload(Buurtpanel.traject)
    return person_of(panel_id, person_id).options(
        whole.joinedload(Traject.area),
        whole.selectinload(Traject.phases),
        joinedload(PanelPerson.panel).selectinload(Buurtpanel.quotas),
    )


def people_by_status(panel_id: int) -> Select[MemberStatus, int]:
    """How many people of a panel are how far."""
    return (
        select(PanelPerson.status, func.count())
        .where(PanelPerson.panel_id == panel_id)
        .group_by(PanelPerson.status)
        .order_by(PanelPerson.status)
    )


def changes_of(panel_id: int) -> Select[PanelChange]:
    """The seats of a panel that changed, oldest first."""
    return select(PanelChange).where(PanelChange.panel_id == panel_id).order_by(PanelChange.id)


def people_by_channel(panel_id: int) -> Select[ReplyChannel, Recruitment, int]:
    """How many people are in the pool of a panel by how they registered and how they came."""
    return (
        select(PanelPerson.channel, PanelPerson.source, func.count())
        .where(PanelPerson.panel_id == panel_id, PanelPerson.status == MemberStatus.REGISTERED)
        .group_by(PanelPerson.channel, PanelPerson.source)
        .order_by(PanelPerson.channel, PanelPerson.source)
    )


def features_told(panel_id: int) -> Select[dict[str, str]]:
    """What those in the pool of a panel told about themselves."""
    return select(PanelPerson.features).where(
        PanelPerson.panel_id == panel_id, PanelPerson.status == MemberStatus.REGISTERED
    )


def registered_in(panel_id: int, household: str) -> Select[PanelPerson]:
    """Those of one household who take part in a panel, or did until their seat came free."""
    return people_of(panel_id).where(PanelPerson.household == household, PanelPerson.status != MemberStatus.TAKEN_BACK)


def count_in_household(panel_id: int, household: str) -> Select[int]:
    """How many of one household are in the pool of a panel."""
    return select(func.count(PanelPerson.id)).where(
        PanelPerson.panel_id == panel_id,
        PanelPerson.household == household,
        PanelPerson.status == MemberStatus.REGISTERED,
    )


def found_people(panel_id: int, part: str) -> Select[PanelPerson]:
    """Those of a panel in whose name a text stands, by name; with an empty text everybody."""
    return (
        select(PanelPerson)
        .where(PanelPerson.panel_id == panel_id, PanelPerson.name.icontains(part, autoescape=True))
        .order_by(func.lower(PanelPerson.name), PanelPerson.id)
    )


def count_found_people(panel_id: int, part: str) -> Select[int]:
    """How many people of a panel have that text in their name."""
    return select(func.count(PanelPerson.id)).where(
        PanelPerson.panel_id == panel_id, PanelPerson.name.icontains(part, autoescape=True)
    )
