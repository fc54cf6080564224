"""The balance as moderators see it, and free questions as residents answer them."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.profile import import_profile, tell_about_self
from participatie.models.accounts import Account
from participatie.models.balance import SelfAnswer, SelfAnswered
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import Proposer
from participatie.spelregels.permissions import OPERATOR, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from tests.actions.test_profile import MIDDLE, OLD, PROFILE, YOUNG
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_gemeente, a_resident, a_traject, an_idea, done, support
from tests.visitor import Visitor

VisitAs = Callable[[Account], Visitor]
AUTHOR = "Bram Zonderling"
REASON = "Wij gaan langs de deuren in de Wiekbuurt."


def loud(session: Session, **more: object) -> Traject:
    """A traject in which two of twenty people hold 27 of 45 ideas (fixture Z4 of seed 004)."""
    traject = a_traject(session, **more)  # type: ignore[arg-type]
    for number in (14, 13, *[1] * 18):
        author = a_resident(session, name=AUTHOR)
        for _ in range(number):
            an_idea(session, traject, author=author)
    return traject


@pytest.fixture
def moderator(visit_as: VisitAs, session: Session) -> Visitor:
    """A moderator of the first wijk."""
    return visit_as(somebody(session, Role.MODERATOR))


@pytest.fixture
def profile(session: Session, clock: TurnableClock) -> None:
    """Figures about who lives in the first wijk."""
    a_gemeente(session)
    done(import_profile(session, OPERATOR, PROFILE.encode(), "wijkprofiel.csv", clock.now))
    session.commit()


def test_z4_a_moderator_is_pointed_to_it_and_says_what_is_done(
    visitor: Visitor, moderator: Visitor, session: Session
) -> None:
    traject = loud(session)
    assert "Eén kant heeft te veel inbreng" in moderator.get("/moderatie").text
    page = moderator.click(f"Bekijk de balans van {traject.title}")
    for part in (
        "Van de ideeën heeft de actiefste tien procent",
        "60 procent; de grens is 50 procent",
        "boven de grens",
    ):
        assert part in page.text
    assert len(page.all("rect", class_="pp-meter__limit")) == len(page.all("rect", class_="pp-meter__fill"))
    moderator.submit("Maak dit bekend", act="nieuwe mensen zoeken", reason=REASON)
    page = moderator.follow()
    assert "Dit staat nu op de pagina" in page.text
    assert "Wat is er al aan gedaan?" in page.text
    assert REASON in page.text
    assert REASON in visitor.get(f"/trajecten/{traject.slug}").text


def test_no_name_of_a_person_or_organisation_is_shown(moderator: Visitor, session: Session) -> None:
    traject = loud(session)
    for _ in range(15):
        author = a_resident(session, name=AUTHOR)
        an_idea(session, traject, author=author, proposer=Proposer.RESIDENTS, organisation="Stichting De Brug")
    text = moderator.get(f"/trajecten/{traject.slug}/balans").text
    assert "één organisatie" in text
    assert {idea.author.name for idea in session.scalars(select(Idea))} == {AUTHOR}
    assert not [name for name in (AUTHOR, "De Brug", "Wiekbuurt") if name in text]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": REASON}, "Vul dit in"),
        ({"act": "een panel loten", "reason": "  "}, "Vul dit in"),
        ({"act": "niets doen", "reason": REASON}, "Wat doet u eraan?"),
        ({"act": "een panel loten", "reason": "x" * 2001}, "te lang"),
    ],
)
def test_acting_needs_an_act_and_words_and_loses_nothing(
    moderator: Visitor, session: Session, fields: dict[str, str], says: str
) -> None:
    traject = loud(session)
    moderator.get(f"/trajecten/{traject.slug}/balans")
    page = moderator.submit("Maak dit bekend", **fields, status=400)
    assert says in page.text
    assert fields["reason"] in page.text or not fields["reason"].strip()


def test_in_balance_there_is_nothing_to_send_and_sending_it_is_refused(moderator: Visitor, session: Session) -> None:
    traject = a_traject(session)
    an_idea(session, traject)
    page = moderator.get(f"/trajecten/{traject.slug}/balans")
    assert "nog geen tien mensen" in page.text
    assert not [form for form in page.forms() if form.action.endswith("/balans")]
    page = moderator.post(f"/trajecten/{traject.slug}/balans", {"act": "een panel loten", "reason": REASON}, status=403)
    assert "in balans" in page.text
    assert REASON in page.text


@pytest.mark.parametrize("role", [Role.COLLEGE, Role.RAAD])
def test_the_college_and_the_raad_read_and_do_not_act(visit_as: VisitAs, session: Session, role: Role) -> None:
    traject = loud(session)
    reader = visit_as(somebody(session, role))
    page = reader.get(f"/trajecten/{traject.slug}/balans")
    assert "boven de grens" in page.text
    assert "Maak dit bekend" not in page.text
    reader.post(f"/trajecten/{traject.slug}/balans", {"act": "een panel loten", "reason": REASON}, status=403)


def test_residents_and_moderators_of_elsewhere_see_no_balance(visit_as: VisitAs, session: Session) -> None:
    traject = loud(session)
    for account in (a_resident(session), somebody(session, Role.MODERATOR, elsewhere=True)):
        visit_as(account).get(f"/trajecten/{traject.slug}/balans", 403)
    assert traject.title not in visit_as(somebody(session, Role.MODERATOR, elsewhere=True)).get("/moderatie").text


def test_without_a_threshold_the_figures_are_there_to_learn_from(moderator: Visitor, session: Session) -> None:
    traject = loud(session, rules=RuleSet(dominance_percent=0))
    page = moderator.get(f"/trajecten/{traject.slug}/balans")
    assert "geen grens afgesproken" in page.text
    assert page.all("rect", class_="pp-meter__limit") == []
    assert "te veel inbreng" not in moderator.get("/moderatie").text


def test_of_nothing_the_page_says_so(moderator: Visitor, session: Session) -> None:
    traject = a_traject(session)
    text = moderator.get(f"/trajecten/{traject.slug}/balans").text
    assert "Er is nog geen inbreng" in text
    assert "Er zijn geen cijfers over wie er in Molenkwartier wonen" in text


def test_the_wijk_is_compared_with_those_who_answered(
    moderator: Visitor, session: Session, clock: TurnableClock, profile: None
) -> None:
    """Fixture F14 of seed 000, with a group of ours, and abuse case 53: small groups are not shown."""
    traject = a_traject(session)
    address = f"/trajecten/{traject.slug}/balans"
    assert "te weinig antwoorden" in moderator.get(address).text
    for age in [MIDDLE] * 34 + [OLD] * 21 + [YOUNG] * 5:
        done(tell_about_self(session, a_resident(session), traject, {"leeftijd": age}, clock.now))
    session.commit()
    page = moderator.get(address)
    for part in (
        "te klein om te tonen", "doet waarschijnlijk te weinig mee", "30 tot 39 mensen", "20 tot 29 mensen",
        "Er zijn 60 antwoorden geteld", "Bron: CBS, 2025, over 9.340 mensen", "30%", "62,5%", "Geen van deze", "37,5%",
    ):  # fmt: skip
        assert part in page.text, part


def test_a_resident_answers_freely_and_once(visit_as: VisitAs, session: Session, profile: None) -> None:
    traject = a_traject(session)
    neighbour = visit_as(a_resident(session))
    page = neighbour.get(f"/trajecten/{traject.slug}/over-mij")
    for part in ("alleen aantallen", "U hoeft niets te zeggen", "leeftijd", YOUNG, "woning", "Geen van deze"):
        assert part in page.text
    assert page.text.count("Dat zeg ik liever niet") == 2
    second = page.form("Verstuur").filled({"q0": "2"})
    neighbour.submit("Verstuur", q0="1")
    assert "Uw antwoorden zijn geteld" in neighbour.follow().text
    answers = [(row.feature, row.group, row.number) for row in session.scalars(select(SelfAnswer))]
    assert answers == [("leeftijd", MIDDLE, 1)]
    assert "al beantwoord" in neighbour.get(f"/trajecten/{traject.slug}/over-mij").text
    assert "al geantwoord" in neighbour.send(second, 403).text
    assert len(session.scalars(select(SelfAnswer)).all()) == 1


def test_rather_saying_nothing_is_the_first_choice(visit_as: VisitAs, session: Session, profile: None) -> None:
    traject = a_traject(session)
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/trajecten/{traject.slug}/over-mij")
    neighbour.submit("Verstuur")
    assert session.scalars(select(SelfAnswer)).all() == []
    assert len(session.scalars(select(SelfAnswered)).all()) == 1


@pytest.mark.parametrize("answer", ["9", "-1", "herkomst", "1.0"])
def test_an_answer_that_was_not_offered_is_refused(
    visit_as: VisitAs, session: Session, profile: None, answer: str
) -> None:
    traject = a_traject(session)
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/trajecten/{traject.slug}/over-mij")
    neighbour.submit("Verstuur", q0=answer, status=400)
    assert session.scalars(select(SelfAnswered)).all() == []


def test_questions_are_for_residents_while_they_put_in(visit_as: VisitAs, session: Session, profile: None) -> None:
    collecting, voting = a_traject(session), a_traject(session, phase=PhaseKind.VOTE)
    visit_as(somebody(session, elsewhere=True)).get(f"/trajecten/{collecting.slug}/over-mij", 403)
    visit_as(a_resident(session)).get(f"/trajecten/{voting.slug}/over-mij", 403)


def test_without_figures_there_are_no_questions(visit_as: VisitAs, session: Session) -> None:
    visit_as(a_resident(session)).get(f"/trajecten/{a_traject(session).slug}/over-mij", 404)


def test_more_trajecten_ideas_and_answers_cost_no_more_queries(
    moderator: Visitor, session: Session, engine: Engine, clock: TurnableClock, profile: None
) -> None:
    traject = loud(session)
    addresses = ("/moderatie", f"/trajecten/{traject.slug}/balans")

    def cost(address: str) -> int:
        moderator.get(address)
        with counting_queries(engine) as queries:
            moderator.get(address)
        return len(queries)

    before = [cost(address) for address in addresses]
    for _ in range(3):
        support(session, an_idea(session, a_traject(session)), 12)
    support(session, an_idea(session, traject), 12)
    for _ in range(12):
        done(tell_about_self(session, a_resident(session), traject, {"leeftijd": OLD}, clock.now))
    session.commit()
    assert [cost(address) for address in addresses] == before
