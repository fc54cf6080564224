"""Which rows does the log speak of? Each kind by number, with what it takes to name it and to link to it."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from participatie.models.announcements import Announcement, Dispute
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.promises import Promise
from participatie.models.trajecten import Phase, Traject
from participatie.models.votes import CodeBatch
from participatie.models.wijkbudget import LedgerEntry, Milestone, Plan, Round
from participatie.models.wijken import Area

Numbers = Collection[int]


def logged_ideas(ids: Numbers) -> Select[Idea]:
    """Some ideas."""
    return select(Idea).where(Idea.id.in_(ids))


def logged_trajecten(ids: Numbers) -> Select[Traject]:
    """Some trajecten."""
    return select(Traject).where(Traject.id.in_(ids))


def logged_phases(ids: Numbers) -> Select[Phase]:
    """Some phases with their trajecten."""
    return select(Phase).where(Phase.id.in_(ids)).options(joinedload(Phase.traject))


def logged_rounds(ids: Numbers) -> Select[Round]:
    """Some rounds."""
    return select(Round).where(Round.id.in_(ids))


def logged_besluiten(ids: Numbers) -> Select[Besluit]:
    """Some besluiten."""
    return select(Besluit).where(Besluit.id.in_(ids))


def logged_announcements(ids: Numbers) -> Select[Announcement, Traject]:
    """Some announcements, each with its traject."""
    return (
        select(Announcement, Traject)
        .join(Traject, Traject.id == Announcement.traject_id)
        .where(Announcement.id.in_(ids))
    )


def logged_disputes(ids: Numbers) -> Select[Dispute]:
    """Some disputes with their trajecten."""
    return select(Dispute).where(Dispute.id.in_(ids)).options(joinedload(Dispute.traject))


def logged_milestones(ids: Numbers) -> Select[int, Plan]:
    """The plans of some steps of carrying out, by the number of the step."""
    return _with_round(select(Milestone.id, Plan).join(Plan, Plan.id == Milestone.plan_id).where(Milestone.id.in_(ids)))


def logged_entries(ids: Numbers) -> Select[int, Plan]:
    """The plans of some lines of ledgers, by the number of the line."""
    return _with_round(
        select(LedgerEntry.id, Plan).join(Plan, Plan.id == LedgerEntry.plan_id).where(LedgerEntry.id.in_(ids))
    )


def logged_promises(ids: Numbers) -> Select[Promise]:
    """Some promises with their areas and trajecten."""
    return select(Promise).where(Promise.id.in_(ids)).options(joinedload(Promise.area), joinedload(Promise.traject))


def logged_batches(ids: Numbers) -> Select[int, Round]:
    """The rounds of some batches of voting codes, by the number of the batch."""
    return select(CodeBatch.id, Round).join(Round, Round.id == CodeBatch.round_id).where(CodeBatch.id.in_(ids))


def logged_areas(ids: Numbers) -> Select[Area]:
    """Some areas."""
    return select(Area).where(Area.id.in_(ids))


def _with_round(plans: Select[int, Plan]) -> Select[int, Plan]:
    return plans.options(joinedload(Plan.round))
