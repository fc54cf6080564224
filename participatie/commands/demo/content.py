"""What does the demo tell? The TOML files next to this module, read into checked facts."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from participatie.models.wijken import AreaKind
from participatie.spelregels.ideas import Test
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import Assurance, DisputeKind, ProcessCard, StakeholderGroup
from participatie.spelregels.votes import BallotKind

HERE = Path(__file__).resolve().parent
MAIL_DOMAIN = "lindewaard.example"

#: Oldest story first, as their rows are made.
STORIES = ("carried_out", "decided", "voting", "collecting")


@dataclass(frozen=True, slots=True)
class AreaText:
    """An area; `within` is the code of the area around it, empty for the gemeente."""

    code: str
    kind: AreaKind
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: at home in `buurt`, or at work with `role` for `area` (codes)."""

    key: str
    name: str
    locale: str
    buurt: str = ""
    role: Role | None = None
    area: str = ""
    what: str = ""

    @property
    def email(self) -> str:
        """Return the address to log in with."""
        return f"{self.key}@{MAIL_DOMAIN}"


@dataclass(frozen=True, slots=True)
class People:
    """All accounts: staff by what the stories call them, residents by key."""

    staff: dict[str, Person]
    residents: dict[str, Person]
    shown: dict[str, str]


@dataclass(frozen=True, slots=True)
class AssessmentText:
    """The sentences to choose from where an idea brings none of its own."""

    reasons: dict[Test, list[str]]
    third_party_asked: list[str]
    third_party_not_asked: list[str]
    admitted: list[str]


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """A step of carrying out a plan; `due` and `done` in days from today."""

    title: str
    due: int
    done: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentText:
    """A payment, `on` in days from today."""

    on: int
    euros: int
    purpose: str


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea with what became of it. `cost` in whole euros; `likes` is its chance on a ballot beside the others'.

    `verdict` is admitted, rejected, assessed (tests written down, no answer yet) or empty (nothing done yet).
    """

    author: str
    theme: str
    title: str
    body: str
    own: str
    support: int
    verdict: str
    lang: str = "nl"
    cost: int | None = None
    likes: float = 0
    advice: str = ""
    answer: str = ""
    fails: Test | None = None
    hide: HouseRule | None = None
    hide_reason: str = ""
    withdraw: bool = False
    milestones: tuple[MilestoneText, ...] = ()
    payments: tuple[PaymentText, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundText:
    """The round of a story; `pot` in whole euros, `voters` and `ballots` are numbers of people."""

    slug: str
    title: str
    pot: int
    ballot: BallotKind
    min_choices: int
    max_choices: int | None = None
    voters: int = 0
    ballots: int = 0


@dataclass(frozen=True, slots=True)
class BesluitText:
    """The besluit that ends a story's vote."""

    title: str
    decision_body: str
    motivation: str


@dataclass(frozen=True, slots=True)
class NewsText:
    """What the gemeente tells on a day, counted from today."""

    day: int
    text: str


@dataclass(frozen=True, slots=True)
class DisputeText:
    """What a resident lays before the city, and the answer; days count from today."""

    author: str
    kind: DisputeKind
    raised: int
    text: str
    answered: int
    answer: str


@dataclass(frozen=True, slots=True)
class StoryText:
    """One traject with its round. All days count from today; a phase has its first day and the day after its last."""

    name: str
    slug: str
    title: str
    area: str
    manager: str
    moderator: str
    answer_days: int
    card: ProcessCard
    rules: RuleSet
    followers: tuple[str, ...]
    days: dict[str, int]
    phases: dict[PhaseKind, tuple[int, int]]
    round: RoundText
    besluit: BesluitText | None
    news: tuple[NewsText, ...]
    dispute: DisputeText | None
    ideas: tuple[IdeaText, ...]


def read_areas() -> list[AreaText]:
    """Return the areas, each after the one it lies in."""
    return [
        AreaText(row["code"], AreaKind(row["kind"]), row["name"], row.get("within", ""))
        for row in _read("areas")["areas"]
    ]


def read_people() -> People:
    """Return everybody with an account."""
    document = _read("people")
    staff = {
        name: Person(row["key"], row["name"], "nl", role=Role(row["role"]), area=row["area"], what=row["what"])
        for name, row in document["staff"].items()
    }
    residents = {
        key: Person(key, name, locale, buurt=buurt)
        for buurt, rows in document["residents"].items()
        for key, name, locale in rows
    }
    return People(staff, residents, document["shown"])


def read_assessment() -> AssessmentText:
    """Return the sentences for assessments and answers."""
    document = _read("assessment")
    return AssessmentText(
        reasons={Test(test): sentences for test, sentences in document["reasons"].items()},
        third_party_asked=document["third_party"]["asked"],
        third_party_not_asked=document["third_party"]["not_asked"],
        admitted=document["answers"]["admitted"],
    )


def read_story(name: str) -> StoryText:
    """Return one of the four stories."""
    document = _read(name)
    traject, days = document["traject"], document["days"]
    card = ProcessCard(
        **{field: traject[field] for field in _CARD},
        stakeholders=tuple(StakeholderGroup(group, reached) for group, reached in traject["stakeholders"]),
        languages=tuple(traject["languages"]),
        assurance=Assurance(traject["assurance"]),
    )
    phases = {kind: (days[kind][0], days[kind][1]) for kind in PhaseKind if kind in days}
    round_row = document["round"]
    return StoryText(
        name=name,
        **{field: traject[field] for field in ("slug", "title", "area", "manager", "moderator", "answer_days")},
        card=card,
        rules=RuleSet(name=traject["rules"], support_needed=traject["support_needed"]),
        followers=tuple(traject["followers"]),
        days={day: value for day, value in days.items() if isinstance(value, int)},
        phases=phases,
        round=RoundText(**round_row | {"ballot": BallotKind(round_row["ballot"])}),
        besluit=BesluitText(**document["besluit"]) if "besluit" in document else None,
        news=tuple(NewsText(**item) for item in document.get("news", ())),
        dispute=_dispute(document["dispute"]) if "dispute" in document else None,
        ideas=tuple(_idea(row, answered="codes" in days) for row in document["ideas"]),
    )


_CARD = (
    "question", "goal", "fixed", "open", "decision_maker", "dispute_to", "use_of_input", "not_used", "results_back",
    "assurance_reason",
)  # fmt: skip


def _dispute(row: dict[str, Any]) -> DisputeText:
    return DisputeText(**row | {"kind": DisputeKind(row["kind"])})


def _idea(row: dict[str, Any], *, answered: bool) -> IdeaText:
    facts = {
        "verdict": "admitted" if answered else "",
        **row,
        "body": row["body"].strip(),
        "fails": Test(row["fails"]) if "fails" in row else None,
        "hide": HouseRule(row["hide"]) if "hide" in row else None,
        "milestones": tuple(MilestoneText(**step) for step in row.get("milestones", ())),
        "payments": tuple(PaymentText(**payment) for payment in row.get("payments", ())),
    }
    return IdeaText(**facts)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
