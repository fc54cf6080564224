"""What is shown of the work of a panel: its next meeting, its advice with the clock of the answer, and its scores?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelAdvice,
    PanelInterest,
    PanelMeeting,
    ScoreOption,
    ScoreQuestion,
    WithoutAdvice,
    advice_of,
    interests_in_options,
    interests_of,
    meetings_to_come,
    scores_of_questions,
    why_no_advice,
    words_of_questions,
)
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.buurtpanels.work import Spread, spread_of
from participatie.web.clock import now
from participatie.web.formats import decimal
from participatie.web.transaction import db
from participatie.web.words import WORDS

#: What a besluit does with a decision of a panel, which binds.
AFTER_DECISION: Mapping[AdviceUse, LazyString] = {
    AdviceUse.FOLLOWED: _("Het besluit volgt het panel"),
    AdviceUse.PARTLY: _("Het besluit wijkt voor een deel af van het panel"),
    AdviceUse.NOT_FOLLOWED: _("Het besluit wijkt af van het panel"),
}


def use_in_words(mandate: Mandate, use: AdviceUse) -> LazyString:
    """Return what was done with what a panel said, by what that was: advice, or a decision."""
    return AFTER_DECISION[use] if mandate is Mandate.DECIDE else WORDS[use]


@dataclass(frozen=True, slots=True)
class Work:
    """What a page of a panel tells of its work. `versions` are newest first; the answer clock is that of the first."""

    next_meeting: PanelMeeting | None
    versions: Sequence[PanelAdvice]
    without: WithoutAdvice | None
    now: datetime

    @property
    def advice(self) -> PanelAdvice | None:
        """Return the newest version of the advice, if there is any."""
        return self.versions[0] if self.versions else None


def work_of(panel: Buurtpanel) -> Work:
    """Return what the public page of a panel tells of its work, in three queries."""
    moment = now()
    return Work(
        next_meeting=db().scalars(meetings_to_come(panel.id, moment).limit(1)).first(),
        versions=db().scalars(advice_of(panel.id)).all(),
        without=db().scalar(why_no_advice(panel.id)),
        now=moment,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One score of a spread: how many gave it, how high its bar is (0 to 100), and whether it stands apart."""

    score: int
    number: int
    height: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """An option with its spread and the words given with it; `mean` is written out, `interests` counts who may not score."""

    option: ScoreOption
    spread: Spread
    words: Sequence[str]
    interests: int

    @property
    def mean(self) -> str:
        """Return the mean with one decimal, in the visitor's language."""
        return decimal(self.spread.mean) if self.spread.mean is not None else ""

    @property
    def bars(self) -> list[Bar]:
        """Return a bar for each score from 1 to 5; none where only the mean may be shown."""
        highest = max(self.spread.counts, default=0) or 1
        return [
            Bar(
                score,
                number,
                round(100 * number / highest, 1),
                stands_out=bool(number) and self.spread.stands_apart(score),
            )
            for score, number in enumerate(self.spread.counts, start=1)
        ]


def scored(questions: Sequence[ScoreQuestion], *, in_public: bool, with_words: bool) -> Mapping[int, Sequence[Scored]]:
    """Return the options of some questions by the number of the question, in a fixed number of queries."""
    ids = [question.id for question in questions]
    counted: dict[int, list[tuple[int, int]]] = {}
    for option_id, score, number in db().execute(scores_of_questions(ids)):
        counted.setdefault(option_id, []).append((score, number))
    said: dict[int, list[str]] = {}
    if with_words:
        for option_id, words in db().execute(words_of_questions(ids)):
            said.setdefault(option_id, []).append(words)
    interests = dict(db().execute(interests_in_options(ids)).all())
    return {
        question.id: [
            Scored(
                option,
                spread_of(counted.get(option.id, ()), in_public=in_public),
                said.get(option.id, ()),
                interests.get(option.id, 0),
            )
            for option in question.options
        ]
        for question in questions
    }


@dataclass(frozen=True, slots=True)
class Interests:
    """How many members told that they have an interest and that they have none, and the words that may be read."""

    some: int
    none: int
    texts: Sequence[str]


def interests_on(panel: Buurtpanel) -> Interests:
    """Return what the members of a panel declared, without names."""
    declared: Sequence[PanelInterest] = db().scalars(interests_of(panel.id)).all()
    some = [each for each in declared if each.has_interest]
    return Interests(len(some), len(declared) - len(some), [each.text for each in some if each.is_public])
