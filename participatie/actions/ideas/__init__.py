"""How does an idea come in, find support, get tested, and receive its answer?"""

from participatie.actions.ideas.answering import admit_idea, assess_idea, reject_idea
from participatie.actions.ideas.backing import support_idea, withdraw_idea
from participatie.actions.ideas.submitting import IdeaText, Resident, enter_idea, submit_idea

__all__ = [
    "IdeaText",
    "Resident",
    "admit_idea",
    "assess_idea",
    "enter_idea",
    "reject_idea",
    "submit_idea",
    "support_idea",
    "withdraw_idea",
]
