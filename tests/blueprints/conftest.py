"""Who looks at most pages of staff?"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.postcodes import Postcode
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_wijkmanager
from tests.login_service import LoginServer
from tests.visitor import Visitor


@pytest.fixture
def manager(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """The wijkmanager of the gemeente, logged in. A session ends when the clock goes far."""
    return visit_as(a_wijkmanager(session))


@pytest.fixture
def service(
    app: Flask, session: Session, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LoginServer]:
    """The login service of the gemeente; its people live in the first buurt."""
    session.add(Postcode(code="9001AB", area_id=a_gemeente(session).buurten[0].id))
    session.commit()
    with LoginServer(clock) as server:
        settings = replace(app.extensions["participatie.settings"], oidc=server.settings)
        monkeypatch.setitem(app.extensions, "participatie.settings", settings)
        monkeypatch.setitem(app.extensions, "participatie.login_service", {})
        yield server
