"""How are several ideas answered in one go? Each gets its own copy, all of them or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.ideas.answering import admit_idea, reject_idea
from participatie.models.answers import ideas_chosen
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.answers import Parts, may_answer_together
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused, refused


def answer_together(
    session: Session,
    actor: Actor,
    traject: Traject,
    chosen: Mapping[int, str],
    answer: str,
    parts: Parts,
    now: datetime,
    *,
    admit: bool,
) -> list[Idea] | Refused:
    """Answer the ideas of a traject with these numbers alike; the text by a number is for that author alone.

    Each gets its own answer, mail and line in the log, under its own title. When one of them cannot be answered, none
    is, and the refusal is of that one. An idea of another traject is not one to answer here: it is refused as gone.
    """
    verdict = may_answer_together(len(chosen))
    if isinstance(verdict, Refused):
        return verdict
    # In one order and behind their locks before anything is written, so that two answers never wait for each other.
    ideas = session.scalars(ideas_chosen(chosen).with_for_update(of=Idea)).unique().all()
    if len(ideas) != len(chosen) or any(idea.traject_id != traject.id for idea in ideas):
        return refused(Refusal.IDEA_NOT_OPEN)
    whole = session.begin_nested()
    for idea in ideas:
        own = replace(parts, own=chosen[idea.id])
        done = (
            admit_idea(session, actor, idea, "", answer, now, own)
            if admit
            else reject_idea(session, actor, idea, answer, now, own)
        )
        if isinstance(done, Refused):
            whole.rollback()
            return done
    whole.commit()
    return list(ideas)
