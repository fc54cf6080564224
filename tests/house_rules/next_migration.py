"""Which step leads from the newest migration to the models? `make migration MESSAGE="what it does"` writes it.

What Alembic does not see has to be added by hand: check constraints, words that an enum gained or lost, and what
becomes of the rows.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import DateTime, Engine, MetaData

from participatie.migrations import HERE, head, upgrade
from participatie.models import Base
from participatie.models.base import UtcDateTime
from participatie.models.database import connect

STEP = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    {up}


def downgrade() -> None:
    """Go back."""
    {down}
'''


class NothingToMigrateError(Exception):
    """The database after the newest migration is what the models say."""


def next_migration(engine: Engine, metadata: MetaData, title: str, folder: Path) -> Path:
    """Write the step after the newest one into `folder`, and return its file.

    `engine` is on an empty database; it gets all the steps that there are. Raises
    NothingToMigrateError when the models say nothing new, and ValueError for a title without a word.
    """
    words = re.findall(r"[a-z0-9]+", title.lower())
    if not words:
        message = "say in a few words what the migration does"
        raise ValueError(message)
    upgrade(engine)
    before = head()
    number = f"{int(before or 0) + 1:04}"
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
        script = produce_migrations(context, metadata)
        if script.upgrade_ops is None or script.upgrade_ops.is_empty():
            raise NothingToMigrateError
        up, down = (
            render_python_code(ops, migration_context=context, render_as_batch=True, render_item=_render)
            for ops in (script.upgrade_ops, script.downgrade_ops)
        )
    file = folder / f"{number}_{'_'.join(words)}.py"
    file.write_text(
        STEP.format(
            title=title.strip().rstrip(".").capitalize(),
            number=number,
            before=f'"{before}"' if before else None,
            up=_as_written_here(up),
            down=_as_written_here(down),
        )
    )
    # Our own formatter on our own file.
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(file)], check=True)  # noqa: S603
    return file


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # A step must go on working when our own type is gone or has become another; SQLite forgets the zone.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, DateTime | UtcDateTime) else False


def _as_written_here(code: str) -> str:
    """Leave out what Alembic says about its own work ('# ### commands auto generated …'), and schemas that are None."""
    lines = (line for line in code.splitlines() if not line.strip().startswith("# ###"))
    return "\n".join(lines).replace(", schema=None", "").strip()


def main(title: str) -> None:
    """Write the next step against a fresh SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/fresh.db")
        try:
            file = next_migration(engine, Base.metadata, title, HERE / "versions")
        except NothingToMigrateError:
            sys.exit("The models say nothing that the migrations do not say.")
        except ValueError as error:
            sys.exit(str(error).capitalize() + ': make migration MESSAGE="add the colour of a plan"')
        finally:
            engine.dispose()
    print(f"{file.relative_to(HERE.parent.parent)}: read it, and add check constraints and rows by hand.")  # noqa: T201


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
