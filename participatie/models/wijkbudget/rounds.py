"""Which rounds are there, under which rules, with which plans?"""

import json
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.base import Base, Cents, Id, Line, Moment, Prose, words
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.votes import BallotKind, BallotLimits, PlanOnBallot, RoundClock
from participatie.spelregels.wijkbudget import RoundStatus, Rulebook, RulebookPlan, sha256_of


@lru_cache(maxsize=64)
def _read(rulebook: str) -> dict[str, Any]:
    # Frozen, so read once and not at every vote; nobody may write in what it gives.
    document: dict[str, Any] = json.loads(rulebook)
    return document


class Round(Base):
    """One wijkbudget to be divided by vote. `rulebook` is NULL until opening and never changes afterwards.

    `ballot_secret` makes ballot keys out of selectors; it is destroyed after the
    objection term. Amounts are in cents of `currency`.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("pot_cents >= 0", name="pot_cents"),
        CheckConstraint("min_choices >= 0", name="min_choices"),
        CheckConstraint("max_choices IS NULL OR max_choices >= min_choices", name="choices"),
        CheckConstraint("(status = 'concept') = (rulebook IS NULL)", name="frozen"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), unique=True)
    title: Mapped[Line]
    status: Mapped[RoundStatus] = mapped_column(words(RoundStatus, "status"), default=RoundStatus.DRAFT)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    pot_cents: Mapped[Cents]
    ballot_kind: Mapped[BallotKind] = mapped_column(words(BallotKind, "ballot_kind"))
    min_choices: Mapped[int] = mapped_column(default=1)
    max_choices: Mapped[int | None]
    max_sum_cents: Mapped[Cents | None]
    max_per_category: Mapped[int | None]
    category_sums_cents: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    rule: Mapped[str] = mapped_column(String(40), default="greedy")
    leftover: Mapped[str] = mapped_column(String(40), default="none")
    category_caps_cents: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    minimum_votes: Mapped[int] = mapped_column(default=0)
    opening: Mapped[int] = mapped_column(default=0)
    rulebook: Mapped[str | None]
    rulebook_sha256: Mapped[str | None] = mapped_column(String(64))
    ballot_secret: Mapped[str | None] = mapped_column(String(64))

    traject: Mapped[Traject] = relationship()
    plans: Mapped[list["Plan"]] = relationship(back_populates="round", order_by="Plan.number")

    def is_voted(self) -> bool:
        """Tell whether residents divide this money by a vote; elsewhere the gemeente awards it."""
        return bool(may_vote_here(self.traject.ruleset()))

    def has_been_open(self) -> bool:
        """Tell whether everybody may read this round: its vote opened once, also when it is being done over."""
        return self.opening > 0 or self.status is not RoundStatus.DRAFT

    def clock(self) -> RoundClock:
        """Return when this round can be voted in: as frozen, or else the dates of its traject's voting phase."""
        if self.rulebook is not None:
            frozen = self.frozen_rulebook()
            opens_at, closes_at = (datetime.fromisoformat(frozen[name]) for name in ("opens_at", "closes_at"))
            return RoundClock(self.status is RoundStatus.OPEN, opens_at, closes_at)
        phases = self.traject.phases
        vote = next((phase for phase in phases if phase.kind is PhaseKind.VOTE), None)
        if vote is None:  # money that is awarded: until carrying out begins
            begin = phases[0].starts_at if phases else self.traject.created_at
            end = phases[-1].ends_at if phases else begin
            after = next((phase.starts_at for phase in phases if phase.kind is PhaseKind.EXECUTE), end)
            return RoundClock(is_open=False, opens_at=begin, closes_at=after)
        return RoundClock(is_open=False, opens_at=vote.starts_at, closes_at=vote.ends_at)

    def limits(self) -> BallotLimits:
        """Return the limits of one ballot: as frozen, or else as they would be."""
        names = [each.name for each in fields(BallotLimits)]
        frozen = self.frozen_rulebook()
        return BallotLimits(**{name: frozen[name] if frozen else getattr(self, name) for name in names})

    def draft_rulebook(self) -> Rulebook:
        """Return the rulebook as it would be frozen now."""
        clock = self.clock()
        return Rulebook(
            title=self.title,
            currency=self.currency,
            pot_cents=self.pot_cents,
            ballot_kind=self.ballot_kind,
            min_choices=self.min_choices,
            max_choices=self.max_choices,
            max_sum_cents=self.max_sum_cents,
            max_per_category=self.max_per_category,
            category_sums_cents=self.category_sums_cents,
            rule=self.rule,
            leftover=self.leftover,
            category_caps_cents=self.category_caps_cents,
            minimum_votes=self.minimum_votes,
            assurance=str(self.traject.assurance or ""),
            assurance_reason=self.traject.assurance_reason,
            opens_at=clock.opens_at,
            closes_at=clock.closes_at,
            plans=tuple(plan.frozen() for plan in self.plans),
            rules=self.traject.ruleset().as_document(),
            opening=self.opening + 1,
        )

    def freeze(self, rulebook: Rulebook) -> None:
        """Write the rulebook and its hash; the plans and limits on the ballot are read from it from now on."""
        self.opening = rulebook.opening
        self.rulebook = rulebook.canonical_json()
        self.rulebook_sha256 = sha256_of(self.rulebook)

    def frozen_rulebook(self) -> dict[str, Any]:
        """Return the frozen rulebook. Only a round that was opened has one."""
        return _read(self.rulebook or "{}")

    def plans_on_ballot(self) -> dict[int, PlanOnBallot]:
        """Return the plans with the costs that the rulebook froze, by number."""
        return {
            plan["number"]: PlanOnBallot(plan["cost_cents"], plan["category"])
            for plan in self.frozen_rulebook()["plans"]
        }


