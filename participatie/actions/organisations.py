"""How does a gemeente let a bewonersorganisatie moderate: where, within which term, and by whom?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.accounts import account_for, log_out_everywhere
from participatie.actions.moderation.sides import name_key
from participatie.actions.record import record
from participatie.models.accounts import Account, RoleGrant, grant_of
from participatie.models.moderation import handled_items
from participatie.models.organisations import (
    MembersGrant,
    Membership,
    Organisation,
    OrganisationArea,
    grants_through,
    organisation_by_key,
    organisations_of,
)
from participatie.models.wijken import Area
from participatie.spelregels.moderation import Figures, figures_of
from participatie.spelregels.permissions import Actor, Do, Place, Role, may
from participatie.spelregels.verdicts import Refusal, Refused, Verdict, first_refusal, refused


@dataclass(frozen=True, slots=True)
class OrganisationTerms:
    """What is filled in of an organisation: `service_hours` is the time within which it looks at what waits."""

    name: str
    about: str
    service_hours: int
    areas: Sequence[Area]


def make_organisation(
    session: Session, actor: Actor, terms: OrganisationTerms, now: datetime
) -> Organisation | Refused:
    """Make an organisation. Refused are areas that are not one's own, and a name that there is already."""
    verdict = first_refusal(_may_manage(actor, [area.path for area in terms.areas]), _free(session, terms.name, None))
    if isinstance(verdict, Refused):
        return verdict
    organisation = Organisation(
        name=terms.name.strip(),
        name_key=name_key(terms.name),
        about=terms.about.strip(),
        service_hours=terms.service_hours,
        created_at=now,
        areas=[OrganisationArea(area=area) for area in terms.areas],
    )
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        return refused(Refusal.ORGANISATION_TAKEN)
    record(session, actor.account_id, Do.MANAGE_ORGANISATION, organisation, now, service_hours=terms.service_hours)
    return organisation


def change_organisation(
    session: Session, actor: Actor, organisation: Organisation, terms: OrganisationTerms, now: datetime
) -> Organisation | Refused:
    """Change what was filled in; members moderate in the areas as they are from then on."""
    paths = [*_paths(organisation), *(area.path for area in terms.areas)]
    verdict = first_refusal(_may_manage(actor, paths), _free(session, terms.name, organisation.id))
    if isinstance(verdict, Refused):
        return verdict
    organisation.name, organisation.name_key = terms.name.strip(), name_key(terms.name)
    organisation.about, organisation.service_hours = terms.about.strip(), terms.service_hours
    wanted = {area.id for area in terms.areas}
    organisation.areas = [each for each in organisation.areas if each.area_id in wanted] + [
        OrganisationArea(area=area)
        for area in terms.areas
        if area.id not in {each.area_id for each in organisation.areas}
    ]
    session.flush()
    for member in organisation.members:
        _grant_anew(session, member.account)
    record(session, actor.account_id, Do.MANAGE_ORGANISATION, organisation, now, service_hours=terms.service_hours)
    return organisation


def add_member(
    session: Session, actor: Actor, organisation: Organisation, email: str, now: datetime
) -> Membership | Refused:
    """Let somebody moderate through an organisation; an unknown address gets an account. Twice changes nothing."""
    verdict = _may_manage(actor, _paths(organisation))
    if isinstance(verdict, Refused):
        return verdict
    account = account_for(session, email, "nl", "", now)
    found = session.get(Membership, (organisation.id, account.id))
    if found is not None:
        return found
    member = Membership(organisation=organisation, account=account, since=now)
    session.add(member)
    session.flush()
    _grant_anew(session, account)
    record(session, actor.account_id, Do.MANAGE_ORGANISATION, organisation, now, joined=account.id)
    return member


def remove_member(
    session: Session, actor: Actor, organisation: Organisation, account: Account, now: datetime
) -> Organisation | Refused:
    """End somebody's moderating through an organisation; a role that they were given otherwise stays."""
    verdict = _may_manage(actor, _paths(organisation))
    if isinstance(verdict, Refused):
        return verdict
    session.execute(
        delete(Membership).where(Membership.organisation_id == organisation.id, Membership.account_id == account.id)
    )
    session.expire(organisation, ["members"])
    _grant_anew(session, account)
    record(session, actor.account_id, Do.MANAGE_ORGANISATION, organisation, now, left=account.id)
    return organisation


def _grant_anew(session: Session, account: Account) -> None:
    """Give the grants that follow from memberships, and take away those that do not any more (abuse case 28)."""
    wanted = {each.area_id for member_of in session.scalars(organisations_of(account.id)) for each in member_of.areas}
    held = {grant.area_id: grant for grant in session.scalars(grants_through(account.id))}
    gone = [grant.id for area_id, grant in held.items() if area_id not in wanted]
    if gone:
        session.execute(delete(MembersGrant).where(MembersGrant.grant_id.in_(gone)))
        session.execute(delete(RoleGrant).where(RoleGrant.id.in_(gone)))
    new = [
        RoleGrant(account_id=account.id, role=Role.MODERATOR, area_id=area_id)
        for area_id in sorted(wanted - held.keys())
        if session.scalar(grant_of(account.id, Role.MODERATOR, area_id)) is None
    ]
    session.add_all(new)
    session.flush()
    session.add_all(MembersGrant(grant_id=grant.id) for grant in new)
    if gone or new:
        session.expire(account, ["granted"])
        log_out_everywhere(session, account)


def _may_manage(actor: Actor, paths: Sequence[str]) -> Verdict:
    return first_refusal(*(may(actor, Do.MANAGE_ORGANISATION, Place(path)) for path in paths))


def _paths(organisation: Organisation) -> list[str]:
    return [each.area.path for each in organisation.areas]


def _free(session: Session, name: str, own_id: int | None) -> Verdict:
    found = session.scalar(organisation_by_key(name_key(name)))
    taken = found is not None and found.id != own_id
    return first_refusal(*((refused(Refusal.ORGANISATION_TAKEN),) if taken else ()))


def figures_of_all(session: Session, organisation_id: int | None = None) -> Mapping[int, Figures]:
    """Return by organisation how it keeps its term: of what was looked at, and of what passed its term."""
    rows: dict[int, list[tuple[datetime, datetime, datetime]]] = {}
    for owner, opened_at, due_at, handled_at in session.execute(handled_items(organisation_id)):
        if owner is not None and handled_at is not None:
            rows.setdefault(owner, []).append((opened_at, due_at, handled_at))
    return {owner: figures_of(found) for owner, found in rows.items()}


def areas_by_number(session: Session, numbers: Sequence[int]) -> list[Area]:
    """Return some areas, in the order of the tree."""
    return list(session.scalars(select(Area).where(Area.id.in_(numbers)).order_by(Area.path)))
