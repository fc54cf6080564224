"""What may happen to an idea, and does it pass the seven tests of the wijkbudget (Zwolle, seed 004 from 1157)?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class IdeaStatus(StrEnum):
    """The steps of an idea's life that are stored; what follows from a round is read from its plan."""

    PUBLISHED = "gepubliceerd"
    ADMITTED = "toegelaten"
    NOT_ADMITTED = "niet toegelaten"
    WITHDRAWN = "ingetrokken"


class Test(StrEnum):
    """The seven tests of an idea, and whether the gemeente can carry it out."""

    INITIATIVE = "initiatief van bewoners"
    SUPPORT = "draagvlak"
    PUBLIC_INTEREST = "algemeen belang"
    OWN_CONTRIBUTION = "eigen bijdrage"
    FITS_THE_PLAN = "past bij het wijkplan"
    THIRD_PARTY_MONEY = "geld van anderen gevraagd"
    NO_LASTING_COST = "geen vaste kosten voor de gemeente"
    FEASIBLE = "uitvoerbaar"


# pytest collects classes named Test*; this one is a word of the field.
Test.__test__ = False  # type: ignore[attr-defined]


class Weight(StrEnum):
    """How much a test weighs in a round: it stops the idea, it is only shown, or it is not asked."""

    HARD = "hard"
    SOFT = "zacht"
    OFF = "uit"


ZWOLLE_WEIGHTS: Mapping[Test, Weight] = {
    test: Weight.SOFT if test is Test.THIRD_PARTY_MONEY else Weight.HARD for test in Test
}


@dataclass(frozen=True, slots=True)
class IdeaFacts:
    """What the rules need to know of an idea. `cost_cents` is None until it was assessed."""

    status: IdeaStatus
    hidden: bool
    author_id: int
    support: int
    cost_cents: int | None


def is_alive(idea: IdeaFacts) -> Verdict:
    """Refuse any act on an idea that was withdrawn, refused or hidden."""
    if idea.hidden or idea.status in (IdeaStatus.WITHDRAWN, IdeaStatus.NOT_ADMITTED):
        return refused(Refusal.IDEA_NOT_OPEN)
    return Allowed()


def may_support(idea: IdeaFacts, account_id: int, *, already: bool) -> Verdict:
    """Refuse support for one's own idea, for the second time, or for an idea that is not alive."""
    if not is_alive(idea):
        return is_alive(idea)
    if idea.author_id == account_id:
        return refused(Refusal.OWN_IDEA)
    if already:
        return refused(Refusal.ALREADY_SUPPORTED)
    return Allowed()


def may_withdraw(idea: IdeaFacts, account_id: int) -> Verdict:
    """Refuse withdrawal by anybody but the author, and of an idea that is not alive."""
    if idea.author_id != account_id:
        return refused(Refusal.NOT_THE_AUTHOR)
    return is_alive(idea)


def has_support(support: int, needed: int) -> bool:
    """Tell whether the idea has the number of supporters that the round asks for."""
    return support >= needed


def passes_tests(results: Mapping[Test, bool], weights: Mapping[Test, Weight]) -> Verdict:
    """Refuse when a hard test was not done or was not passed; soft tests never stop an idea.

    `results` holds the tests done so far; the refusal names the test in question.
    """
    for test, weight in weights.items():
        if weight is Weight.HARD and test not in results:
            return refused(Refusal.TESTS_INCOMPLETE, test=test)
    for test, weight in weights.items():
        if weight is Weight.HARD and not results[test]:
            return refused(Refusal.TEST_FAILED, test=test)
    return Allowed()


def may_admit(idea: IdeaFacts, results: Mapping[Test, bool], weights: Mapping[Test, Weight]) -> Verdict:
    """Refuse to make a plan of an idea that was answered already, has no cost, or fails a hard test."""
    if idea.status is not IdeaStatus.PUBLISHED or idea.hidden:
        return refused(Refusal.IDEA_NOT_OPEN)
    if idea.cost_cents is None:
        return refused(Refusal.COST_MISSING)
    return passes_tests(results, weights)


def may_reject(idea: IdeaFacts, reason: str) -> Verdict:
    """Refuse to turn an idea down without a reason: the answer is the least an author is owed."""
    if idea.status is not IdeaStatus.PUBLISHED or idea.hidden:
        return refused(Refusal.IDEA_NOT_OPEN)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
