"""How does somebody get a place in the pool of a panel: a salt, a leaf, a code, and the household they belong to?"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.codes import code_hash, new_code
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelPerson, households_at, selectors_on
from participatie.spelregels.buurtpanels.leaves import SALT_BYTES, leaf_of, proof_of
from participatie.spelregels.buurtpanels.members import HouseholdStatus, Recruitment, ReplyChannel
from participatie.spelregels.buurtpanels.registration import Told, plain_address
from participatie.spelregels.codes import VotingCode


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody who has just come into the pool, with the code that can be read now alone, and the proof to keep."""

    person: PanelPerson
    code: VotingCode

    def proof(self) -> str:
        """Return the text of which the leaf is the hash."""
        return proof_text(self.person)


def person_row(
    panel: Buurtpanel,
    told: Told,
    household: str | None,
    taken: set[str],
    secret_key: str,
    now: datetime,
    *,
    channel: ReplyChannel,
    source: Recruitment,
) -> Registered:
    """Return a new person of a panel, not yet in a session, and the code that they get.

    `taken` holds the selectors of the panel, as `selectors_taken` gives them. Nothing is refused here.
    """
    salt, code, features = secrets.token_hex(SALT_BYTES), new_code(taken), dict(told.features)
    person = PanelPerson(
        panel_id=panel.id,
        name=told.name,
        email=told.email,
        phone=told.phone,
        address=told.address,
        postcode=told.postcode,
        place=told.place,
        locale=told.locale,
        features=features,
        household=household,
        salt=salt,
        leaf=leaf_of(salt, features, household),
        selector=code.selector,
        verifier_hash=code_hash(secret_key, panel.id, code),
        channel=channel,
        source=source,
        registered_at=now,
    )
    return Registered(person, code)


def selectors_taken(session: Session, panel_id: int) -> set[str]:
    """Return the first half of every code of a panel, so that no two begin alike."""
    return set(session.scalars(selectors_on(panel_id)))


def proof_text(person: PanelPerson) -> str:
    """Return what somebody keeps to show that they are in the pool: its SHA-256 is their leaf."""
    return proof_of(person.salt, person.features, person.household)


def homes_of(session: Session, panel_id: int, people: Sequence[PanelPerson]) -> list[PanelHousehold]:
    """Return the addresses on the list of a panel where these people live."""
    wanted = {plain_address(person.postcode, person.address) for person in people if person.address}
    postcodes = {person.postcode for person in people if person.address}
    found = session.scalars(households_at(panel_id, postcodes)).all() if postcodes else ()
    return [home for home in found if plain_address(home.postcode, home.address) in wanted]


def note_answered(homes: Sequence[PanelHousehold]) -> None:
    """Write down that somebody of these addresses registered: no reminder for them. One that was not drawn stays as it is."""
    for home in homes:
        if home.status in (HouseholdStatus.INVITED, HouseholdStatus.DECLINED):
            home.status = HouseholdStatus.REGISTERED
