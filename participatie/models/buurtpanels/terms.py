"""How long may the names of a panel still be kept? It counts from the lot of its members, and from the day that it closed."""

from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from participatie.models.buurtpanels.lots import PanelLot
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.buurtpanels.seats import PanelStep
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus


def terms_running() -> Select[Buurtpanel, datetime | None, datetime | None]:
    """Every panel whose members were drawn or that closed, with when its number was entered, and when it closed."""
    drawn = and_(
        PanelLot.panel_id == Buurtpanel.id, PanelLot.kind == LotKind.SELECTION, PanelLot.status == LotStatus.DRAWN
    )
    closed = and_(PanelStep.panel_id == Buurtpanel.id, PanelStep.status == PanelStatus.CLOSED)
    return (
        select(Buurtpanel, PanelLot.entered_at, PanelStep.at)
        .outerjoin(PanelLot, drawn)
        .outerjoin(PanelStep, closed)
        .where(or_(PanelLot.entered_at.is_not(None), PanelStep.at.is_not(None)))
        .order_by(Buurtpanel.id)
    )


def drawn_moment(panel_id: int) -> Select[datetime | None]:
    """When the number of the lot of the members was entered."""
    return select(PanelLot.entered_at).where(
        PanelLot.panel_id == panel_id, PanelLot.kind == LotKind.SELECTION, PanelLot.status == LotStatus.DRAWN
    )
