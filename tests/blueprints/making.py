"""How a wijkmanager makes a traject in these tests: the form filled in, a draft changed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.trajecten import Traject
from participatie.spelregels.trajecten import Assurance
from tests.visitor import Visitor

#: The phases of Zwolle: collect, assess, vote, decide, execute.
DAYS = {
    "phase_1_from": "2026-05-04", "phase_2_from": "2026-06-01", "phase_3_from": "2026-10-12",
    "phase_4_from": "2026-10-26", "phase_5_from": "2026-11-09", "ends_on": "2027-03-28",
}  # fmt: skip
CARD = {
    "question": "Waar is het te heet?", "goal": "Koelte in de zomer.", "fixed": "Het bedrag.", "open": "De plekken.",
    "decision_maker": "De bewoners.", "dispute_to": "Wethouder De Boer.",
    "use_of_input": "Elk idee krijgt antwoord.", "not_used": "Ideeën voor één tuin.",
    "stakeholders": "ouders: op het schoolplein\nouderen: aan de deur", "results_back": "Op deze site.",
    "assurance": Assurance.SUBSTANTIAL.value, "assurance_reason": "Elk adres krijgt een brief.",
}  # fmt: skip
PRESET = "zwolle"


def start(manager: Visitor, *, preset: str = PRESET, status: int = 303, **fields: Any) -> None:
    """Fill in the form for a new traject by the rules of a preset."""
    manager.get(f"/trajecten/nieuw/{preset}")
    days = DAYS if preset == PRESET else {}
    typed = {"title": "Groen in de wijk", "slug": "groen", **days, **CARD, **fields}
    manager.submit("Bewaar als concept", status=status, **typed)


def edit(manager: Visitor, *, status: int = 303, **fields: Any) -> None:
    """Change the draft."""
    manager.get("/trajecten/groen/bewerken")
    manager.submit("Bewaar als concept", status=status, **fields)


def the(session: Session, slug: str = "groen") -> Traject:
    """The traject of that address."""
    return session.scalars(select(Traject).where(Traject.slug == slug)).one()
