"""Who votes here? With letters whoever showed a code in this browser, with accounts whoever is logged in."""

from flask import g
from flask_login import current_user

from participatie.models.residence import Residence, residence_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.residence import account_selector, may_vote_by_account
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.login import account
from participatie.web.transaction import reading
from participatie.web.voters import voter_here


def voter_of(budget_round: Round) -> str | None:
    """Return the selector of the voter in this browser, or None where nobody is who may vote in this round.

    For an account it is made anew at every request and kept in no cookie and no table beside the account.
    """
    if not budget_round.method().by_account:
        return voter_here(budget_round.id)
    residence = resident_of(budget_round)
    if isinstance(residence, Refused) or budget_round.ballot_secret is None:
        return None
    return account_selector(budget_round.ballot_secret, residence.key_hash)


def resident_of(budget_round: Round) -> Residence | Refused:
    """Return the verified residence with which the visitor may vote in this round, or what is still missing."""
    if not current_user.is_authenticated:
        return refused(Refusal.LOG_IN_FIRST)
    # Asked once a request, before the lock of casting is taken.
    if "residence" not in g:
        g.residence = reading().scalar(residence_of(account().id))
    residence: Residence | None = g.residence
    facts = residence.facts() if residence is not None else None
    verdict = may_vote_by_account(budget_round.method(), facts, budget_round.traject.area.path)
    if isinstance(verdict, Refused):
        return verdict
    assert residence is not None
    return residence
