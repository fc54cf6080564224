"""What does a spelregel answer? `Allowed()`, or `Refused(code, facts)`: never prose, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Refusal(StrEnum):
    """Every reason to say no. `web/refusals.py` holds the sentence for each."""

    # who, where, when
    LOG_IN_FIRST = "log-in-first"
    NOT_YOUR_ROLE = "not-your-role"
    NOT_YOUR_AREA = "not-your-area"
    NO_PHASE_OPEN = "no-phase-open"
    WRONG_PHASE = "wrong-phase"
    LEVEL_TOO_LOW = "level-too-low"
    # accounts
    CODE_WRONG = "code-wrong"
    TOO_MANY_MAILS = "too-many-mails"
    ROLE_NOT_GIVEN = "role-not-given"
    # trajecten
    CARD_INCOMPLETE = "card-incomplete"
    LEVEL_WITHOUT_ROOM = "level-without-room"
    PHASES_OUT_OF_ORDER = "phases-out-of-order"
    VOTE_NEEDS_MEEBESLISSEN = "vote-needs-meebeslissen"
    ALREADY_OPEN = "already-open"
    ADDRESS_TAKEN = "address-taken"
    # ideas
    ALREADY_SUPPORTED = "already-supported"
    OWN_IDEA = "own-idea"
    IDEA_NOT_OPEN = "idea-not-open"
    NOT_THE_AUTHOR = "not-the-author"
    REASON_MISSING = "reason-missing"
    TEST_FAILED = "test-failed"
    TESTS_INCOMPLETE = "tests-incomplete"
    COST_MISSING = "cost-missing"
    OWN_RIVAL = "own-rival"
    ALREADY_HIDDEN = "already-hidden"
    NOT_HIDDEN = "not-hidden"
    # rounds and ballots
    NO_VOTING_PHASE = "no-voting-phase"
    ROUND_NOT_DRAFT = "round-not-draft"
    NO_PLANS = "no-plans"
    NO_VOTER_ROLL = "no-voter-roll"
    PLAN_OVER_POT = "plan-over-pot"
    RULEBOOK_CONTRADICTS = "rulebook-contradicts"
    VOTE_NOT_OPEN = "vote-not-open"
    VOTE_CLOSED = "vote-closed"
    VOTE_STILL_OPEN = "vote-still-open"
    VOTING_CODE_WRONG = "voting-code-wrong"
    TOO_MANY_GUESSES = "too-many-guesses"
    CODE_REVOKED = "code-revoked"
    CODE_USED_ELSEWHERE = "code-used-elsewhere"
    TOO_FEW_CHOICES = "too-few-choices"
    TOO_MANY_CHOICES = "too-many-choices"
    TOO_MANY_IN_CATEGORY = "too-many-in-category"
    OVER_BUDGET = "over-budget"
    OVER_CATEGORY_BUDGET = "over-category-budget"
    CHOICE_TWICE = "choice-twice"
    CHOICE_UNKNOWN = "choice-unknown"
    # counting and deciding
    NOT_COUNTED = "not-counted"
    ALREADY_COUNTED = "already-counted"
    ALREADY_DECIDED = "already-decided"
    NOT_DECIDED = "not-decided"
    OBJECTION_TERM_RUNS = "objection-term-runs"
    DEVIATION_WITHOUT_GROUND = "deviation-without-ground"
    PLAN_NOT_FUNDED = "plan-not-funded"
    AMOUNT_OVER_ALLOCATED = "amount-over-allocated"


Fact = int | str


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. Truthy, so that a template may ask `{% if verdict %}`."""

    def __bool__(self) -> bool:
        """Return True: the act may go on."""
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """No, with the code of the rule and the facts its sentence needs (cents, counts, names)."""

    code: Refusal
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return False: the act stops here."""
        return False


Verdict = Allowed | Refused


def refused(code: Refusal, **facts: Fact) -> Refused:
    """Say no, with the facts by name: `refused(Refusal.OVER_BUDGET, over_cents=50_000)`."""
    return Refused(code, facts)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """Return the first no among the verdicts, or Allowed when all say yes."""
    return next((verdict for verdict in verdicts if isinstance(verdict, Refused)), Allowed())
