"""Allocation explained: what a round's rules can say besides, turnout by area, rehearsals.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _make_rules()
    _make_results()


def downgrade() -> None:
    """Go down."""
    _drop_results()
    _drop_rules()


#: What was added to a round since its first rules got a guard: these are not changed after the opening either.
LATER = ("min_per_category", "points_total", "points_per_plan", "seats", "voting_method", "utility", "incompatible")
GUARD = "round_frozen_later"


def _make_rules() -> None:
    op.add_column("round", sa.Column("utility", sa.String(length=20), server_default="cost", nullable=False))
    op.add_column("round", sa.Column("incompatible", sa.JSON(), server_default="[]", nullable=False))
    sentence = "the rules of this round are frozen"
    if _is_sqlite():
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in LATER)
        op.execute(
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON round WHEN OLD.rulebook IS NOT NULL AND ({changed})"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    # As text: PostgreSQL compares no two values of its type json.
    changed = " OR ".join(f"NEW.{name}::text IS DISTINCT FROM OLD.{name}::text" for name in LATER)
    op.execute(
        f"CREATE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF OLD.rulebook IS NOT NULL AND ({changed}) THEN"
        f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON round FOR EACH ROW EXECUTE FUNCTION {GUARD}()")


def _drop_rules() -> None:
    op.execute(f"DROP TRIGGER {GUARD}" if _is_sqlite() else f"DROP TRIGGER {GUARD} ON round")
    if not _is_sqlite():
        op.execute(f"DROP FUNCTION {GUARD}()")
    op.drop_column("round", "incompatible")
    op.drop_column("round", "utility")


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _make_results() -> None:
    op.add_column("code_batch", sa.Column("area_id", sa.Integer(), nullable=True))
    op.create_table(
        "comparison",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_comparison_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_comparison")),
    )


def _drop_results() -> None:
    op.drop_table("comparison")
    op.drop_column("code_batch", "area_id")
