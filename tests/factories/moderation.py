"""Organisations that moderate, and proposals to make one idea of two."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from participatie.actions.merging import propose_merge
from participatie.actions.organisations import OrganisationTerms, add_member, make_organisation
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.merging import Merge
from participatie.models.organisations import Organisation
from participatie.models.wijken import Area
from participatie.spelregels.permissions import Actor, Grant, Role
from participatie.spelregels.phases import PhaseKind
from tests.factories.people import done, next_number, now_of
from tests.factories.trajecten import during

MANAGER = Actor(grants=frozenset({Grant(Role.WIJKMANAGER, "/")}))
WHY = "Beide gaan over hetzelfde pleintje."


def an_organisation(
    session: Session, areas: Sequence[Area], members: Sequence[Account] = (), *, name: str = "", hours: int = 24
) -> Organisation:
    """A bewonersorganisatie that moderates in some areas, with some people."""
    terms = OrganisationTerms(name or f"Buurtvereniging {next_number()}", "Wij kennen de wijk.", hours, areas)
    made = done(make_organisation(session, MANAGER, terms, now_of(session)))
    for account in members:
        done(add_member(session, MANAGER, made, account.email, now_of(session)))
    session.commit()
    session.expire_all()
    return made


def an_open_merge(session: Session, source: Idea, target: Idea) -> Merge:
    """A proposal by the author of the first idea, to which the other one says nothing yet."""
    moment = during(session, source.traject, PhaseKind.COLLECT)
    merge = done(propose_merge(session, source.author, source, target, WHY, moment))
    session.commit()
    return merge
