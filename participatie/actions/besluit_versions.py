"""How is a besluit kept as it was published: one canonical text for each version, with its hash and the one before?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.models.besluiten import Besluit, BesluitVersion
from participatie.models.content_translations import TranslationJob
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.translations import ContentKind
from participatie.spelregels.wijkbudget import sha256_of

#: What a correction can change, by the names of the columns; in the order of the page.
CORRECTABLE = (
    "title", "decision_body", "decided_on", "outcome", "deviation_ground", "withheld", "advice_use", "motivation",
    "legal_ground", "no_objection",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Formal:
    """What stands in a besluit for the law.

    `decided_on` is today when None. `no_objection` says why nobody can object; None where they can.
    """

    legal_ground: str = ""
    decided_on: date | None = None
    no_objection: str | None = None

    def columns(self, today: date) -> dict[str, Any]:
        """Return it as columns of a besluit."""
        return {
            "legal_ground": self.legal_ground.strip(),
            "decided_on": self.decided_on or today,
            "no_objection": (self.no_objection or "").strip(),
        }


def day_of(now: datetime) -> date:
    """Return the day in Amsterdam."""
    return now.astimezone(AMSTERDAM).date()


def changed_by(besluit: Besluit, new: Mapping[str, Any]) -> list[str]:
    """Return the names of what a correction would change."""
    return [name for name in CORRECTABLE if name in new and getattr(besluit, name) != new[name]]


def keep_version(
    session: Session, besluit: Besluit, actor_id: int | None, reason: str, now: datetime
) -> BesluitVersion:
    """Keep a besluit as it reads now as its next version. `reason` says why it was corrected; empty for the first.

    An engine translates a text once: after a correction it gets this one again.
    """
    session.flush()  # the first version names the number of its besluit
    before = besluit.versions[-1] if besluit.versions else None
    number = before.number + 1 if before else 1
    content = canonical(
        {
            **facts_of(besluit),
            "version": number,
            "reason": reason.strip(),
            "published_at": f"{now.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M:%S%z}",
            "previous_sha256": before.sha256 if before else None,
        }
    )
    version = BesluitVersion(
        number=number,
        content=content,
        sha256=sha256_of(content),
        reason=reason.strip(),
        published_at=now,
        published_by_id=actor_id,
    )
    besluit.versions.append(version)
    if before is not None:
        of_this = (TranslationJob.object_kind == ContentKind.BESLUIT, TranslationJob.object_id == besluit.id)
        session.execute(delete(TranslationJob).where(*of_this))
    return version


def facts_of(besluit: Besluit) -> dict[str, Any]:
    """Return what a besluit says, as it reads now, in values that JSON has."""
    return {
        "besluit": besluit.id,
        "subject_kind": str(besluit.subject_kind),
        "traject": besluit.traject.slug,
        "round": besluit.round.slug if besluit.round else None,
        "idea": besluit.idea_id,
        "panel": besluit.advice.panel.slug if besluit.advice else None,
        "panel_text": besluit.advice.version if besluit.advice else None,
        **{name: _plain(getattr(besluit, name)) for name in CORRECTABLE},
        "objection_until": besluit.objection_until.isoformat(),
    }


def canonical(facts: Mapping[str, Any]) -> str:
    """Write JSON in the one way of which the hash is made: keys sorted, no spaces, letters as they are, UTF-8."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> str | list[dict[str, Any]] | None:
    if value is None:
        return None
    if isinstance(value, list):
        return [{"number": plan.number, "name": plan.name} for plan in value]
    return value.isoformat() if isinstance(value, date) else str(value)
