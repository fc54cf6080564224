"""What goes into the archive of a final report, so that years later anybody can see that it is what was published?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.report_facts import besluiten_of, counted
from participatie.models.answers import AnswerParts
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import LedgerEntry, Plan, round_of_traject
from participatie.verification.archive import canonical
from participatie.verification.spreadsheets import csv_of

LEDGER = (
    "plan", "regel", "soort", "bedrag_in_centen", "dag", "aan_wie", "waarvoor", "bij_afspraak", "draait_terug", "reden",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contents:
    """The texts of the files of an archive by name, and the canonical JSON of each idea by its number."""

    files: Mapping[str, str]
    ideas: Mapping[str, str]


def contents_of(
    session: Session, traject: Traject, texts: Mapping[str, str], facts: Mapping[str, Any], now: datetime
) -> Contents:
    """Gather the report, the ideas with their answers, besluiten in every version, rulebooks and ledger.

    No idea has the name of its author, and no line of the ledger that of a person.
    """
    told = {"traject": traject.slug, "title": traject.title, "told_at": now.isoformat(), "texts": texts, "facts": facts}
    files = {
        "report.json": canonical(told),
        "besluiten.json": canonical([_besluit(each) for each in besluiten_of(session, traject)]),
        "spelregels.json": traject.rules,
        "ledger.csv": csv_of(LEDGER, _ledger(session, traject)),
    }
    budget_round = session.scalar(round_of_traject(traject.id))
    if budget_round is not None and budget_round.rulebook is not None:
        files["rulebook.json"] = budget_round.rulebook
    return Contents(files, _ideas(session, traject))


def _ideas(session: Session, traject: Traject) -> dict[str, str]:
    rows = session.execute(
        select(Idea, AnswerParts)
        .outerjoin(AnswerParts, AnswerParts.idea_id == Idea.id)
        .where(*counted(traject))
        .order_by(Idea.id)
    ).all()
    return {str(idea.id): canonical(_idea(idea, parts)) for idea, parts in rows}


def _idea(idea: Idea, parts: AnswerParts | None) -> dict[str, Any]:
    return {
        "id": idea.id,
        "title": idea.title,
        "body": idea.body,
        "lang": idea.lang,
        "put_in_at": idea.created_at.isoformat(),
        "entered_by_helper": idea.entered_by_id is not None,
        "supporters": idea.support_count,
        "status": str(idea.status),
        "answer": idea.answer,
        "answered_at": idea.answered_at.isoformat() if idea.answered_at else None,
        "used": parts.used if parts else "",
        "not_used": parts.not_used if parts else "",
        "route": parts.route if parts else "",
    }


def _besluit(besluit: Any) -> dict[str, Any]:
    return {
        "besluit": besluit.id,
        "versions": [
            {"version": each.number, "sha256": each.sha256, "content": each.content} for each in besluit.versions
        ],
    }


def _ledger(session: Session, traject: Traject) -> list[tuple[object, ...]]:
    budget_round = session.scalar(round_of_traject(traject.id))
    if budget_round is None:
        return []
    rows = session.execute(
        select(Plan.number, LedgerEntry)
        .join(LedgerEntry, LedgerEntry.plan_id == Plan.id)
        .where(Plan.round_id == budget_round.id)
        .order_by(Plan.number, LedgerEntry.id)
    ).all()
    return [
        (
            number, line.id, str(line.kind), line.amount_cents, line.on_day.isoformat(),
            "" if line.names_person else line.to_whom, line.purpose, line.commitment_id or "", line.reverses_id or "",
            line.reason,
        )
        for number, line in rows
    ]  # fmt: skip


def ideas_in(ideas: Mapping[str, str], without: set[int]) -> list[dict[str, Any]]:
    """Read the ideas of an archive, in their order, without those that are hidden now."""
    return [json.loads(ideas[number]) for number in sorted(ideas, key=int) if int(number) not in without]
