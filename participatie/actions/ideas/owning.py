"""Whose own is an idea? Whoever put it in, carries it out, or put in one that went on in it."""

from sqlalchemy.orm import Session

from participatie.models.ideas import Idea
from participatie.models.merging import authors_gone_on_in, ideas_gone_into
from participatie.spelregels.ideas import may_judge
from participatie.spelregels.verdicts import Verdict


def may_judge_idea(session: Session, idea: Idea, account_id: int | None) -> Verdict:
    """Refuse to test or answer an idea to those whose own it is. One query; none for a visitor without an account."""
    merged = account_id is not None and idea.id in session.scalars(ideas_gone_into(account_id)).all()
    return may_judge(idea.facts(), account_id, merged=merged)


def whose_own(session: Session, idea: Idea) -> frozenset[int]:
    """Return the accounts whose own an idea is."""
    facts = idea.facts()
    return frozenset({facts.author_id, *facts.carriers, *session.scalars(authors_gone_on_in(idea.id))})
