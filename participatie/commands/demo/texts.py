"""What does the demo tell, as checked facts? The texts that `content.py` reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from participatie.models.wijken import AreaKind
from participatie.spelregels.ideas import Test
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import DisputeKind, ProcessCard
from participatie.spelregels.votes import BallotKind

MAIL_DOMAIN = "lindewaard.example"


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
    used: list[str]


@dataclass(frozen=True, slots=True)
class MilestoneText:
    """A step of carrying out a plan; `due` and `done` in days from today.

    `moved` are rows of the day on which it got another day, which one, and why; `photo` is the name of a drawing.
    """

    title: str
    due: int
    done: int | None = None
    note: str = ""
    moved: tuple[tuple[int, int, str], ...] = ()
    photo: str = ""


@dataclass(frozen=True, slots=True)
class PaymentText:
    """Money that is agreed with somebody, paid, or both: `agreed` and `on` in days from today, None for what was not.

    `cents` come on top of the whole euros. A `person` is not named in public; with `receipt` there is a file.
    """

    euros: int
    purpose: str
    on: int | None = None
    agreed: int | None = None
    to: str = ""
    cents: int = 0
    person: bool = False
    receipt: bool = False

    @property
    def amount_cents(self) -> int:
        """Return the whole amount."""
        return self.euros * 100 + self.cents


@dataclass(frozen=True, slots=True)
class ResultText:
    """What came of a plan, told on the day `on`; `done` and `celebrated` are days too. What is left over goes back."""

    on: int
    done: int
    text: str
    makers: tuple[str, ...] = ()
    celebrated: int | None = None
    celebration: str = ""


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea with what became of it. `cost` in whole euros; `likes` is its chance on a ballot beside the others'.

    `verdict` is admitted, rejected, assessed (tests written down, no answer yet) or empty (nothing done yet). The answer
    says why (`answer`), what is `used` and `not_used`, and the `route` of whoever gets a no.
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
    used: str = ""
    not_used: str = ""
    route: str = ""
    fails: Test | None = None
    hide: HouseRule | None = None
    hide_reason: str = ""
    withdraw: bool = False
    milestones: tuple[MilestoneText, ...] = ()
    payments: tuple[PaymentText, ...] = ()
    result: ResultText | None = None


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
    """The besluit that ends a story's vote. A correction has its `day`, the `reason`, and the `motivation` from then on."""

    title: str
    decision_body: str
    motivation: str
    legal_ground: str
    correction: Mapping[str, Any] | None = None


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
    follow_up: str


@dataclass(frozen=True, slots=True)
class StoryText:
    """One traject with its round. All days count from today; a phase has its first day and the day after its last.

    `rows` is the whole file: what one module alone tells, that module reads there.
    """

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
    rows: Mapping[str, Any]
