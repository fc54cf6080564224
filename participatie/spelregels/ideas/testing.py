"""Does an idea pass its tests? Zwolle's seven (seed 004 from 1157), and those of other places."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from participatie.spelregels.ideas.facts import IdeaFacts, Party, Proposer
from participatie.spelregels.verdicts import Allowed, Fact, Refusal, Verdict, refused


class Test(StrEnum):
    """The tests of an idea: the seven of Zwolle, whether it can be done, and five of other places."""

    INITIATIVE = "initiatief van bewoners"
    SUPPORT = "draagvlak"
    PUBLIC_INTEREST = "algemeen belang"
    OWN_CONTRIBUTION = "eigen bijdrage"
    FITS_THE_PLAN = "past bij het wijkplan"
    THIRD_PARTY_MONEY = "geld van anderen gevraagd"
    NO_LASTING_COST = "geen vaste kosten voor de gemeente"
    FEASIBLE = "uitvoerbaar"
    IN_TIME = "klaar voor de einddatum"
    WITH_OTHERS = "samen met een andere partij"
    PROJECT_GROUP = "projectgroep"
    THREE_PARTIES = "drie partijen"
    NO_OVERHEAD = "geen organisatiekosten"


# pytest collects classes named Test*; this one is a word of the field.
Test.__test__ = False  # type: ignore[attr-defined]


class Weight(StrEnum):
    """How much a test weighs in a traject: it stops the idea, it is only shown, or it is not asked."""

    HARD = "hard"
    SOFT = "zacht"
    OFF = "uit"


class Evidence(StrEnum):
    """Where the outcome of a test comes from."""

    COUNTED = "geteld"
    DECLARED = "opgegeven"
    ASSESSED = "beoordeeld"


#: A counted test is never judged by anybody. A declared one holds as declared until an assessor says otherwise.
EVIDENCE: Mapping[Test, Evidence] = {
    Test.INITIATIVE: Evidence.DECLARED,
    Test.SUPPORT: Evidence.COUNTED,
    Test.PUBLIC_INTEREST: Evidence.ASSESSED,
    Test.OWN_CONTRIBUTION: Evidence.DECLARED,
    Test.FITS_THE_PLAN: Evidence.ASSESSED,
    Test.THIRD_PARTY_MONEY: Evidence.DECLARED,
    Test.NO_LASTING_COST: Evidence.ASSESSED,
    Test.FEASIBLE: Evidence.ASSESSED,
    Test.IN_TIME: Evidence.COUNTED,
    Test.WITH_OTHERS: Evidence.DECLARED,
    Test.PROJECT_GROUP: Evidence.COUNTED,
    Test.THREE_PARTIES: Evidence.COUNTED,
    Test.NO_OVERHEAD: Evidence.DECLARED,
}

#: What stops an idea, test by test.
FAILED: Mapping[Test, Refusal] = {
    Test.INITIATIVE: Refusal.NOT_FROM_RESIDENTS,
    Test.SUPPORT: Refusal.TOO_LITTLE_SUPPORT,
    Test.PUBLIC_INTEREST: Refusal.ONE_PERSONS_INTEREST,
    Test.OWN_CONTRIBUTION: Refusal.NO_OWN_CONTRIBUTION,
    Test.FITS_THE_PLAN: Refusal.OUTSIDE_THE_PLAN,
    Test.THIRD_PARTY_MONEY: Refusal.NO_OTHER_MONEY_ASKED,
    Test.NO_LASTING_COST: Refusal.LASTING_COST,
    Test.FEASIBLE: Refusal.NOT_FEASIBLE,
    Test.IN_TIME: Refusal.NOT_IN_TIME,
    Test.WITH_OTHERS: Refusal.NO_PARTNER,
    Test.PROJECT_GROUP: Refusal.NO_PROJECT_GROUP,
    Test.THREE_PARTIES: Refusal.PARTY_MISSING,
    Test.NO_OVERHEAD: Refusal.OVERHEAD,
}

#: Zwolle: six of its tests stop an idea; money of others is asked 'where possible' (seed 004:1157). The rest it does not ask.
ZWOLLE_WEIGHTS: Mapping[Test, Weight] = {
    Test.INITIATIVE: Weight.HARD,
    Test.SUPPORT: Weight.HARD,
    Test.PUBLIC_INTEREST: Weight.HARD,
    Test.OWN_CONTRIBUTION: Weight.HARD,
    Test.FITS_THE_PLAN: Weight.HARD,
    Test.THIRD_PARTY_MONEY: Weight.SOFT,
    Test.NO_LASTING_COST: Weight.HARD,
    Test.FEASIBLE: Weight.HARD,
}


@dataclass(frozen=True, slots=True)
class TestTerms:
    """What the counted tests ask: supporters, members of the project group, and the day it must be ready on."""

    weights: Mapping[Test, Weight] = field(default_factory=lambda: ZWOLLE_WEIGHTS)
    support_needed: int = 0
    group_needed: int = 0
    ready_before: date | None = None


TestTerms.__test__ = False  # type: ignore[attr-defined]


#: What the figures and declarations alone say, None while they say nothing; of a test that is not here only an assessor can tell.
BY_ITSELF: Mapping[Test, Callable[[IdeaFacts, TestTerms], bool | None]] = {
    Test.SUPPORT: lambda idea, terms: idea.support >= terms.support_needed,
    Test.PROJECT_GROUP: lambda idea, terms: idea.members() >= terms.group_needed,
    Test.THREE_PARTIES: lambda idea, _terms: set(idea.parties) == set(Party),
    Test.IN_TIME: lambda idea, terms: (
        None if idea.ready_on is None else terms.ready_before is None or idea.ready_on <= terms.ready_before
    ),
    Test.INITIATIVE: lambda idea, _terms: idea.proposer is not Proposer.PROFESSIONAL,
    Test.OWN_CONTRIBUTION: lambda idea, _terms: idea.own_contribution,
    Test.THIRD_PARTY_MONEY: lambda idea, _terms: idea.third_party_asked,
    Test.WITH_OTHERS: lambda idea, _terms: idea.partner,
    Test.NO_OVERHEAD: lambda idea, _terms: idea.overhead_cents == 0,
}


def test_outcomes(
    idea: IdeaFacts,
    assessed: Mapping[Test, bool],
    terms: TestTerms,
    overridden: Collection[Test],
) -> dict[Test, bool]:
    """Return the outcome of every test that is asked and can be told now.

    A test that two people set aside counts as passed. A declared test holds as
    declared until it is assessed; a counted one is never assessed.
    """
    outcomes: dict[Test, bool] = {}
    for test, weight in terms.weights.items():
        if weight is Weight.OFF:
            continue
        by_itself = BY_ITSELF[test](idea, terms) if test in BY_ITSELF else None
        outcome = by_itself if EVIDENCE[test] is Evidence.COUNTED else assessed.get(test, by_itself)
        if test in overridden:
            outcome = True
        if outcome is not None:
            outcomes[test] = outcome
    return outcomes


test_outcomes.__test__ = False  # type: ignore[attr-defined]


def passes_tests(idea: IdeaFacts, outcomes: Mapping[Test, bool], terms: TestTerms) -> Verdict:
    """Refuse when a hard test was not done or was not passed, each with its own reason; soft tests never stop an idea."""
    hard = [test for test, weight in terms.weights.items() if weight is Weight.HARD]
    for test in hard:
        if test not in outcomes:
            return refused(Refusal.TESTS_INCOMPLETE, test=test)
    for test in hard:
        if not outcomes[test]:
            return refused(FAILED[test], **_evidence(test, idea, terms))
    return Allowed()


def _evidence(test: Test, idea: IdeaFacts, terms: TestTerms) -> dict[str, Fact]:
    match test:
        case Test.SUPPORT:
            return {"count": idea.support, "needed_count": terms.support_needed}
        case Test.PROJECT_GROUP:
            return {"count": idea.members(), "needed_count": terms.group_needed}
        case Test.THREE_PARTIES:
            return {"parties": ", ".join(party for party in Party if party not in idea.parties)}
        case Test.IN_TIME:
            return {"until": f"{terms.ready_before:%d-%m-%Y}" if terms.ready_before else ""}
        case _:
            return {}
