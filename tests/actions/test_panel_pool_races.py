"""Several at once in one pool: the database decides, one is in, and the others hear why. Run on both databases."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.importing import ChosenFile, ImportedPool, import_pool
from participatie.actions.buurtpanels.inviting import draft_letters, let_letters_go
from participatie.actions.buurtpanels.pool import Registered
from participatie.actions.buurtpanels.registering import register
from participatie.models.buurtpanels import PanelHousehold, PanelPerson, household_of, panel_by_id
from participatie.spelregels.buurtpanels.members import Recruitment
from participatie.spelregels.buurtpanels.registration import LetterRun
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_wijkmanager, runs_all
from tests.factories.panel_homes import listed, told, with_letter
from tests.factories.panels import a_panel

POOL = "naam,adres,postcode,leeftijd,woning\nAnna,Kade 1,1234AB,tot 40,huur\nBram,Kade 2,1234AB,tot 40,koop\n"


def test_somebody_who_registers_often_at_once_is_registered_once(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    panel_id = a_panel(session).id
    home_id = with_letter(session, session.scalars(panel_by_id(panel_id)).one(), 1)[0][0].id
    session.commit()

    def act(own: Session, place: int) -> Registered | Refused:
        panel = own.scalars(panel_by_id(panel_id)).one()
        home = own.scalars(household_of(panel_id, home_id)).one()
        member = Actor(is_panel_member=True)
        return register(own, member, panel, told(), SECRET_KEY, clock.now, home=home, consents=True)

    answers = all_at_once(engine, act, times=6)
    assert sum(isinstance(answer, Registered) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {Refusal.PANEL_REGISTERED_TWICE}
    assert len(session.scalars(select(PanelPerson)).all()) == 1


def test_one_file_read_in_by_two_at_once_and_letters_made_by_two_at_once_are_there_once(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    panel = a_panel(session)
    panel_id = panel.id
    listed(session, panel, 3, invited=True)
    manager = runs_all(a_wijkmanager(session))
    session.commit()

    def act(own: Session, place: int) -> ImportedPool | int | Refused:
        panel = own.scalars(panel_by_id(panel_id)).one()
        if place % 2:
            file = ChosenFile(POOL.encode(), "p.csv", Recruitment.LOT)
            return import_pool(own, manager, panel, file, SECRET_KEY, clock.now, consents=True)
        drafted = draft_letters(own, manager, panel, LetterRun.FIRST, clock.now)
        if isinstance(drafted, Refused):
            return drafted
        return let_letters_go(own, manager, panel, drafted, LetterRun.FIRST, SECRET_KEY, clock.now)

    answers = all_at_once(engine, act, times=6)
    pools = [answer for answer in answers if isinstance(answer, ImportedPool)]
    assert sorted(len(pool.people) for pool in pools) == [0, 0, 2]
    assert [answer for answer in answers if isinstance(answer, int)] == [3]
    assert {answer.code for answer in answers if isinstance(answer, Refused)} <= {
        Refusal.CODES_ALREADY_MADE,
        Refusal.PANEL_NO_LETTERS,
    }
    assert len(session.scalars(select(PanelPerson)).all()) == 2
    assert all(session.scalars(select(PanelHousehold.selector)))
