"""May this besluit be published? At meebeslissen it equals the outcome, or names the ground for deviating."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.wijkbudget import RoundStatus

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class SubjectKind(StrEnum):
    """What a besluit is about. Others may come: the column that holds it has no list."""

    ROUND = "verdeling"
    IDEA = "idee"
    TRAJECT = "traject"
    PANEL = "buurtpanel"


class Outcome(StrEnum):
    """What is decided about an idea, a traject or what a panel said. About a round that is the count, which the besluit follows or not."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"


class DeviationGround(StrEnum):
    """The only grounds on which a gemeente may depart from what residents decided."""

    LAW = "de wet staat het niet toe"
    SAFETY = "gevaar voor mensen"
    MONEY_GONE = "het geld is er niet meer"
    PLAN_WITHDRAWN = "de bedenkers trokken het plan terug"


class AdviceUse(StrEnum):
    """What a besluit did with the advice of residents. It binds nobody, but it is answered, for ever to be read."""

    FOLLOWED = "gevolgd"
    PARTLY = "deels gevolgd"
    NOT_FOLLOWED = "niet gevolgd"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Which plans do not go ahead though residents chose them: the numbers that the besluit names.

    `chosen` are the numbers that the outcome chose or gave money, `spent` those for which money was committed, paid or
    given back, or that came to a result. `stopped` did not go ahead until now, and the besluit about their idea says no.
    """

    named: Collection[int] = ()
    chosen: Collection[int] = ()
    spent: Collection[int] = ()
    stopped: Collection[int] = ()


def may_publish_besluit(
    status: RoundStatus,
    *,
    motivation: str,
    deviates: bool,
    ground: DeviationGround | None,
    withheld: Withheld = Withheld(),
    is_advice: bool = False,
    advice_use: AdviceUse | None = None,
) -> Verdict:
    """Refuse a besluit before the count, a second one, one without reasons, or a deviation without a listed ground.

    A deviation also names the plans that do not go ahead. After advice (`is_advice`) no ground is asked: that besluit is free, and refused only while it does not say what was
    done with the advice.
    """
    if status is RoundStatus.PUBLISHED:
        return refused(Refusal.ALREADY_DECIDED)
    if status is not RoundStatus.COUNTED:
        return refused(Refusal.NOT_COUNTED)
    return may_explain(
        motivation=motivation, deviates=deviates, ground=ground, withheld=withheld, is_advice=is_advice,
        advice_use=advice_use,
    )  # fmt: skip


def may_explain(
    *,
    motivation: str,
    deviates: bool,
    ground: DeviationGround | None,
    withheld: Withheld = Withheld(),
    is_advice: bool = False,
    advice_use: AdviceUse | None = None,
) -> Verdict:
    """Refuse what a besluit about a round says, at its publication and at each correction, as above.

    A deviation can only withhold what residents chose, and not what was spent already: money for a plan that they did
    not choose is no ground of the list. What does not deviate withholds nothing, whatever is named. Nothing goes ahead
    again beside a no about its idea. Advice is not left any more once money of it was spent.
    """
    if not motivation.strip():
        return refused(Refusal.REASON_MISSING)
    if is_advice:
        if advice_use is None:
            return refused(Refusal.ADVICE_UNANSWERED)
        return _unspent(withheld.spent if advice_use is AdviceUse.NOT_FOLLOWED else ())
    freed = set(withheld.stopped).difference(withheld.named if deviates else ())
    if freed:
        return refused(Refusal.IDEA_SAYS_NO, number=min(freed))
    return _may_deviate(ground, withheld) if deviates else Allowed()


def _may_deviate(ground: DeviationGround | None, withheld: Withheld) -> Verdict:
    if ground is None:
        return refused(Refusal.DEVIATION_WITHOUT_GROUND)
    named = set(withheld.named)
    if not named:
        return refused(Refusal.DEVIATION_WITHOUT_PLAN)
    if not named.issubset(withheld.chosen):
        return refused(Refusal.DEVIATION_NOT_CHOSEN)
    return _unspent(named.intersection(withheld.spent))


def _unspent(spent: Collection[int]) -> Verdict:
    return refused(Refusal.WITHHELD_HAS_MONEY, number=min(spent)) if spent else Allowed()


def may_decide_idea(status: IdeaStatus, *, hidden: bool) -> Verdict:
    """Refuse a besluit about an idea that its author has no answer to, or that is not there any more."""
    if hidden or status is IdeaStatus.WITHDRAWN:
        return refused(Refusal.IDEA_NOT_OPEN)
    return refused(Refusal.ANSWER_FIRST) if status is IdeaStatus.PUBLISHED else Allowed()


#: What a besluit decides where it does with the advice of a panel what the answer to the panel said.
OUTCOME_OF = {AdviceUse.FOLLOWED: Outcome.YES, AdviceUse.PARTLY: Outcome.PARTLY, AdviceUse.NOT_FOLLOWED: Outcome.NO}


def may_decide_advice(answered_as: AdviceUse | None, *, is_newest: bool) -> Verdict:
    """Refuse a besluit about a text of a panel that is not the newest, or that the panel has no answer to."""
    if not is_newest:
        return refused(Refusal.ADVICE_CHANGED)
    return Allowed() if answered_as is not None else refused(Refusal.ANSWER_PANEL_FIRST)


def may_differ_from_answer(outcome: Outcome | None, answered_as: AdviceUse, *, binds: bool) -> Verdict:
    """Refuse to decide something else than what the panel was answered. What `binds`, is asked a ground instead."""
    same = binds or outcome is OUTCOME_OF[answered_as]
    return Allowed() if same else refused(Refusal.BESLUIT_NOT_AS_ANSWERED)


def may_decide_beside(round_status: RoundStatus | None) -> Verdict:
    """Refuse a besluit about what a round decides before the round has its own, and so before its outcome is public."""
    return Allowed() if round_status in (None, RoundStatus.PUBLISHED) else refused(Refusal.ROUND_FIRST)


def may_state(
    outcome: Outcome | None,
    *,
    motivation: str,
    ground: DeviationGround | None,
    bound: Outcome | None,
    goes_ahead: bool = False,
) -> Verdict:
    """Refuse a besluit without outcome or reasons, or one that departs without a listed ground from what residents chose.

    `bound` is what residents decided together; None where they did not. What `goes_ahead` by the besluit about its
    round, is stopped there, where its money is, and not by a no beside it.
    """
    if outcome is None:
        return refused(Refusal.OUTCOME_MISSING)
    if not motivation.strip():
        return refused(Refusal.REASON_MISSING)
    if deviates_from(bound, outcome) and ground is None:
        return refused(Refusal.DEVIATION_WITHOUT_GROUND)
    return refused(Refusal.WITHHOLD_FIRST) if goes_ahead and outcome is Outcome.NO else Allowed()


def deviates_from(bound: Outcome | None, outcome: Outcome | None) -> bool:
    """Tell whether a besluit departs from what residents decided."""
    return bound is not None and outcome is not bound


def may_date(decided_on: date, today: date, no_objection: str | None) -> Verdict:
    """Refuse a besluit of a day to come, or one that nobody can object to without the reason why (None: they can)."""
    if decided_on > today:
        return refused(Refusal.DAY_TO_COME)
    if no_objection is not None and not no_objection.strip():
        return refused(Refusal.NO_OBJECTION_UNEXPLAINED)
    return Allowed()


def may_correct(*, seen: int, latest: int, reason: str, changed: Sequence[str]) -> Verdict:
    """Refuse a correction of a version that is not the latest, without a reason, or that changes nothing."""
    if seen != latest:
        return refused(Refusal.CORRECTED_MEANWHILE)
    if not reason.strip():
        return refused(Refusal.CORRECTION_UNEXPLAINED)
    return Allowed() if changed else refused(Refusal.NOTHING_CORRECTED)


#: What of a besluit says what is decided; a correction of any of these counts the term for objecting anew.
OF_OUTCOME = frozenset({"outcome", "deviation_ground", "withheld", "advice_use"})


def starts_anew(changed: Sequence[str]) -> bool:
    """Tell whether a correction changes what was decided, so that everybody can object again."""
    return not OF_OUTCOME.isdisjoint(changed)
