"""What does a page tell beside the idea itself: its tests, and what a resident can do with it now?"""

from dataclasses import dataclass

from participatie.models.ideas import Idea, support_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import EVIDENCE, Evidence, Party, Test, Weight, is_alive, may_join, may_support
from participatie.spelregels.overrides import set_aside
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Allowed, Refused, Verdict, first_refusal
from participatie.web.access import Site, may_here
from participatie.web.formats import euros
from participatie.web.login import actor
from participatie.web.refusals import sentence
from participatie.web.transaction import db
from participatie.web.words import word

NOTHING_MORE = Allowed()


@dataclass(frozen=True, slots=True)
class ShownTest:
    """A test as a page shows it. `passed` is None until it is done; `set_aside` when two people decided so.

    `declared` is what its author said of it, `evidence` where the outcome comes from.
    """

    test: Test
    passed: bool | None
    reason: str
    weight: Weight
    evidence: Evidence
    set_aside: bool
    declared: str


def tests_of(idea: Idea) -> list[ShownTest]:
    """Return the tests that the traject asks, done or not, in the order of the rules."""
    reasons = {assessment.test: assessment.reason for assessment in idea.assessments}
    aside = set_aside({override.test: override.state() for override in idea.overrides})
    outcomes = idea.outcomes()
    rules = idea.traject.ruleset()
    return [
        ShownTest(
            test,
            outcomes.get(test),
            reasons.get(test, ""),
            rules.weight(test),
            # What an assessor confirmed or contradicted is no longer only what the author says.
            Evidence.ASSESSED if test in reasons and EVIDENCE[test] is Evidence.DECLARED else EVIDENCE[test],
            test in aside,
            declared_of(idea, test),
        )
        for test in Test
        if rules.weight(test) is not Weight.OFF
    ]


def declared_of(idea: Idea, test: Test) -> str:
    """Return what the author said about a test, empty where nothing was said or asked."""
    match test:
        case Test.INITIATIVE:
            return ": ".join(filter(None, (word(idea.proposer), idea.organisation)))
        case Test.OWN_CONTRIBUTION:
            return idea.own_contribution
        case Test.THIRD_PARTY_MONEY:
            return idea.third_party
        case Test.WITH_OTHERS:
            return idea.partner
        case Test.NO_OVERHEAD:
            return euros(idea.overhead_cents)
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Group:
    """Who takes part in an idea: how many residents, with the first names that they gave; which organisations; the gemeente."""

    residents: int
    first_names: list[str]
    organisations: list[str]
    gemeente: bool
    offers: list[str]

    @property
    def members(self) -> int:
        """Return how many people take part; the gemeente is not counted."""
        return self.residents + len(self.organisations)


def group_of(idea: Idea) -> Group:
    """Return who takes part in an idea, as everybody may know it."""
    of = {party: [each for each in idea.participants if each.party is party] for party in Party}
    names = (each.account.name.split() for each in of[Party.RESIDENT])
    return Group(
        len(of[Party.RESIDENT]),
        [name[0] for name in names if name],
        [each.organisation for each in of[Party.ORGANISATION]],
        bool(of[Party.GEMEENTE]),
        [each.offer for each in idea.participants if each.offer],
    )


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


def may_join_now(idea: Idea, party: Party) -> Verdict:
    """Say whether this visitor could take part as that party, as far as the idea is concerned."""
    already = any(each.account_id == actor().account_id for each in idea.participants)
    return may_join(idea.facts(), party, "-", already=already, is_staff=party is Party.GEMEENTE)


def left_in_pot(budget_round: Round | None) -> int | None:
    """Return how many cents of a round no plan asks for yet; None without a round."""
    return budget_round.pot_cents - sum(plan.cost_cents for plan in budget_round.plans) if budget_round else None
