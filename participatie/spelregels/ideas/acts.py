"""What may happen to an idea: tabled, supported, joined, withdrawn, admitted, turned down?"""

from collections.abc import Mapping

from participatie.spelregels.ideas.facts import IdeaFacts, IdeaStatus, Party, Proposer
from participatie.spelregels.ideas.testing import Test, TestTerms, Weight, passes_tests
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, first_refusal, refused


def is_alive(idea: IdeaFacts) -> Verdict:
    """Refuse any act on an idea that was withdrawn, refused or hidden."""
    if idea.hidden or idea.status in (IdeaStatus.WITHDRAWN, IdeaStatus.NOT_ADMITTED):
        return refused(Refusal.IDEA_NOT_OPEN)
    return Allowed()


def is_waiting(idea: IdeaFacts) -> Verdict:
    """Refuse what belongs to the time before the answer, once an idea is answered, withdrawn or hidden."""
    if idea.hidden or idea.status is not IdeaStatus.PUBLISHED:
        return refused(Refusal.IDEA_NOT_OPEN)
    return Allowed()


def may_be_tabled(proposer: Proposer, organisation: str, weights: Mapping[Test, Weight]) -> Verdict:
    """Refuse an idea of professionals where the initiative lies with residents (DOEN, seed 000:1571): it is not tabled.

    An organisation is named, or nobody could tell whether one of them dominates.
    """
    if proposer is Proposer.PROFESSIONAL and weights.get(Test.INITIATIVE) is Weight.HARD:
        return refused(Refusal.NOT_FROM_RESIDENTS)
    if proposer is not Proposer.RESIDENT and not organisation.strip():
        return refused(Refusal.ORGANISATION_MISSING)
    return Allowed()


def may_enter_for(*, consents: bool, lives_elsewhere: bool) -> Verdict:
    """Refuse to enter an idea for somebody who did not agree to it, or who could not put it in either."""
    if not consents:
        return refused(Refusal.CONSENT_MISSING)
    return refused(Refusal.RESIDENT_ELSEWHERE) if lives_elsewhere else Allowed()


def may_judge(idea: IdeaFacts, account_id: int | None, *, merged: bool) -> Verdict:
    """Refuse to test or answer one's own idea, or one that somebody carries out with its author, whatever role they have.

    `merged` says that an idea of theirs went on in it: then it is their own too.
    """
    own = merged or idea.author_id == account_id or account_id in idea.carriers
    return refused(Refusal.OWN_JUDGEMENT) if own else Allowed()


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


def may_admit(
    idea: IdeaFacts,
    outcomes: Mapping[Test, bool],
    terms: TestTerms,
    *,
    needs_cost: bool = True,
    cap_cents: int | None = None,
) -> Verdict:
    """Refuse to make a plan of an idea that was answered, has no cost, costs more than a plan may, or fails a hard test."""
    if not is_waiting(idea):
        return is_waiting(idea)
    if needs_cost and idea.cost_cents is None:
        return refused(Refusal.COST_MISSING)
    return first_refusal(may_cost(idea.cost_cents, cap_cents), passes_tests(idea, outcomes, terms))


def may_cost(cost_cents: int | None, cap_cents: int | None) -> Verdict:
    """Refuse a cost above the most that one plan may ask, both in cents (BoTu: 30,000 euros, seed 001:3528)."""
    if cost_cents is not None and cap_cents is not None and cost_cents > cap_cents:
        return refused(Refusal.OVER_PLAN_CAP, over_cents=cost_cents - cap_cents, cap_cents=cap_cents)
    return Allowed()


def may_reject(idea: IdeaFacts, reason: str) -> Verdict:
    """Refuse to turn an idea down without a reason: the answer is the least an author is owed."""
    if not is_waiting(idea):
        return is_waiting(idea)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_ask_once(*, once: bool, household: str | None, had_one: bool) -> Verdict:
    """Refuse a second request of one household where each gets one (Geluksbudget, seed 000:722), or an unknown one."""
    if once and not household:
        return refused(Refusal.HOUSEHOLD_MISSING)
    if once and had_one:
        return refused(Refusal.HOUSEHOLD_HAD_ONE)
    return Allowed()


def may_join(idea: IdeaFacts, party: Party, organisation: str, *, already: bool, is_staff: bool) -> Verdict:
    """Refuse joining twice, for the gemeente by others than its staff, for an organisation without a name.

    An idea that became a plan still takes members: carrying out is where they are needed.
    """
    if not is_alive(idea):
        return is_alive(idea)
    if already:
        return refused(Refusal.ALREADY_IN_GROUP)
    if (party is Party.GEMEENTE) is not is_staff:
        return refused(Refusal.NOT_YOUR_PARTY)
    if party is Party.ORGANISATION and not organisation.strip():
        return refused(Refusal.ORGANISATION_MISSING)
    return Allowed()
