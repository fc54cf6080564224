"""How does somebody let another vote? The old code stops, a new one is handed on, and the consent is written down."""

from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.casting import VOTER
from participatie.actions.votes.issuing import make_one
from participatie.actions.votes.replacing import may_change_code, take_back
from participatie.models.votes import VotingProxy, proxy_of
from participatie.models.wijkbudget import HOLD_STATUS, Round
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.codes import VotingCode, read_selector
from participatie.spelregels.issuing import BatchPurpose, Consent, may_pass_on
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import may_vote_now
from participatie.spelregels.wijkbudget import RoundStatus


def let_another_vote(
    session: Session, budget_round: Round, selector: str, secret_key: str, now: datetime, *, consents: bool
) -> VotingCode | Refused:
    """Stop a voter's code and return a new one to hand on. `selector` is of a code that was shown just now.

    Refused without consent, once voted, and for a code that was handed on itself: one level and no further. In the
    log there is nothing: beside a lone proxy of the day, its minute would tell whose it is.
    """
    verdict = first_refusal(
        may_vote_now(budget_round.clock(), now),
        may(VOTER, Do.PASS_ON_VOTE, budget_round.traject.facts().place_at(now)),
    )
    if isinstance(verdict, Refused):
        return verdict
    # Whether the count has begun is asked behind the lock that counting takes, as casting does.
    status = session.connection().execute(HOLD_STATUS, {"round_id": budget_round.id}).scalar()
    if status is not RoundStatus.OPEN:
        return refused(Refusal.VOTE_CLOSED)
    return _pass_on(session, budget_round, selector, Consent.ON_SCREEN, secret_key, now, consents=consents)


def let_another_vote_on_paper(
    session: Session,
    actor: Actor,
    budget_round: Round,
    kenmerk: str,
    secret_key: str,
    now: datetime,
    *,
    is_signed: bool,
) -> VotingCode | Refused:
    """The same at the counter: by the kenmerk of a letter, with a signed form in hand."""
    verdict = first_refusal(
        may(actor, Do.REPLACE_CODE, Place(budget_round.traject.area.path)), may_change_code(session, budget_round, now)
    )
    selector = read_selector(kenmerk)
    if isinstance(verdict, Refused) or selector is None:
        return verdict if isinstance(verdict, Refused) else refused(Refusal.KENMERK_UNKNOWN)
    code = _pass_on(session, budget_round, selector, Consent.ON_PAPER, secret_key, now, consents=is_signed)
    if not isinstance(code, Refused):
        record(session, actor.account_id, Do.REPLACE_CODE, budget_round, now, count=1)
    return code


def _pass_on(
    session: Session,
    budget_round: Round,
    selector: str,
    consent: Consent,
    secret_key: str,
    now: datetime,
    *,
    consents: bool,
) -> VotingCode | Refused:
    is_proxy = session.scalar(proxy_of(budget_round.id, selector)) is not None
    verdict = may_pass_on(is_proxy=is_proxy, consents=consents)
    if isinstance(verdict, Refused):
        return verdict
    verdict = take_back(session, budget_round, selector)
    if isinstance(verdict, Refused):
        return verdict
    _batch, code = make_one(session, budget_round.id, BatchPurpose.PROXY, secret_key, now)
    today = now.astimezone(AMSTERDAM).date()
    session.add(VotingProxy(round_id=budget_round.id, selector=code.selector, day=today, consent=consent))
    session.flush()
    return code
