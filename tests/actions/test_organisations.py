"""Who moderates through an organisation, and how their rights come and go with it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.organisations import OrganisationTerms, change_organisation, make_organisation, remove_member
from participatie.models.accounts import LoginSession, RoleGrant
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_login, a_resident, an_account
from tests.factories.moderation import MANAGER, an_organisation
from tests.factories.people import done


def paths(session: Session, account_id: int) -> list[int]:
    """The areas in which somebody moderates."""
    held = select(RoleGrant.area_id).where(RoleGrant.account_id == account_id, RoleGrant.role == Role.MODERATOR)
    return sorted(session.scalars(held))


def test_rights_follow_the_areas_of_the_organisation_and_end_with_membership(
    session: Session, clock: TurnableClock
) -> None:
    """A change of rights ends every session (abuse case 28)."""
    first, second = a_gemeente(session).wijken
    member = a_resident(session)
    organisation = an_organisation(session, [first], [member])
    assert paths(session, member.id) == [first.id]
    a_login(session, member)
    terms = OrganisationTerms("Buurtkracht", "", 12, [second])
    done(change_organisation(session, MANAGER, organisation, terms, clock.now))
    assert paths(session, member.id) == [second.id]
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 0
    done(remove_member(session, MANAGER, organisation, member, clock.now))
    assert paths(session, member.id) == []


def test_a_role_that_somebody_had_already_stays(session: Session, clock: TurnableClock) -> None:
    wijk = a_gemeente(session).wijken[0]
    moderator = an_account(session, role=Role.MODERATOR, role_area=wijk)
    organisation = an_organisation(session, [wijk], [moderator])
    done(remove_member(session, MANAGER, organisation, moderator, clock.now))
    assert paths(session, moderator.id) == [wijk.id]


def test_two_organisations_are_two_names_and_areas_are_ones_own(session: Session, clock: TurnableClock) -> None:
    first, second = a_gemeente(session).wijken
    an_organisation(session, [first], name="Buurt-Kracht")
    taken = make_organisation(session, MANAGER, OrganisationTerms("buurt kracht!", "", 12, [first]), clock.now)
    assert taken == refused(Refusal.ORGANISATION_TAKEN)
    manager = an_account(session, role=Role.WIJKMANAGER, role_area=first)
    elsewhere = OrganisationTerms("Anders", "", 12, [first, second])
    refusal = make_organisation(session, manager.actor(), elsewhere, clock.now)
    assert refusal == refused(Refusal.NOT_YOUR_ROLE, roles="beheerder, wijkmanager")
