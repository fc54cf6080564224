"""May this round open, be counted, be paid out?"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from participatie.spelregels.options import MOST_VOTES, may_open_choice
from participatie.spelregels.phases import PhaseFacts, ballot_phase
from participatie.spelregels.rulebooks import Rulebook, RulebookPlan, contradiction_in
from participatie.spelregels.rulesets import may_award
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class RoundStatus(StrEnum):
    """The life of a round. From OPEN on, its rulebook is frozen."""

    DRAFT = "concept"
    OPEN = "geopend"
    COUNTED = "geteld"
    PUBLISHED = "gepubliceerd"


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text (UTF-8) in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def tie_seed(rulebook_sha256: str, ballots_sha256: str) -> str:
    """Return the seed that breaks ties: nobody knows it before the last ballot is in.

    Both hashes are published, so that anybody can make the seed again.
    """
    return sha256_of(f"{rulebook_sha256}\n{ballots_sha256}")


def may_have_round(
    phases: Sequence[PhaseFacts], *, by_vote: bool, min_choices: int, max_choices: int | None
) -> Verdict:
    """Refuse a round of votes in a traject without a voting phase, or one with a minimum above its maximum."""
    if by_vote and ballot_phase(phases) is None:
        return refused(Refusal.NO_VOTING_PHASE)
    if max_choices is not None and min_choices > max_choices:
        return refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices")
    return Allowed()


def may_open_round(rulebook: Rulebook, status: RoundStatus, voters: int) -> Verdict:
    """Refuse opening twice, without plans, assurance or voter roll, or with rules that contradict each other.

    Where one votes with an account, everybody comes on the roll at the moment of casting.
    """
    if status is not RoundStatus.DRAFT:
        return refused(Refusal.ROUND_NOT_DRAFT)
    if rulebook.rule == MOST_VOTES:
        enough = may_open_choice(len(rulebook.plans), rulebook.seats)
        if not enough:
            return enough
    if not rulebook.plans:
        return refused(Refusal.NO_PLANS)
    for plan in rulebook.plans:
        if plan.cost_cents > rulebook.pot_cents:
            return refused(Refusal.PLAN_OVER_POT, plan=plan.name)
    if not rulebook.assurance.strip() or not rulebook.assurance_reason.strip():
        return refused(Refusal.CARD_INCOMPLETE, missing="assurance, assurance_reason")
    if voters == 0 and not rulebook.voting_method.by_account:
        return refused(Refusal.NO_VOTER_ROLL)
    return contradiction_in(rulebook)


def may_change_round(status: RoundStatus) -> Verdict:
    """Refuse to change a round once its rules are frozen."""
    return Allowed() if status is RoundStatus.DRAFT else refused(Refusal.ROUND_NOT_DRAFT)


def may_award_round(rulebook: Rulebook, status: RoundStatus) -> Verdict:
    """Refuse to award twice, without plans, or more than the pot holds."""
    if status is not RoundStatus.DRAFT:
        return refused(Refusal.ALREADY_COUNTED)
    if not rulebook.plans:
        return refused(Refusal.NO_PLANS)
    return holds_plans(rulebook.pot_cents, rulebook.plans)


def holds_plans(pot_cents: int, plans: Sequence[RulebookPlan]) -> Verdict:
    """Refuse a pot that does not hold every plan: where money is awarded, each was admitted on the promise that it does."""
    return may_award(pot_cents, sum(plan.cost_cents for plan in plans), 0)


def may_restart(status: RoundStatus, reason: str) -> Verdict:
    """Refuse to do a vote over without a public reason, before it opened, or once it was counted: then the outcome is known."""
    if status is RoundStatus.DRAFT:
        return refused(Refusal.VOTE_NOT_OPEN)
    if status is not RoundStatus.OPEN:
        return refused(Refusal.RESTART_TOO_LATE)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_issue_codes(status: RoundStatus) -> Verdict:
    """Refuse new codes once the ballots are counted; during the vote a lost letter can still be replaced."""
    if status in (RoundStatus.COUNTED, RoundStatus.PUBLISHED):
        return refused(Refusal.ALREADY_COUNTED)
    return Allowed()


def may_count(status: RoundStatus, closes_at: datetime, now: datetime) -> Verdict:
    """Refuse counting before the close, before the opening, and twice."""
    if status is RoundStatus.DRAFT:
        return refused(Refusal.VOTE_NOT_OPEN)
    if status is not RoundStatus.OPEN:
        return refused(Refusal.ALREADY_COUNTED)
    if now < closes_at:
        return refused(Refusal.VOTE_STILL_OPEN)
    return Allowed()


def may_seal(status: RoundStatus, closes_at: datetime, now: datetime) -> Verdict:
    """Refuse sealing before the close, before the opening, and once the ballots were counted."""
    return may_count(status, closes_at, now)


def may_recount(status: RoundStatus, reason: str) -> Verdict:
    """Refuse to count again before the first count, once the outcome is public, and without a reason."""
    if status in (RoundStatus.DRAFT, RoundStatus.OPEN):
        return refused(Refusal.NOT_COUNTED)
    if status is not RoundStatus.COUNTED:
        return refused(Refusal.ALREADY_DECIDED)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_destroy_secret(status: RoundStatus, objection_until: date | None, today: date) -> Verdict:
    """Refuse before the besluit, and up to and with the last day on which somebody can object to it.

    Until then an objection may ask whether a ballot was cast with a given code; `today` is a day in Amsterdam.
    """
    if status is not RoundStatus.PUBLISHED or objection_until is None:
        return refused(Refusal.NOT_DECIDED)
    if today <= objection_until:
        return refused(Refusal.OBJECTION_TERM_RUNS, until=f"{objection_until:%d-%m-%Y}")
    return Allowed()


def may_carry_out(status: RoundStatus, allocated_cents: int) -> Verdict:
    """Refuse carrying out before the besluit, and of a plan that got no money."""
    if status is not RoundStatus.PUBLISHED:
        return refused(Refusal.NOT_COUNTED)
    return Allowed() if allocated_cents > 0 else refused(Refusal.PLAN_NOT_FUNDED)


def may_pay(payable_cents: int, allocated_cents: int, paid_cents: int, amount_cents: int) -> Verdict:
    """Refuse a payment above what was allocated to the plan, or before the part it belongs to was earned. Cents."""
    after = paid_cents + amount_cents
    if after > allocated_cents:
        return refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=after - allocated_cents)
    if after > payable_cents:
        return refused(Refusal.PART_NOT_EARNED, payable_cents=max(payable_cents - paid_cents, 0))
    return Allowed()


def may_move_step(before: date, done_on: date | None, after: date, reason: str, today: date) -> Verdict:
    """Refuse another day for a step that is done, one that is the same or over already, and one without a reason."""
    if done_on is not None or after == before or after < today:
        return refused(Refusal.EXTENSION_NOT_LATER)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_be_done(done_on: date, today: date) -> Verdict:
    """Refuse to write down as done, or as paid, what is still to come."""
    return refused(Refusal.DAY_TO_COME) if done_on > today else Allowed()


def is_late(due_on: date, done_on: date | None, today: date) -> bool:
    """Tell whether a promised step is past its day and not done."""
    return done_on is None and due_on < today
