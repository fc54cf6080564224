"""How does a real election from an open data file become a finished round here?"""

import json
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.watching import Watch, unwatched
from participatie.allocation.pabulib import BallotKind as FileKind
from participatie.allocation.pabulib import Election, Vote
from participatie.models.trajecten import Phase, Traject
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import Plan, Round
from participatie.models.wijken import Area
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import BallotKind, Channel
from participatie.spelregels.wijkbudget import RoundStatus, sha256_of

KINDS = {
    FileKind.APPROVAL: BallotKind.APPROVAL,
    FileKind.CHOOSE_1: BallotKind.CHOOSE_ONE,
    FileKind.CUMULATIVE: BallotKind.POINTS,
    FileKind.SCORING: BallotKind.POINTS,
    FileKind.ORDINAL: BallotKind.RANKING,
}


#: Ballots that are written in one go; a bar grows with each.
BATCH = 500

#: A file tells nothing of how its plans were chosen, so no test of them is claimed, and no balance watched.
RULES = RuleSet(name="pabulib", weights={}, dominance_percent=0)


def import_round(
    session: Session,
    actor: Actor,
    area: Area,
    election: Election,
    slug: str,
    now: datetime,
    watch: Watch = unwatched,
) -> Round | Refused:
    """Write an election as a round whose vote is over: rules frozen, ballots in, waiting to be counted.

    Amounts are cents of the file's own currency. The voters' ids of the file are
    not kept; each ballot gets a random key and receipt. Refused to whoever may not prepare a round in the area.
    """
    verdict = may(actor, Do.MANAGE_ROUND, Place(area.path))
    if isinstance(verdict, Refused):
        return verdict
    starts_at, ends_at = _dates(election.meta, now)
    traject = Traject(
        slug=slug,
        title=_title(election),
        area=area,
        status=TrajectStatus.OPEN,
        rules=RULES.canonical_json(),
        rules_sha256=sha256_of(RULES.canonical_json()),
        opened_at=now,
        question=_title(election),
        source=f"Pabulib: {election.name}",
        created_at=now,
        phases=[Phase(position=1, kind=PhaseKind.VOTE, level=Level.MEEBESLISSEN, starts_at=starts_at, ends_at=ends_at)],
    )
    limits = election.limits
    one_maximum = set(limits.max_length_per_category.values())
    budget_round = Round(
        slug=slug,
        traject=traject,
        title=_title(election),
        currency=election.currency,
        pot_cents=election.pot_cents,
        ballot_kind=KINDS[election.kind],
        min_choices=limits.min_length or 0,
        max_choices=limits.max_length,
        max_sum_cents=limits.max_sum_cost_cents,
        max_per_category=one_maximum.pop() if len(one_maximum) == 1 else None,
        category_sums_cents=dict(limits.max_sum_cost_cents_per_category),
        points_total=limits.max_sum_points if KINDS[election.kind] is BallotKind.POINTS else None,
        rule=election.rule.value,
        leftover=election.leftover.value,
        category_caps_cents=dict(election.category_caps),
        minimum_votes=election.minimum_votes,
        utility=election.utility.value,
        ballot_secret=secrets.token_hex(32),
        plans=[
            Plan(
                number=number,
                reference=plan.id,
                name=plan.name[:300] or plan.id,
                lang=election.meta.get("language", "nl")[:5],
                cost_cents=plan.cost_cents,
                category=plan.category or "",
            )
            for number, plan in enumerate(election.plans, start=1)
        ],
    )
    numbers = {plan.reference: plan.number for plan in budget_round.plans}
    budget_round.incompatible = [[numbers[reference] for reference in group] for group in election.incompatible]
    session.add(budget_round)
    session.flush()  # plans come in before the rulebook is frozen, not after
    budget_round.freeze(budget_round.draft_rulebook())
    budget_round.status = RoundStatus.OPEN
    record(
        session,
        actor.account_id,
        "ronde ingelezen",
        budget_round,
        now,
        ballots=len(election.votes),
        plans=len(election.plans),
    )
    keep_order = budget_round.ballot_kind is BallotKind.RANKING
    rows = [
        {
            "round_id": budget_round.id,
            "ballot_key": secrets.token_hex(32),
            "choices": _choices(vote, numbers, keep_order=keep_order),
            "channel": Channel.WEB,
            "receipt": secrets.token_hex(10),
            "cast_hour": starts_at,
        }
        for vote in election.votes
    ]
    for start in watch(range(0, len(rows), BATCH)):
        session.execute(insert(Ballot), rows[start : start + BATCH])
    return budget_round


def _choices(vote: Vote, numbers: dict[str, int], *, keep_order: bool) -> str:
    chosen: list[Any] = [numbers[reference] for reference in vote.choices]
    if vote.points is not None:
        chosen = [list(pair) for pair in zip(chosen, vote.points, strict=True)]
    return json.dumps(chosen if keep_order else sorted(chosen), separators=(",", ":"))


def _title(election: Election) -> str:
    name = election.meta.get("description") or election.name
    year = election.meta.get("date_begin", "")[-4:]
    return f"{name} ({year})"[:200] if year.isdigit() else name[:200]


def _dates(meta: Any, now: datetime) -> tuple[datetime, datetime]:
    # Many files give only a year: the whole year is then the voting time, as far as it is past.
    starts_at = _moment(meta.get("date_begin", ""), month=1, day=1) or now - timedelta(days=2)
    ends_at = _moment(meta.get("date_end", ""), month=12, day=31) or starts_at
    ends_at = min(ends_at + timedelta(days=1), now)
    return min(starts_at, ends_at - timedelta(days=1)), ends_at


def _moment(text: str, *, month: int, day: int) -> datetime | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return datetime(int(text), month, day, tzinfo=UTC) if re.fullmatch(r"\d{4}", text) else None
