"""How does everything that checks a result become one file, made once, when the result is published?"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from participatie.models.besluiten import Besluit
from participatie.models.votes import (
    ballots_aside,
    grouped_ballots,
    number_aside,
    paper_ballots,
    paper_receipts,
    receipts_aside,
    receipts_of,
    revocations,
    seal_of,
)
from participatie.models.wijkbudget import (
    ResultBundle,
    Round,
    allocation_of,
    bundle_of,
    withdrawn_counts,
    withdrawn_rulebooks,
)
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.verification import BundleFacts, FormerCount, Seal, SetAside, WithdrawnRules, files_of, pack
from participatie.verification.hashes import in_order


def keep_bundle(session: Session, budget_round: Round, besluit: Besluit, now: datetime) -> ResultBundle | None:
    """Make the bundle of a result that is being published, and keep it; None where nobody voted, or it was not sealed.

    It is kept because ballots that were set aside go for good when the round forgets its secret.
    """
    facts = bundle_facts(session, budget_round, besluit)
    if facts is None or session.scalar(bundle_of(budget_round.id)) is not None:
        return None
    content = pack(files_of(facts))
    bundle = ResultBundle(round_id=budget_round.id, content=content, sha256=sha256(content).hexdigest(), made_at=now)
    session.add(bundle)
    return bundle


def bundle_facts(session: Session, budget_round: Round, besluit: Besluit | None) -> BundleFacts | None:
    """Return what a bundle of this round holds as the database stands; None where there is no seal or no outcome."""
    seal, allocation = session.scalar(seal_of(budget_round.id)), session.scalar(allocation_of(budget_round.id))
    if seal is None or allocation is None or budget_round.rulebook is None:
        return None
    round_id = budget_round.id
    return BundleFacts(
        slug=budget_round.slug,
        area=budget_round.traject.area.name,
        rulebook=budget_round.rulebook,
        groups=_groups(session, grouped_ballots(round_id)),
        receipts=session.scalars(receipts_of(round_id)).all(),
        seal=Seal(seal.opening, seal.ballots, seal.ballots_sha256, seal.receipts_sha256, seal.salt),
        trace=allocation.trace,
        seed=allocation.seed,
        paper_groups=_groups(session, paper_ballots(round_id)),
        paper_receipts=session.scalars(paper_receipts(round_id)).all(),
        set_aside=SetAside(
            total=session.scalar(number_aside(round_id)) or 0,
            reasons=[
                each.reason
                for each in session.scalars(revocations(round_id))
                if each.ballots and each.opening == budget_round.opening
            ],
            groups=_groups(session, ballots_aside(round_id)),
            receipts=session.scalars(receipts_aside(round_id)).all(),
        ),
        withdrawn=[
            WithdrawnRules(each.opening, each.rulebook, each.ballots, each.reason)
            for each in session.scalars(withdrawn_rulebooks(round_id))
        ],
        former=[
            FormerCount(each.number, each.ballots, each.trace["funded"], each.reason)
            for each in session.scalars(withdrawn_counts(round_id))
        ],
        besluit=_besluit(besluit) if besluit is not None else None,
    )


def _groups(session: Session, chosen: Select[str, int]) -> list[tuple[str, int]]:
    rows: Iterable[tuple[str, int]] = ((choices, count) for choices, count in session.execute(chosen))
    return in_order(rows)


def _besluit(besluit: Besluit) -> dict[str, Any]:
    return {
        "title": besluit.title,
        "decision_body": besluit.decision_body,
        "motivation": besluit.motivation,
        "deviation_ground": besluit.deviation_ground,
        "withheld": [plan.number for plan in besluit.withheld],
        "advice_use": besluit.advice_use,
        "objection_until": f"{besluit.objection_until:%Y-%m-%d}",
        "published_on": f"{besluit.published_at.astimezone(AMSTERDAM):%Y-%m-%d}",
    }
