"""What must be true of a traject at any moment, whatever was tried? Looked up in the rows, and not in what acts said."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.announcements import Announcement
from participatie.models.audit import AuditRow
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Phase, Traject
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import (
    Allocation,
    AllocationLine,
    Milestone,
    Plan,
    Purse,
    Round,
    WithdrawnRulebook,
    WithheldPlan,
)
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import IdeaStatus, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Do, Role
from participatie.spelregels.phases import OPEN_TO_INPUT, PhaseKind
from participatie.spelregels.trajecten import Announced, TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus

ACTS = {str(do): do for do in Do} | {"rol gegeven": Do.GIVE_ROLE}
#: A voter is known by a code alone; whether an author is the author, is looked up by what the logbook says.
BY_WHAT_THEY_DO = frozenset({Role.VOTER, Role.AUTHOR})


class Promises:
    """The promises of one traject; keeps what was seen before, for what may never change afterwards."""

    def __init__(self, session: Session, traject: Traject) -> None:
        """Begin to watch."""
        self.session, self.traject = session, traject
        self.audited = session.scalar(select(func.max(AuditRow.id))) or 0
        self.levels_told: list[Announcement] = []
        self.hashes: dict[int, str] = {}
        self.closed_phases = {phase.id for phase in traject.phases if phase.closed_at}
        self.at_the_end: object = None

    def check(self) -> None:
        """Look at everything once; the first broken promise fails the test."""
        self.levels_told = list(self._told(Announced.LEVEL))
        self._ideas_came_in_while_that_was_open()
        self._votes_took_place_under_frozen_rules()
        self._levels_went_down_with_a_reason_and_never_under_a_vote()
        self._whoever_acted_had_the_role()
        self._phases_closed_with_their_duties_kept()
        self._plans_passed_their_tests()
        self._only_plans_with_money_are_carried_out()
        self._a_closed_traject_stays_as_it_is()

    def level_at(self, phase: Phase, moment: datetime) -> Level:
        """Return the level a phase had, by what was told in public: before its first later change, or as it is."""
        changes = (told for told in self._told_of(phase) if told.at > moment)
        return next((Level(told.facts["before"]) for told in changes), phase.level)

    def phase_at(self, moment: datetime) -> Phase | None:
        """Return the phase that ran by its dates."""
        return next((phase for phase in self.traject.phases if phase.starts_at <= moment < phase.ends_at), None)

    def running_at(self, moment: datetime) -> Phase | None:
        """Return the phase that runs in an open traject; before its opening and after its end none does."""
        return self.phase_at(moment) if self.traject.status is TrajectStatus.OPEN else None

    def table_opens(self, do: Do, phase: Phase | None) -> bool:
        """Tell whether the table opens an act in a phase, whoever does it."""
        rule = TABLE[do]
        if rule.timeless:
            return True
        return phase is not None and phase.kind in rule.during and phase.level.reaches(rule.level)

    def table_permits(self, do: Do, who: Account, moment: datetime) -> bool:
        """Tell whether the table gives this person this act at this moment; read here from the table alone."""
        roles = who.actor().roles_at(self.traject.area.path) | BY_WHAT_THEY_DO
        return bool(roles & TABLE[do].roles) and self.table_opens(do, self.running_at(moment))

    def _told_of(self, phase: Phase) -> list[Announcement]:
        return [told for told in self.levels_told if told.facts["phase"] == phase.position]

    def _told(self, kind: Announced) -> Iterator[Announcement]:
        rows = select(Announcement).where(Announcement.kind == kind).order_by(Announcement.at, Announcement.id)
        return iter(self.session.scalars(rows).all())

    def _ideas_came_in_while_that_was_open(self) -> None:
        for idea_id, created_at in self.session.execute(select(Idea.id, Idea.created_at)).all():
            phase = self.phase_at(created_at)
            assert phase is not None, f"idea {idea_id} came in outside every phase"
            assert phase.kind in OPEN_TO_INPUT, f"idea {idea_id} came in during {phase.kind}"
            assert self.level_at(phase, created_at).reaches(Level.MEEDENKEN), f"idea {idea_id} came in at meeweten"
        for account_id, number in self.session.execute(
            select(Support.account_id, func.count()).join(Idea, Idea.author_id == Support.account_id).where(
                Idea.id == Support.idea_id
            ).group_by(Support.account_id)
        ):  # fmt: skip
            assert not number, f"{account_id} supports an idea of their own"

    def _votes_took_place_under_frozen_rules(self) -> None:
        for row in self._audit(Do.OPEN_VOTE):
            phase = self.phase_at(row.at)
            assert phase is not None, "a vote opened outside every phase"
            assert phase.kind is PhaseKind.VOTE, f"a vote opened during {phase.kind}"
            assert self.level_at(phase, row.at) is Level.MEEBESLISSEN, "a vote opened at a lower level"
        ballots = self.session.scalars(select(Ballot)).all()
        for budget_round in self.session.scalars(select(Round)):
            if budget_round.status is RoundStatus.DRAFT:
                assert not ballots, "there are ballots in a round that is being prepared"
                continue
            rulebook = budget_round.rulebook or ""
            written = sha256(rulebook.encode()).hexdigest()
            assert written == budget_round.rulebook_sha256, "the hash is not of the rulebook"
            assert self.hashes.setdefault(budget_round.opening, written) == written, "a frozen rulebook changed"
            opens_at, closes_at = (
                datetime.fromisoformat(json.loads(rulebook)[name]) for name in ("opens_at", "closes_at")
            )
            for ballot in ballots:
                assert opens_at <= ballot.cast_hour < closes_at, "a ballot was cast outside the vote"
        for withdrawn in self.session.scalars(select(WithdrawnRulebook)):
            assert self.hashes.get(withdrawn.opening) == sha256(withdrawn.rulebook.encode()).hexdigest()
        for allocation in self.session.scalars(select(Allocation)):
            assert allocation.spent_cents + allocation.left_cents == 100_000, "the pot is not the pot"
            assert allocation.left_cents >= 0, "more was divided than there is"

    def _levels_went_down_with_a_reason_and_never_under_a_vote(self) -> None:
        opened_at = min((row.at for row in self._audit(Do.OPEN_VOTE)), default=None)
        for told in self.levels_told:
            before, after = Level(told.facts["before"]), Level(told.facts["after"])
            assert told.text or after.rank > before.rank, f"from {before} to {after} without a reason"
            assert opened_at is None or told.at < opened_at, "a level changed after the vote had opened"

    def _whoever_acted_had_the_role(self) -> None:
        for row in self.session.scalars(select(AuditRow).where(AuditRow.id > self.audited).order_by(AuditRow.id)):
            self.audited = row.id
            do = ACTS.get(row.act)
            actor = self.session.get(Account, row.actor_id) if row.actor_id else None
            if do is None or actor is None:
                continue
            roles = actor.actor().roles_at(self.traject.area.path)
            idea = self.session.get(Idea, row.object_id) if row.object_kind == Idea.__tablename__ else None
            mine = Role.AUTHOR in TABLE[do].roles and idea is not None and idea.author_id == actor.id
            assert roles & TABLE[do].roles or mine, f"{actor.email} ({roles}) did what {TABLE[do].roles} may: {do}"

    def _phases_closed_with_their_duties_kept(self) -> None:
        for place, phase in enumerate(self.traject.phases):
            if phase.closed_at is None or phase.id in self.closed_phases:
                continue
            self.closed_phases.add(phase.id)
            assert phase.closed_at >= phase.ends_at, "a phase was closed while it ran"
            assert all(earlier.closed_at for earlier in self.traject.phases[:place]), "closed before an earlier phase"
            waits = select(func.count(Idea.id)).where(
                Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None), Idea.created_at < phase.ends_at
            )
            # What was promised once is owed, also after the level was lowered.
            levels = [phase.level, *(told.facts["before"] for told in self._told_of(phase))]
            owes = phase.kind in (PhaseKind.COLLECT, PhaseKind.ASSESS) and {*levels} != {Level.MEEWETEN}
            excused = any(told.until() >= phase.closed_at for told in self._told(Announced.DUTY) if _is_answers(told))
            assert excused or not owes or not self.session.scalar(waits), f"{phase.kind} closed without every answer"

    def _plans_passed_their_tests(self) -> None:
        rules = self.traject.ruleset()
        for idea in self.session.scalars(select(Idea).where(Idea.status == IdeaStatus.ADMITTED)):
            outcomes = idea.outcomes()
            failed = [
                test for test, weight in rules.weights.items() if weight is Weight.HARD and not outcomes.get(test)
            ]
            assert not failed, f"idea {idea.id} became a plan and fails {failed}"
            assert idea.cost_cents is not None
            assert idea.cost_cents <= (rules.plan_cap_cents or idea.cost_cents), "a plan above the most it may cost"

    def _only_plans_with_money_are_carried_out(self) -> None:
        steps = select(Round.status, AllocationLine.funded_cents).select_from(Milestone).join(
            Plan, Plan.id == Milestone.plan_id
        ).join(Round, Round.id == Plan.round_id).outerjoin(AllocationLine, AllocationLine.plan_id == Plan.id)  # fmt: skip
        for status, funded_cents in self.session.execute(steps):
            assert status is RoundStatus.PUBLISHED, "a plan is carried out before the besluit"
            assert funded_cents, "a plan without money is carried out"
        held = select(Besluit.deviation_ground, AllocationLine.step, Purse.plan_id).join(
            WithheldPlan, WithheldPlan.besluit_id == Besluit.id
        ).outerjoin(AllocationLine, AllocationLine.plan_id == WithheldPlan.plan_id).outerjoin(
            Purse, Purse.plan_id == WithheldPlan.plan_id
        )  # fmt: skip
        for ground, step, purse in self.session.execute(held):
            assert ground is not None, "a plan is withheld without a ground"
            assert step is not None, "a plan is withheld that nobody chose"
            assert purse is None, "money was spent on a plan that does not go ahead"

    def _a_closed_traject_stays_as_it_is(self) -> None:
        if self.traject.status is not TrajectStatus.CLOSED:
            return
        now = self._what_was_promised()
        self.at_the_end = self.at_the_end or now
        assert now == self.at_the_end, "a closed traject changed"
        assert list(self._told(Announced.REPORT)), "a traject closed without its report"
        assert all(phase.closed_at for phase in self.traject.phases), "a traject closed with a phase open"

    def _what_was_promised(self) -> tuple[Any, ...]:
        traject = self.traject
        ideas = select(Idea.id, Idea.title, Idea.cost_cents, Idea.support_count).order_by(Idea.id)
        told = select(Announcement.id, Announcement.text).order_by(Announcement.id)
        ballots = select(Ballot.receipt, Ballot.choices).order_by(Ballot.receipt)
        return (
            traject.card(), traject.rules, traject.answer_days, traject.facts(),
            *(self.session.execute(rows).all() for rows in (ideas, told, ballots)),
            self.session.execute(select(Round.id, Round.rulebook).order_by(Round.id)).all(),
        )  # fmt: skip

    def _audit(self, do: Do) -> list[AuditRow]:
        return list(self.session.scalars(select(AuditRow).where(AuditRow.act == str(do))))


def _is_answers(told: Announcement) -> bool:
    return bool(told.facts["duty"] == str(Duty.ANSWERS))
