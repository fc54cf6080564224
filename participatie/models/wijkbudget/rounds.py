"""Which rounds are there, under which rules, with which plans?"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, String, UniqueConstraint, bindparam, false, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.base import Base, Cents, Id, Line, Prose, unguarded_words, words
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.permissions import AS_ADVICE, Do
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.rulebooks import COST, Rulebook, RulebookPlan
from participatie.spelregels.rulesets import may_choose_here, may_vote_here
from participatie.spelregels.votes import BallotKind, BallotLimits, PlanOnBallot, RoundClock
from participatie.spelregels.wijkbudget import RoundStatus, sha256_of


@lru_cache(maxsize=64)
def _read(rulebook: str) -> dict[str, Any]:
    # Frozen, so read once and not at every vote; nobody may write in what it gives.
    document: dict[str, Any] = json.loads(rulebook)
    return document


@lru_cache(maxsize=64)
def _limits_in(rulebook: str) -> BallotLimits:
    # An older rulebook lacks the limits that were not asked yet.
    found: dict[str, Any] = {each.name: _read(rulebook).get(each.name) for each in fields(BallotLimits)}
    return BallotLimits(**found | {"ballot_kind": BallotKind(found["ballot_kind"])})


@lru_cache(maxsize=64)
def _plans_in(rulebook: str) -> Mapping[int, PlanOnBallot]:
    plans = _read(rulebook)["plans"]
    return MappingProxyType({plan["number"]: PlanOnBallot(plan["cost_cents"], plan["category"]) for plan in plans})


class Round(Base):
    """One wijkbudget to be divided by vote, or a choice among options. `rulebook` is NULL until opening and never changes afterwards.

    `ballot_secret` makes ballot keys out of selectors; it is destroyed after the
    objection term. `sealed` says that no ballot comes in online any more. Amounts are in cents of `currency`.
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
    min_per_category: Mapped[int | None]
    points_total: Mapped[int | None]
    points_per_plan: Mapped[int | None]
    rule: Mapped[str] = mapped_column(String(40), default="greedy")
    leftover: Mapped[str] = mapped_column(String(40), default="none")
    category_caps_cents: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    minimum_votes: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int] = mapped_column(default=1, server_default="1")
    utility: Mapped[str] = mapped_column(String(20), default=COST, server_default=COST)
    incompatible: Mapped[list[list[int]]] = mapped_column(JSON, default=list, server_default="[]")
    opening: Mapped[int] = mapped_column(default=0)
    rulebook: Mapped[str | None]
    rulebook_sha256: Mapped[str | None] = mapped_column(String(64))
    ballot_secret: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    voting_method: Mapped[VotingMethod] = mapped_column(
        unguarded_words(VotingMethod), default=VotingMethod.LETTER, server_default=VotingMethod.LETTER.value
    )

    traject: Mapped[Traject] = relationship()
    plans: Mapped[list["Plan"]] = relationship(back_populates="round", order_by="Plan.number")

    def is_voted(self) -> bool:
        """Tell whether residents fill in ballots, for a vote or for advice; elsewhere the gemeente awards the money."""
        return bool(may_vote_here(self.traject.ruleset()))

    def chooses(self) -> bool:
        """Tell whether residents choose among options here, and no money is divided."""
        return bool(may_choose_here(self.traject.ruleset()))

    def is_advice(self) -> bool:
        """Tell whether the outcome is advice: as frozen, or else by the phases of the traject."""
        if self.rulebook is not None:
            return bool(self.frozen_rulebook().get("is_advice", False))
        return any(phase.kind is PhaseKind.POLL for phase in self.traject.phases)

    def voting_phase(self) -> PhaseKind:
        """Return the kind of phase in which its ballots are cast."""
        return PhaseKind.POLL if self.is_advice() else PhaseKind.VOTE

    def act(self, do: Do) -> Do:
        """Return the act to ask the table about: where the outcome is advice, that of a poll for that of a vote."""
        return AS_ADVICE.get(do, do) if self.is_advice() else do

    def has_been_open(self) -> bool:
        """Tell whether everybody may read this round: its vote opened once, also when it is being done over."""
        return self.opening > 0 or self.status is not RoundStatus.DRAFT

    def clock(self) -> RoundClock:
        """Return when this round can be voted in: as frozen, or else the dates of its traject's phase for ballots."""
        if self.rulebook is not None:
            frozen = self.frozen_rulebook()
            opens_at, closes_at = (datetime.fromisoformat(frozen[name]) for name in ("opens_at", "closes_at"))
            return RoundClock(self.status is RoundStatus.OPEN, opens_at, closes_at)
        phases = self.traject.phases
        vote = next((phase for phase in phases if phase.kind is self.voting_phase()), None)
        if vote is None:  # money that is awarded: until carrying out begins
            begin = phases[0].starts_at if phases else self.traject.created_at
            end = phases[-1].ends_at if phases else begin
            after = next((phase.starts_at for phase in phases if phase.kind is PhaseKind.EXECUTE), end)
            return RoundClock(is_open=False, opens_at=begin, closes_at=after)
        return RoundClock(is_open=False, opens_at=vote.starts_at, closes_at=vote.ends_at)

    def method(self) -> VotingMethod:
        """Return how it is known who may vote: as frozen, by letter in older rulebooks, or else as it would be."""
        frozen = self.frozen_rulebook()
        return VotingMethod(frozen.get("voting_method", VotingMethod.LETTER)) if frozen else self.voting_method

    def limits(self) -> BallotLimits:
        """Return the limits of one ballot: as frozen, or else as they would be."""
        if self.rulebook is not None:
            return _limits_in(self.rulebook)
        return BallotLimits(**{each.name: getattr(self, each.name) for each in fields(BallotLimits)})

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
            voting_method=self.voting_method,
            min_per_category=self.min_per_category,
            points_total=self.points_total,
            points_per_plan=self.points_per_plan,
            seats=self.seats,
            is_advice=self.is_advice(),
            utility=self.utility,
            incompatible=tuple(tuple(group) for group in self.incompatible),
        )

    def freeze(self, rulebook: Rulebook) -> None:
        """Write the rulebook and its hash; the plans and limits on the ballot are read from it from now on."""
        self.opening = rulebook.opening
        self.rulebook = rulebook.canonical_json()
        self.rulebook_sha256 = sha256_of(self.rulebook)

    def frozen_rulebook(self) -> dict[str, Any]:
        """Return the frozen rulebook. Only a round that was opened has one."""
        return _read(self.rulebook or "{}")

    def plans_on_ballot(self) -> Mapping[int, PlanOnBallot]:
        """Return the plans with the costs that the rulebook froze, by number."""
        return _plans_in(self.rulebook or "{}")


