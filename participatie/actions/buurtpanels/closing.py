"""How does a panel end? When its seats were answered and everybody can read what it advised, or why it did not."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelAnswer,
    PanelPerson,
    PanelStep,
    advice_of,
    count_open_questions,
    seated_on,
    why_no_advice,
)
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.seats import may_close
from participatie.spelregels.buurtpanels.work import may_close_panel
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal


def may_end(session: Session, panel: Buurtpanel) -> Verdict:
    """Refuse to close a panel while a seat waits for an answer, scores are given, or its advice is not there."""
    return first_refusal(
        may_close(panel.status, [person.status for person in session.scalars(seated_on(panel.id))]),
        may_close_panel(
            advised=session.scalar(advice_of(panel.id).limit(1)) is not None,
            explained=session.scalar(why_no_advice(panel.id)) is not None,
            open_questions=session.scalar(count_open_questions(panel.id)) or 0,
        ),
    )


def close_panel(session: Session, actor: Actor, panel: Buurtpanel, now: datetime) -> PanelStep | Refused:
    """End a panel. What members said in private about their seat goes; seats that came free stay free."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    verdict = first_refusal(may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)), may_end(session, panel))
    if isinstance(verdict, Refused):
        return verdict
    panel.status = PanelStatus.CLOSED
    of_panel = select(PanelPerson.id).where(PanelPerson.panel_id == panel.id)
    session.execute(update(PanelAnswer).where(PanelAnswer.person_id.in_(of_panel)).values(note=""))
    step = PanelStep(panel_id=panel.id, status=panel.status, reason="", at=now, by_id=actor.account_id)
    session.add(step)
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, step, now, panel=panel.id, closed=True)
    return step
