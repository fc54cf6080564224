"""The step that `make migration` writes can run, and reads like the first one."""

from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from participatie.migrations import head
from participatie.models import Base
from participatie.models.base import UtcDateTime
from participatie.models.database import connect
from tests.house_rules.next_migration import next_migration


def models_with_a_new_table() -> MetaData:
    """What our models would be with one table more."""
    models = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(models)
    Table(
        "bench",
        models,
        Column("id", Integer, primary_key=True),
        Column("placed_at", UtcDateTime, nullable=False, index=True),
        Column("area_id", ForeignKey("area.id")),
    )
    return models


def test_the_next_step_has_the_next_number_and_our_names(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'fresh.db'}")
    file = next_migration(engine, models_with_a_new_table(), "benches in a park", tmp_path)
    engine.dispose()
    number = f"{int(head()) + 1:04}"
    written = file.read_text()
    assert file.name == f"{number}_benches_in_a_park.py"
    assert written.startswith('"""Benches in a park."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n')
    assert f'revision = "{number}"\ndown_revision = "{head()}"\n' in written
    assert 'sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False)' in written
    for name in ("pk_bench", "fk_bench_area_id", "ix_bench_placed_at"):
        assert f'op.f("{name}")' in written
    assert 'op.drop_table("bench")' in written
    compile(written, file.name, "exec")


def test_a_step_without_a_name_is_not_written(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'fresh.db'}")
    with pytest.raises(ValueError, match="few words"):
        next_migration(engine, Base.metadata, " … ", tmp_path)
    engine.dispose()
