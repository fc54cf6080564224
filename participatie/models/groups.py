"""Who takes part in an idea, and which of its tests did people propose to set aside?"""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment, Prose, words
from participatie.spelregels.ideas import Party, Test
from participatie.spelregels.overrides import Opinion, OverrideState, override_state


class Participant(Base):
    """Somebody who takes part in carrying out an idea: a resident, an organisation, or the gemeente."""

    __tablename__ = "participant"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    party: Mapped[Party] = mapped_column(words(Party, "party"))
    organisation: Mapped[Line] = mapped_column(default="")
    offer: Mapped[Prose] = mapped_column(default="")
    since: Mapped[Moment]

    account: Mapped[Account] = relationship()


class Override(Base):
    """A failed test that somebody proposes to set aside, with what a second and a third person think of it."""

    __tablename__ = "override"
    __table_args__ = (
        UniqueConstraint("idea_id", "test"),
        # Two people, whatever a program does; a third where they differ.
        CheckConstraint("second_id <> proposed_by_id", name="second"),
        CheckConstraint("third_id <> proposed_by_id AND third_id <> second_id", name="third"),
    )

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    test: Mapped[Test] = mapped_column(words(Test, "test"))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[Prose]
    proposed_at: Mapped[Moment]
    second_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    second_agrees: Mapped[bool | None]
    second_reason: Mapped[Prose] = mapped_column(default="")
    third_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    third_agrees: Mapped[bool | None]
    third_reason: Mapped[Prose] = mapped_column(default="")

    def opinions(self) -> tuple[Opinion | None, Opinion | None]:
        """Return what the second and the third person think."""
        second = Opinion(self.second_id, bool(self.second_agrees)) if self.second_id is not None else None
        third = Opinion(self.third_id, bool(self.third_agrees)) if self.third_id is not None else None
        return second, third

    def state(self) -> OverrideState:
        """Return where the proposal stands."""
        return override_state(*self.opinions())

    def involved(self) -> tuple[int, ...]:
        """Return who had a say already."""
        return tuple(each for each in (self.proposed_by_id, self.second_id, self.third_id) if each is not None)
