"""How is a row inserted, or changed where it is there already, in one statement?"""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def upserting(session: Session) -> Any:
    """Return the insert of the database at hand, which has `on_conflict_do_update`; SQLAlchemy has it per database."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
