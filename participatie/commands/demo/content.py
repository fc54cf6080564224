"""What does the demo tell? The TOML files next to this module, read into checked facts."""

import tomllib
from pathlib import Path
from typing import Any

from participatie.commands.demo.texts import (
    AreaText,
    AssessmentText,
    BesluitText,
    DisputeText,
    IdeaText,
    MilestoneText,
    NewsText,
    PaymentText,
    People,
    Person,
    ResultText,
    RoundText,
    StoryText,
)
from participatie.models.wijken import AreaKind
from participatie.spelregels.ideas import Test
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Earned, PayoutPart, RuleSet
from participatie.spelregels.trajecten import Assurance, DisputeKind, ProcessCard, StakeholderGroup
from participatie.spelregels.votes import BallotKind

HERE = Path(__file__).resolve().parent

#: Oldest story first, as their rows are made.
STORIES = ("accounted", "carried_out", "decided", "voting", "collecting")


def read_areas() -> list[AreaText]:
    """Return the areas, each after the one it lies in."""
    return [
        AreaText(row["code"], AreaKind(row["kind"]), row["name"], row.get("within", ""))
        for row in read_rows("areas")["areas"]
    ]


def read_people() -> People:
    """Return everybody with an account."""
    document = read_rows("people")
    staff = {
        name: Person(
            row["key"],
            row["name"],
            "nl",
            role=Role(row["role"]) if "role" in row else None,
            area=row.get("area", ""),
            what=row["what"],
        )
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
    document = read_rows("assessment")
    return AssessmentText(
        reasons={Test(test): sentences for test, sentences in document["reasons"].items()},
        third_party_asked=document["third_party"]["asked"],
        third_party_not_asked=document["third_party"]["not_asked"],
        admitted=document["answers"]["admitted"],
        used=document["answers"]["used"],
    )


def read_story(name: str) -> StoryText:
    """Return one of the stories."""
    document = read_rows(name)
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
        rules=RuleSet(
            name=traject["rules"],
            support_needed=traject["support_needed"],
            payout=tuple(PayoutPart(percent, Earned(earned)) for percent, earned in traject.get("payout", ())),
        ),
        followers=tuple(traject["followers"]),
        days={day: value for day, value in days.items() if isinstance(value, int)},
        phases=phases,
        round=RoundText(**round_row | {"ballot": BallotKind(round_row["ballot"])}),
        besluit=BesluitText(**document["besluit"]) if "besluit" in document else None,
        news=tuple(NewsText(**item) for item in document.get("news", ())),
        dispute=_dispute(document["dispute"]) if "dispute" in document else None,
        ideas=tuple(_idea(row, answered="codes" in days) for row in document["ideas"]),
        rows=document,
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
        "result": ResultText(**row["result"]) if "result" in row else None,
    }
    return IdeaText(**facts)


def read_rows(name: str) -> dict[str, Any]:
    """Return what a file says, as it stands there."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
