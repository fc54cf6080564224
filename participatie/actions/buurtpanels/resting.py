"""Who sat on a panel of late, and is not asked again yet? Kept as a keyed hash and a day; no name, no address."""

from datetime import date, datetime

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.models.buurtpanels import Buurtpanel, PanelPerson, PanelRest
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.buurtpanels.registration import plain_address, plain_name
from participatie.spelregels.keyed_hashes import keyed_hash


def let_rest(session: Session, panel: Buurtpanel, person: PanelPerson, secret_key: str, now: datetime) -> None:
    """Write down that somebody took a seat, for as long as the rules of the panel say. Without an address nobody is known."""
    key = _hash_of(secret_key, person.name, person.postcode, person.address)
    years = panel.facts().rest_years
    if key is None or not years:
        return
    until = _years_later(now.astimezone(AMSTERDAM).date(), years)
    insert = upserting(session)(PanelRest).values(person_hash=key, until=until)
    # Who has a seat on two panels rests until the later day.
    changes = {"until": insert.excluded.until}
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["person_hash"], set_=changes, where=PanelRest.until < insert.excluded.until
        )
    )


def is_resting(
    session: Session, panel: Buurtpanel, name: str, postcode: str, address: str, secret_key: str, now: datetime
) -> bool:
    """Tell whether somebody of this name and address sat on a panel of late. A panel without a rest period takes everybody."""
    key = _hash_of(secret_key, name, postcode, address)
    if key is None or not panel.facts().rest_years:
        return False
    rests = select(PanelRest.until).where(PanelRest.person_hash == key)
    until = session.scalar(rests)
    return until is not None and until > now.astimezone(AMSTERDAM).date()


def forget_rests(session: Session, now: datetime) -> int:
    """Delete what no longer holds, and return how many."""
    past = delete(PanelRest).where(PanelRest.until <= now.astimezone(AMSTERDAM).date())
    result: CursorResult[PanelRest] = session.execute(past)  # type: ignore[assignment]
    return result.rowcount


def _hash_of(secret_key: str, name: str, postcode: str, address: str) -> str | None:
    if not (name.strip() and postcode.strip() and address.strip()):
        return None
    return keyed_hash(secret_key, "panel rest", plain_name(name), plain_address(postcode, address))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
