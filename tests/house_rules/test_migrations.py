"""Every migration runs up and down with data in the tables, and ends where the models are."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Engine,
    Enum,
    Float,
    LargeBinary,
    Table,
    inspect,
    text,
)
from sqlalchemy.types import Integer

from participatie.migrations import HERE, DatabaseTooNewError, current, downgrade, head, upgrade
from participatie.models import Base
from participatie.models.base import UtcDateTime

MOMENT = datetime(2026, 5, 4, 10, tzinfo=UTC)
#: Sums of which one is 1 already, in a purse of 1 cent.
NOTHING = frozenset({"committed_cents", "returned_cents"})


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return compare_metadata(context, Base.metadata)


def steps() -> list[str]:
    """The numbers of all migrations, newest first."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]


def fill_every_table(engine: Engine) -> None:
    """Put one row in every table, whatever tables there are: 1, a text, the first word of an enum, a later moment."""
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            row = {column.name: value for column in table.columns if (value := _value_for(column)) is not None}
            connection.execute(table.insert().values(row))


def count_rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608 - our own names
            for name in inspect(engine).get_table_names()
        }


def test_a_new_database_is_what_the_models_say(blank_engine: Engine) -> None:
    upgrade(blank_engine)
    assert differences(blank_engine) == []
    assert current(blank_engine) == head()


def test_a_new_database_checks_what_the_models_check(blank_engine: Engine) -> None:
    """Alembic compares no check constraints, so this does, by name."""
    upgrade(blank_engine)
    inspector = inspect(blank_engine)
    for table in Base.metadata.sorted_tables:
        found = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
        assert found == _checks_of(table), f"table {table.name}"


def test_every_migration_runs_down_and_up_with_data_in_the_tables(blank_engine: Engine) -> None:
    upgrade(blank_engine)
    fill_every_table(blank_engine)
    assert min(count_rows(blank_engine).values()) == 1
    numbers = steps()
    for step, before in zip(numbers, [*numbers[1:], "base"], strict=True):
        downgrade(blank_engine, before)
        upgrade(blank_engine, step)
        downgrade(blank_engine, before)
    assert set(inspect(blank_engine).get_table_names()) <= {"alembic_version"}
    upgrade(blank_engine)
    assert differences(blank_engine) == []
    fill_every_table(blank_engine)


def test_upgrading_twice_changes_nothing(blank_engine: Engine) -> None:
    upgrade(blank_engine)
    fill_every_table(blank_engine)
    before = count_rows(blank_engine)
    upgrade(blank_engine)
    assert count_rows(blank_engine) == before


def test_a_database_of_a_newer_program_is_refused_in_one_sentence(blank_engine: Engine) -> None:
    upgrade(blank_engine)
    with blank_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNewError, match="9999") as refusal:
        upgrade(blank_engine)
    assert "\n" not in str(refusal.value)
    assert current(blank_engine) == "9999"


def test_migrations_are_numbered_in_one_line() -> None:
    numbers = sorted(steps())
    assert numbers == [f"{place:04}" for place in range(1, len(numbers) + 1)]


def _checks_of(table: Table) -> set[str]:
    return {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}


def _value_for(column: Column[Any]) -> Any:
    kind = column.type
    if column.nullable:
        return None
    for wanted, value in (
        (Enum, lambda: next(iter(kind.enum_class)) if getattr(kind, "enum_class", None) else kind.enums[0]),
        (UtcDateTime, lambda: MOMENT + timedelta(hours=list(column.table.columns).index(column))),
        (Date, lambda: date(2026, 5, 4)),
        (Boolean, lambda: True),
        (JSON, dict),
        (LargeBinary, lambda: b"x"),
        (Integer, lambda: int(column.name not in NOTHING)),
        (Float, lambda: 52.5),
    ):
        if isinstance(kind, wanted):
            return value()
    return "x"