class WithdrawnRulebook(Base):
    """The rulebook of a vote that was done over, kept for ever: what held, since when not, and why."""

    __tablename__ = "withdrawn_rulebook"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    opening: Mapped[int] = mapped_column(primary_key=True)
    rulebook: Mapped[Prose]
    rulebook_sha256: Mapped[str] = mapped_column(String(64))
    ballots: Mapped[int]
    reason: Mapped[Prose]
    withdrawn_at: Mapped[Moment]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Plan(Base):
    """An idea that passed the tests, with a cost: a line of the ballot. `reference` is its id in an open data file."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        UniqueConstraint("round_id", "reference"),
        CheckConstraint("cost_cents >= 0", name="cost_cents"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    description: Mapped[Prose] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(5), default="nl")
    cost_cents: Mapped[Cents]
    category: Mapped[Line] = mapped_column(default="")

    round: Mapped[Round] = relationship(back_populates="plans")
    idea: Mapped[Idea | None] = relationship()

    def frozen(self) -> RulebookPlan:
        """Return the plan as the rulebook holds it."""
        return RulebookPlan(self.number, self.reference, self.name, self.cost_cents, self.category or None)


_WITH_TRAJECT = (
    joinedload(Round.traject).joinedload(Traject.area),
    joinedload(Round.traject).joinedload(Traject.contact),
    joinedload(Round.traject).selectinload(Traject.phases),
)


#: The version of a round's traject, which rises with every step of the round. Made once: asked at every visit.
VERSION_BY_ROUND = (
    select(Traject.version).join(Round, Round.traject_id == Traject.id).where(Round.slug == bindparam("slug"))
)


#: A round's status, held until the transaction ends: counting waits for the ballots that are coming in,
#: and a ballot that comes after counting sees it. Ballots do not wait for each other.
HOLD_STATUS = select(Round.status).where(Round.id == bindparam("round_id")).with_for_update(read=True)


def round_by_slug(slug: str) -> Select[Round]:
    """One round with its traject and plans."""
    return select(Round).where(Round.slug == slug).options(*_WITH_TRAJECT, selectinload(Round.plans))


def round_for_voting(slug: str) -> Select[Round]:
    """One round with its traject; the plans are read from the frozen rulebook."""
    return select(Round).where(Round.slug == slug).options(*_WITH_TRAJECT)


def round_of_traject(traject_id: int) -> Select[Round]:
    """The round of a traject, with its traject and plans."""
    return select(Round).where(Round.traject_id == traject_id).options(*_WITH_TRAJECT, selectinload(Round.plans))


def rounds_in(*area_paths: str) -> Select[Round]:
    """The rounds in these areas, newest first, for staff."""
    return (
        select(Round)
        .join(Round.traject)
        .join(Traject.area)
        .where(within(area_paths))
        .options(*_WITH_TRAJECT)
        .order_by(Round.id.desc())
    )


def plan_by_number(slug: str, number: int) -> Select[Plan]:
    """One plan with its round and traject."""
    return (
        select(Plan)
        .join(Plan.round)
        .where(Round.slug == slug, Plan.number == number)
        .options(joinedload(Plan.round).options(*_WITH_TRAJECT), joinedload(Plan.idea))
    )


def withdrawn_rulebook(round_id: int, opening: int) -> Select[WithdrawnRulebook]:
    """The rulebook of one opening, if that vote was done over."""
    return select(WithdrawnRulebook).where(WithdrawnRulebook.round_id == round_id, WithdrawnRulebook.opening == opening)


def withdrawn_rulebooks(round_id: int) -> Select[WithdrawnRulebook]:
    """The rulebooks of votes that were done over, oldest first."""
    return select(WithdrawnRulebook).where(WithdrawnRulebook.round_id == round_id).order_by(WithdrawnRulebook.opening)
