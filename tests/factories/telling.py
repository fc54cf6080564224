"""Who follows what, and the tokens that stand in their mails."""

from sqlalchemy.orm import Session

from participatie.actions.following import choose_cadence, follow, named
from participatie.actions.telling import make_readers, stops
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.telling import reader_of
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.telling import About, Cadence, Stop, stop_token
from tests.factories.people import a_resident, done, now_of


def a_follower(
    session: Session, *things: Traject | Idea | Area, cadence: Cadence = Cadence.AT_ONCE, locale: str = "nl"
) -> Account:
    """A resident who follows these things, and wants mail this often."""
    account = a_resident(session, locale=locale)
    choose_cadence(session, account.actor(), cadence)
    for thing in things:
        done(follow(session, account.actor(), thing, now_of(session)))
    session.commit()
    return account


def a_stop_token(session: Session, account: Account, thing: Traject | Idea | Area | None) -> str:
    """The token that would stand in a mail to somebody about a thing; None for all mail."""
    make_readers(session, [account.id])
    session.commit()
    secret = session.scalars(reader_of(account.id)).one().secret
    if thing is None:
        return stop_token(secret, Stop(account.id, About.EVERYTHING, 0))
    return stops(secret, account, *named(thing))["one"]
