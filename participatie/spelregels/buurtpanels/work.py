"""What may a panel do when: meet, score, declare an interest, give its advice? And when is it answered?

Scores go from 1 to 5, need no words, and can be changed until the close (BoTu, seed 001:3532). A spread is shown as
numbers and never with a name.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from participatie.spelregels.answers import term_ends
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

LOWEST, HIGHEST = 1, 5
FEWEST_OPTIONS, MOST_OPTIONS = 1, 40
#: With fewer scores than this the spread would tell who gave what; the mean is all that is published then.
FEWEST_IN_SPREAD = 5
#: So far from the middle score somebody stands apart, and may be asked to tell more.
APART = 2


def may_plan_meeting(status: PanelStatus, starts_at: datetime, ends_at: datetime, now: datetime) -> Verdict:
    """Refuse a meeting of a panel that does not sit yet or any more, one in the past, and one that ends before it begins."""
    if status in (PanelStatus.DRAFT, PanelStatus.CLOSED):
        return refused(Refusal.PANEL_NOT_SITTING)
    if not starts_at < ends_at:
        return refused(Refusal.MEETING_ENDS_WRONG)
    return Allowed() if starts_at > now else refused(Refusal.MEETING_IN_THE_PAST)


def may_touch_meeting(cancelled_at: datetime | None, ends_at: datetime, now: datetime) -> Verdict:
    """Refuse to change or cancel a meeting that was cancelled, or that is over."""
    return refused(Refusal.MEETING_OVER) if cancelled_at is not None or ends_at <= now else Allowed()


def is_sitting(status: PanelStatus) -> Verdict:
    """Refuse what a panel does only while it is at work."""
    return Allowed() if status is PanelStatus.SITTING else refused(Refusal.PANEL_NOT_SITTING)


def may_write_question(status: PanelStatus, opened_at: datetime | None, options: Sequence[str]) -> Verdict:
    """Refuse a question without options or with one twice, and to change it when members could score."""
    if opened_at is not None:
        return refused(Refusal.SCORES_FROZEN)
    if status is PanelStatus.CLOSED:
        return refused(Refusal.PANEL_NOT_SITTING)
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return refused(Refusal.SCORE_OPTIONS_WRONG, fewest=FEWEST_OPTIONS, most=MOST_OPTIONS)
    if len({option.casefold() for option in options}) < len(options):
        return refused(Refusal.OPTION_TWICE)
    return Allowed()


def may_open_question(
    status: PanelStatus, opened_at: datetime | None, *, one_at_a_time: bool, others_open: int
) -> Verdict:
    """Refuse to open a question twice, and a second one beside it where the rules ask *which* before *how much*."""
    sits = is_sitting(status)
    if not sits:
        return sits
    if opened_at is not None:
        return refused(Refusal.SCORES_FROZEN)
    return refused(Refusal.QUESTION_BEFORE_OPEN) if one_at_a_time and others_open else Allowed()


def may_close_question(opened_at: datetime | None, closed_at: datetime | None) -> Verdict:
    """Refuse to close a question that is not open."""
    return refused(Refusal.SCORES_NOT_OPEN) if opened_at is None or closed_at is not None else Allowed()


def may_score(
    *,
    is_open: bool,
    declared: bool,
    scores: Collection[int],
    options_are_there: bool,
    touches_interest: bool,
) -> Verdict:
    """Refuse a score outside 1 to 5 or on something else, before or after, without having told one's interest, or with one."""
    if not is_open:
        return refused(Refusal.SCORES_NOT_OPEN)
    if not declared:
        return refused(Refusal.INTEREST_NOT_TOLD)
    if touches_interest:
        return refused(Refusal.INTEREST_IN_OPTION)
    if not options_are_there or any(not LOWEST <= score <= HIGHEST for score in scores):
        return refused(Refusal.SCORE_WRONG)
    return Allowed()


def may_declare(*, has_interest: bool, text: str) -> Verdict:
    """Refuse an interest that is not told."""
    return refused(Refusal.INTEREST_WITHOUT_WORDS) if has_interest and not text.strip() else Allowed()


