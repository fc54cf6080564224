"""Which stacks of paper ballots came in, and what did two people write down of each sheet?

A sheet holds its code as the key of a ballot, and only while it waits; what was chosen stands here only until the
two entries were compared, or where they differ until the count.
"""

from datetime import date
from typing import TypeAlias

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    CompoundSelect,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    case,
    func,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Prose, words
from participatie.models.trajecten import Traject
from participatie.models.votes.ballots import Ballot, that_counts
from participatie.models.wijkbudget import Round
from participatie.models.wijken import within
from participatie.spelregels.paper import SETTLED, Choose, Entry, SheetStatus, StackFacts, Why
from participatie.spelregels.wijkbudget import RoundStatus


class PaperStack(Base):
    """A stack of ballots on paper, counted by hand. `sheets` holds once a second person signed it.

    `opening` is that of the round when it came in: with a vote that is done over, the stack is void.
    """

    __tablename__ = "paper_stack"
    __table_args__ = (
        UniqueConstraint("round_id", "opening", "label"),
        CheckConstraint("sheets > 0", name="sheets"),
        CheckConstraint("signed_by_id IS NULL OR signed_by_id <> counted_by_id", name="signed"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    opening: Mapped[int]
    label: Mapped[Line]
    received_on: Mapped[date]
    sheets: Mapped[int]
    counted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    round: Mapped[Round] = relationship()
    counted_by: Mapped[Account] = relationship(foreign_keys=counted_by_id)
    signed_by: Mapped[Account | None] = relationship(foreign_keys=signed_by_id)

    def is_void(self) -> bool:
        """Tell whether the vote that this stack belongs to was done over."""
        return self.opening != self.round.opening or self.round.status is RoundStatus.DRAFT


class PaperSheet(Base):
    """One sheet by its number in the stack; a sheet that nobody entered yet has no row, or is EMPTY.

    `ballot_key` is the code that it holds back from voting online, until it is settled. `choose`, `why` and
    `settled_by_id` on a sheet with a mismatch are what one of the two who entered it proposes.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        UniqueConstraint("stack_id", "number"),
        UniqueConstraint("round_id", "ballot_key"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("settled_with_id IS NULL OR settled_with_id <> settled_by_id", name="two"),
    )

    id: Mapped[Id]
    stack_id: Mapped[int] = mapped_column(ForeignKey("paper_stack.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    status: Mapped[SheetStatus] = mapped_column(words(SheetStatus, "status"))
    why: Mapped[Why | None] = mapped_column(words(Why, "why"))
    ballot_key: Mapped[str | None] = mapped_column(String(64))
    choose: Mapped[Choose | None] = mapped_column(words(Choose, "choose"))
    motive: Mapped[Prose | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_with_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    stack: Mapped[PaperStack] = relationship()
    entries: Mapped[list["PaperEntry"]] = relationship(back_populates="sheet", order_by="PaperEntry.place")
    settled_by: Mapped[Account | None] = relationship(foreign_keys=settled_by_id)
    settled_with: Mapped[Account | None] = relationship(foreign_keys=settled_with_id)

    def entered_by(self) -> list[int]:
        """Return who entered it, the first one first."""
        return [entry.entered_by_id for entry in self.entries]


class PaperEntry(Base):
    """What one person wrote down of a sheet. Key and choices are gone once both entries were found to be the same."""

    __tablename__ = "paper_entry"
    __table_args__ = (
        UniqueConstraint("sheet_id", "entered_by_id"),
        CheckConstraint("place IN (1, 2)", name="place"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("paper_sheet.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ballot_key: Mapped[str | None] = mapped_column(String(64))
    choices: Mapped[Prose | None]
    why: Mapped[Why | None] = mapped_column(words(Why, "why"))

    sheet: Mapped[PaperSheet] = relationship(back_populates="entries")
    entered_by: Mapped[Account] = relationship()

    def facts(self) -> Entry:
        """Return what was written down, to compare it."""
        return Entry(self.ballot_key, self.choices, self.why)


#: A stack with its round and six numbers of sheets.
StacksInNumbers: TypeAlias = Select[PaperStack, Round, int, int, int, int, int, int]

_WITH_ROUND = joinedload(PaperStack.round).options(
    joinedload(Round.traject).options(joinedload(Traject.area), selectinload(Traject.phases))
)
_WITH_PEOPLE = (joinedload(PaperStack.counted_by), joinedload(PaperStack.signed_by))


def stack_of_round(slug: str, stack_id: int) -> Select[PaperStack]:
    """One stack with its round and its people."""
    return (
        select(PaperStack)
        .join(PaperStack.round)
        .where(Round.slug == slug, PaperStack.id == stack_id)
        .options(_WITH_ROUND, *_WITH_PEOPLE)
    )


def sheet_of_stack(slug: str, stack_id: int, number: int) -> Select[PaperSheet]:
    """One sheet with its stack, its entries with their people, and who settled it."""
    return (
        select(PaperSheet)
        .join(PaperSheet.stack)
        .join(PaperStack.round)
        .where(Round.slug == slug, PaperStack.id == stack_id, PaperSheet.number == number)
        .options(
            joinedload(PaperSheet.stack).options(_WITH_ROUND, *_WITH_PEOPLE),
            selectinload(PaperSheet.entries).joinedload(PaperEntry.entered_by),
            joinedload(PaperSheet.settled_by),
            joinedload(PaperSheet.settled_with),
        )
    )


def _stacks_in_numbers(account_id: int | None) -> StacksInNumbers:
    mine = and_(PaperEntry.sheet_id == PaperSheet.id, PaperEntry.entered_by_id == account_id)
    by_me = PaperEntry.entered_by_id.is_not(None)

    def how_many(label: str, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((and_(*conditions), 1))).label(label)

    return (
        select(
            PaperStack,
            Round,
            how_many("begun", PaperSheet.status != SheetStatus.EMPTY),
            how_many("settled", PaperSheet.status.in_(SETTLED)),
            how_many("once", PaperSheet.status == SheetStatus.ENTERED),
            how_many("once_by_me", PaperSheet.status == SheetStatus.ENTERED, by_me),
            how_many("differ", PaperSheet.status == SheetStatus.MISMATCH),
            how_many("differ_by_me", PaperSheet.status == SheetStatus.MISMATCH, by_me),
        )
        .join(PaperStack.round)
        .outerjoin(PaperSheet, PaperSheet.stack_id == PaperStack.id)
        .outerjoin(PaperEntry, mine)
        .group_by(PaperStack.id, Round.id)
    )


def stacks_of_round(round_id: int, account_id: int | None) -> StacksInNumbers:
    """All stacks of a round, also the void ones, newest first, each with its round and how far it is.

    `begun`, `settled`, `once` (entered one time) and `differ` are numbers of sheets; with `_by_me` those of an account.
    """
    return _stacks_in_numbers(account_id).where(PaperStack.round_id == round_id).order_by(PaperStack.id.desc())


def stacks_at_work(account_id: int | None, *area_paths: str) -> StacksInNumbers:
    """The stacks in these areas that can still be worked on, oldest first, with the same numbers."""
    return (
        _stacks_in_numbers(account_id)
        .join(Round.traject)
        .join(Traject.area)
        .where(within(area_paths), PaperStack.opening == Round.opening, Round.status == RoundStatus.OPEN)
        .order_by(PaperStack.id)
    )


def sheets_seen_by(stack_id: int, account_id: int | None) -> Select[int, SheetStatus, int | None]:
    """The sheets of a stack that have a row: number, status, and the place of this account's entry, if it made one."""
    mine = and_(PaperEntry.sheet_id == PaperSheet.id, PaperEntry.entered_by_id == account_id)
    return (
        select(PaperSheet.number, PaperSheet.status, PaperEntry.place)
        .outerjoin(PaperEntry, mine)
        .where(PaperSheet.stack_id == stack_id)
    )


def sheets_to_read(stack_id: int) -> Select[PaperSheet]:
    """The sheets of a stack of which there is something to say, in order: those that differ, and those that do not count."""
    told = (SheetStatus.MISMATCH, SheetStatus.INVALID, SheetStatus.REJECTED)
    return (
        select(PaperSheet)
        .where(PaperSheet.stack_id == stack_id, PaperSheet.status.in_(told))
        .order_by(PaperSheet.number)
    )


def sheet_by_number(stack_id: int, number: int) -> Select[PaperSheet]:
    """The row of one sheet, if somebody ever entered it."""
    return select(PaperSheet).where(PaperSheet.stack_id == stack_id, PaperSheet.number == number)


def entries_of_sheet(sheet_id: int) -> Select[PaperEntry]:
    """The entries of a sheet, the first one first."""
    return select(PaperEntry).where(PaperEntry.sheet_id == sheet_id).order_by(PaperEntry.place)


def highest_entered(stack_id: int) -> Select[int]:
    """The highest number of a sheet that somebody entered, 0 when there is none."""
    was_entered = and_(PaperSheet.stack_id == stack_id, PaperSheet.status != SheetStatus.EMPTY)
    return select(func.coalesce(func.max(PaperSheet.number), 0)).where(was_entered)


def stack_progress(round_id: int, opening: int) -> Select[str, int, int | None, int]:
    """Of each stack of one opening of a round: label, sheets, who signed, and how many sheets are settled."""
    is_settled = and_(PaperSheet.stack_id == PaperStack.id, PaperSheet.status.in_(SETTLED))
    return (
        select(PaperStack.label, PaperStack.sheets, PaperStack.signed_by_id, func.count(PaperSheet.id))
        .outerjoin(PaperSheet, is_settled)
        .where(PaperStack.round_id == round_id, PaperStack.opening == opening)
        .group_by(PaperStack.id, PaperStack.label, PaperStack.sheets, PaperStack.signed_by_id)
        .order_by(PaperStack.id)
    )


def facts_of(label: str, sheets: int, signed_by: int | None, settled: int) -> StackFacts:
    """Return a row of `stack_progress` as the spelregels take it."""
    return StackFacts(label, sheets, settled, is_signed=signed_by is not None)


def paper_in_numbers(round_id: int, opening: int) -> CompoundSelect[str, int]:
    """How many ballots count, by channel, and how many sheets of one opening are no vote, by reason: one list."""
    return union_all(_ballots_by_channel(round_id), _not_counted_by_reason(round_id, opening))


def _not_counted_by_reason(round_id: int, opening: int) -> Select[str, int]:
    """How many sheets of one opening are no vote, by reason."""
    return (
        select(type_coerce(PaperSheet.why, String), func.count())
        .join(PaperSheet.stack)
        .where(
            PaperStack.round_id == round_id,
            PaperStack.opening == opening,
            PaperSheet.status.in_((SheetStatus.INVALID, SheetStatus.REJECTED)),
        )
        .group_by(PaperSheet.why)
    )


def _ballots_by_channel(round_id: int) -> Select[str, int]:
    """How many ballots of a round count, by the way in which they came."""
    return (
        select(type_coerce(Ballot.channel, String), func.count())
        .where(Ballot.round_id == round_id, that_counts())
        .group_by(Ballot.channel)
    )
