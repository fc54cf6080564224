"""How do voting codes go out? They can be read once, when they are made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import random_signs
from participatie.models.votes import CodeBatch, CodeRequest, VoterRoll, batch_of_day, credential, selectors_of
from participatie.models.wijkbudget import Round
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.codes import SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode
from participatie.spelregels.issuing import BatchPurpose, may_hand_out
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.wijkbudget import may_issue_codes


def draw_codes(session: Session, round_id: int, count: int) -> list[VotingCode]:
    """Return codes with selectors that no code of the round has. Nothing is written, so none of them works yet.

    For letters: they are made first, and only then do their codes go on the roll. Making them takes a while,
    and a batch whose letters failed would have to be revoked.
    """
    taken = set(session.scalars(selectors_of(round_id)))
    codes: dict[str, VotingCode] = {}
    while len(codes) < count:
        code = _random_code()
        if code.selector not in taken:
            codes[code.selector] = code
    return list(codes.values())


def may_issue(actor: Actor, budget_round: Round) -> Verdict:
    """Refuse codes to whoever may not issue them, where nobody votes, and once the ballots are counted."""
    return first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, Do.ISSUE_CODES, Place(budget_round.traject.area.path)),
        may_use_letters(budget_round.method()),
        may_issue_codes(budget_round.status),
    )


def issue_codes(
    session: Session,
    actor: Actor,
    budget_round: Round,
    count: int,
    label: str,
    secret_key: str,
    now: datetime,
    *,
    drawn: Sequence[VotingCode] | None = None,
    request_key: str = "",
    area: Area | None = None,
) -> list[VotingCode] | Refused:
    """Make `count` credentials and return their codes, or put `drawn` ones on the roll. They can be read now alone.

    `request_key` names the form that was sent: the same one a second time makes nothing. `area` is the buurt that
    the letters go to; refused is one outside the area of the round.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = may_issue(actor, budget_round)
    if isinstance(verdict, Refused):
        return verdict
    if area is not None and not area.path.startswith(budget_round.traject.area.path):
        return refused(Refusal.NOT_YOUR_AREA)
    verdict = _once(session, budget_round.id, request_key)
    if isinstance(verdict, Refused):
        return verdict
    codes = list(drawn) if drawn is not None else draw_codes(session, budget_round.id, count)
    batch = CodeBatch(
        round_id=budget_round.id, label=label, size=len(codes), created_at=now, area_id=area.id if area else None
    )
    session.add(batch)
    session.flush()
    put_on_roll(session, batch, codes, secret_key)
    record(session, actor.account_id, Do.ISSUE_CODES, batch, now, round=budget_round.id, count=len(codes))
    return codes


def issue_at_desk(
    session: Session, actor: Actor, budget_round: Round, secret_key: str, now: datetime, request_key: str
) -> VotingCode | Refused:
    """Make one code for somebody whose identity was checked at the counter. Sending the form twice makes one."""
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may_issue(actor, budget_round), may_hand_out(budget_round.status, budget_round.clock().closes_at, now)
    )
    if isinstance(verdict, Refused):
        return verdict
    verdict = _once(session, budget_round.id, request_key)
    if isinstance(verdict, Refused):
        return verdict
    batch, code = make_one(session, budget_round.id, BatchPurpose.DESK, secret_key, now)
    record(session, actor.account_id, Do.ISSUE_CODES, batch, now, round=budget_round.id, count=1)
    return code


def make_one(
    session: Session, round_id: int, purpose: BatchPurpose, secret_key: str, now: datetime
) -> tuple[CodeBatch, VotingCode]:
    """Make a single code, in the batch of today for its purpose: the batch has the day, so no code has a minute."""
    day_begins = now.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
    batch = session.scalar(batch_of_day(round_id, purpose, day_begins))
    if batch is None:
        batch = CodeBatch(round_id=round_id, label=purpose.value, size=0, created_at=day_begins, purpose=purpose)
        session.add(batch)
        session.flush()
    code = _random_code()
    while session.scalar(credential(round_id, code.selector)) is not None:
        code = _random_code()
    batch.size = CodeBatch.size + 1
    session.flush()
    put_on_roll(session, batch, [code], secret_key)
    return batch, code


def put_on_roll(session: Session, batch: CodeBatch, codes: Sequence[VotingCode], secret_key: str) -> None:
    """Let codes work from now on. Of each, its selector is kept, and a keyed hash of the rest."""
    session.execute(
        insert(VoterRoll),
        [
            {
                "round_id": batch.round_id,
                "selector": code.selector,
                "verifier_hash": verifier_hash(secret_key, batch.round_id, code),
                "batch_id": batch.id,
            }
            for code in codes
        ],
    )


def verifier_hash(secret_key: str, round_id: int, code: VotingCode) -> str:
    """Return what is kept of a code: HMAC-SHA256 with the secret key of the installation."""
    return keyed_hash(secret_key, "code", round_id, code.selector, code.verifier)


def _random_code() -> VotingCode:
    return VotingCode(random_signs(SELECTOR_LENGTH), random_signs(VERIFIER_LENGTH))


def _once(session: Session, round_id: int, request_key: str) -> Verdict:
    if not request_key:
        return Allowed()
    statement = upserting(session)(CodeRequest).values(round_id=round_id, request_key=request_key)
    first = session.scalar(statement.on_conflict_do_nothing().returning(CodeRequest.round_id)) is not None
    return Allowed() if first else refused(Refusal.CODES_ALREADY_MADE)
