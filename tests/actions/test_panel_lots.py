"""A lot is bound, prepared and drawn once; what is refused leaves nothing half done."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.lot_bundles import lot_bundle
from participatie.actions.buurtpanels.lots import CannotDraw, bind_lot, withdraw_lot
from participatie.actions.buurtpanels.numbers import enter_number
from participatie.lottery import Fault
from participatie.models.audit import AuditRow
from participatie.models.buurtpanels import PanelLot, PanelPerson, live_lot, lot_of, people_of, registered_for
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from participatie.spelregels.buurtpanels.lots import LATEST, LotKind, LotStatus, NumberSource, is_late
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus, QuotaRule
from participatie.spelregels.permissions import Actor, Do
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.verification.lots.checking import verify_lot
from participatie.web.mail import message_for
from tests.actions.test_races import all_at_once
from tests.factories import done, now_of
from tests.factories.lots import (
    A_NUMBER,
    HOUR,
    a_committed_lot,
    a_request,
    bound,
    drawn,
    manager_of,
    prepared,
)
from tests.factories.panels import a_panel, registered

ANOTHER = "f" * 64


def refusals(session: Session) -> list[dict[str, object]]:
    """What the log says of numbers that were refused."""
    return [
        row.facts
        for row in session.scalars(select(AuditRow).where(AuditRow.act == "getal geweigerd").order_by(AuditRow.id))
    ]


def test_a_lot_is_bound_and_its_number_gives_the_panel_and_all_reserves(session: Session, settings: Settings) -> None:
    lot = a_committed_lot(session)
    panel = lot.panel
    assert (lot.status, panel.status, lot.lowest_chance is not None) == (LotStatus.COMMITTED, PanelStatus.DRAWING, True)
    drawn(session, lot)
    people = session.scalars(people_of(panel.id)).all()
    members = [each for each in people if each.status is MemberStatus.DRAWN]
    assert len(members) == 6
    assert sorted(each.reserve_place for each in people if each not in members) == [1, 2, 3, 4, 5, 6]
    assert panel.status is PanelStatus.SITTING
    mails = session.scalars(select(OutboxMail)).all()
    assert {row.recipient for row in mails} == {each.email for each in members}
    assert all(panel.slug in message_for(row, settings).get_content() for row in mails), "the mail can be written"
    report = verify_lot(lot_bundle(session, lot) or b"")
    assert report.is_right, report.as_text()


def test_a_lot_of_a_panel_without_quotas_is_drawn_too(session: Session) -> None:
    panel = a_panel(session, quotas=(), seats=3)
    registered(session, panel, 5)
    lot = drawn(session, prepared(session, bound(session, panel)))
    assert verify_lot(lot_bundle(session, lot) or b"").is_right


def test_the_pool_is_frozen_the_moment_a_lot_is_bound(session: Session) -> None:
    panel = a_panel(session)
    people = registered(session, panel, 12)
    lot = bound(session, panel)
    assert panel.status is PanelStatus.DRAWING
    assert lot.leaves.split() == sorted(person.leaf for person, _code in people)
    before = lot.sealed
    people[0][0].features = {"leeftijd": "vanaf 40", "woning": "koop"}
    session.commit()
    prepared(session, lot)
    assert lot.sealed == before, "whoever writes in the database changes nothing of what was frozen"
    again = bind_lot(session, manager_of(session), panel, a_request(session), now_of(session))
    assert again == refused(Refusal.POOL_FROZEN)


@pytest.mark.parametrize(
    "people, seats, quotas, fault",
    [
        (5, 6, (), Fault.SIZE_ABOVE_POOL),
        (0, 6, (QuotaRule("leeftijd", "tot 40", 0, 6),), Fault.NO_ROWS),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_is_done(
    session: Session, people: int, seats: int, quotas: tuple[QuotaRule, ...], fault: Fault
) -> None:
    panel = a_panel(session, seats=seats, quotas=quotas)
    registered(session, panel, people)
    outcome = bind_lot(session, manager_of(session), panel, a_request(session), now_of(session))
    assert isinstance(outcome, CannotDraw)
    assert fault in [problem.fault for problem in outcome.problems]
    session.commit()
    assert panel.status is PanelStatus.REGISTERING
    assert session.scalars(select(PanelLot)).all() == []


def test_a_missing_category_and_a_value_without_quota_are_each_told(session: Session) -> None:
    panel = a_panel(session)
    for number, (person, _code) in enumerate(registered(session, panel, 12)):
        person.features = {"leeftijd": "stokoud" if number == 0 else "tot 40"}
    session.commit()
    outcome = bind_lot(session, manager_of(session), panel, a_request(session), now_of(session))
    assert isinstance(outcome, CannotDraw)
    told = {(each.fault, each.facts["feature"]) for each in outcome.problems}
    assert told == {(Fault.FEATURE_MISSING, "woning"), (Fault.VALUE_WITHOUT_QUOTA, "leeftijd")}
    assert outcome.changed == 12, "and that none of these rows is what was registered"


def test_a_lot_asks_for_a_moment_that_is_neither_near_nor_far(session: Session) -> None:
    panel, actor, now = a_panel(session), manager_of(session), now_of(session)
    registered(session, panel, 12)
    for due_at, code in (
        (now + timedelta(minutes=14), Refusal.NUMBER_TOO_SOON),
        (now - HOUR, Refusal.NUMBER_TOO_SOON),
        (now + LATEST + HOUR, Refusal.NUMBER_TOO_FAR),
    ):
        outcome = bind_lot(session, actor, panel, a_request(session, due_at=due_at), now)
        assert isinstance(outcome, Refused)
        assert outcome.code is code
    draft = a_panel(session, opened=False)
    assert bind_lot(session, actor, draft, a_request(session), now) == refused(Refusal.REGISTRATION_NOT_OPEN)
    nobody = Actor(account_id=None)
    assert bind_lot(session, nobody, panel, a_request(session), now) == refused(Refusal.LOG_IN_FIRST)


def test_a_number_is_taken_after_its_moment_and_once(session: Session) -> None:
    """Abuse case 60: entered before its moment, twice, or otherwise, is refused and logged."""
    lot = a_committed_lot(session)
    actor, early = manager_of(session), lot.due_at - timedelta(seconds=1)
    assert enter_number(session, actor, lot, A_NUMBER, early) == refused(Refusal.NUMBER_TOO_EARLY)
    assert enter_number(session, actor, lot, "zes", lot.due_at) == refused(Refusal.NUMBER_WRONG)
    drawn(session, lot)
    outcome = (lot.seed, lot.drawn_panel, lot.public_number)
    for number in (A_NUMBER, ANOTHER):
        assert enter_number(session, actor, lot, number, lot.due_at + HOUR) == refused(Refusal.NUMBER_ALREADY_ENTERED)
    session.commit()
    assert (lot.seed, lot.drawn_panel, lot.public_number) == outcome
    assert [facts["same"] for facts in refusals(session)] == [False, True, False]
    assert A_NUMBER not in str(refusals(session))


def test_a_late_number_is_taken_and_shown_as_late(session: Session) -> None:
    lot = a_committed_lot(session)
    late = lot.due_at + timedelta(days=4)
    done(enter_number(session, manager_of(session), lot, A_NUMBER, late))
    session.commit()
    assert is_late(lot.due_at, lot.entered_at, late)
    report = verify_lot(lot_bundle(session, lot) or b"")
    assert report.is_right
    assert any("laat ingevoerd" in note for note in report.notes)


@pytest.mark.parametrize("column", ["panels", "leaves", "document", "sealed"])
def test_a_lot_that_was_changed_in_the_database_is_not_drawn(session: Session, column: str) -> None:
    """Abuse case 60: who can write anywhere still cannot choose."""
    lot = a_committed_lot(session)
    setattr(lot, column, getattr(lot, column).replace("1", "2"))
    session.commit()
    assert enter_number(session, manager_of(session), lot, A_NUMBER, lot.due_at) == refused(Refusal.LOT_BROKEN)
    session.commit()
    assert (lot.status, lot.seed) == (LotStatus.COMMITTED, None)
    assert refusals(session)[-1]["why"] == Refusal.LOT_BROKEN


def test_a_lot_is_withdrawn_before_its_number_with_a_reason_and_never_after(session: Session) -> None:
    lot, actor = a_committed_lot(session), manager_of(session)
    now = now_of(session)
    assert withdraw_lot(session, actor, lot, " ", now) == refused(Refusal.REASON_MISSING)
    assert withdraw_lot(session, actor, lot, "Toch niet.", lot.due_at) == refused(Refusal.NUMBER_EXISTS)
    done(withdraw_lot(session, actor, lot, "De lijst was niet volledig.", now))
    session.commit()
    assert (lot.status, lot.panel.status, lot.sealed) == (LotStatus.WITHDRAWN, PanelStatus.REGISTERING, None)
    assert enter_number(session, actor, lot, A_NUMBER, lot.due_at) == refused(Refusal.LOT_NOT_BOUND)
    second = drawn(session, prepared(session, bound(session, lot.panel)))
    assert second.number == 2
    assert withdraw_lot(session, actor, second, "Andere uitkomst graag.", now) == refused(
        Refusal.NUMBER_ALREADY_ENTERED
    )


def test_two_who_enter_a_number_at_once_get_one_outcome(engine: Engine, session: Session) -> None:
    lot = a_committed_lot(session)
    actor, moment, key = manager_of(session), lot.due_at, (lot.panel_id, lot.kind, lot.number)
    session.commit()

    def enter(own: Session, place: int) -> object:
        its = own.scalars(lot_of(*key)).one()
        return enter_number(own, actor, its, (A_NUMBER, ANOTHER)[place % 2], moment)

    answers = all_at_once(engine, enter, 4)
    assert sum(isinstance(answer, PanelLot) for answer in answers) == 1
    assert answers.count(refused(Refusal.NUMBER_ALREADY_ENTERED)) == 3
    people = session.scalars(select(PanelPerson)).all()
    assert sum(each.status is MemberStatus.DRAWN for each in people) == 6


def test_two_who_bind_a_lot_at_once_bind_one(engine: Engine, session: Session) -> None:
    panel = a_panel(session)
    registered(session, panel, 12)
    actor, request, now, panel_id = manager_of(session), a_request(session), now_of(session), panel.id
    session.commit()

    def bind(own: Session, _place: int) -> object:
        its = own.get_one(type(panel), panel_id)
        return bind_lot(own, actor, its, request, now)

    answers = all_at_once(engine, bind, 3)
    assert sum(isinstance(answer, PanelLot) for answer in answers) == 1
    assert session.scalars(live_lot(panel_id, LotKind.SELECTION)).one().number == 1


def test_what_was_done_is_in_the_log(session: Session) -> None:
    lot = drawn(session, a_committed_lot(session))
    rows = session.scalars(
        select(AuditRow).where(AuditRow.object_kind == "panel_lot", AuditRow.object_id == lot.id).order_by(AuditRow.id)
    ).all()
    assert [row.act for row in rows] == [Do.BIND_LOT, "loting vastgelegd", Do.ENTER_NUMBER]
    assert session.scalars(registered_for(lot.panel_id)).all(), "reserves stay registered"


def test_dice_and_lotto_decide_as_well(session: Session) -> None:
    for source, number in ((NumberSource.DICE, "1 2 3 4 5 6 1 2 3 4"), (NumberSource.LOTTO, "45, 3, 12, 7, 30, 21")):
        panel = a_panel(session, quotas=(), seats=3)
        registered(session, panel, 4)
        lot = prepared(session, bound(session, panel, a_request(session, source=source, source_text="Zaterdag")))
        assert verify_lot(lot_bundle(session, drawn(session, lot, number)) or b"").is_right
