"""What is decided and divided around a place?"""

from collections.abc import Collection

from sqlalchemy import Select, select

from participatie.models.besluiten import Besluit, besluiten_matching
from participatie.models.wijkbudget import Round
from participatie.models.wijken import Area
from participatie.spelregels.wijkbudget import RoundStatus


def besluiten_around(area: Area) -> Select[Besluit]:
    """The besluiten about an area, what lies in it and what it lies in, newest first."""
    return besluiten_matching(area)


def round_statuses(traject_ids: Collection[int]) -> Select[int, RoundStatus]:
    """The number of each of these trajecten that has a round, and how that stands."""
    return select(Round.traject_id, Round.status).where(Round.traject_id.in_(traject_ids))
