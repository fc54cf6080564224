"""How is it verified where somebody lives, by a code that the gemeente sent there?"""

import hmac
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.upserting import upserting
from participatie.actions.votes import random_signs, whole_hour
from participatie.models.residence import (
    Residence,
    ResidenceBatch,
    ResidenceCode,
    ResidenceTry,
    residence_code,
    residence_of,
    residence_selectors,
)
from participatie.models.wijken import Area
from participatie.spelregels.codes import SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode, read_code
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.residence import ResidenceMethod, may_try_residence_code
from participatie.spelregels.verdicts import Refusal, Refused, refused


def issue_residence_codes(
    session: Session, actor: Actor, area: Area, count: int, label: str, secret_key: str, now: datetime
) -> list[tuple[VotingCode, str]] | Refused:
    """Make `count` codes for the people of an area; each comes with a kenmerk to put beside an address.

    This is the only time that they can be read. The kenmerk is not kept: nothing here says which code went where.
    """
    verdict = may(actor, Do.ISSUE_RESIDENCE_CODES, Place(area.path))
    if isinstance(verdict, Refused):
        return verdict
    batch = ResidenceBatch(area_id=area.id, label=label, size=count, created_at=now)
    session.add(batch)
    session.flush()
    taken = set(session.scalars(residence_selectors()))
    codes: dict[str, VotingCode] = {}
    while len(codes) < count:
        code = VotingCode(random_signs(SELECTOR_LENGTH), random_signs(VERIFIER_LENGTH))
        if code.selector not in taken:
            codes[code.selector] = code
    session.execute(
        insert(ResidenceCode),
        [
            {"batch_id": batch.id, "selector": code.selector, "verifier_hash": _hash(secret_key, code)}
            for code in codes.values()
        ],
    )
    record(session, actor.account_id, Do.ISSUE_RESIDENCE_CODES, batch, now, area=area.code, count=count)
    return [(code, f"{batch.id}-{number}") for number, code in enumerate(codes.values(), start=1)]


def verify_by_code(
    session: Session, account_id: int, typed: str, secret_key: str, today: date, now: datetime
) -> Residence | Refused:
    """Verify where an account lives by a code of a letter. One code verifies one account, once.

    Every try is counted before it is looked at, so the caller must let the transaction commit. `today` is a day in
    Amsterdam.
    """
    verdict = may_try_residence_code(_count_try(session, account_id, now))
    if isinstance(verdict, Refused):
        return verdict
    typed_code = read_code(typed)
    asked = residence_code(typed_code.selector if typed_code else "").with_for_update(of=ResidenceCode)
    kept = session.scalar(asked, execution_options={"populate_existing": True})
    given = _hash(secret_key, typed_code) if typed_code else "0" * 64
    if kept is None or not hmac.compare_digest(kept.verifier_hash, given):
        return refused(Refusal.RESIDENCE_CODE_WRONG)
    if kept.is_used:
        return refused(Refusal.RESIDENCE_CODE_USED)
    residence = Residence(
        account_id=account_id, area=kept.batch.area, method=ResidenceMethod.LETTER, verified_on=today, key_hash=given
    )
    try:
        with session.begin_nested():
            session.add(residence)
    except IntegrityError:  # this account has a residence; the code is not spent on it
        return refused(Refusal.RESIDENCE_KNOWN)
    kept.is_used = True
    record(session, account_id, "woonplaats bevestigd", residence, now, way=str(residence.method))
    return residence


def take_residence_away(session: Session, account_id: int, now: datetime) -> bool:
    """Forget where an account lives for sure; False where nothing was known.

    A ballot that was cast stays and counts. The code stays used, and a login elsewhere verifies the residence again.
    """
    residence = session.scalar(residence_of(account_id))
    if residence is None:
        return False
    record(session, account_id, "woonplaats weggehaald", residence, now, way=str(residence.method))
    session.execute(delete(Residence).where(Residence.id == residence.id))
    return True


def _count_try(session: Session, account_id: int, now: datetime) -> int:
    # Counted first: of tries at once, each waits for the one before, and none is free.
    statement = upserting(session)(ResidenceTry).values(account_id=account_id, hour=whole_hour(now), tries=1)
    tries: int = session.execute(
        statement.on_conflict_do_update(
            index_elements=[ResidenceTry.account_id, ResidenceTry.hour], set_={"tries": ResidenceTry.tries + 1}
        ).returning(ResidenceTry.tries)
    ).scalar_one()
    return tries


def _hash(secret_key: str, code: VotingCode) -> str:
    return keyed_hash(secret_key, "residence", code.selector, code.verifier)
