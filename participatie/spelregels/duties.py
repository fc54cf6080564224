"""What does each level oblige the gemeente to, by when, and was it done?

The table of levels (seed 004 from 1272). Duties add up with the levels, as rights do. `closing.py` says when a phase
or a traject may close; a duty that needs more time is extended in public, with a reason and a day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from participatie.spelregels.answers import term_ends
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Do
from participatie.spelregels.phases import (
    OPEN_TO_INPUT,
    WITH_BALLOTS,
    WITH_PRODUCT,
    PhaseFacts,
    PhaseKind,
    asks_advice,
    ballot_phase,
)


class Duty(StrEnum):
    """What the gemeente must do."""

    NEWS = "nieuws geven"
    DISPUTES = "geschillen beantwoorden"
    PRODUCT = "stuk publiceren"
    ANSWERS = "ideeën beantwoorden"
    ADVICE = "advies van een buurtpanel beantwoorden"
    REPORT = "eindverslag uitbrengen"
    RESPONSIBLE = "verantwoordelijken noemen"
    BESLUIT = "besluit nemen"
    CARRY_OUT = "uitslag uitvoeren"


#: The level from which a duty holds.
FROM_LEVEL: Mapping[Duty, Level] = {
    Duty.NEWS: Level.MEEWETEN,
    Duty.DISPUTES: Level.MEEWETEN,
    Duty.PRODUCT: Level.MEEWETEN,
    Duty.REPORT: Level.MEEWETEN,
    Duty.ANSWERS: Level.MEEDENKEN,
    Duty.ADVICE: Level.MEEDENKEN,
    Duty.RESPONSIBLE: Level.MEEDOEN,
    Duty.BESLUIT: Level.MEEBESLISSEN,
    Duty.CARRY_OUT: Level.MEEBESLISSEN,
}

#: The duties that a phase of a kind must have behind it; the others are asked when the traject closes.
#: What is open counts for a phase only where it belongs to that phase: ideas put in before its end, its own document.
OF_PHASE: Mapping[PhaseKind, tuple[Duty, ...]] = {
    **dict.fromkeys((*OPEN_TO_INPUT, PhaseKind.ASSESS), (Duty.ANSWERS,)),
    PhaseKind.ANALYSE: (Duty.ANSWERS, Duty.PRODUCT),
    PhaseKind.AGENDA: (Duty.ANSWERS, Duty.PRODUCT),
    PhaseKind.PROGRAMME: (Duty.ANSWERS, Duty.PRODUCT),
    PhaseKind.POLL: (),
    PhaseKind.VOTE: (),
    PhaseKind.DECIDE: (Duty.BESLUIT,),
    PhaseKind.EXECUTE: (Duty.RESPONSIBLE, Duty.CARRY_OUT),
    PhaseKind.ACCOUNT: (Duty.PRODUCT,),
}

#: Weeks between the end of a vote and the besluit, in days.
BESLUIT_DAYS = 42
#: From the besluit until somebody of the gemeente stands beside every plan, in days.
RESPONSIBLE_DAYS = 28
#: From the end of the last phase until the report, in days.
REPORT_DAYS = 56


class DutyState(StrEnum):
    """How it stands with a duty."""

    LATER = "later"
    KEPT = "nagekomen"
    DUE = "loopt"
    OVERDUE = "te laat"


@dataclass(frozen=True, slots=True)
class DutyFigures:
    """What was done so far. `oldest_*` are moments; counts are of what is still open.

    `besluit_needed` holds where there is money to divide, by a vote or by award, among plans that are there or may
    still come (see `may_bring_plans`); `chooses` where residents choose among options, and nothing is paid.
    `plans_not_done` counts the plans that got money and are without their result, or of which a cent is still open.
    `products_missing` counts phases whose document was not adopted and whose dates are over or running.
    `advices` counts the panels that gave advice or decided; `advice_due_at` is when the first answer is due.
    `extended` holds the last moment promised in public for a duty that needed more time.
    """

    opened_at: datetime
    last_news_at: datetime
    unanswered: int = 0
    oldest_unanswered_at: datetime | None = None
    advices: int = 0
    advices_unanswered: int = 0
    advice_due_at: datetime | None = None
    disputes: int = 0
    oldest_dispute_at: datetime | None = None
    products_missing: int = 0
    product_due_at: datetime | None = None
    report_at: datetime | None = None
    besluit_needed: bool = False
    chooses: bool = False
    besluit_at: datetime | None = None
    plans_without_responsible: int = 0
    plans_not_done: int = 0
    is_closed: bool = False
    extended: Mapping[Duty, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that the card and the rules promise, in days; `execution_days` None: by the end of the last phase."""

    answer_days: int
    news_days: int
    execution_days: int | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty as it stands: until when, how many things are open, and whether more time was taken in public."""

    duty: Duty
    state: DutyState
    due_at: datetime | None
    open: int = 0
    extended: bool = False


def obligations(
    phases: Sequence[PhaseFacts], figures: DutyFigures, terms: Terms, now: datetime
) -> tuple[Obligation, ...]:
    """Return every duty that this traject has by its levels and phases, in the order of the levels, as it stands at `now`."""
    highest = max((phase.level for phase in phases), key=lambda level: level.rank, default=Level.MEEWETEN)
    wanted = [duty for duty, level in FROM_LEVEL.items() if highest.reaches(level)]
    if Duty.CARRY_OUT not in wanted:
        wanted.append(Duty.CARRY_OUT)  # what came of money is told at any level (fixture D3 of seed 004)
    if Duty.BESLUIT not in wanted and asks_advice(phases):
        wanted.append(Duty.BESLUIT)  # an outcome comes out with the besluit, so who asks for advice owes one
    made = (_LOOK[duty](duty, _Look(phases, figures, terms, now)) for duty in wanted)
    return tuple(obligation for obligation in made if obligation is not None)


@dataclass(frozen=True, slots=True)
class _Look:
    phases: Sequence[PhaseFacts]
    figures: DutyFigures
    terms: Terms
    now: datetime

    def last_end(self) -> datetime:
        return max((phase.ends_at for phase in self.phases), default=self.figures.opened_at)

    def has(self, *kinds: PhaseKind) -> bool:
        return any(phase.kind in kinds for phase in self.phases)

    def judge(
        self, duty: Duty, due_at: datetime | None, open_now: int, *, from_moment: datetime | None = None
    ) -> Obligation:
        """Judge one duty; one with `from_moment` does not begin before it."""
        if not open_now:
            return Obligation(duty, DutyState.KEPT, None)
        promised = self.figures.extended.get(duty)
        if due_at is not None and promised is not None:
            due_at = max(due_at, promised)
        extended = promised is not None and self.now <= promised
        if due_at is not None and self.now > due_at:
            state = DutyState.OVERDUE
        else:
            state = DutyState.LATER if from_moment is not None and self.now < from_moment else DutyState.DUE
        return Obligation(duty, state, due_at, open_now, extended)

    def after_besluit(self, duty: Duty, due_at: datetime | None, open_now: int) -> Obligation:
        """Judge a duty about the plans that got money: before the besluit nobody knows which, so it waits for that."""
        if self.figures.besluit_needed and self.figures.besluit_at is None:
            return replace(self.judge(duty, None, 1), state=DutyState.LATER)
        return self.judge(duty, due_at, open_now)


def may_bring_plans(phases: Sequence[PhaseFacts], now: datetime, *, chooses: bool = False) -> bool:
    """Tell whether an idea may still be admitted at `now` or later: until then a besluit about money is to be expected.

    Where residents choose among options (`chooses`), those may come until the ballots are closed.
    """
    kinds = WITH_BALLOTS if chooses else TABLE[Do.ADMIT_IDEA].during
    return any(phase.kind in kinds and now < phase.ends_at for phase in phases)


def _news(duty: Duty, at: _Look) -> Obligation | None:
    if at.figures.is_closed:
        return None
    due_at = at.figures.last_news_at + timedelta(days=at.terms.news_days)
    judged = at.judge(duty, due_at, int(at.now > due_at))
    # Kept for now: the next news has its day too.
    return replace(judged, due_at=due_at) if judged.state is DutyState.KEPT else judged


def _disputes(duty: Duty, at: _Look) -> Obligation | None:
    return at.judge(duty, _term(at.figures.oldest_dispute_at, at.terms.answer_days), at.figures.disputes)


def _product(duty: Duty, at: _Look) -> Obligation | None:
    if not at.has(*WITH_PRODUCT):
        return None
    return at.judge(duty, at.figures.product_due_at, at.figures.products_missing)


def _answers(duty: Duty, at: _Look) -> Obligation | None:
    return at.judge(duty, _term(at.figures.oldest_unanswered_at, at.terms.answer_days), at.figures.unanswered)


def _advice(duty: Duty, at: _Look) -> Obligation | None:
    if not at.figures.advices:
        return None  # it is owed from the day on which a panel gave its advice
    return at.judge(duty, at.figures.advice_due_at, at.figures.advices_unanswered)


def _report(duty: Duty, at: _Look) -> Obligation | None:
    due_at = at.last_end() + timedelta(days=REPORT_DAYS)
    return at.judge(duty, due_at, int(at.figures.report_at is None), from_moment=at.last_end())


def _responsible(duty: Duty, at: _Look) -> Obligation | None:
    if not at.has(PhaseKind.EXECUTE) or at.figures.chooses:
        return None
    due_at = _after(at.figures.besluit_at, RESPONSIBLE_DAYS) or at.last_end()
    return at.after_besluit(duty, due_at, at.figures.plans_without_responsible)


def _besluit(duty: Duty, at: _Look) -> Obligation | None:
    if not at.figures.besluit_needed:
        return None
    ballots = ballot_phase(at.phases)
    vote_end = ballots.ends_at if ballots is not None else at.last_end()
    due_at = vote_end + timedelta(days=BESLUIT_DAYS)
    return at.judge(duty, due_at, int(at.figures.besluit_at is None), from_moment=vote_end)


def _carry_out(duty: Duty, at: _Look) -> Obligation | None:
    if not at.figures.besluit_needed or at.figures.chooses:
        return None  # without money residents carry out themselves, and no steps are recorded
    promised = _after(at.figures.besluit_at, at.terms.execution_days)
    return at.after_besluit(duty, promised or at.last_end(), at.figures.plans_not_done)


_LOOK: Mapping[Duty, Callable[[Duty, _Look], Obligation | None]] = {
    Duty.NEWS: _news,
    Duty.DISPUTES: _disputes,
    Duty.PRODUCT: _product,
    Duty.ANSWERS: _answers,
    Duty.ADVICE: _advice,
    Duty.REPORT: _report,
    Duty.RESPONSIBLE: _responsible,
    Duty.BESLUIT: _besluit,
    Duty.CARRY_OUT: _carry_out,
}


def _term(since: datetime | None, days: int) -> datetime | None:
    return term_ends(since, days) if since is not None else None


def _after(moment: datetime | None, days: int | None) -> datetime | None:
    return moment + timedelta(days=days) if moment is not None and days is not None else None
