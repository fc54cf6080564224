"""What does a page tell beside the idea itself: its tests, and what a resident can do with it now?"""

from dataclasses import dataclass

from participatie.actions.ideas import test_results
from participatie.models.ideas import Idea, support_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import Test, Weight, is_alive, may_support
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Allowed, Refused, Verdict, first_refusal
from participatie.web.access import Site, may_here
from participatie.web.login import actor
from participatie.web.refusals import sentence
from participatie.web.transaction import db

NOTHING_MORE = Allowed()


@dataclass(frozen=True, slots=True)
class ShownTest:
    """A test as a page shows it. `passed` is None until it is done, `weight` where there is no round."""

    test: Test
    passed: bool | None
    reason: str
    weight: Weight | None


def tests_of(idea: Idea, budget_round: Round | None) -> list[ShownTest]:
    """Return the tests that the round asks, done or not; without a round all of them but support."""
    reasons = {assessment.test: assessment.reason for assessment in idea.assessments}
    if budget_round is None:
        outcomes = {assessment.test: assessment.passed for assessment in idea.assessments}
        asked: dict[Test, Weight | None] = {test: None for test in Test if test is not Test.SUPPORT}
    else:
        outcomes = test_results(idea, budget_round)
        weights = budget_round.weights()
        asked = {test: weights[test] for test in Test if weights.get(test, Weight.OFF) is not Weight.OFF}
    return [ShownTest(test, outcomes.get(test), reasons.get(test, ""), weight) for test, weight in asked.items()]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page says about an act of residents: a button, an invitation to log in, or why not."""

    allowed: bool = False
    after_login: bool = False
    why_not: str = ""


def offer(do: Do, site: Site, more: Verdict = NOTHING_MORE) -> Offer:
    """Ask the table for this visitor; nothing is offered to anybody when no resident could do it now.

    `more` is what the rules of the feature say, beside the table.
    """
    a_resident = Actor(account_id=0, home_path=site.place.area_path)
    if not may(a_resident, do, site.place):
        return Offer()
    if actor().account_id is None:
        return Offer(after_login=bool(more))
    verdict = first_refusal(may_here(do, site), more)
    return Offer(why_not=sentence(verdict)) if isinstance(verdict, Refused) else Offer(allowed=True)


def may_support_now(idea: Idea) -> Verdict:
    """Say whether this visitor could support the idea; for somebody not logged in, whether anybody could."""
    account_id = actor().account_id
    if account_id is None:
        return is_alive(idea.facts())
    already = db().scalar(support_of(idea.id, account_id)) is not None
    return may_support(idea.facts(), account_id, already=already)
