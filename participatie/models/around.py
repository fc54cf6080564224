"""What is decided and divided around a place?"""

from collections.abc import Collection

from sqlalchemy import Select, select

from participatie.models.besluiten import Besluit, published_besluiten
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.models.wijken import Area
from participatie.spelregels.wijkbudget import RoundStatus


def besluiten_around(area: Area) -> Select[Besluit]:
    """The besluiten about an area, what lies in it and what it lies in, newest first."""
    ancestors = [int(part) for part in area.path.strip("/").split("/")]
    return (
        published_besluiten()
        .join(Besluit.round)
        .join(Round.traject)
        .join(Traject.area)
        .where(Area.id.in_(ancestors) | Area.path.startswith(area.path))
    )


def round_statuses(traject_ids: Collection[int]) -> Select[int, RoundStatus]:
    """The number of each of these trajecten that has a round, and how that stands."""
    return select(Round.traject_id, Round.status).where(Round.traject_id.in_(traject_ids))
