"""How does it stand with what the gemeente owes, and how does it take more time in public?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.models.announcements import Announcement, Dispute, Product, Report
from participatie.models.besluiten import Besluit
from participatie.models.buurtpanels import AdviceAnswer, Buurtpanel, PanelAdvice
from participatie.models.groups import Participant
from participatie.models.ideas import Idea
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import AllocationLine, Milestone, Plan, PlanResult, Purse, Round, WithheldPlan
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.closing import may_extend_duty
from participatie.spelregels.duties import Duty, DutyFigures, Obligation, may_bring_plans, obligations
from participatie.spelregels.ideas import IdeaStatus, Party
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts
from participatie.spelregels.rulesets import Division
from participatie.spelregels.trajecten import Announced, TrajectStatus, is_running
from participatie.spelregels.verdicts import Refused, first_refusal


def duties_of(session: Session, traject: Traject, now: datetime) -> tuple[Obligation, ...]:
    """Return every duty of a traject as it stands; none for a draft, which promised nothing yet."""
    return duties_of_all(session, [traject], now)[traject.id]


def duties_of_all(
    session: Session, trajecten: Sequence[Traject], now: datetime
) -> Mapping[int, tuple[Obligation, ...]]:
    """Return the duties of many trajecten, by id; the number of queries does not grow with anything."""
    done = _Done(session, [traject.id for traject in trajecten])
    return {
        traject.id: ()
        if traject.status is TrajectStatus.DRAFT
        else obligations(done.promised(traject), done.figures(traject, now), traject.terms(), now)
        for traject in trajecten
    }


@dataclass(frozen=True, slots=True)
class OfPhase:
    """A phase at the highest level it was promised, with the duties of its traject as far as they belong to it."""

    phase: PhaseFacts
    duties: tuple[Obligation, ...]


def duties_of_phase(session: Session, phase: Phase, now: datetime) -> OfPhase:
    """Return what is owed for one phase: answers to what came in before its end, and its own document."""
    traject = phase.traject
    done = _Done(session, [traject.id], ideas_before=phase.ends_at)
    promised = done.promised(traject)
    figures = replace(
        done.figures(traject, now),
        products_missing=int(phase.kind in WITH_PRODUCT and phase.id not in done.adopted),
        product_due_at=phase.ends_at,
    )
    duties = obligations(promised, figures, traject.terms(), now)
    return OfPhase(promised[traject.phases.index(phase)], duties)


class _Done:
    """What was done in some trajecten and what is open, counted by traject in a fixed number of queries."""

    def __init__(self, session: Session, ids: Sequence[int], ideas_before: datetime | None = None) -> None:
        waiting = [Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None), Idea.traject_id.in_(ids)]
        if ideas_before is not None:
            waiting.append(Idea.created_at < ideas_before)
        self.ideas = _counted(
            session.execute(
                select(Idea.traject_id, func.count(Idea.id), func.min(Idea.created_at))
                .where(*waiting)
                .group_by(Idea.traject_id)
            )
        )
        self.advice = _panel_advice(session, ids)
        self.disputes = _counted(
            session.execute(
                select(Dispute.traject_id, func.count(Dispute.id), func.min(Dispute.raised_at))
                .where(Dispute.traject_id.in_(ids), Dispute.answered_at.is_(None))
                .group_by(Dispute.traject_id)
            )
        )
        self.last_told: dict[int, datetime] = dict(
            session.execute(
                select(Announcement.traject_id, func.max(Announcement.at))
                .where(Announcement.traject_id.in_(ids))
                .group_by(Announcement.traject_id)
            ).all()
        )
        changes = session.scalars(
            select(Announcement).where(
                Announcement.traject_id.in_(ids), Announcement.kind.in_((Announced.DUTY, Announced.LEVEL))
            )
        ).all()
        self.extended: dict[tuple[int, Duty], datetime] = {}
        self.levels: dict[tuple[int, int], Level] = {}
        for each in changes:
            if each.kind is Announced.DUTY:
                key = (each.traject_id, Duty(each.facts["duty"]))
                self.extended[key] = max(each.until(), self.extended.get(key, each.until()))
            else:
                place, before = (each.traject_id, each.facts["phase"]), Level(each.facts["before"])
                self.levels[place] = _highest(before, self.levels.get(place, before))
        self.adopted = set(
            session.scalars(
                select(Product.phase_id)
                .join(Product.phase)
                .where(Phase.traject_id.in_(ids), Product.adopted_at.is_not(None))
            )
        )
        self.reports: dict[int, datetime] = dict(
            session.execute(select(Report.traject_id, Report.published_at).where(Report.traject_id.in_(ids))).all()
        )
        self.besluiten: dict[int, datetime] = dict(
            session.execute(
                select(Round.traject_id, Besluit.published_at)
                .join(Besluit, Besluit.round_id == Round.id)
                .where(Round.traject_id.in_(ids))
            ).all()
        )
        self.with_plans = set(
            session.scalars(
                select(Round.traject_id).join(Plan, Plan.round_id == Round.id).where(Round.traject_id.in_(ids))
            )
        )
        self.funded = _plans_to_carry_out(session, ids)
        self.alone = _admitted_alone(session, ids)

    def promised(self, traject: Traject) -> tuple[PhaseFacts, ...]:
        """Return the phases at the highest level each ever had: what was promised is owed, also after it was lowered."""
        return tuple(
            replace(
                phase.facts(), level=_highest(phase.level, self.levels.get((traject.id, phase.position), phase.level))
            )
            for phase in traject.phases
        )

    def figures(self, traject: Traject, now: datetime) -> DutyFigures:
        """Return what the rules ask about one of the trajecten."""
        opened_at = traject.opened_at or traject.created_at
        unanswered, oldest = self.ideas.get(traject.id, (0, None))
        advices, unanswered_advices, advice_due_at = self.advice.get(traject.id, (0, 0, None))
        disputes, oldest_dispute = self.disputes.get(traject.id, (0, None))
        missing = [
            phase
            for phase in traject.phases
            if phase.kind in WITH_PRODUCT and phase.id not in self.adopted and now >= phase.starts_at
        ]
        division = traject.ruleset().division
        has_money, chooses = division.has_money, division is Division.OPTIONS
        alone, undone = self.funded.get(traject.id, (0, 0)) if has_money else (self.alone.get(traject.id, 0), 0)
        return DutyFigures(
            opened_at=opened_at,
            last_news_at=max(opened_at, self.last_told.get(traject.id, opened_at)),
            unanswered=unanswered,
            oldest_unanswered_at=oldest,
            advices=advices,
            advices_unanswered=unanswered_advices,
            advice_due_at=advice_due_at,
            disputes=disputes,
            oldest_dispute_at=oldest_dispute,
            products_missing=len(missing),
            product_due_at=min((phase.ends_at for phase in missing), default=None),
            report_at=self.reports.get(traject.id),
            besluit_needed=(has_money or chooses)
            and (traject.id in self.with_plans or may_bring_plans(traject.facts().phases, now, chooses=chooses)),
            chooses=chooses,
            besluit_at=self.besluiten.get(traject.id),
            plans_without_responsible=alone,
            plans_not_done=undone,
            is_closed=traject.status is TrajectStatus.CLOSED,
            extended={duty: until for (owner, duty), until in self.extended.items() if owner == traject.id},
        )


def _counted(rows: Iterable[tuple[int, int, datetime | None]]) -> dict[int, tuple[int, datetime | None]]:
    return {traject_id: (count, oldest) for traject_id, count, oldest in rows}


def _panel_advice(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int, datetime | None]]:
    """Return by traject how many panels gave advice, how many wait for an answer, and when the first of those is due.

    Of an advice that was corrected the newest version counts.
    """
    newest = select(func.max(PanelAdvice.id)).group_by(PanelAdvice.panel_id)
    rows = session.execute(
        select(
            Buurtpanel.traject_id,
            func.count(PanelAdvice.id),
            func.sum(case((AdviceAnswer.id.is_(None), 1), else_=0)),
            func.min(case((AdviceAnswer.id.is_(None), PanelAdvice.due_at))),
        )
        .join(PanelAdvice, PanelAdvice.panel_id == Buurtpanel.id)
        .outerjoin(AdviceAnswer, AdviceAnswer.advice_id == PanelAdvice.id)
        .where(Buurtpanel.traject_id.in_(ids), PanelAdvice.id.in_(newest))
        .group_by(Buurtpanel.traject_id)
    )
    return {traject_id: (count, waiting, due_at) for traject_id, count, waiting, due_at in rows}


def _highest(one: Level, other: Level) -> Level:
    return one if one.reaches(other) else other


def _plans_to_carry_out(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return by traject how many plans with money have nobody of the gemeente, and how many are not done.

    Done is a plan with its result, without an open step, and with every cent paid or given back. Without a besluit
    there are no such plans, and one that does not go ahead by it is none.
    """
    open_steps = select(Milestone.plan_id).where(Milestone.done_on.is_(None))
    undone = or_(
        Plan.id.in_(open_steps),
        PlanResult.plan_id.is_(None),
        Purse.plan_id.is_(None),
        Purse.paid_cents + Purse.returned_cents != Purse.allocated_cents,
    )
    rows = session.execute(
        select(
            Round.traject_id,
            func.sum(case((and_(Plan.idea_id.is_not(None), Plan.idea_id.not_in(_of_gemeente())), 1), else_=0)),
            func.sum(case((undone, 1), else_=0)),
        )
        .join(Plan, Plan.round_id == Round.id)
        .join(AllocationLine, AllocationLine.plan_id == Plan.id)
        .join(Besluit, Besluit.round_id == Round.id)
        .outerjoin(Purse, Purse.plan_id == Plan.id)
        .outerjoin(PlanResult, PlanResult.plan_id == Plan.id)
        .where(
            Round.traject_id.in_(ids),
            AllocationLine.funded_cents > 0,
            # Advice that was followed in part does not say which plans go ahead: one does of which the ledger was begun.
            or_(
                Besluit.advice_use.is_(None),
                Besluit.advice_use == AdviceUse.FOLLOWED,
                and_(Besluit.advice_use == AdviceUse.PARTLY, Purse.plan_id.is_not(None)),
            ),
            Plan.id.not_in(select(WithheldPlan.plan_id)),
        )
        .group_by(Round.traject_id)
    )
    return {traject_id: (alone, not_done) for traject_id, alone, not_done in rows}


def _admitted_alone(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return by traject how many admitted ideas have nobody of the gemeente beside them."""
    rows = session.execute(
        select(Idea.traject_id, func.count(Idea.id))
        .where(Idea.traject_id.in_(ids), Idea.status == IdeaStatus.ADMITTED, Idea.id.not_in(_of_gemeente()))
        .group_by(Idea.traject_id)
    )
    return dict(rows.all())


def _of_gemeente() -> Select[int]:
    return select(Participant.idea_id).where(Participant.party == Party.GEMEENTE)


def extend_duty(
    session: Session, actor: Actor, traject: Traject, duty: Duty, until: datetime, reason: str, now: datetime
) -> Announcement | Refused:
    """Take more time for a duty, in public, with a reason and a day. Refused for one that is kept or cannot wait."""
    hold(session, traject)
    verdict = first_refusal(
        may(actor, Do.EXTEND_TERM, traject.facts().place_at(now)),
        is_running(traject.status),
        may_extend_duty(duties_of(session, traject, now), duty, until, reason, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    told = announce(session, actor, traject, Announced.DUTY, reason, now, duty=str(duty), until=until.isoformat())
    record(session, actor.account_id, Do.EXTEND_TERM, told, now, traject=traject.id, duty=str(duty))
    return told
