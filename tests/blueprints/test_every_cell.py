"""Every address x everybody x every level x every phase: what the site answers is what the table says (abuse case 34).

An act is sent in every cell of the table in which its answer can differ for this person. What is the same everywhere is
asked in two cells, that are others for the next person and the next address.
"""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.cells import CELLS
from tests.blueprints.unwritten import without_commits
from tests.blueprints.walk import Walk, addresses


@pytest.mark.slow
@pytest.mark.parametrize("level", Level)
def test_every_address_does_what_the_table_says(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    walk = Walk(app, session)
    without_commits(monkeypatch, app)
    everything = [(asked, person) for asked in addresses(app) for person in walk.people]
    wrong = []
    for kind in PhaseKind:
        walk.stand(level, kind)
        for turn, (asked, person) in enumerate(everything):
            if walk.is_asked(asked, person, turn, CELLS.index((level, kind))):
                flaw = walk.flaw(asked, person)
                wrong += [f"{asked} by {person.name}, {kind} at {level}: {flaw}"] if flaw else []
    assert not wrong, "\n".join(wrong)
