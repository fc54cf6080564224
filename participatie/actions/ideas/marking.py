"""How is the language of an idea put right, so that it is read aloud and translated as it should be?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.ideas.holding import hold
from participatie.actions.record import record
from participatie.models.ideas import Idea
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused


def mark_language(session: Session, actor: Actor, idea: Idea, lang: str, now: datetime) -> Idea | Refused:
    """Say in which language (a code) an idea is written; not a word of it changes."""
    hold(session, idea)
    who = replace(actor, is_author=actor.account_id is not None and idea.author_id == actor.account_id)
    verdict = may(who, Do.MARK_LANGUAGE, idea.traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    if lang != idea.lang:
        record(session, actor.account_id, Do.MARK_LANGUAGE, idea, now, before=idea.lang, lang=lang)
        idea.lang = lang
        idea.traject.touch()
    return idea
