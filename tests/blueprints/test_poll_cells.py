"""An advisory round asks the acts of a poll at every level and in every phase, whoever comes (abuse case 34)."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.actions.votes import start_visit
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Do
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.unwritten import without_commits
from tests.factories import a_login, a_wijkmanager, codes
from tests.factories.choices import a_choice

ADDRESSES = (
    ("POST", "/stemmen/{slug}/kiezen", Do.CAST_ADVICE),
    ("POST", "/wijkbudget/{slug}/openen", Do.OPEN_POLL),
    ("POST", "/wijkbudget/{slug}/opnieuw", Do.RESTART_POLL),
)


@pytest.mark.parametrize("kind", [PhaseKind.POLL, PhaseKind.VOTE, PhaseKind.COLLECT])
def test_a_poll_opens_at_the_levels_of_advice_and_never_as_a_vote(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, kind: PhaseKind
) -> None:
    budget_round = a_choice(session, advice=True)
    [code] = codes(session, budget_round, 1)
    clients = {do: app.test_client() for _method, _url, do in ADDRESSES}
    for do in (Do.OPEN_POLL, Do.RESTART_POLL):
        with clients[do].session_transaction() as cookie:
            cookie.update(_user_id=a_login(session, a_wijkmanager(session)), _fresh=True)
    visit = start_visit(session, budget_round.id)
    session.commit()
    with clients[Do.CAST_ADVICE].session_transaction() as cookie:
        cookie["stem"] = {"round": budget_round.id, "selector": code.selector, "visit": visit}
    without_commits(monkeypatch, app)
    phase = budget_round.traject.phases[0]
    for level in Level:
        phase.level, phase.kind = level, kind
        budget_round.traject.touch()
        session.commit()
        for method, url, do in ADDRESSES:
            answer = clients[do].open(url.format(slug=budget_round.slug), method=method)
            permitted = kind in TABLE[do].during and level.reaches(TABLE[do].level)
            told = "Dit kan alleen in deze fase: peilen" in answer.text or "In deze fase is het niveau" in answer.text
            assert told is not permitted, f"{do} in {kind} at {level}: {answer.status_code}"
