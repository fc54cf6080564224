"""How is a buurtpanel prepared, and when can residents register?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import Buurtpanel, PanelQuota
from participatie.models.trajecten import Traject
from participatie.spelregels.buurtpanels.opening import (
    FEWEST_SEATS,
    MOST_SEATS,
    Mandate,
    PanelStatus,
    QuotaRule,
    check_quotas,
    may_change_rules,
    may_open_registration,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.trajecten import may_begin_anew
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused

__all__ = ["FEWEST_SEATS", "MOST_SEATS", "PanelTerms", "change_panel", "open_registration", "prepare_panel"]


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """What a wijkmanager fills in about a panel. The allowance is in cents a member."""

    title: str
    mandate: Mandate
    role: str
    task: str
    powers: str
    seats: int
    quotas: Sequence[QuotaRule] = ()
    profile_source: str = ""
    allowance_cents: int = 0
    rest_years: int = 0


def prepare_panel(
    session: Session, actor: Actor, traject: Traject, slug: str, terms: PanelTerms, now: datetime
) -> Buurtpanel | Refused:
    """Make a panel for a traject, in preparation. Refused are a traject that is closed, an address that is taken and quotas that clash."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, traject.facts().place_at(now)),
        may_begin_anew(traject.status),
        check_quotas(terms.seats, terms.quotas),
    )
    if isinstance(verdict, Refused):
        return verdict
    if session.scalar(select(Buurtpanel.id).where(Buurtpanel.slug == slug)) is not None:
        return refused(Refusal.ADDRESS_TAKEN)
    panel = Buurtpanel(slug=slug, traject=traject)
    _write(panel, terms)
    session.add(panel)
    record(session, actor.account_id, Do.MANAGE_PANEL, panel, now)
    traject.touch()
    return panel


def change_panel(
    session: Session, actor: Actor, panel: Buurtpanel, terms: PanelTerms, now: datetime
) -> Buurtpanel | Refused:
    """Change a panel in preparation. Refused once people could register, and for quotas that clash."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_change_rules(panel.status),
        check_quotas(terms.seats, terms.quotas),
    )
    if isinstance(verdict, Refused):
        return verdict
    panel.quotas.clear()
    session.flush()  # the old quotas go before new ones with the same names come
    _write(panel, terms)
    record(session, actor.account_id, Do.MANAGE_PANEL, panel, now)
    return panel


def open_registration(session: Session, actor: Actor, panel: Buurtpanel, now: datetime) -> Buurtpanel | Refused:
    """Freeze and publish the rules of a panel; from now on people can register."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_open_registration(
            panel.draft_rules(), panel.status, panel.traject.status, [phase.facts() for phase in panel.traject.phases]
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    panel.freeze()
    panel.status = PanelStatus.REGISTERING
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, panel, now, rules=panel.rules_sha256)
    return panel


def _write(panel: Buurtpanel, terms: PanelTerms) -> None:
    for name in (
        "title",
        "mandate",
        "role",
        "task",
        "powers",
        "seats",
        "profile_source",
        "allowance_cents",
        "rest_years",
    ):
        setattr(panel, name, getattr(terms, name))
    panel.quotas.extend(
        PanelQuota(
            position=position,
            feature=quota.feature,
            value=quota.value,
            minimum=quota.minimum,
            maximum=quota.maximum,
            share=quota.share,
        )
        for position, quota in enumerate(terms.quotas)
    )
