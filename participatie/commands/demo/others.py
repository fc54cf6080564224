"""How do the trajecten without a vote go: one that tells, a wijk's year, and one without money?"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from participatie.actions.announcing import publish_news
from participatie.actions.escalating import escalate, late_now
from participatie.actions.groups import join_idea
from participatie.actions.ideas import IdeaText, admit_idea, answer_together, assess_idea, submit_idea
from participatie.actions.moderation import judge_idea
from participatie.actions.phases import adopt_product, change_level, close_phase, draft_product, extend_phase
from participatie.actions.trajecten import TrajectDraft, open_traject, start_traject
from participatie.commands.demo.places import put_on_map
from participatie.commands.demo.stories import World
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijken import Area
from participatie.settings import LOCALES
from participatie.spelregels.answers import Parts
from participatie.spelregels.ideas import EVIDENCE, Evidence, Party
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.presets import shipped
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.trajecten import Assurance, ProcessCard, StakeholderGroup
from participatie.spelregels.verdicts import Refused

HERE = Path(__file__).resolve().parent
#: A traject that asks for nothing tests nothing.
TELLS_ONLY = RuleSet(name="alleen vertellen", weights={}, division=Division.NONE, dominance_percent=0)


def plan_others(world: World) -> None:
    """Plan every act of every traject in `others.toml`."""
    for row in tomllib.loads((HERE / "others.toml").read_text(encoding="utf-8"))["trajecten"]:
        Other(world, row).plan()


class Other:
    """One traject, with what was made of it so far; ideas by title."""

    def __init__(self, world: World, row: Mapping[str, Any]) -> None:
        """Begin with nothing made."""
        self.world, self.row, self.session = world, row, world.session
        self.manager: Account = world.staff[row["manager"]]
        self.traject: Traject | None = None
        self.ideas: dict[str, Idea] = {}

    def plan(self) -> None:
        """Plan the start, the opening, and each act at noon of its day."""
        timeline = self.world.timeline
        timeline.at(timeline.moment(self.row["prepared"], 10), self._start)
        timeline.at(timeline.moment(self.row["opened"], 9), self._open)
        acts: Mapping[str, Callable[[Mapping[str, Any], datetime], object]] = {
            "news": self._news,
            "level": self._level,
            "idea": self._idea,
            "admit": self._admit,
            "join": self._join,
            "stand": self._stand,
            "draft": self._draft,
            "adopt": self._adopt,
            "close": self._close,
            "longer": self._longer,
            "together": self._together,
            "look": self._look,
            "escalate": self._escalate,
        }
        for act in self.row["acts"]:
            timeline.at(self._moment(act), partial(acts[act["do"]], act))

    def _moment(self, act: Mapping[str, Any]) -> datetime:
        """Return when it is: at an hour of a day, noon unless told, or some hours before now."""
        timeline = self.world.timeline
        if "hours_ago" in act:
            return timeline.now - timedelta(hours=act["hours_ago"])
        return timeline.moment(act["day"], act.get("hour", 12))

    def _start(self, now: datetime) -> Refused | None:
        row, moment = self.row, self.world.timeline.moment
        texts = {each.name: row[each.name] for each in fields(ProcessCard) if isinstance(row.get(each.name), str)}
        card = ProcessCard(
            **texts
            | {
                "contact": self.manager.name,
                "stakeholders": tuple(StakeholderGroup(*group) for group in row["stakeholders"]),
                "languages": LOCALES,
                "assurance": Assurance(row["assurance"]),
            }
        )
        phases = [
            PhaseFacts(PhaseKind(kind), Level(level), moment(first), moment(after))
            for kind, level, first, after in row["phases"]
        ]
        # None of these three divides money, whatever else their place does.
        rules = replace(shipped()[row["rules"]].rules, division=Division.NONE) if row["rules"] else TELLS_ONLY
        rules = replace(rules, first_posts_wait=row.get("first_posts_wait", False))
        draft = TrajectDraft(row["title"], card, phases, rules, row["answer_days"])
        area = self.world.areas[row["area"]]
        made = start_traject(self.session, self.manager.actor(), area, row["slug"], draft, self.manager, now)
        if isinstance(made, Refused):
            return made
        self.traject = made
        return None

    def _made(self) -> Traject:
        assert self.traject is not None
        return self.traject

    def _phase(self, act: Mapping[str, Any]) -> Phase:
        return next(phase for phase in self._made().phases if phase.kind == act["phase"])

    def _open(self, now: datetime) -> object:
        return open_traject(self.session, self.manager.actor(), self._made(), now)

    def _news(self, act: Mapping[str, Any], now: datetime) -> object:
        return publish_news(self.session, self.manager.actor(), self._made(), act["text"], now)

    def _level(self, act: Mapping[str, Any], now: datetime) -> object:
        level = Level(act["level"])
        return change_level(self.session, self.manager.actor(), self._phase(act), level, act["text"], now)

    def _idea(self, act: Mapping[str, Any], now: datetime) -> Refused | None:
        author = self.world.accounts[act["author"]]
        text = IdeaText(act["title"], act["body"], act["own"], act.get("lang", "nl"))
        made = submit_idea(self.session, author, self._made(), self._buurt(author), text, now)
        if isinstance(made, Refused):
            return made
        self.ideas[act["title"]] = made
        return put_on_map(self.session, author, made, now)

    def _buurt(self, author: Account) -> Area:
        assert author.area is not None
        return author.area

    def _admit(self, act: Mapping[str, Any], now: datetime) -> Refused | None:
        idea = self.ideas[act["title"]]
        asked = self._made().ruleset().weights
        passed = {test: (True, "") for test in asked if EVIDENCE[test] is not Evidence.COUNTED}
        tested = assess_idea(self.session, self.world.staff["assessor"].actor(), idea, passed, None, now)
        if isinstance(tested, Refused):
            return tested
        admitted = admit_idea(self.session, self.manager.actor(), idea, "", act["text"], now, Parts(act["used"]))
        return admitted if isinstance(admitted, Refused) else None

    def _join(self, act: Mapping[str, Any], now: datetime) -> object:
        account, party = self.world.accounts[act["author"]], Party(act["party"])
        idea = self.ideas[act["title"]]
        return join_idea(self.session, account, idea, party, act.get("organisation", ""), act["text"], now)

    def _stand(self, act: Mapping[str, Any], now: datetime) -> object:
        return join_idea(self.session, self.manager, self.ideas[act["title"]], Party.GEMEENTE, "", act["text"], now)

    def _draft(self, act: Mapping[str, Any], now: datetime) -> object:
        return draft_product(self.session, self.manager.actor(), self._phase(act), act["title"], act["text"], now)

    def _adopt(self, act: Mapping[str, Any], now: datetime) -> object:
        return adopt_product(self.session, self.manager.actor(), self._phase(act), now)

    def _close(self, act: Mapping[str, Any], now: datetime) -> object:
        return close_phase(self.session, self.manager.actor(), self._phase(act), now)

    def _longer(self, act: Mapping[str, Any], now: datetime) -> object:
        until = self.world.timeline.moment(act["until"])
        return extend_phase(self.session, self.manager.actor(), self._phase(act), until, act["text"], now)

    def _together(self, act: Mapping[str, Any], now: datetime) -> object:
        chosen = {self.ideas[title].id: own for title, own in act["chosen"]}
        parts = Parts(act["used"], act["not_used"])
        return answer_together(
            self.session, self.manager.actor(), self._made(), chosen, act["text"], parts, now, admit=True
        )

    def _look(self, act: Mapping[str, Any], now: datetime) -> object:
        moderator = self.world.staff[act["who"]].actor()
        return judge_idea(self.session, moderator, self.ideas[act["title"]], None, "", now)

    def _escalate(self, _act: Mapping[str, Any], now: datetime) -> None:
        for late in late_now(self.session, now):
            escalate(self.session, late, now)
