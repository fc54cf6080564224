"""How does the advice or the decision of a panel come out, and how does the gemeente answer it?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.days_off import last_day_to_object
from participatie.actions.record import mail_address, record
from participatie.actions.telling import tell
from participatie.models.buurtpanels import (
    AdviceAnswer,
    Buurtpanel,
    PanelAdvice,
    WithoutAdvice,
    accounts_seated_on,
    advice_of,
    count_open_questions,
    seated_on,
    why_no_advice,
)
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.buurtpanels.work import (
    AnswerWords,
    answer_due_at,
    may_answer_advice,
    may_explain_no_advice,
    may_publish_advice,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.telling import Told
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


@dataclass(frozen=True, slots=True)
class AdviceText:
    """What a panel says, what its minority thought, how it came to it; `correction` is what changed since the last version."""

    text: str
    how: str
    minority: str = ""
    correction: str = ""


def publish_advice(
    session: Session, actor: Actor, panel: Buurtpanel, text: AdviceText, now: datetime
) -> PanelAdvice | Refused:
    """Publish what a panel says, and start the clock of the answer. A correction is a new version; the old one stays."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    before = session.scalars(advice_of(panel.id)).first()
    version = before.version + 1 if before else 1
    verdict = first_refusal(
        may(actor, Do.PUBLISH_ADVICE, panel.traject.facts().place_at(now)),
        may_publish_advice(
            panel.status,
            open_questions=session.scalar(count_open_questions(panel.id)) or 0,
            text=text.text,
            how=text.how,
            correction=text.correction,
            version=version,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    advice = PanelAdvice(
        panel=panel,
        version=version,
        text=text.text.strip(),
        minority=text.minority.strip(),
        how=text.how.strip(),
        correction=text.correction.strip() if before else "",
        published_at=now,
        published_by_id=actor.account_id,
        due_at=answer_due_at(
            now,
            panel.facts().answer_days,
            before.due_at if before else None,
            before_answered=before is not None and before.answer is not None,
        ),
    )
    session.add(advice)
    panel.traject.touch()
    record(session, actor.account_id, Do.PUBLISH_ADVICE, advice, now, traject=panel.traject_id, version=version)
    return advice


def answer_advice(
    session: Session, actor: Actor, panel: Buurtpanel, advice: PanelAdvice, words: AnswerWords, now: datetime
) -> AdviceAnswer | Refused:
    """Answer the newest version in public, and tell members and followers. After a decision of the panel the answer is a besluit.

    Raises LookupError for an advice of another panel.
    """
    if advice.panel_id != panel.id:
        raise LookupError(advice.id)
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    newest = session.scalars(advice_of(panel.id), execution_options={"populate_existing": True}).first()
    verdict = first_refusal(
        may(actor, Do.ANSWER_ADVICE, panel.traject.facts().place_at(now)),
        may_answer_advice(panel.mandate, words, answered=advice.answer is not None),
    )
    if isinstance(verdict, Refused):
        return verdict
    if newest is None or newest.id != advice.id:
        return refused(Refusal.ADVICE_CHANGED)
    decides, follows = panel.mandate is Mandate.DECIDE, words.use is AdviceUse.FOLLOWED
    answer = AdviceAnswer(
        advice=advice,
        decision_body=words.decision_body.strip(),
        advice_use=words.use,
        taken_over=words.taken_over.strip(),
        not_taken_over=words.not_taken_over.strip(),
        deviation_ground=words.ground if decides and not follows else None,
        objection_until=last_day_to_object(now) if decides else None,
        answered_at=now,
        answered_by_id=actor.account_id,
    )
    session.add(answer)
    panel.traject.touch()
    record(
        session, actor.account_id, Do.ANSWER_ADVICE, answer, now,
        traject=panel.traject_id, deviates=answer.deviation_ground is not None,
    )  # fmt: skip
    told = mail_members(session, panel, now)
    tell(session, panel.traject, Told.PANEL_ANSWERED, now, panel.title, besides=told, panel=panel.slug)
    return answer


def mail_members(session: Session, panel: Buurtpanel, now: datetime, *, besluit: int | None = None) -> Collection[int]:
    """Mail everybody with a seat that the gemeente answered their panel, or took a `besluit` about what it said.

    Return which accounts got it, so that they hear it once.
    """
    facts: dict[str, Any] = {"panel": panel.title, "slug": panel.slug, "besluit": besluit}
    for person in session.scalars(seated_on(panel.id)):
        if person.email:
            mail_address(session, person.email, person.locale, "panel_answered", now, **facts)
    return frozenset(session.scalars(accounts_seated_on(panel.id)))


def explain_no_advice(
    session: Session, actor: Actor, panel: Buurtpanel, reason: str, now: datetime
) -> WithoutAdvice | Refused:
    """Say in public why a panel gives no advice; after that it may be closed."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    verdict = first_refusal(
        may(actor, Do.PUBLISH_ADVICE, panel.traject.facts().place_at(now)),
        may_explain_no_advice(
            panel.status,
            advised=session.scalars(advice_of(panel.id)).first() is not None,
            explained=session.scalar(why_no_advice(panel.id)) is not None,
            reason=reason,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    explained = WithoutAdvice(panel_id=panel.id, reason=reason.strip(), at=now, by_id=actor.account_id)
    session.add(explained)
    panel.traject.touch()
    record(session, actor.account_id, Do.PUBLISH_ADVICE, explained, now, traject=panel.traject_id)
    return explained
