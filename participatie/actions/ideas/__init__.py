"""How does an idea come in, find support, get tested, and receive its answer?"""

from participatie.actions.ideas.answering import admit_idea, assess_idea, reject_idea
from participatie.actions.ideas.backing import support_idea, withdraw_idea
from participatie.actions.ideas.marking import mark_language
from participatie.actions.ideas.meeting import (
    Reach,
    claim_idea,
    count_meeting,
    enter_at_meeting,
    make_meeting,
    next_turn,
    slip_of,
)
from participatie.actions.ideas.submitting import IdeaText, Resident, enter_idea, submit_idea
from participatie.actions.ideas.together import answer_together

__all__ = [
    "IdeaText",
    "Reach",
    "Resident",
    "admit_idea",
    "answer_together",
    "assess_idea",
    "claim_idea",
    "count_meeting",
    "enter_at_meeting",
    "enter_idea",
    "make_meeting",
    "mark_language",
    "next_turn",
    "reject_idea",
    "slip_of",
    "submit_idea",
    "support_idea",
    "withdraw_idea",
]
