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
    ALREADY_DECIDED_BEFOREHAND = "already-decided-beforehand"
    CITY_FIRST = "city-first"
    GROUP_WITHOUT_WAY = "group-without-way"
    PHASES_OUT_OF_ORDER = "phases-out-of-order"
    VOTE_NEEDS_MEEBESLISSEN = "vote-needs-meebeslissen"
    POLL_IS_ADVICE = "poll-is-advice"
    ALREADY_OPEN = "already-open"
    NOT_OPEN = "not-open"
    ADDRESS_TAKEN = "address-taken"
    # levels, phases and duties
    SAME_LEVEL = "same-level"
    LEVEL_LOWER_UNEXPLAINED = "level-lower-unexplained"
    LEVEL_FIXED_BY_VOTE = "level-fixed-by-vote"
    PHASE_OVER = "phase-over"
    PHASE_STILL_RUNS = "phase-still-runs"
    PHASE_ALREADY_CLOSED = "phase-already-closed"
    PHASE_NOT_CLOSED = "phase-not-closed"
    EXTENSION_NOT_LATER = "extension-not-later"
    DUTY_OPEN = "duty-open"
    NO_SUCH_DUTY = "no-such-duty"
    DOMINANCE_UNANSWERED = "dominance-unanswered"
    NOTHING_TO_ANSWER = "nothing-to-answer"
    NO_PRODUCT_HERE = "no-product-here"
    PRODUCT_MISSING = "product-missing"
    REACTION_TIME_RUNS = "reaction-time-runs"
    ALREADY_PUBLISHED = "already-published"
    ALREADY_ANSWERED = "already-answered"
    # ideas
    ALREADY_SUPPORTED = "already-supported"
    OWN_IDEA = "own-idea"
    IDEA_NOT_OPEN = "idea-not-open"
    NOT_THE_AUTHOR = "not-the-author"
    OWN_JUDGEMENT = "own-judgement"
    CONSENT_MISSING = "consent-missing"
    RESIDENT_ELSEWHERE = "resident-elsewhere"
    REASON_MISSING = "reason-missing"
    NOT_FROM_RESIDENTS = "not-from-residents"
    TOO_LITTLE_SUPPORT = "too-little-support"
    ONE_PERSONS_INTEREST = "one-persons-interest"
    NO_OWN_CONTRIBUTION = "no-own-contribution"
    OUTSIDE_THE_PLAN = "outside-the-plan"
    NO_OTHER_MONEY_ASKED = "no-other-money-asked"
    LASTING_COST = "lasting-cost"
    NOT_FEASIBLE = "not-feasible"
    NOT_IN_TIME = "not-in-time"
    NO_PARTNER = "no-partner"
    NO_PROJECT_GROUP = "no-project-group"
    PARTY_MISSING = "party-missing"
    OVERHEAD = "overhead"
    TESTS_INCOMPLETE = "tests-incomplete"
    OVER_PLAN_CAP = "over-plan-cap"
    HOUSEHOLD_MISSING = "household-missing"
    HOUSEHOLD_HAD_ONE = "household-had-one"
    ALREADY_IN_GROUP = "already-in-group"
    NOT_YOUR_PARTY = "not-your-party"
    ORGANISATION_MISSING = "organisation-missing"
    NOTHING_TO_OVERRIDE = "nothing-to-override"
    SAME_PERSON = "same-person"
    OVERRIDE_SETTLED = "override-settled"
    COST_MISSING = "cost-missing"
    OWN_RIVAL = "own-rival"
    ALREADY_HIDDEN = "already-hidden"
    NOT_HIDDEN = "not-hidden"
    # translations of what people wrote
    SAME_LANGUAGE = "same-language"
    TRANSLATION_INCOMPLETE = "translation-incomplete"
    TRANSLATION_WAITS = "translation-waits"
    TRANSLATION_JUDGED = "translation-judged"
    TRANSLATION_STALE = "translation-stale"
    OWN_TRANSLATION = "own-translation"
    # photos
    TOO_MANY_PHOTOS = "too-many-photos"
    ALT_MISSING = "alt-missing"
    PHOTO_TOO_LARGE = "photo-too-large"
    PHOTO_UNREADABLE = "photo-unreadable"
    # places
    PLACE_OUTSIDE = "place-outside"
    NO_MAP_HERE = "no-map-here"
    # rounds and ballots
    NO_VOTING_PHASE = "no-voting-phase"
    ROUND_NOT_DRAFT = "round-not-draft"
    NO_PLANS = "no-plans"
    TOO_FEW_OPTIONS = "too-few-options"
    OPTION_TWICE = "option-twice"
    NO_OPTIONS_HERE = "no-options-here"
    NO_VOTER_ROLL = "no-voter-roll"
    PLAN_OVER_POT = "plan-over-pot"
    RULEBOOK_CONTRADICTS = "rulebook-contradicts"
    RULES_SAY_OTHERWISE = "rules-say-otherwise"
    NO_MONEY_HERE = "no-money-here"
    NO_VOTE_HERE = "no-vote-here"
    NO_AWARD_HERE = "no-award-here"
    POT_EMPTY = "pot-empty"
    RESTART_TOO_LATE = "restart-too-late"
    VOTE_NOT_OPEN = "vote-not-open"
    VOTE_BEGAN_ANEW = "vote-began-anew"
    VOTE_CLOSED = "vote-closed"
    VOTE_STILL_OPEN = "vote-still-open"
    VOTING_CODE_WRONG = "voting-code-wrong"
    TOO_MANY_GUESSES = "too-many-guesses"
    TOO_MANY_WRONG_CODES = "too-many-wrong-codes"
    CODE_REVOKED = "code-revoked"
    CODE_OF_REVOKED_BATCH = "code-of-revoked-batch"
    CODE_USED_ELSEWHERE = "code-used-elsewhere"
    KENMERK_UNKNOWN = "kenmerk-unknown"
    CODE_ALREADY_USED = "code-already-used"
    CODE_ALREADY_REVOKED = "code-already-revoked"
    TOO_MANY_LETTERS = "too-many-letters"
    CODES_ALREADY_MADE = "codes-already-made"
    PROXY_NOT_PASSED_ON = "proxy-not-passed-on"
    PROXY_WITHOUT_CONSENT = "proxy-without-consent"
    BATCH_REVOKED = "batch-revoked"
    REVOKING_TOO_LATE = "revoking-too-late"
    SECRET_GONE = "secret-gone"  # noqa: S105 - the name of a refusal
    TOO_FEW_CHOICES = "too-few-choices"
    TOO_MANY_CHOICES = "too-many-choices"
    TOO_MANY_IN_CATEGORY = "too-many-in-category"
    OVER_BUDGET = "over-budget"
    OVER_CATEGORY_BUDGET = "over-category-budget"
    CHOICE_TWICE = "choice-twice"
    CHOICE_UNKNOWN = "choice-unknown"
    CAST_KEY_WRONG = "cast-key-wrong"
    TOO_FEW_IN_CATEGORY = "too-few-in-category"
    POINTS_WRONG = "points-wrong"
    TOO_MANY_POINTS = "too-many-points"
    TOO_MANY_POINTS_ON_PLAN = "too-many-points-on-plan"
    PLACE_WRONG = "place-wrong"
    PLACE_TWICE = "place-twice"
    VOTING_CODE_GONE = "voting-code-gone"
    # who may vote, and where somebody lives
    VOTES_BY_ACCOUNT = "votes-by-account"
    VOTES_BY_LETTER = "votes-by-letter"
    RESIDENCE_UNKNOWN = "residence-unknown"
    RESIDENCE_OTHER_WAY = "residence-other-way"
    RESIDENCE_ELSEWHERE = "residence-elsewhere"
    RESIDENCE_KNOWN = "residence-known"
    RESIDENCE_CODE_WRONG = "residence-code-wrong"
    RESIDENCE_CODE_USED = "residence-code-used"
    TOO_MANY_RESIDENCE_TRIES = "too-many-residence-tries"
    LOGIN_FAILED = "login-failed"
    LOGIN_SERVICE_DOWN = "login-service-down"
    IDENTITY_TAKEN = "identity-taken"
    # votes on paper
    PAPER_NOT_IN_TIME = "paper-not-in-time"
    PAPER_CODE_WRONG = "paper-code-wrong"
    STACK_NAME_TAKEN = "stack-name-taken"
    STACK_VOID = "stack-void"
    STACK_INCOMPLETE = "stack-incomplete"
    STACK_UNSIGNED = "stack-unsigned"
    SHEET_UNKNOWN = "sheet-unknown"
    SHEET_ENTERED_BY_YOU = "sheet-entered-by-you"
    SHEET_SETTLED = "sheet-settled"
    SHEETS_IN_USE = "sheets-in-use"
    TOTALS_DIFFER = "totals-differ"
    ENTRY_STAYS = "entry-stays"
    NO_MISMATCH = "no-mismatch"
    LINE_UNREADABLE = "line-unreadable"
    # counting and deciding
    NOT_COUNTED = "not-counted"
    COUNT_OUTDATED = "count-outdated"
    ALREADY_COUNTED = "already-counted"
    SEAL_BROKEN = "seal-broken"
    ALREADY_DECIDED = "already-decided"
    NOT_DECIDED = "not-decided"
    OBJECTION_TERM_RUNS = "objection-term-runs"
    DEVIATION_WITHOUT_GROUND = "deviation-without-ground"
    ADVICE_UNANSWERED = "advice-unanswered"
    PLAN_NOT_FUNDED = "plan-not-funded"
    AMOUNT_OVER_ALLOCATED = "amount-over-allocated"
    PART_NOT_EARNED = "part-not-earned"
    DAY_TO_COME = "day-to-come"


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
