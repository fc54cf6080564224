"""The number of questions to the database never grows with what is in it."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.besluiten import publish_besluit
from participatie.actions.moderation import hide_idea
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Round
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.databases import counting_queries
from tests.factories import (
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ballots,
    codes,
    count_it,
    done,
    ideas,
    now_of,
    runs_all,
    support,
)
from tests.visitor import Visitor

#: Asking for a language goes past the kept pages.
FRESH = "?taal=nl"


def cost(visitor: Visitor, engine: Engine, address: str) -> int:
    """How many statements a page takes, the second time it is asked."""
    visitor.get(address)
    with counting_queries(engine) as queries:
        visitor.get(address)
    return len(queries)


def published(session: Session, plans: int) -> Round:
    """A round with a besluit and `plans` plans, a third of which got money."""
    offered = [(f"Plan {number}", 10_000) for number in range(1, plans + 1)]
    budget_round = a_round(session, phase=PhaseKind.EXECUTE, plans=offered, pot=plans // 3 * 10_000)
    ballots(session, budget_round, [[number] for number in range(1, plans + 1)])
    count_it(session, budget_round)
    manager, now = runs_all(a_wijkmanager(session)), now_of(session)
    done(
        publish_besluit(
            session, manager, budget_round, title=f"Besluit over {plans} plannen", decision_body="college",
            motivation="Zo is gestemd.", deviates=False, ground=None, now=now,
        )
    )  # fmt: skip
    session.commit()
    return budget_round


def test_ten_and_a_thousand_ideas_cost_the_same(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session, engine: Engine
) -> None:
    traject = a_traject(session)
    author = a_resident(session)
    first = an_idea(session, traject, author=author)
    ideas(session, traject, 9)
    support(session, first, 5)
    manager, moderator = visit_as(a_wijkmanager(session)), visit_as(an_account(session, role=Role.MODERATOR))
    readers = {
        visitor: [
            f"/{FRESH}", f"/trajecten{FRESH}", f"/trajecten/{traject.slug}{FRESH}", f"/wijken{FRESH}",
            f"/trajecten/{traject.slug}/ideeen{FRESH}", f"/trajecten/{traject.slug}/ideeen{FRESH}&status=toegelaten",
            f"/ideeen/{first.id}{FRESH}", f"/trajecten/{traject.slug}/feed", f"/wijken/{traject.area_id}{FRESH}",
        ],
        manager: ["/werk", f"/ideeen/{first.id}", f"/trajecten/{traject.slug}/ideeen"],
        moderator: ["/moderatie", "/werk"],
        visit_as(author): ["/mijn", f"/ideeen/{first.id}"],
    }  # fmt: skip
    before = {(who, where): cost(who, engine, where) for who, addresses in readers.items() for where in addresses}
    ideas(session, traject, 990)
    support(session, first, 60)
    for _ in range(15):
        an_idea(session, traject, author=author)
    after = {(who, where): cost(who, engine, where) for who, where in before}
    grown = {where: (count, after[who, where]) for (who, where), count in before.items() if after[who, where] != count}
    assert not grown
    assert before[visitor, f"/trajecten/{traject.slug}/ideeen{FRESH}"] <= 10
    assert before[visitor, f"/ideeen/{first.id}{FRESH}"] <= 12


def test_many_hidden_ideas_cost_the_moderator_nothing_more(
    visit_as: Callable[[Account], Visitor], session: Session, engine: Engine
) -> None:
    moderator = an_account(session, role=Role.MODERATOR)
    traject = a_traject(session)
    visitor = visit_as(moderator)

    def hide_some(number: int) -> None:
        for _ in range(number):
            idea: Idea = an_idea(session, traject)
            done(hide_idea(session, moderator.actor(), idea, HouseRule.ADVERTISING, "Reclame.", now_of(session)))

    hide_some(2)
    before = cost(visitor, engine, "/moderatie")
    hide_some(20)
    assert cost(visitor, engine, "/moderatie") == before


def test_five_and_sixty_plans_cost_the_same(
    visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session, engine: Engine
) -> None:
    manager = visit_as(a_wijkmanager(session))

    def costs(plans: int) -> dict[str, int]:
        slug = published(session, plans).slug
        pages = ("", "/plannen/1", "/plannen/5", "/uitslag", "/reglement")
        found = {page: cost(visitor, engine, f"/wijkbudget/{slug}{page}{FRESH}") for page in pages}
        found["/reglement.json"] = cost(visitor, engine, f"/wijkbudget/{slug}/reglement.json")
        found["/beheer"] = cost(manager, engine, f"/wijkbudget/{slug}/beheer")
        return found

    few, many = costs(5), costs(60)
    # The fifth of five got money and has a ledger; the fifth of sixty did not.
    assert many.pop("/plannen/5") <= few.pop("/plannen/5")
    assert many == few
    assert few["/uitslag"] <= 13


def test_a_ballot_of_sixty_plans_costs_what_one_of_five_does(
    visitor: Visitor, session: Session, engine: Engine
) -> None:
    def costs(plans: int) -> list[int]:
        budget_round = a_round(session, plans=[(f"Plan {number}", 10_000) for number in range(1, plans + 1)])
        [code] = codes(session, budget_round, 1)
        way = f"/stemmen/{budget_round.slug}"
        visitor.get(way)
        visitor.submit("Verder", code=str(code))
        pages = [cost(visitor, engine, way), cost(visitor, engine, f"{way}/kiezen")]
        with counting_queries(engine) as queries:
            visitor.submit("Verder", keuze=[str(number) for number in range(1, plans + 1)])
        pages += [len(queries), cost(visitor, engine, f"{way}/controleren")]
        with counting_queries(engine) as queries:
            visitor.submit("Stem")
        return [*pages, len(queries), cost(visitor, engine, f"{way}/mijn-stem")]

    assert costs(60) == costs(5)


@pytest.mark.parametrize("address", [f"/besluiten{FRESH}", f"/{FRESH}", f"/trajecten{FRESH}", f"/wijken{FRESH}"])
def test_many_trajecten_and_besluiten_cost_what_a_few_do(
    visitor: Visitor, session: Session, engine: Engine, address: str
) -> None:
    published(session, 3)
    before = cost(visitor, engine, address)
    for _ in range(6):
        published(session, 3)
    assert cost(visitor, engine, address) == before


def test_a_long_log_costs_what_a_short_one_does(
    visit_as: Callable[[Account], Visitor], session: Session, engine: Engine
) -> None:
    council = visit_as(an_account(session, role=Role.RAAD))
    an_idea(session)
    before = cost(council, engine, "/logboek")
    for _ in range(20):
        an_idea(session)
    assert cost(council, engine, "/logboek") == before


def test_a_traject_with_much_news_costs_what_a_quiet_one_does(
    visitor: Visitor, session: Session, engine: Engine
) -> None:
    manager, moment = runs_all(a_wijkmanager(session)), now_of(session)
    traject = a_traject(session)
    done(publish_news(session, manager, traject, "Het eerste bericht.", moment))
    pages = [f"/trajecten/{traject.slug}{page}{FRESH}" for page in ("", "/trajectkaart", "/spelregels")]
    before = [cost(visitor, engine, page) for page in pages]
    for number in range(20):
        done(publish_news(session, manager, traject, f"Bericht {number}.", moment))
    assert [cost(visitor, engine, page) for page in pages] == before
