"""Who has what is to be answered, who was told that it is late, and what do answers say beside why?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account, RoleGrant
from participatie.models.announcements import Announcement, Dispute
from participatie.models.base import Base, Moment, Prose, words
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Round
from participatie.models.wijken import Area, AreaKind, within
from participatie.spelregels.answers import Asked, Parts, Turn, answering
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import Announced, TrajectStatus


class AnswerOwner(Base):
    """Who was handed something to answer; until somebody is, the contact person of its traject has it."""

    __tablename__ = "answer_owner"

    asked: Mapped[Asked] = mapped_column(words(Asked, "asked"), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    since: Mapped[Moment]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])


class Escalation(Base):
    """One step up for one term that passed, once: its row is written in the transaction of its mails.

    `due_at` is the end of the term, so that more time that passes as well is told anew. `told` is how many people were.
    """

    __tablename__ = "escalation"

    asked: Mapped[Asked] = mapped_column(words(Asked, "asked"), primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_at: Mapped[Moment] = mapped_column(primary_key=True)
    turn: Mapped[Turn] = mapped_column(words(Turn, "turn"), primary_key=True)
    told: Mapped[int]
    at: Mapped[Moment]


class AnswerParts(Base):
    """What the answer to an idea says beside why (`Idea.answer`); `own` is for its author, in an answer to several."""

    __tablename__ = "answer_parts"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    used: Mapped[Prose]
    not_used: Mapped[Prose]
    route: Mapped[Prose]
    own: Mapped[Prose]

    def parts(self) -> Parts:
        """Return them as the spelregels see them."""
        return Parts(self.used, self.not_used, self.route, self.own)


def parts_of(*idea_ids: int) -> Select[AnswerParts]:
    """What the answers to some ideas say beside why."""
    return select(AnswerParts).where(AnswerParts.idea_id.in_(idea_ids))


def owners_of(*asked: Asked) -> Select[AnswerOwner]:
    """Who was handed what by whom, of these kinds, with the roles of both."""
    whole = [
        option
        for account in (joinedload(AnswerOwner.account), joinedload(AnswerOwner.by))
        for option in (
            account.joinedload(Account.area), account.selectinload(Account.granted).joinedload(RoleGrant.area)
        )
    ]  # fmt: skip
    return select(AnswerOwner).where(AnswerOwner.asked.in_(asked)).options(*whole)


def escalations(*asked: Asked) -> Select[Escalation]:
    """What went up, of these kinds."""
    return select(Escalation).where(Escalation.asked.in_(asked))


def ideas_owed(*area_paths: str) -> Select[int, str, str, str, str, int, datetime]:
    """Every idea that waits for an answer here: number, title, language, place, its path, traject, moment."""
    place = aliased(Area)  # the idea's own; `within` asks for that of its traject
    return (
        select(Idea.id, Idea.title, Idea.lang, place.name, place.path, Idea.traject_id, Idea.created_at)
        .join(Idea.traject)
        .join(Traject.area)
        .join(place, place.id == Idea.area_id)
        .where(within(area_paths), Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None))
    )


def ideas_answered(*area_paths: str) -> Select[int, str, str, int, datetime, datetime | None]:
    """Every idea that was answered here and that everybody may read: number, place, its path, traject, moment, answer."""
    place = aliased(Area)
    return (
        select(Idea.id, place.name, place.path, Idea.traject_id, Idea.created_at, Idea.answered_at)
        .join(Idea.traject)
        .join(Traject.area)
        .join(place, place.id == Idea.area_id)
        .where(
            within(area_paths),
            Idea.status.in_((IdeaStatus.ADMITTED, IdeaStatus.NOT_ADMITTED)),
            Idea.hidden_at.is_(None),
            Idea.answered_at.is_not(None),
        )
    )


def disputes_in(*area_paths: str) -> Select[Dispute]:
    """Everything that was laid before the city in these areas, answered or not."""
    return select(Dispute).join(Dispute.traject).join(Traject.area).where(within(area_paths))


def advice_in(*area_paths: str) -> Select[Round, datetime | None]:
    """The rounds of which the outcome is advice in these areas, with the moment of their besluit, if there is one."""
    polled = select(Phase.traject_id).where(Phase.kind == PhaseKind.POLL)
    return (
        select(Round, Besluit.published_at)
        .join(Round.traject)
        .join(Traject.area)
        .outerjoin(Besluit, Besluit.round_id == Round.id)
        .where(within(area_paths), Round.traject_id.in_(polled), Round.rulebook.is_not(None))
    )


def more_time_in(*area_paths: str) -> Select[Announcement]:
    """Where more time for a duty was taken in public."""
    return (
        select(Announcement)
        .join(Traject, Traject.id == Announcement.traject_id)
        .join(Traject.area)
        .where(within(area_paths), Announcement.kind == Announced.DUTY)
    )


def trajecten_that_owe(*area_paths: str) -> Select[Traject]:
    """The trajecten in these areas that promised something, with area and contact person."""
    return (
        select(Traject)
        .join(Traject.area)
        .where(within(area_paths), Traject.status != TrajectStatus.DRAFT)
        .options(joinedload(Traject.area), joinedload(Traject.contact), selectinload(Traject.phases))
        .order_by(Traject.id)
    )


def wijken_with_paths() -> Select[int, str, str]:
    """The wijken: number, path and name, by name."""
    return select(Area.id, Area.path, Area.name).where(Area.kind == AreaKind.WIJK).order_by(Area.name)


def answerers_at(asked: Asked, area_path: str) -> Select[Account]:
    """Those whose roles let them answer what is asked in an area, by name, each once, with their roles."""
    granted = (
        select(RoleGrant.account_id)
        .join(Area, RoleGrant.area_id == Area.id)
        .where(RoleGrant.role.in_(answering(asked)), func.substr(area_path, 1, func.length(Area.path)) == Area.path)
    )
    return (
        select(Account)
        .where(Account.id.in_(granted))
        .options(joinedload(Account.area), selectinload(Account.granted).joinedload(RoleGrant.area))
        .order_by(Account.name, Account.email)
    )


def accounts_in_role(role: Role, area_path: str) -> Select[Account]:
    """The accounts that hold a role for an area or for one around it, each once."""
    granted = (
        select(RoleGrant.account_id)
        .join(Area, RoleGrant.area_id == Area.id)
        .where(RoleGrant.role == role, func.substr(area_path, 1, func.length(Area.path)) == Area.path)
    )
    return select(Account).where(Account.id.in_(granted)).order_by(Account.id)


def ideas_to_answer(traject_id: int, limit: int) -> Select[Idea]:
    """The ideas of a traject that wait for an answer, oldest first, as far as they are answered in one go."""
    return (
        select(Idea)
        .where(Idea.traject_id == traject_id, Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None))
        .options(joinedload(Idea.area), joinedload(Idea.author), selectinload(Idea.participants))
        .order_by(Idea.created_at, Idea.id)
        .limit(limit)
    )


def ideas_chosen(idea_ids: Collection[int]) -> Select[Idea]:
    """Some ideas, by number."""
    return select(Idea).where(Idea.id.in_(idea_ids)).options(joinedload(Idea.author)).order_by(Idea.id)
