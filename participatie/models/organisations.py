"""Which bewonersorganisaties moderate where, with whom, and within which term?"""

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account, RoleGrant
from participatie.models.base import Base, Id, Line, Moment, Prose
from participatie.models.wijken import Area
from participatie.spelregels.permissions import Role


class Organisation(Base):
    """A bewonersorganisatie. `service_hours` is the time within which it promises to look; `name_key` its plain name."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("service_hours >= 1", name="service_hours"),)

    id: Mapped[Id]
    name: Mapped[Line]
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[Prose] = mapped_column(default="")
    service_hours: Mapped[int]
    created_at: Mapped[Moment]

    areas: Mapped[list["OrganisationArea"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", order_by="OrganisationArea.area_id"
    )
    members: Mapped[list["Membership"]] = relationship(back_populates="organisation", order_by="Membership.account_id")

    def serves(self, area_path: str) -> bool:
        """Tell whether a place lies in one of its areas."""
        return any(area_path.startswith(each.area.path) for each in self.areas)


class OrganisationArea(Base):
    """An area, with everything in it, that an organisation moderates."""

    __tablename__ = "organisation_area"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)

    organisation: Mapped[Organisation] = relationship(back_populates="areas")
    area: Mapped[Area] = relationship()


class Membership(Base):
    """Somebody who moderates through an organisation."""

    __tablename__ = "organisation_member"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    since: Mapped[Moment]

    organisation: Mapped[Organisation] = relationship(back_populates="members")
    account: Mapped[Account] = relationship()


class MembersGrant(Base):
    """A role grant that came through an organisation, and goes with it; one that was given to a person stays."""

    __tablename__ = "members_grant"

    grant_id: Mapped[int] = mapped_column(ForeignKey("role_grant.id", ondelete="CASCADE"), primary_key=True)


def all_organisations() -> Select[Organisation]:
    """Every organisation by name, with its areas."""
    return (
        select(Organisation)
        .options(selectinload(Organisation.areas).joinedload(OrganisationArea.area))
        .order_by(Organisation.name)
    )


def organisation_by_id(organisation_id: int) -> Select[Organisation]:
    """One organisation with its areas and members."""
    return (
        all_organisations()
        .where(Organisation.id == organisation_id)
        .options(selectinload(Organisation.members).joinedload(Membership.account))
    )


def organisation_by_key(name_key: str) -> Select[Organisation]:
    """The organisation with that plain name."""
    return select(Organisation).where(Organisation.name_key == name_key)


def organisations_around(area_path: str) -> Select[Organisation]:
    """The organisations that moderate a place, the one for the smallest area first."""
    return (
        select(Organisation)
        .join(OrganisationArea, OrganisationArea.organisation_id == Organisation.id)
        .join(Area, Area.id == OrganisationArea.area_id)
        .where(func.substr(area_path, 1, func.length(Area.path)) == Area.path)
        .order_by(func.length(Area.path).desc(), Organisation.id)
    )


def organisations_of(account_id: int) -> Select[Organisation]:
    """The organisations that somebody moderates for, with their areas."""
    return (
        all_organisations()
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == account_id)
    )


def all_memberships() -> Select[int, int]:
    """Every pair of an account and an organisation that it moderates for."""
    return select(Membership.account_id, Membership.organisation_id)


def names_of_organisations() -> Select[int, str]:
    """The number and the plain name of every organisation."""
    return select(Organisation.id, Organisation.name_key)


def moderators() -> Select[int, str]:
    """Every account that moderates, with the path of each area in which it does."""
    return select(RoleGrant.account_id, Area.path).join(RoleGrant.area).where(RoleGrant.role == Role.MODERATOR)


def grants_through(account_id: int) -> Select[RoleGrant]:
    """The grants of moderator that somebody has through organisations."""
    return (
        select(RoleGrant)
        .join(MembersGrant, MembersGrant.grant_id == RoleGrant.id)
        .where(RoleGrant.account_id == account_id)
        .options(joinedload(RoleGrant.area))
    )
