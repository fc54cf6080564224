"""What is known of a pool goes when its day has come, and of members when the panel was closed for so long."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.forgetting import forget_due_pools
from participatie.models.audit import AuditRow
from participatie.models.buurtpanels import PanelHousehold, PanelLot, PanelNoThanks, PanelPerson, PanelStep
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from tests.factories import now_of
from tests.factories.panel_homes import listed
from tests.factories.panels import a_panel, registered, seated

DAY = timedelta(days=1)


def test_ninety_days_after_the_lot_the_pool_goes_and_the_members_stay(session: Session) -> None:
    panel, other = a_panel(session), a_panel(session)
    people = seated(session, panel, reserves=4)
    registered(session, other, 2)
    listed(session, panel, 3)
    left = people[0][0]
    left.status = MemberStatus.LEFT
    lot = session.scalars(select(PanelLot)).one()
    lot.sealed = "leaf,salt"
    session.add(PanelNoThanks(panel_id=panel.id, reason="Geen tijd."))
    session.commit()
    now = now_of(session)
    assert forget_due_pools(session, now + 89 * DAY) == 0
    assert forget_due_pools(session, now + 90 * DAY) == 1
    session.expire_all()
    kept = session.scalars(select(PanelPerson).where(PanelPerson.panel_id == panel.id)).all()
    assert len(kept) == panel.seats
    assert {person.name for person in kept if person.status is MemberStatus.CONFIRMED} >= {"Bewoner 2"}
    assert (left.name, left.email, left.household) == ("", "", None)
    assert session.scalars(select(PanelHousehold)).all() == session.scalars(select(PanelNoThanks)).all() == []
    assert lot.sealed is None
    assert lot.leaves
    assert len(session.scalars(select(PanelPerson).where(PanelPerson.panel_id == other.id)).all()) == 2
    row = session.scalars(select(AuditRow).where(AuditRow.act == "buurtpanel vergeten")).one()
    assert {name: row.facts[name] for name in ("people", "households", "lots", "left")} == {
        "people": 4, "households": 3, "lots": 1, "left": 1,
    }  # fmt: skip
    assert forget_due_pools(session, now + 91 * DAY) == 0


def test_members_lose_their_names_ninety_days_after_the_panel_closed_and_stay_as_leaves(session: Session) -> None:
    panel = a_panel(session)
    people = seated(session, panel, reserves=1, drawn=False)
    now = now_of(session)
    panel.status = PanelStatus.CLOSED
    session.add(PanelStep(panel_id=panel.id, status=PanelStatus.CLOSED, reason="Het advies is er.", at=now))
    session.commit()
    assert forget_due_pools(session, now + 89 * DAY) == 0
    assert forget_due_pools(session, now + 90 * DAY) == 1
    session.expire_all()
    kept = session.scalars(select(PanelPerson)).all()
    assert len(kept) == panel.seats
    assert {person.name for person in kept} == {person.email for person in kept} == {""}
    assert {person.leaf for person in kept} <= {person.leaf for person, _code in people[: panel.seats]}
    assert all(person.features for person in kept)