class Plan(Base):
    """An idea that passed the tests, with a cost: a line of the ballot. `reference` is its id in an open data file.

    An option has no idea and costs 0; `cost_text` says what it is thought to cost, for information only.
    """

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
    cost_text: Mapped[Line] = mapped_column(default="", server_default="")

    round: Mapped[Round] = relationship(back_populates="plans")
    idea: Mapped[Idea | None] = relationship()

    def told(self) -> RulebookPlan:
        """Return the plan with what it is, to be read: an option as it was frozen, all others as they stand."""
        plans = self.round.frozen_rulebook().get("plans", ()) if self.round.chooses() else ()
        frozen = next((plan for plan in plans if plan["number"] == self.number), None)
        return RulebookPlan(**frozen) if frozen else replace(self.frozen(), description=self.description)

    def frozen(self) -> RulebookPlan:
        """Return the plan as the rulebook holds it."""
        of_option = (self.description, self.cost_text) if self.round.chooses() else ("", "")
        return RulebookPlan(self.number, self.reference, self.name, self.cost_cents, self.category or None, *of_option)


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


def unsealed_votes() -> Select[Round]:
    """The rounds whose vote was opened and not sealed yet; the clock of each says whether it is over."""
    return (
        select(Round).where(Round.status == RoundStatus.OPEN, ~Round.sealed).options(*_WITH_TRAJECT).order_by(Round.id)
    )


def plan_by_number(slug: str, number: int) -> Select[Plan]:
    """One plan with its round and traject."""
    return (
        select(Plan)
        .join(Plan.round)
        .where(Round.slug == slug, Plan.number == number)
        .options(joinedload(Plan.round).options(*_WITH_TRAJECT), joinedload(Plan.idea))
    )
