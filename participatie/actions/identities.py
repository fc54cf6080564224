"""How does somebody log in with a login service of the gemeente, and what is kept of that?

Kept are a hash of who they are there and the area that their postcode lies in. Their name, address and number are not.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.accounts import begin_session
from participatie.actions.record import record
from participatie.models.accounts import WITHOUT_ADDRESS, Account, token_hash
from participatie.models.identities import Identity, SpentLogin, identity_of, identity_of_account
from participatie.models.postcodes import area_of_postcode
from participatie.models.residence import Residence, residence_of
from participatie.models.wijken import Area
from participatie.spelregels.accounts import OUTSIDE_LOGIN_TERM
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.postcodes import plain_postcode
from participatie.spelregels.residence import ResidenceMethod
from participatie.spelregels.verdicts import Refusal, Refused, refused


@dataclass(frozen=True, slots=True)
class ProvenLogin:
    """Who somebody is at a login service, after its answer was checked; `state` is that of this one login.

    `postcode` is None where the service did not say.
    """

    issuer: str
    subject: str
    state: str
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedInElsewhere:
    """The token of the new session, and where somebody now lives for sure, if that is known."""

    token: str
    residence: Residence | None


def log_in_elsewhere(
    session: Session, proven: ProvenLogin, locale: str, secret_key: str, today: date, now: datetime
) -> LoggedInElsewhere | Refused:
    """Begin a session for whoever proved to be somebody elsewhere; the first time, this makes the account.

    The same person is always the same account. Refused is an answer that was used before (abuse case 31).
    """
    if not _spend(session, proven, now):
        return refused(Refusal.LOGIN_FAILED)
    subject_hash = _subject_hash(secret_key, proven)
    identity = session.scalar(identity_of(proven.issuer, subject_hash))
    if identity is None:
        identity = _first_time(session, proven.issuer, subject_hash, locale, now)
    residence = _verify(session, identity, proven, today, now)
    return LoggedInElsewhere(begin_session(session, identity.account, now), residence)


def link_identity(
    session: Session, account_id: int, proven: ProvenLogin, secret_key: str, today: date, now: datetime
) -> Residence | Refused | None:
    """Let an account log in elsewhere too; its verified residence, or None where that did not become known.

    Refused is somebody who has an account already, and an account that is somebody else's there: one person has one
    account, and moving an identity would let two accounts act for one person (abuse case 13).
    """
    if not _spend(session, proven, now):
        return refused(Refusal.LOGIN_FAILED)
    subject_hash = _subject_hash(secret_key, proven)
    identity = session.scalar(identity_of(proven.issuer, subject_hash))
    if identity is None:
        identity = Identity(account_id=account_id, issuer=proven.issuer, subject_hash=subject_hash, created_at=now)
        try:
            with session.begin_nested():
                session.add(identity)
        except IntegrityError:
            return refused(Refusal.IDENTITY_TAKEN)
        record(session, account_id, "inlog gekoppeld", identity, now)
    elif identity.account_id != account_id:
        return refused(Refusal.IDENTITY_TAKEN)
    return _verify(session, identity, proven, today, now)


def is_linked(session: Session, issuer: str, account_id: int) -> bool:
    """Tell whether an account can log in at this service."""
    return session.scalar(identity_of_account(issuer, account_id)) is not None


def _first_time(session: Session, issuer: str, subject_hash: str, locale: str, now: datetime) -> Identity:
    account = Account(email=f"{secrets.token_hex(12)}{WITHOUT_ADDRESS}", locale=locale, created_at=now)
    identity = Identity(account=account, issuer=issuer, subject_hash=subject_hash, created_at=now)
    try:
        with session.begin_nested():
            session.add(identity)
    except IntegrityError:  # made at this very moment, in another browser of the same person
        return session.scalars(identity_of(issuer, subject_hash)).one()
    record(session, None, "account gemaakt", account, now)
    return identity


def _verify(session: Session, identity: Identity, proven: ProvenLogin, today: date, now: datetime) -> Residence | None:
    known = session.scalar(residence_of(identity.account_id))
    if known is not None and known.method is not ResidenceMethod.OIDC:
        return known  # a letter proved it; only whose residence it is may take that away
    if proven.postcode is None:
        return known
    area = _area_of(session, proven.postcode)
    if area is None:
        if known is not None:
            record(session, identity.account_id, "woonplaats weggehaald", known, now, way=str(known.method))
            session.execute(delete(Residence).where(Residence.id == known.id))
        return None
    if known is None:
        known = Residence(
            account_id=identity.account_id, area=area, method=ResidenceMethod.OIDC, verified_on=today,
            key_hash=identity.subject_hash,
        )  # fmt: skip
        try:
            with session.begin_nested():
                session.add(known)
        except IntegrityError:  # logged in twice at one moment
            return session.scalar(residence_of(identity.account_id))
        record(session, identity.account_id, "woonplaats bevestigd", known, now, way=str(known.method))
    known.area, known.verified_on = area, today
    return known


def _area_of(session: Session, postcode: str) -> Area | None:
    plain = plain_postcode(postcode)
    return session.scalar(area_of_postcode(plain)) if plain else None


def _spend(session: Session, proven: ProvenLogin, now: datetime) -> bool:
    session.execute(delete(SpentLogin).where(SpentLogin.spent_at < now - 2 * OUTSIDE_LOGIN_TERM))
    try:
        with session.begin_nested():
            session.add(SpentLogin(state_hash=token_hash(proven.state), spent_at=now))
    except IntegrityError:
        return False
    return True


def _subject_hash(secret_key: str, proven: ProvenLogin) -> str:
    return keyed_hash(secret_key, "identity", proven.issuer, proven.subject)
