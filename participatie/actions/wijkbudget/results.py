"""How is it shown what came of a plan: photos of its steps, and in the end its result, in public?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.pictures import LARGE, SMALL, Picture
from participatie.actions.record import record
from participatie.actions.telling import tell
from participatie.actions.wijkbudget.execution import hold_line, money_for, told_about
from participatie.models.wijkbudget import Milestone, Plan, PlanPhoto, PlanPhotoFile, PlanResult, plan_result
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.ledger import may_publish_result
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.telling import Told
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.wijkbudget import may_be_done, may_carry_out


@dataclass(frozen=True, slots=True)
class ResultText:
    """What is told of a result. `makers` are names, `consent` says that these people were asked."""

    text: str
    done_on: date
    makers: Sequence[str] = field(default=())
    consent: bool = False
    celebrated_on: date | None = None
    celebration: str = ""


def add_plan_photo(
    session: Session, actor: Actor, plan: Plan, step: Milestone | None, picture: Picture, alt: str, now: datetime
) -> PlanPhoto | Refused:
    """Show a photo with a step, or with the result where there is no step; `alt` says in words what is on it.

    Refused without those words, and for a photo that the plan has already.
    """
    verdict = first_refusal(_may(session, actor, plan), Allowed() if alt.strip() else refused(Refusal.ALT_MISSING))
    if isinstance(verdict, Refused):
        return verdict
    photo = PlanPhoto(
        plan_id=plan.id,
        milestone_id=None if step is None else step.id,
        alt=alt.strip(),
        width=picture.large_size[0],
        height=picture.large_size[1],
        small_width=picture.small_size[0],
        small_height=picture.small_size[1],
        sha256=picture.sha256,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(photo)
    except IntegrityError:
        return refused(Refusal.ALREADY_PUBLISHED)
    session.add(PlanPhotoFile(photo_id=photo.id, size=SMALL, content=picture.small))
    session.add(PlanPhotoFile(photo_id=photo.id, size=LARGE, content=picture.large))
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, plan.round, now, plan=plan.id, photo=photo.id)
    return photo


def remove_plan_photo(session: Session, actor: Actor, plan: Plan, photo: PlanPhoto, now: datetime) -> Plan | Refused:
    """Delete a photo for good: somebody who is on it may not want that. Only that it went is kept."""
    verdict = may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path))
    if isinstance(verdict, Refused):
        return verdict
    session.execute(delete(PlanPhotoFile).where(PlanPhotoFile.photo_id == photo.id))
    session.delete(photo)
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, plan.round, now, plan=plan.id, photo_gone=photo.id)
    return plan


def publish_result(
    session: Session, actor: Actor, plan: Plan, result: ResultText, now: datetime
) -> PlanResult | Refused:
    """Tell in public that a plan is done and what it came to, and thank its makers; followers hear it.

    Refused a second time, without words, for a day that has not come, and with names of people who were not asked.
    """
    hold_line(session, plan)
    makers = [name.strip() for name in result.makers if name.strip()]
    known = session.scalar(plan_result(plan.id))
    verdict = first_refusal(
        _may(session, actor, plan),
        may_publish_result(result.text, makers, consent=result.consent, is_published=known is not None),
        may_be_done(max(result.done_on, result.celebrated_on or result.done_on), now.astimezone(AMSTERDAM).date()),
    )
    if isinstance(verdict, Refused):
        return verdict
    made = PlanResult(
        plan_id=plan.id, text=result.text.strip(), done_on=result.done_on, makers=makers, makers_named=len(makers),
        makers_agreed=result.consent, celebrated_on=result.celebrated_on, celebration=result.celebration.strip(),
        published_at=now, published_by_id=actor.account_id,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return refused(Refusal.ALREADY_PUBLISHED)
    plan.round.traject.touch()
    tell(session, told_about(plan), Told.PROGRESS, now, made.text)
    record(session, actor.account_id, Do.RECORD_EXECUTION, plan.round, now, plan=plan.id, makers=len(makers))
    return made


def forget_makers(session: Session, actor: Actor, plan: Plan, result: PlanResult, now: datetime) -> Plan | Refused:
    """Take the names of the makers away, for good: who agreed once may think otherwise later."""
    verdict = may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path))
    if isinstance(verdict, Refused):
        return verdict
    result.makers, result.makers_named, result.makers_agreed = [], 0, False
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, plan.round, now, plan=plan.id, names_gone=True)
    return plan


def _may(session: Session, actor: Actor, plan: Plan) -> Verdict:
    return first_refusal(
        may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path)),
        may_carry_out(plan.round.status, money_for(session, plan)),
    )