@dataclass(frozen=True, slots=True)
class Spread:
    """How one option was scored. `counts` holds how many gave 1 to 5, and is empty where only the mean may be shown.

    `middle` is the middle score; `below` and `above` are how many stand at least two points from it.
    """

    given: int
    mean: Fraction | None
    counts: tuple[int, ...] = ()
    middle: Fraction | None = None
    below: int = 0
    above: int = 0

    def stands_apart(self, score: int) -> bool:
        """Tell whether somebody with this score stands at least two points from the middle one."""
        return self.middle is not None and abs(self.middle - score) >= APART


def spread_of(counted: Iterable[tuple[int, int]], *, in_public: bool) -> Spread:
    """Return the spread of (score, how often) pairs; in public the counts of fewer than five scores are left out."""
    found = dict(counted)
    counts = tuple(found.get(score, 0) for score in range(LOWEST, HIGHEST + 1))
    given = sum(counts)
    if not given:
        return Spread(0, None, () if in_public else counts)
    mean = Fraction(sum(score * number for score, number in enumerate(counts, start=LOWEST)), given)
    if in_public and given < FEWEST_IN_SPREAD:
        return Spread(given, mean)
    every = [score for score, number in enumerate(counts, start=LOWEST) for _one in range(number)]
    middle = Fraction(every[(given - 1) // 2] + every[given // 2], 2)
    below = sum(middle - score >= APART for score in every)
    above = sum(score - middle >= APART for score in every)
    return Spread(given, mean, counts, middle, below, above)


def may_publish_advice(
    status: PanelStatus, *, open_questions: int, text: str, how: str, correction: str, version: int
) -> Verdict:
    """Refuse advice of a panel that does not sit, while scores are given, and without words on what, how and what changed."""
    sits = is_sitting(status)
    if not sits:
        return sits
    if open_questions:
        return refused(Refusal.SCORES_STILL_OPEN)
    if not text.strip() or not how.strip() or (version > 1 and not correction.strip()):
        return refused(Refusal.ADVICE_WORDS_MISSING)
    return Allowed()


def answer_due_at(now: datetime, answer_days: int, before: datetime | None, *, before_answered: bool) -> datetime:
    """Return until when the gemeente answers: a correction of what waits keeps its day, one of what was answered has a new one.

    The whole last day counts, as with every answer.
    """
    if before is not None and not before_answered:
        return before
    return term_ends(now, answer_days)


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What the gemeente answers: what it does with the advice, in words, and by which ground it departs from a decision."""

    decision_body: str
    use: AdviceUse | None
    taken_over: str
    not_taken_over: str
    ground: DeviationGround | None = None


def may_answer_advice(mandate: Mandate, answer: AnswerWords, *, answered: bool) -> Verdict:
    """Refuse a second answer, one that does not say what is taken over, or what is not and why.

    A decision of the panel binds: the besluit follows it, or names a ground of the list and its reasons.
    """
    if answered:
        return refused(Refusal.ALREADY_ANSWERED)
    if answer.use is None:
        return refused(Refusal.ADVICE_UNANSWERED)
    follows = answer.use is AdviceUse.FOLLOWED
    if mandate is Mandate.DECIDE and not follows and answer.ground is None:
        return refused(Refusal.DEVIATION_WITHOUT_GROUND)
    if not follows and not answer.not_taken_over.strip():
        return refused(Refusal.REASON_MISSING)
    if answer.use is not AdviceUse.NOT_FOLLOWED and not answer.taken_over.strip():
        return refused(Refusal.TAKEN_OVER_MISSING)
    return Allowed()


def may_explain_no_advice(status: PanelStatus, *, advised: bool, explained: bool, reason: str) -> Verdict:
    """Refuse to say that there is no advice where there is one, twice, or without a reason."""
    sits = is_sitting(status)
    if not sits:
        return sits
    if advised or explained:
        return refused(Refusal.ALREADY_PUBLISHED)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_close_panel(*, advised: bool, explained: bool, open_questions: int) -> Verdict:
    """Refuse to close a panel that still scores, or of which nobody can read what it advised or why it did not."""
    if open_questions:
        return refused(Refusal.SCORES_STILL_OPEN)
    return Allowed() if advised or explained else refused(Refusal.ADVICE_MISSING)
