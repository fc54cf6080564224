"""Is this a code of somebody for this panel? Wrong ones are counted, and the right one always passes."""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.codes import code_hash
from participatie.actions.upserting import upserting
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelGuess,
    PanelHousehold,
    PanelPerson,
    household_by_selector,
    person_by_selector,
)
from participatie.models.buurtpanels.seats import WHOLE_PANEL
from participatie.spelregels.codes import read_code
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import GUESSES_PER_HOUR, WRONG_CODES_PER_HOUR

_NOBODY = "0" * 64


def come_in(
    session: Session, panel: Buurtpanel, typed: str, secret_key: str, now: datetime
) -> PanelHousehold | PanelPerson | Refused:
    """Return the address or the person of a code. Unknown and wrong codes get the same answer, after the same work.

    Who keeps guessing must not lock a member out, and with 50 bits to guess the limits only have to make trying dear.
    A wrong code is counted, so the caller must let the transaction commit.
    """
    code = read_code(typed)
    if code is None:
        return refused(Refusal.PANEL_CODE_WRONG)
    given = code_hash(secret_key, panel.id, code)
    # A letter and a member may have one selector by chance: both are asked, always.
    households = session.scalars(household_by_selector(panel.id, code.selector)).all()
    people = session.scalars(person_by_selector(panel.id, code.selector)).all()
    found: list[PanelHousehold | PanelPerson] = [*households, *people]
    right = [row for row in found if hmac.compare_digest(row.verifier_hash or _NOBODY, given)]
    if right:
        return right[0]
    return _wrong_code(session, panel.id, _counted_as(code.selector, is_known=bool(found)), now)


def _wrong_code(session: Session, panel_id: int, counted_as: str, now: datetime) -> Refused:
    # The line of the panel comes first everywhere, so that two guessers wait for each other and never lock up.
    of_panel = _count(session, panel_id, WHOLE_PANEL, now)
    of_code = _count(session, panel_id, counted_as, now)
    if of_panel == 1:
        session.execute(delete(PanelGuess).where(PanelGuess.panel_id == panel_id, PanelGuess.hour < _whole_hour(now)))
    if of_panel > WRONG_CODES_PER_HOUR:
        return refused(Refusal.PANEL_CODES_TOO_MANY)
    if of_code > GUESSES_PER_HOUR:
        return refused(Refusal.TOO_MANY_GUESSES, limit=GUESSES_PER_HOUR)
    return refused(Refusal.PANEL_CODE_WRONG)


def _count(session: Session, panel_id: int, line: str, now: datetime) -> int:
    statement = (
        upserting(session)(PanelGuess)
        .values(panel_id=panel_id, selector=line, hour=_whole_hour(now), failures=1)
        .on_conflict_do_update(
            index_elements=["panel_id", "selector", "hour"], set_={"failures": PanelGuess.failures + 1}
        )
        .returning(PanelGuess.failures)
    )
    return int(session.connection().execute(statement).scalar_one())


def _counted_as(selector: str, *, is_known: bool) -> str:
    # Unknown selectors share 256 lines, so that they are refused after ten tries too and never fill the table.
    return selector if is_known else f"-{hashlib.sha256(selector.encode()).hexdigest()[:2]}"


def _whole_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
