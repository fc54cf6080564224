"""How does a pool that was gathered elsewhere come in? All of it or nothing, and the same file twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.pool import Registered, homes_of, note_answered, person_row, selectors_taken
from participatie.actions.buurtpanels.pool_file import PoolFile, read_pool
from participatie.actions.buurtpanels.resting import is_resting
from participatie.actions.record import record
from participatie.models.buurtpanels import Buurtpanel, registered_for
from participatie.spelregels.buurtpanels.members import Recruitment, ReplyChannel, may_register
from participatie.spelregels.buurtpanels.registration import PanelConsent, Told
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that somebody chose: its bytes, its name for the mistakes, and how those came of whom it does not tell that."""

    source: bytes
    name: str
    otherwise: Recruitment


@dataclass(frozen=True, slots=True)
class ImportedPool:
    """Who came in, each with a code that can be read now alone, and how many were there already."""

    people: list[Registered]
    same: int


def look_at_pool(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    file: ChosenFile,
    secret_key: str,
    now: datetime,
) -> PoolFile | Refused:
    """Return what importing a file would do, without doing it. Raises AddressesError with its mistakes."""
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)), may_register(panel.status)
    )
    if isinstance(verdict, Refused):
        return verdict

    def rests(told: Told) -> bool:
        return is_resting(session, panel, told.name, told.postcode, told.address, secret_key, now)

    there = session.scalars(registered_for(panel.id)).all()
    quotas = panel.facts().quotas
    return read_pool(file.source, file.name, quotas, there, panel.id, secret_key, rests, file.otherwise)


def import_pool(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    file: ChosenFile,
    secret_key: str,
    now: datetime,
    *,
    consents: bool,
) -> ImportedPool | Refused:
    """Put everybody of a file in the pool, who is not there yet. Raises AddressesError with its mistakes; nothing is done then.

    `consents` tells that everybody in it agreed to that; without it nothing is done.
    """
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    looked = look_at_pool(session, actor, panel, file, secret_key, now)
    if isinstance(looked, Refused):
        return looked
    if not consents:
        return refused(Refusal.PANEL_CONSENT_MISSING)
    taken = selectors_taken(session, panel.id)
    made = [
        person_row(
            panel, row.told, row.household, taken, secret_key, now, channel=ReplyChannel.IMPORT, source=row.source
        )
        for row in looked.new
    ]
    people = [each.person for each in made]
    session.add_all(people)
    note_answered(homes_of(session, panel.id, people))
    record(
        session, actor.account_id, Do.MANAGE_PANEL, panel, now,
        traject=panel.traject_id, imported=len(made), same=looked.same, consent=PanelConsent.IN_FILE,
    )  # fmt: skip
    return ImportedPool(made, looked.same)
