"""Somebody registers with the letter of a household, changes that, takes it back; staff does it for others."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.pool import Registered
from participatie.actions.buurtpanels.registering import (
    change_registration,
    register,
    register_by_kenmerk,
    say_no,
    take_back_registration,
)
from participatie.actions.buurtpanels.resting import let_rest
from participatie.models.audit import AuditRow
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelNoThanks
from participatie.models.outbox import OutboxMail
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.members import HouseholdStatus, MemberStatus, Recruitment, ReplyChannel
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.registration import Told
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories import SECRET_KEY, a_wijkmanager, an_account, done, now_of, runs_all
from tests.factories.panel_homes import FEATURES, told, with_letter
from tests.factories.panels import a_panel, registered

MEMBER = Actor(is_panel_member=True)


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


@pytest.fixture
def home(session: Session, panel: Buurtpanel) -> PanelHousehold:
    return with_letter(session, panel, 2)[0][0]


def registers(session: Session, panel: Buurtpanel, home: PanelHousehold, person: Told) -> Registered | Refused:
    return register(session, MEMBER, panel, person, SECRET_KEY, now_of(session), home=home, consents=True)


def at_the_desk(
    session: Session, actor: Actor, panel: Buurtpanel, kenmerk: str, person: Told, source: Recruitment = Recruitment.LOT
) -> Registered | Refused:
    return register_by_kenmerk(
        session, actor, panel, kenmerk, person, SECRET_KEY, now_of(session),
        consents=True, channel=ReplyChannel.DESK, source=source,
    )  # fmt: skip


def test_two_of_one_household_register_each_with_an_own_code_and_proof(
    session: Session, panel: Buurtpanel, home: PanelHousehold
) -> None:
    first = done(registers(session, panel, home, told()))
    second = done(registers(session, panel, home, told("Emre", email="", phone="06 12345678")))
    assert first.code != second.code
    assert first.person.household == second.person.household
    assert first.person.leaf == leaf_of(first.person.salt, FEATURES, first.person.household) != second.person.leaf
    assert (first.person.address, first.person.source) == ("Dijk 1", Recruitment.LOT)
    assert home.status is HouseholdStatus.REGISTERED
    mails = session.scalars(select(OutboxMail)).all()
    assert [(mail.recipient, mail.template) for mail in mails] == [("fatma@lindewaard.example", "panel_registered")]
    assert mails[0].facts["code"] == str(first.code)
    assert mails[0].facts["proof"] == first.proof()
    rows = session.scalars(select(AuditRow).where(AuditRow.object_kind == "panel_person")).all()
    assert {row.facts["consent"] for row in rows} == {"panel-scherm-1"}


def test_nobody_registers_twice_while_resting_or_after_the_pool_is_frozen(
    session: Session, home: PanelHousehold, panel: Buurtpanel
) -> None:
    done(registers(session, panel, home, told("Jan de Vries")))
    again = registers(session, panel, home, told("JAN  de vries"))
    assert isinstance(again, Refused)
    assert again.code is Refusal.PANEL_REGISTERED_TWICE
    panel.status = PanelStatus.DRAWING
    session.commit()
    late = registers(session, panel, home, told())
    assert isinstance(late, Refused)
    assert late.code is Refusal.POOL_FROZEN


def test_who_sat_on_a_panel_of_late_rests(session: Session) -> None:
    panel = a_panel(session, rest_years=3)
    home = with_letter(session, panel, 1)[0][0]
    person = done(registers(session, panel, home, told())).person
    let_rest(session, panel, person, SECRET_KEY, now_of(session))
    done(take_back_registration(session, MEMBER, panel, person, now_of(session), own=True))
    refused = registers(session, panel, home, told())
    assert isinstance(refused, Refused)
    assert (refused.code, dict(refused.facts)) == (Refusal.PANEL_RESTS, {"years": 3})


def test_another_answer_gives_another_leaf_and_the_code_stays(
    session: Session, panel: Buurtpanel, home: PanelHousehold
) -> None:
    person = done(registers(session, panel, home, told())).person
    before = person.leaf, person.selector, person.salt
    told_anew = told("Fatma Y.", features=FEATURES | {"woning": "koop"})
    done(change_registration(session, MEMBER, panel, person, told_anew, SECRET_KEY, now_of(session)))
    assert person.leaf == leaf_of(person.salt, {"leeftijd": "tot 40", "woning": "koop"}, person.household)
    assert person.leaf != before[0]
    assert (person.selector, person.salt, person.address) == (*before[1:], "Dijk 1")
    done(registers(session, panel, home, told("Emre")))
    as_emre = change_registration(session, MEMBER, panel, person, told("emre"), SECRET_KEY, now_of(session))
    assert isinstance(as_emre, Refused)
    assert as_emre.code is Refusal.PANEL_REGISTERED_TWICE


def test_taking_back_leaves_nothing_of_somebody_and_the_household_may_be_reminded(
    session: Session, panel: Buurtpanel, home: PanelHousehold
) -> None:
    person = done(registers(session, panel, home, told())).person
    other = done(registers(session, panel, home, told("Emre"))).person
    done(take_back_registration(session, MEMBER, panel, person, now_of(session), own=True))
    assert (person.name, person.email, person.address, person.features, person.salt) == ("", "", "", {}, "")
    assert person.status is MemberStatus.TAKEN_BACK
    assert home.status is HouseholdStatus.REGISTERED
    done(take_back_registration(session, runs_all(a_wijkmanager(session)), panel, other, now_of(session), own=False))
    assert home.status is HouseholdStatus.INVITED
    again = take_back_registration(session, MEMBER, panel, person, now_of(session), own=True)
    assert isinstance(again, Refused)
    assert again.code is Refusal.MEMBER_NOT_THERE
    done(registers(session, panel, home, told()))


def test_a_no_is_kept_without_the_address_and_can_still_become_a_yes(
    session: Session, panel: Buurtpanel, home: PanelHousehold
) -> None:
    done(say_no(session, MEMBER, panel, home, "Geen tijd.", now_of(session)))
    done(say_no(session, MEMBER, panel, home, "Geen tijd.", now_of(session)))
    assert home.status is HouseholdStatus.DECLINED
    assert session.scalars(select(PanelNoThanks.reason)).all() == ["Geen tijd."]
    done(registers(session, panel, home, told()))
    refused = say_no(session, MEMBER, panel, home, "", now_of(session))
    assert isinstance(refused, Refused)
    assert refused.code is Refusal.MEMBER_NOT_THERE


def test_at_a_desk_a_kenmerk_makes_it_the_lot_and_without_one_it_is_told(
    session: Session, panel: Buurtpanel, home: PanelHousehold
) -> None:
    helper = an_account(session, role=Role.HELPER).actor()
    by_letter = done(at_the_desk(session, helper, panel, (home.selector or "").lower(), told(), Recruitment.NETWORK))
    assert (by_letter.person.source, by_letter.person.channel) == (Recruitment.LOT, ReplyChannel.DESK)
    assert home.status is HouseholdStatus.REGISTERED
    neighbour = told("Emre", address="dijk 2", postcode="1234ab", place="Lindewaard")
    by_friend = done(at_the_desk(session, helper, panel, "", neighbour, Recruitment.NETWORK))
    assert by_friend.person.source is Recruitment.NETWORK
    # The neighbour's address is on the list too, under another spelling.
    homes = session.scalars(select(PanelHousehold).where(PanelHousehold.address == "Dijk 2")).all()
    assert [home.status for home in homes] == [HouseholdStatus.REGISTERED]
    for kenmerk in ("", "ZZZZZZ", "?"):
        unknown = at_the_desk(session, helper, panel, kenmerk, told("Piotr"))
        assert isinstance(unknown, Refused)
        assert unknown.code is Refusal.PANEL_KENMERK_UNKNOWN


def test_staff_takes_nobody_back_who_has_a_seat(session: Session, panel: Buurtpanel) -> None:
    [(person, _code)] = registered(session, panel, 1)
    person.status = MemberStatus.DRAWN
    session.commit()
    manager = runs_all(a_wijkmanager(session))
    refused = take_back_registration(session, manager, panel, person, now_of(session), own=False)
    assert isinstance(refused, Refused)
    assert refused.code is Refusal.MEMBER_NOT_THERE
    assert person.name
