"""Addresses on the list of a panel, of which some were drawn and got a letter; and what somebody tells."""

import secrets

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.codes import code_hash, new_code
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold
from participatie.spelregels.buurtpanels.leaves import SALT_BYTES, leaf_of
from participatie.spelregels.buurtpanels.members import HouseholdStatus
from participatie.spelregels.buurtpanels.registration import Told
from participatie.spelregels.codes import VotingCode
from tests.factories.people import now_of
from tests.factories.rounds import SECRET_KEY

FEATURES = {"leeftijd": "tot 40", "woning": "huur"}


def listed(session: Session, panel: Buurtpanel, number: int, *, invited: bool = False) -> list[PanelHousehold]:
    """So many addresses at the Dijk, in Polish for every third, of which the lot drew all or none."""
    homes = []
    for place in range(1, number + 1):
        salt = secrets.token_hex(SALT_BYTES)
        home = PanelHousehold(
            panel_id=panel.id,
            name="" if place % 2 else f"Familie {place}",
            address=f"Dijk {place}",
            postcode="1234 AB",
            place="Lindewaard",
            locale="pl" if place % 3 == 0 else None,
            stratum="Molenbuurt",
            salt=salt,
            leaf=leaf_of(salt, {"adres": f"Dijk {place}"}, None),
            status=HouseholdStatus.INVITED if invited else HouseholdStatus.LISTED,
        )
        session.add(home)
        homes.append(home)
    session.commit()
    return homes


def with_letter(session: Session, panel: Buurtpanel, number: int) -> list[tuple[PanelHousehold, VotingCode]]:
    """So many addresses that were drawn, each with the code of its letter."""
    taken: set[str] = set()
    made = []
    for home in listed(session, panel, number, invited=True):
        code = new_code(taken)
        home.selector, home.verifier_hash = code.selector, code_hash(SECRET_KEY, panel.id, code)
        home.letter_at = now_of(session)
        made.append((home, code))
    session.commit()
    return made


def told(name: str = "Fatma Yıldız", **others: object) -> Told:
    """Somebody of forty at most who rents, and who can be mailed."""
    given = {"features": FEATURES, "email": "fatma@lindewaard.example"} | others
    return Told(name, **given)  # type: ignore[arg-type]
