"""How is an idea reported, looked at, hidden with a cited house rule, appealed for, and put back?"""

from participatie.actions.moderation.appealing import appeal, judge_appeal, may_look_again
from participatie.actions.moderation.hiding import hide_idea, restore_idea
from participatie.actions.moderation.judges import tell_late_appeals
from participatie.actions.moderation.judging import judge_idea, publish_due
from participatie.actions.moderation.queueing import may_be_first, queue_of, wait_for_look
from participatie.actions.moderation.reporting import report_idea
from participatie.actions.moderation.sides import is_rival

__all__ = [
    "appeal",
    "hide_idea",
    "is_rival",
    "judge_appeal",
    "judge_idea",
    "may_be_first",
    "may_look_again",
    "publish_due",
    "queue_of",
    "report_idea",
    "restore_idea",
    "tell_late_appeals",
    "wait_for_look",
]
