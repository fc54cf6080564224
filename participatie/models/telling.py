"""Who follows what, how often do they want mail, what happened, and what waits for the next digest?"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, ForeignKey, Select, String, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.announcements import everyone_in
from participatie.models.base import Base, Id, Moment, Prose, words
from participatie.models.groups import Participant
from participatie.models.ideas import Idea, Support
from participatie.models.merging import authors_gone_on_in, ideas_gone_into
from participatie.models.trajecten import Follow, Traject, public_trajecten
from participatie.models.wijken import Area
from participatie.spelregels.telling import About, Cadence, Told


class Reader(Base):
    """How often an account wants mail; without a row at once. `secret` signs the addresses that stop mail, for ever."""

    __tablename__ = "reader"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    cadence: Mapped[Cadence] = mapped_column(words(Cadence, "cadence"), default=Cadence.AT_ONCE)
    secret: Mapped[str] = mapped_column(String(64))


class Following(Base):
    """An idea or an area that somebody follows by choice; trajecten have `Follow`."""

    __tablename__ = "following"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    about: Mapped[About] = mapped_column(words(About, "about"), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[Moment]


class Stopped(Base):
    """A traject or an idea about which somebody wants no mail, also when they put in or support something there."""

    __tablename__ = "stopped"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    about: Mapped[About] = mapped_column(words(About, "about"), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[Moment]


class Event(Base):
    """Something that happened and was told. `kind` is an `Announced` or a `Told`, `facts` are codes and numbers."""

    __tablename__ = "event"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    text: Mapped[Prose] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[Moment]

    traject: Mapped[Traject] = relationship()
    idea: Mapped[Idea | None] = relationship()

    def path(self) -> str:
        """Return where on the site it is about, as mails write it."""
        if "promise" in self.facts:
            return f"/toezeggingen/{self.facts['promise']}"
        if "besluit" in self.facts:
            return f"/besluiten/{self.facts['besluit']}"
        if "panel" in self.facts:
            return f"/buurtpanels/{self.facts['panel']}/bijeenkomsten"
        return f"/ideeen/{self.idea_id}" if self.idea_id is not None else f"/trajecten/{self.traject.slug}"


class Waiting(Base):
    """What one reader still has to be told in a digest. The row goes in the transaction that writes the mail."""

    __tablename__ = "waiting"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, index=True)


class Digest(Base):
    """A digest that was written; no reader gets two of one day."""

    __tablename__ = "digest"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    events: Mapped[int]
    at: Mapped[Moment]


def reader_of(account_id: int) -> Select[Reader]:
    """How often an account wants mail, if it ever chose or was mailed."""
    return select(Reader).where(Reader.account_id == account_id)


def _stopped(about: About, thing_id: int) -> ColumnElement[bool]:
    return exists().where(Stopped.account_id == Account.id, Stopped.about == about, Stopped.thing_id == thing_id)


def _follows(about: About, thing_id: int) -> ColumnElement[bool]:
    return exists().where(Following.account_id == Account.id, Following.about == about, Following.thing_id == thing_id)


def _follows_area_of(traject: Traject) -> ColumnElement[bool]:
    return _areas_followed_around(traject.area).exists()


def _areas_followed_around(area: Area) -> Select[int]:
    # What lies in the area that is followed, and what reaches over it.
    path = area.path
    around = or_(Area.path.startswith(path), func.substr(path, 1, func.length(Area.path)) == Area.path)
    followed = select(Following.thing_id).where(Following.account_id == Account.id, Following.about == About.AREA)
    return followed.join(Area, Area.id == Following.thing_id).where(around).correlate(Account)


def readers_of_traject(traject: Traject) -> Select[Account, Cadence | None, str | None]:
    """Who is told about a traject, each once, with how often and the secret of their stops; NULL without a row."""
    return (
        select(Account, Reader.cadence, Reader.secret)
        .outerjoin(Reader, Reader.account_id == Account.id)
        .where(
            Account.id.in_(everyone_in(traject.id).with_only_columns(Account.id).order_by(None))
            | _follows_area_of(traject),
            ~_stopped(About.TRAJECT, traject.id),
        )
        .order_by(Account.id)
    )


def readers_of_area(area: Area) -> Select[Account, Cadence | None, str | None, int]:
    """Who follows an area, what lies in it or what it lies in, each once, with how often, the secret and what they follow."""
    followed = _areas_followed_around(area)
    which = followed.with_only_columns(func.min(Following.thing_id)).scalar_subquery()
    return (
        select(Account, Reader.cadence, Reader.secret, which)
        .outerjoin(Reader, Reader.account_id == Account.id)
        .where(followed.exists())
        .order_by(Account.id)
    )


def readers_of_idea(idea: Idea) -> Select[Account, Cadence | None, str | None]:
    """Who is told about an idea: author, supporters, who takes part, who follows it. With how often, and the secret.

    Whoever put in an idea that went on in it takes part too.
    """
    taking_part = or_(
        Account.id == idea.author_id,
        Account.id.in_(select(Support.account_id).where(Support.idea_id == idea.id)),
        Account.id.in_(select(Participant.account_id).where(Participant.idea_id == idea.id)),
        Account.id.in_(authors_gone_on_in(idea.id)),
    )
    # Following the idea itself goes before having stopped its traject.
    told = or_(
        _follows(About.IDEA, idea.id),
        and_(taking_part, ~_stopped(About.TRAJECT, idea.traject_id)),
    )
    return (
        select(Account, Reader.cadence, Reader.secret)
        .outerjoin(Reader, Reader.account_id == Account.id)
        .where(told, ~_stopped(About.IDEA, idea.id))
        .order_by(Account.id)
    )


def readers_around(idea: Idea, *, by_choice: bool) -> Select[Account, Cadence | None, str | None]:
    """Who is told about the traject of an idea and not about the idea itself; `by_choice` who follows it or its wijk."""
    here = readers_of_idea(idea).with_only_columns(Account.id).order_by(None)
    around = readers_of_traject(idea.traject).where(Account.id.not_in(here), ~_stopped(About.IDEA, idea.id))
    if not by_choice:
        return around
    follows = select(Follow.account_id).where(Follow.traject_id == idea.traject_id)
    return around.where(Account.id.in_(follows) | _follows_area_of(idea.traject))


def is_told_of_traject(account_id: int, traject: Traject) -> Select[Account]:
    """The account, when it is told about a traject."""
    return readers_of_traject(traject).with_only_columns(Account).where(Account.id == account_id)


def is_told_of_idea(account_id: int, idea: Idea) -> Select[Account]:
    """The account, when it is told about an idea."""
    return readers_of_idea(idea).with_only_columns(Account).where(Account.id == account_id)


def following_of(account_id: int, about: About, thing_id: int) -> Select[Following]:
    """Whether an account follows an idea or an area by choice."""
    return select(Following).where(
        Following.account_id == account_id, Following.about == about, Following.thing_id == thing_id
    )


def _things(account_id: int, about: About) -> Select[int]:
    return select(Following.thing_id).where(Following.account_id == account_id, Following.about == about)


def _stops(account_id: int, about: About) -> Select[int]:
    return select(Stopped.thing_id).where(Stopped.account_id == account_id, Stopped.about == about)


def trajecten_told_of(account_id: int) -> Select[Traject]:
    """The public trajecten of which somebody is told by name: followed, or taken part in, and not stopped; newest first."""
    backed = select(Idea.traject_id).join(Support, Support.idea_id == Idea.id).where(Support.account_id == account_id)
    joined = select(Idea.traject_id).join(Participant, Participant.idea_id == Idea.id)
    return public_trajecten().where(
        or_(
            Traject.id.in_(select(Follow.traject_id).where(Follow.account_id == account_id)),
            Traject.id.in_(select(Idea.traject_id).where(Idea.author_id == account_id)),
            Traject.id.in_(backed),
            Traject.id.in_(joined.where(Participant.account_id == account_id)),
        ),
        Traject.id.not_in(_stops(account_id, About.TRAJECT)),
    )


def ideas_told_of(account_id: int) -> Select[Idea]:
    """The ideas of which somebody is told: their own, supported, taken part in or followed, not stopped; newest first."""
    taking_part = or_(
        Idea.author_id == account_id,
        Idea.id.in_(select(Support.idea_id).where(Support.account_id == account_id)),
        Idea.id.in_(select(Participant.idea_id).where(Participant.account_id == account_id)),
        Idea.id.in_(ideas_gone_into(account_id)),
    )
    return (
        select(Idea)
        .where(
            Idea.hidden_at.is_(None),
            or_(
                Idea.id.in_(_things(account_id, About.IDEA)),
                and_(taking_part, Idea.traject_id.not_in(_stops(account_id, About.TRAJECT))),
            ),
            Idea.id.not_in(_stops(account_id, About.IDEA)),
        )
        .order_by(Idea.id.desc())
    )


def areas_followed(account_id: int) -> Select[Area]:
    """The areas that somebody follows, by name."""
    return select(Area).where(Area.id.in_(_things(account_id, About.AREA))).order_by(Area.name, Area.id)


def readers_waiting(cadences: tuple[Cadence, ...], due: datetime, day: date, limit: int) -> Select[int]:
    """Who waits for a digest of these cadences: something of before `due`, and no digest of that day yet."""
    return (
        select(Waiting.account_id)
        .join(Event, Event.id == Waiting.event_id)
        .join(Reader, Reader.account_id == Waiting.account_id)
        .where(
            Reader.cadence.in_(cadences),
            Event.at <= due,
            ~exists().where(Digest.account_id == Waiting.account_id, Digest.day == day),
        )
        .group_by(Waiting.account_id)
        .order_by(Waiting.account_id)
        .limit(limit)
    )


def events_waiting(account_id: int, due: datetime) -> Select[Event]:
    """What one reader has to be told of before a moment, newest first, with its traject and idea."""
    return (
        select(Event)
        .join(Waiting, Waiting.event_id == Event.id)
        .where(Waiting.account_id == account_id, Event.at <= due)
        .options(joinedload(Event.traject), joinedload(Event.idea))
        .order_by(Event.at.desc(), Event.id.desc())
    )


def news_in(traject_ids: Collection[int], kinds: Collection[Told], limit: int) -> Select[Event]:
    """What was told last of these kinds in these trajecten, newest first, with its idea; nothing of an idea that is hidden."""
    return (
        select(Event)
        .outerjoin(Idea, Idea.id == Event.idea_id)
        .where(Event.traject_id.in_(traject_ids), Event.kind.in_(kinds), Idea.hidden_at.is_(None))
        .options(joinedload(Event.traject), joinedload(Event.idea))
        .order_by(Event.id.desc())
        .limit(limit)
    )


def account_by_id(account_id: int) -> Select[Account]:
    """One account."""
    return select(Account).where(Account.id == account_id)
