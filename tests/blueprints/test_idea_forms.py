"""Putting in an idea: the page asks what the rules of the traject ask, and no more."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, account_by_email
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.spelregels.ideas import Proposer, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from tests.blueprints.full_world import somebody
from tests.factories import USUAL_RULES, a_gemeente, a_resident, a_traject, now_of, phases_around
from tests.page import Page
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

NOTHING = RuleSet(name="niets", weights={})
EVERYTHING = RuleSet(
    name="alles",
    weights=dict.fromkeys(Test, Weight.HARD),
    support_needed=25,
    group_needed=3,
    ready_before=date(2026, 12, 31),
    once_per_household=True,
)
FIELDS = {
    Test.INITIATIVE: {"proposer", "organisation"},
    Test.OWN_CONTRIBUTION: {"own_contribution"},
    Test.THIRD_PARTY_MONEY: {"third_party"},
    Test.WITH_OTHERS: {"partner"},
    Test.NO_OVERHEAD: {"overhead"},
}
ALWAYS = {"title", "body", "area", "lang", "csrf_token"}
TYPED = {"title": "Een bankje", "body": "Om te zitten."}
ADDRESS = "buurvrouw@voorbeeld.example"


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """Somebody who lives in the first buurt."""
    return visit_as(a_resident(session))


@pytest.fixture
def helper(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """A helper of the first wijk."""
    return visit_as(somebody(session, Role.HELPER))


def opened(visitor: Visitor, session: Session, rules: RuleSet, last: str = "nieuw") -> Page:
    """The page to put in an idea, where joining is possible too, as a project group needs."""
    phases = [
        replace(phase, level=Level.MEEDOEN) if phase.kind is PhaseKind.COLLECT else phase
        for phase in phases_around(now_of(session), PhaseKind.COLLECT)
    ]
    return visitor.get(f"/trajecten/{a_traject(session, rules=rules, phases=phases).slug}/ideeen/{last}")


def ideas_of(session: Session) -> list[Idea]:
    return list(session.scalars(select(Idea).order_by(Idea.id)))


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("test", list(Test))
def test_the_form_asks_what_the_rules_ask(resident: Visitor, session: Session, test: Test, weight: Weight) -> None:
    rules = replace(EVERYTHING, weights={test: weight}, once_per_household=False)
    extra = FIELDS.get(test, set()) if weight is not Weight.OFF else set()
    assert opened(resident, session, rules).form("Dien het idee in").names == ALWAYS | extra


def test_what_the_rules_ask_is_told_beforehand(resident: Visitor, session: Session) -> None:
    text = opened(resident, session, EVERYTHING).text
    for said in (
        "Dit vragen de spelregels", "Een idee komt van bewoners.", "minstens 25 bewoners", "minstens 3 leden",
        "31 december 2026", "Elk huishouden kan één keer een idee indienen.", "Wat maar één of een paar mensen helpt",
    ):  # fmt: skip
        assert said in text
    assert "Dit vragen de spelregels" not in opened(resident, session, NOTHING).text


def test_what_was_declared_stands_with_the_idea(resident: Visitor, visitor: Visitor, session: Session) -> None:
    opened(resident, session, replace(EVERYTHING, once_per_household=False))
    resident.submit(
        "Dien het idee in", **TYPED, proposer="bewonersorganisatie", organisation="Wij van de Wiek",
        own_contribution="Wij lakken.", third_party="Het fonds gaf 100 euro.", partner="De school", overhead="1.250,50",
    )  # fmt: skip
    [idea] = ideas_of(session)
    assert (idea.proposer, idea.organisation, idea.overhead_cents) == (Proposer.RESIDENTS, "Wij van de Wiek", 125_050)
    text = visitor.get(f"/ideeen/{idea.id}").text
    for said in ("Wij van de Wiek", "Wij lakken.", "Het fonds gaf 100 euro.", "De school", "1.250,50"):
        assert said in text


def test_an_organisation_of_somebody_who_puts_in_for_themselves_is_not_kept(
    resident: Visitor, session: Session
) -> None:
    opened(resident, session, USUAL_RULES)
    resident.submit("Dien het idee in", **TYPED, proposer="bewoner", organisation="Per ongeluk")
    assert ideas_of(session)[0].organisation == ""


def test_a_professional_proposal_is_refused_at_once_and_says_what_to_do(resident: Visitor, session: Session) -> None:
    """DOEN (seed 000:1571, fixture F5)."""
    opened(resident, session, USUAL_RULES)
    page = resident.submit(
        "Dien het idee in", **TYPED, proposer="professionele organisatie", organisation="Bureau Groen", status=403
    )
    assert "Zoek buren die het willen indienen." in page.text
    kept = page.form("Dien het idee in").filled({}).values
    assert (kept["title"], kept["organisation"]) == (["Een bankje"], ["Bureau Groen"])
    assert kept["proposer"] == ["professionele organisatie"]
    assert ideas_of(session) == []


@pytest.mark.parametrize(
    "fields",
    [{"proposer": "bewonersorganisatie"}, {"proposer": "niemand"}, {"proposer": None}, {"organisation": "o" * 201},
     {"overhead": "-1"}, {"overhead": "veel"}, {"partner": "p" * 201}, {"third_party": "t" * 5001},
     {"postcode": "1234"}, {"postcode": ""}, {"house_number": "x"}, {"house_number": ""}, {"postcode": "<b>1234AB"}],
)  # fmt: skip
def test_a_mistake_in_what_the_rules_ask_loses_nothing(
    resident: Visitor, session: Session, fields: dict[str, str | None]
) -> None:
    opened(resident, session, EVERYTHING)
    typed = {**TYPED, "third_party": "Het fonds.", "partner": "School", "postcode": "1234 AB", "house_number": "12 a"}
    page = resident.submit("Dien het idee in", **{**typed, **fields}, status=400)
    kept = page.form("Dien het idee in").filled({}).values
    for name, value in {**typed, **fields}.items():
        if value is not None and name != "proposer":
            assert kept[name] == [value]
    assert ideas_of(session) == []


def test_a_household_puts_in_once_and_its_address_is_kept_nowhere(
    visit_as: Callable[[Account], Visitor], session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """Geluksbudget (seed 000:722, fixture F3); abuse case 55 for the log."""
    caplog.set_level(logging.DEBUG)
    slug = a_traject(session, rules=replace(NOTHING, once_per_household=True)).slug
    first, second = visit_as(a_resident(session)), visit_as(a_resident(session))
    page = first.get(f"/trajecten/{slug}/ideeen/nieuw")
    assert "Van het adres bewaren we alleen een code." in page.text
    first.submit("Dien het idee in", **TYPED, postcode="1234 AB", house_number="12 a")
    second.get(f"/trajecten/{slug}/ideeen/nieuw")
    second.submit("Dien het idee in", **TYPED, postcode="1234ab", house_number="012-A", status=200)
    page = second.submit("Dien toch in", status=403)
    assert "Iemand op dit adres diende al een idee in." in page.text
    second.submit("Dien het idee in", **TYPED, postcode="1234ab", house_number="14")
    keys = [idea.household_key for idea in ideas_of(session)]
    assert (len(keys), len({*keys}), {len(key or "") for key in keys}) == (2, 2, {64})
    everything = [
        str(vars(row)) for table in (Idea, AuditRow, OutboxMail) for row in session.scalars(select(table)).all()
    ]
    assert not [row for row in [*everything, caplog.text] if "1234 AB" in row or "1234AB" in row.upper()]
    assert "1234" not in first.get(f"/ideeen/{ideas_of(session)[0].id}").text


def test_a_helper_writes_an_idea_down_and_the_resident_owns_it(
    helper: Visitor, visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """Café DOEN (seed 000:1591)."""
    traject = a_traject(session)
    helper.get(f"/trajecten/{traject.slug}/ideeen")
    page = helper.click("Voer een idee in voor een bewoner")
    assert "Heeft de bewoner geen e-mailadres, of hoort u veel ideeën" in page.text
    area = a_gemeente(session).buurten[0].id
    helper.submit(
        "Dien het idee in voor de bewoner", **TYPED, email=ADDRESS, name="Nel", consents=True, area=area, lang="nl"
    )
    assert "De bewoner krijgt er een e-mail over." in helper.follow().text
    [idea] = ideas_of(session)
    page = visitor.get(f"/ideeen/{idea.id}")
    assert "een helper, voor de indiener" in page.text
    assert "Nel" in page.text
    owner = session.scalars(account_by_email(ADDRESS)).one()
    assert "Trek dit idee in" in visit_as(owner).get(f"/ideeen/{idea.id}").text
    assert "Trek dit idee in" not in helper.get(f"/ideeen/{idea.id}").text


@pytest.mark.parametrize(
    "fields", [{"consents": False}, {"email": ""}, {"email": "geen adres"}, {"email": "a@b"}, {"name": "n" * 81}, {"title": " "}]
)  # fmt: skip
def test_without_consent_or_address_nothing_is_entered_and_nothing_lost(
    helper: Visitor, session: Session, fields: dict[str, object]
) -> None:
    opened(helper, session, USUAL_RULES, "voor-een-bewoner")
    area = str(a_gemeente(session).buurten[0].id)
    typed = {**TYPED, "email": ADDRESS, "name": "Nel", "consents": True, "area": area}
    page = helper.submit("Dien het idee in voor de bewoner", **{**typed, **fields}, status=400)
    kept = page.form("Dien het idee in voor de bewoner").filled({}).values
    assert kept["body"] == [TYPED["body"]]
    assert ("consents" in kept) is ({**typed, **fields}["consents"] is True)
    assert (ideas_of(session), session.scalar(account_by_email(ADDRESS))) == ([], None)


@pytest.mark.parametrize("role", [None, Role.WIJKMANAGER, Role.ASSESSOR, Role.BEHEERDER])
def test_others_do_not_enter_for_residents(
    visit_as: Callable[[Account], Visitor], session: Session, role: Role | None
) -> None:
    traject = a_traject(session)
    visitor = visit_as(somebody(session, role))
    assert "Voer een idee in" not in visitor.get(f"/trajecten/{traject.slug}/ideeen").text
    assert "alleen iemand met deze rol" in visitor.get(f"/trajecten/{traject.slug}/ideeen/voor-een-bewoner", 403).text
