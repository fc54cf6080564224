"""What a buurtpanel said and that has no answer is public when it is late, and stands once on the list of staff."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.advice import answer_advice
from participatie.actions.escalating import escalate
from participatie.models.accounts import Account
from participatie.models.buurtpanels import Buurtpanel, advice_of
from participatie.spelregels.answers import Asked, term_ends
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.buurtpanels.work import AnswerWords
from participatie.spelregels.permissions import Role
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_wijkmanager, an_account, done, runs_all
from tests.factories.panel_work import an_advice
from tests.factories.panels import a_panel, seated
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

FOLLOWED = AnswerWords("college", AdviceUse.FOLLOWED, "Ontwerp Beuk wordt het.", "")


def an_advised_panel(session: Session) -> Buurtpanel:
    """A panel that gave its advice, in a traject of its own."""
    panel = a_panel(session)
    seated(session, panel)
    an_advice(session, panel)
    return panel


def test_everybody_reads_that_it_is_late_and_staff_have_it_once_on_their_list(
    visitor: Visitor,
    manager: Visitor,
    visit_as: Callable[[Account], Visitor],
    session: Session,
    clock: TurnableClock,
    engine: Engine,
) -> None:
    panel, due_at = an_advised_panel(session), term_ends(clock.now, 42)
    colleague = an_account(session, role=Role.WIJKMANAGER, name="Ans Post")
    session.commit()
    row = f"advies van een buurtpanel: {panel.title}"
    assert manager.get("/werk").text.count(row) == 1
    manager.click(f"draag {panel.title} over")
    manager.submit("Draag over", to=str(colleague.id))
    assert f"{row} Molenkwartier, bij Ans Post" in manager.follow().text
    clock.turn_to(due_at)
    clock.forward(days=8)
    escalate(session, (Asked.PANEL, panel.id), clock.now)
    session.commit()
    page = visitor.get("/antwoorden")
    assert "Wacht, al te laat: 1" in page.text
    late = f"{panel.title} advies van een buurtpanel, Molenkwartier 9 dagen te laat Aan de beurt: de wijkmanager."
    assert late in page.text
    assert "Ans Post" not in page.text
    assert "te laat" in visitor.click(panel.title).text
    visitor.get("/antwoorden.csv")
    assert visitor.response is not None
    slug = panel.traject.slug
    begins = f"buurtpaneladvies,{panel.id},{slug},Molenkwartier,2026-05-04,2026-06-15,"
    assert f"{begins},over tijd,9,wijkmanager" in visitor.response.get_data(as_text=True).splitlines()

    advice = session.scalars(advice_of(panel.id)).one()
    done(answer_advice(session, runs_all(a_wijkmanager(session)), panel, advice, FOLLOWED, clock.now))
    session.commit()
    assert "Te laat beantwoord: 1" in visitor.get("/antwoorden").text
    took = visit_as(colleague)
    assert row not in took.get("/werk").text
    for number in (panel.id, 99999999):
        took.get(f"/antwoorden/buurtpaneladvies/{number}/overdragen", 404)

    def cost() -> int:
        with counting_queries(engine) as queries:
            visitor.get("/antwoorden?taal=nl")
            took.get("/werk")
        return len(queries)

    an_advised_panel(session)
    cost()
    before = cost()
    an_advised_panel(session)
    an_advised_panel(session)
    assert cost() == before
