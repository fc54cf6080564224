"""How does a story go, from trajectkaart to the last payment? Every act is planned on the timeline and goes through the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy.orm import Session

from participatie.actions.following import follow
from participatie.actions.ideas import IdeaText as Submission
from participatie.actions.ideas import submit_idea, withdraw_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.trajecten import TrajectDraft, open_traject, start_traject
from participatie.actions.wijkbudget import RoundTerms, prepare_round
from participatie.commands.demo.crowds import write_support
from participatie.commands.demo.places import put_on_map
from participatie.commands.demo.texts import AssessmentText, IdeaText, StoryText
from participatie.commands.demo.timeline import Timeline
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan, Round
from participatie.models.wijken import Area
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.verdicts import Refused

LEVELS = {
    PhaseKind.COLLECT: Level.MEEDENKEN,
    PhaseKind.ASSESS: Level.MEEDENKEN,
    PhaseKind.VOTE: Level.MEEBESLISSEN,
    PhaseKind.DECIDE: Level.MEEBESLISSEN,
    PhaseKind.EXECUTE: Level.MEEDOEN,
}
HOUR = timedelta(hours=1)
#: While ideas still come in, some are answered already: in the last days.
ANSWERED_EARLY = timedelta(days=5)


@dataclass(slots=True)
class Made:
    """What the acts of a story have made so far; ideas and plans by title."""

    traject: Traject | None = None
    round: Round | None = None
    ideas: dict[str, Idea] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    selectors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the stories share."""

    session: Session
    timeline: Timeline
    areas: dict[str, Area]
    accounts: dict[str, Account]
    staff: dict[str, Account]
    sentences: AssessmentText
    secret_key: str


class Story:
    """One story: its text, what was made of it, and chance that is the same at every loading."""

    def __init__(self, world: World, text: StoryText) -> None:
        """Begin with nothing made."""
        self.world = world
        self.session = world.session
        self.timeline = world.timeline
        self.text = text
        self.made = Made()
        self.rng = Random(text.name)  # noqa: S311 (content, no secrets)
        self.manager = world.staff[text.manager]
        self.moderator = world.staff[text.moderator]

    @property
    def traject(self) -> Traject:
        """Return the traject, once it was made."""
        assert self.made.traject is not None
        return self.made.traject

    @property
    def round(self) -> Round:
        """Return the round, once it was made."""
        assert self.made.round is not None
        return self.made.round

    def phase(self, kind: PhaseKind) -> tuple[datetime, datetime]:
        """Return the first moment of a phase and the moment it is over."""
        first, after = self.text.phases[kind]
        return self.timeline.moment(first), self.timeline.moment(after)

    def neighbours(self) -> list[Account]:
        """Return everybody who lives where the story goes on."""
        area = self.world.areas[self.text.area]
        return [
            account
            for account in self.world.accounts.values()
            if account.area is not None and account.area.path.startswith(area.path)
        ]

    def prepare(self) -> None:
        """Plan how the traject and its round come to be, and who follows it."""
        days = self.text.days
        self.timeline.at(self.timeline.moment(days["prepared"], 10), self._start)
        self.timeline.at(self.timeline.moment(days["prepared"], 11), self._prepare_round)
        opened = self.timeline.moment(days["opened"], 9, 30)
        self.timeline.at(opened, lambda now: open_traject(self.session, self.manager.actor(), self.traject, now))
        for key in self.text.followers:
            moment = self.timeline.between(opened + HOUR, opened + timedelta(days=14), self.rng)
            self.timeline.at(moment, partial(self._follow, self.world.accounts[key]))

    def collect(self) -> None:
        """Plan all ideas and their support, inside the collecting phase."""
        first, after = self.phase(PhaseKind.COLLECT)
        last = min(after, self.timeline.now)
        latest_submission = last - timedelta(hours=36)
        moments = sorted(self.timeline.between(first + 8 * HOUR, latest_submission, self.rng) for _ in self.text.ideas)
        neighbours = self.neighbours()
        for idea, submitted in zip(self.text.ideas, moments, strict=True):
            self.timeline.at(submitted, partial(self._submit, idea))
            leaves = idea.hide is not None or idea.withdraw
            end = submitted + 20 * HOUR if leaves else last - HOUR
            if idea.verdict:
                end = min(end, self.timeline.now - ANSWERED_EARLY)
            self._plan_support(idea, neighbours, submitted + HOUR, end)
            if leaves:
                self.timeline.at(submitted + 26 * HOUR, partial(self._take_away, idea))

    def _plan_support(self, idea: IdeaText, neighbours: Sequence[Account], first: datetime, last: datetime) -> None:
        others = [account for account in neighbours if account is not self.world.accounts[idea.author]]
        for account in self.rng.sample(others, idea.support):
            moment = self.timeline.between(first, last, self.rng)
            self.timeline.with_others(moment, self._support, (idea, account))

    def _start(self, now: datetime) -> Refused | None:
        made = start_traject(
            self.session,
            self.manager.actor(),
            self.world.areas[self.text.area],
            self.text.slug,
            TrajectDraft(
                title=self.text.title,
                card=replace(self.text.card, contact=self.manager.name),
                phases=[PhaseFacts(kind, LEVELS[kind], *self.phase(kind)) for kind in LEVELS],
                rules=self.text.rules,
                answer_days=self.text.answer_days,
            ),
            self.manager,
            now,
        )
        if isinstance(made, Refused):
            return made
        self.made.traject = made
        return None

    def _prepare_round(self, now: datetime) -> Refused | None:
        text = self.text.round
        made = prepare_round(
            self.session,
            self.manager.actor(),
            self.traject,
            text.slug,
            RoundTerms(
                title=text.title,
                pot_cents=text.pot * 100,
                ballot_kind=text.ballot,
                min_choices=text.min_choices,
                max_choices=text.max_choices,
                rule="greedy",
                leftover="none",
            ),
            now,
        )
        if isinstance(made, Refused):
            return made
        self.made.round = made
        return None

    def _follow(self, account: Account, now: datetime) -> object:
        return follow(self.session, account.actor(), self.traject, now)

    def _submit(self, text: IdeaText, now: datetime) -> Refused | None:
        author = self.world.accounts[text.author]
        assert author.area is not None
        made = submit_idea(
            self.session,
            author,
            self.traject,
            author.area,
            Submission(text.title, text.body, text.own, text.lang),
            now,
        )
        if isinstance(made, Refused):
            return made
        self.made.ideas[text.title] = made
        return put_on_map(self.session, author, made, now)

    def _support(self, given: Sequence[tuple[datetime, tuple[IdeaText, Account]]]) -> None:
        ideas = self.made.ideas
        write_support(self.session, [(now, (ideas[text.title], account)) for now, (text, account) in given])

    def _take_away(self, text: IdeaText, now: datetime) -> object:
        idea = self.made.ideas[text.title]
        if text.hide is None:
            return withdraw_idea(self.session, idea.author, idea, now)
        return hide_idea(self.session, self.moderator.actor(), idea, text.hide, text.hide_reason, now)
