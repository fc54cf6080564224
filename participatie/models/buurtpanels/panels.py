"""Which buurtpanels are there, and what did each say beforehand?"""

import json
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.base import Base, Cents, Id, Line, Prose, words
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area, within
from participatie.spelregels.buurtpanels.opening import KEPT_DAYS, Mandate, PanelRules, PanelStatus, QuotaRule


class Buurtpanel(Base):
    """A panel of residents about one traject. `rules` is NULL until people can register, and never changes afterwards."""

    __tablename__ = "buurtpanel"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 500", name="seats"),
        CheckConstraint("rest_years BETWEEN 0 AND 10", name="rest_years"),
        CheckConstraint("allowance_cents >= 0", name="allowance_cents"),
        CheckConstraint("(status = 'in voorbereiding') = (rules IS NULL)", name="frozen"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    title: Mapped[Line]
    status: Mapped[PanelStatus] = mapped_column(words(PanelStatus, "status"), default=PanelStatus.DRAFT)
    mandate: Mapped[Mandate] = mapped_column(words(Mandate, "mandate"), default=Mandate.ADVISE)
    role: Mapped[Prose] = mapped_column(default="")
    task: Mapped[Prose] = mapped_column(default="")
    powers: Mapped[Prose] = mapped_column(default="")
    seats: Mapped[int] = mapped_column(default=25)
    profile_source: Mapped[Line] = mapped_column(default="")
    allowance_cents: Mapped[Cents] = mapped_column(default=0)
    rest_years: Mapped[int] = mapped_column(default=0)
    kept_days: Mapped[int] = mapped_column(default=KEPT_DAYS)
    rules: Mapped[str | None]
    rules_sha256: Mapped[str | None] = mapped_column(String(64))

    traject: Mapped[Traject] = relationship()
    quotas: Mapped[list["PanelQuota"]] = relationship(
        back_populates="panel", order_by="PanelQuota.position", cascade="all, delete-orphan"
    )

    def draft_rules(self) -> PanelRules:
        """Return the rules as they would be frozen now."""
        return PanelRules(
            title=self.title,
            mandate=self.mandate,
            role=self.role,
            task=self.task,
            powers=self.powers,
            seats=self.seats,
            quotas=tuple(quota.facts() for quota in self.quotas),
            profile_source=self.profile_source,
            allowance_cents=self.allowance_cents,
            rest_years=self.rest_years,
            answer_days=self.traject.answer_days,
            kept_days=self.kept_days,
        )

    def freeze(self) -> None:
        """Write the rules and their hash; from now on they are read from there."""
        rules = self.draft_rules()
        self.rules, self.rules_sha256 = rules.canonical_json(), rules.sha256()

    def facts(self) -> PanelRules:
        """Return the rules of this panel: as frozen, or else as they would be."""
        if self.rules is None:
            return self.draft_rules()
        frozen: dict[str, Any] = json.loads(self.rules)
        quotas = tuple(QuotaRule(**quota) for quota in frozen.pop("quotas"))
        return PanelRules(**frozen | {"mandate": Mandate(frozen["mandate"])}, quotas=quotas)


class PanelQuota(Base):
    """How many seats go to residents with one value of a feature. `share` is in tenths of a percent of the wijk."""

    __tablename__ = "panel_quota"
    __table_args__ = (
        UniqueConstraint("panel_id", "feature", "value"),
        CheckConstraint("0 <= minimum AND minimum <= maximum", name="bounds"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    position: Mapped[int]
    feature: Mapped[Line]
    value: Mapped[Line]
    minimum: Mapped[int]
    maximum: Mapped[int]
    share: Mapped[int | None]

    panel: Mapped[Buurtpanel] = relationship(back_populates="quotas")

    def facts(self) -> QuotaRule:
        """Return the quota as the spelregels see it."""
        return QuotaRule(self.feature, self.value, self.minimum, self.maximum, self.share)


_WHOLE = (
    joinedload(Buurtpanel.traject).joinedload(Traject.area),
    joinedload(Buurtpanel.traject).selectinload(Traject.phases),
    selectinload(Buurtpanel.quotas),
)


def panel_by_slug(slug: str) -> Select[Buurtpanel]:
    """One panel with its traject, area, phases and quotas."""
    return select(Buurtpanel).where(Buurtpanel.slug == slug).options(*_WHOLE)


def panel_by_id(panel_id: int) -> Select[Buurtpanel]:
    """One panel with its traject, area, phases and quotas."""
    return select(Buurtpanel).where(Buurtpanel.id == panel_id).options(*_WHOLE)


def panels_of_traject(traject_id: int) -> Select[Buurtpanel]:
    """The panels of a traject, oldest first."""
    return select(Buurtpanel).where(Buurtpanel.traject_id == traject_id).options(*_WHOLE).order_by(Buurtpanel.id)


def panels_in(*area_paths: str) -> Select[Buurtpanel]:
    """The panels in these areas, newest first, for staff."""
    return (
        select(Buurtpanel)
        .join(Buurtpanel.traject)
        .join(Traject.area)
        .where(within(area_paths), Area.id == Traject.area_id)
        .options(*_WHOLE)
        .order_by(Buurtpanel.id.desc())
    )
