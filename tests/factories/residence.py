"""People whose residence was verified, and rounds in which they vote with their account."""

from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.identities import ProvenLogin, log_in_elsewhere
from participatie.actions.residence import issue_residence_codes, verify_by_code
from participatie.models.accounts import Account
from participatie.models.identities import Identity
from participatie.models.postcodes import Postcode
from participatie.models.residence import Residence
from participatie.models.wijkbudget import Round
from participatie.models.wijken import Area
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.residence import VotingMethod
from tests.factories.people import a_gemeente, a_resident, a_wijkmanager, done, next_number, now_of, runs_all
from tests.factories.rounds import SECRET_KEY, a_round


def a_round_of_accounts(session: Session, *, by_login: bool = False, **terms: Any) -> Round:
    """A round in which one votes with an account: with a residence code, or by the login service."""
    method = VotingMethod.ACCOUNT_OIDC if by_login else VotingMethod.ACCOUNT_LETTER
    return a_round(session, voters=0, voting_method=method, **terms)


def residence_codes(session: Session, number: int, area: Area | None = None) -> list[VotingCode]:
    """Residence codes for the first buurt or another area; `str(code)` is what the letter says."""
    area = area or a_gemeente(session).buurten[0]
    made = issue_residence_codes(
        session, runs_all(a_wijkmanager(session)), area, number, "brieven", SECRET_KEY, now_of(session)
    )
    session.commit()
    return [code for code, _kenmerk in done(made)]


def a_verified_resident(session: Session, area: Area | None = None) -> tuple[Account, Residence]:
    """Somebody who typed the code of their letter."""
    account, [code] = a_resident(session), residence_codes(session, 1, area)
    now = now_of(session)
    residence = done(verify_by_code(session, account.id, str(code), SECRET_KEY, now.date(), now))
    session.commit()
    return account, residence


def logs_in_elsewhere(
    session: Session, subject: str, postcode: str | None = "9001AB"
) -> tuple[Account, Residence | None]:
    """Somebody who logged in with the login service; the postcode 9001AB is in the first buurt."""
    if session.get(Postcode, "9001AB") is None:
        session.add(Postcode(code="9001AB", area_id=a_gemeente(session).buurten[0].id))
    now = now_of(session)
    proven = ProvenLogin("https://inloggen.example", subject, f"state-{next_number()}", postcode)
    outcome = done(log_in_elsewhere(session, proven, "nl", SECRET_KEY, now.date(), now))
    session.commit()
    newest = session.query(Identity).order_by(Identity.id.desc())
    account = outcome.residence and session.get_one(Account, outcome.residence.account_id)
    return account or newest[0].account, outcome.residence
