"""Who looks at most pages of staff?"""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from tests.factories import a_wijkmanager
from tests.visitor import Visitor


@pytest.fixture
def manager(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """The wijkmanager of the gemeente, logged in. A session ends when the clock goes far."""
    return visit_as(a_wijkmanager(session))
