"""How is a story's promise kept: news, phases closed, people of the gemeente beside the plans, a dispute answered?"""

from datetime import datetime
from functools import partial

from participatie.actions.announcing import publish_news
from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.groups import join_idea
from participatie.actions.phases import close_phase
from participatie.commands.demo.stories import HOUR, Story
from participatie.commands.demo.texts import DisputeText, IdeaText
from participatie.models.announcements import Dispute
from participatie.spelregels.ideas import Party
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused

#: In a phase that takes this long to answer everything, earlier ones are closed with it.
CLOSED_BEFORE_THE_VOTE = (PhaseKind.COLLECT, PhaseKind.ASSESS)


def plan_promises(story: Story) -> None:
    """Plan what the gemeente owes residents in this story, at the moments when it is due."""
    for item in story.text.news:
        story.timeline.at(story.timeline.moment(item.day, 12), partial(_tell, story, item.text))
    if story.text.dispute is not None:
        _plan_dispute(story, story.text.dispute)
    opens, closes = story.phase(PhaseKind.VOTE)
    for kind in CLOSED_BEFORE_THE_VOTE:
        story.timeline.at(opens + 8 * HOUR, partial(_close, story, kind))
    if "decided" not in story.text.days:
        return
    story.timeline.at(closes + 12 * HOUR, partial(_close, story, PhaseKind.VOTE))
    decided = story.timeline.moment(story.text.days["decided"] + 2, 10)
    _first, after = story.phase(PhaseKind.DECIDE)
    story.timeline.at(max(decided, after + 9 * HOUR), partial(_close, story, PhaseKind.DECIDE))
    for idea in story.text.ideas:
        if idea.milestones:
            begins, _after = story.phase(PhaseKind.EXECUTE)
            story.timeline.at(max(decided, begins) + 10 * HOUR, partial(_stand_beside, story, idea))


def _tell(story: Story, text: str, now: datetime) -> object:
    return publish_news(story.session, story.manager.actor(), story.traject, text, now)


def _close(story: Story, kind: PhaseKind, now: datetime) -> object:
    phase = next(phase for phase in story.traject.phases if phase.kind is kind)
    return close_phase(story.session, story.manager.actor(), phase, now)


def _stand_beside(story: Story, text: IdeaText, now: datetime) -> Refused | None:
    idea = story.made.ideas[text.title]
    for account, party in ((story.manager, Party.GEMEENTE), (idea.author, Party.RESIDENT)):
        joined = join_idea(story.session, account, idea, party, "", text.own if party is Party.RESIDENT else "", now)
        if isinstance(joined, Refused):
            return joined
    return None


def _plan_dispute(story: Story, text: DisputeText) -> None:
    raised: list[Dispute] = []
    story.timeline.at(story.timeline.moment(text.raised, 20), partial(_raise, story, text, raised))
    story.timeline.at(story.timeline.moment(text.answered, 10), partial(_settle, story, text, raised))


def _raise(story: Story, text: DisputeText, raised: list[Dispute], now: datetime) -> Refused | None:
    made = raise_dispute(story.session, story.world.accounts[text.author], story.traject, text.kind, text.text, now)
    if isinstance(made, Refused):
        return made
    raised.append(made)
    return None


def _settle(story: Story, text: DisputeText, raised: list[Dispute], now: datetime) -> object:
    college = story.world.staff["college"].actor()
    return answer_dispute(story.session, college, story.traject, raised[0], text.answer, text.follow_up, now)
