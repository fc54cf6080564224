"""A besluit can be about what a buurtpanel said.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ABOUT = "buurtpanel"


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("besluit") as batch_op:
        batch_op.add_column(sa.Column("advice_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_besluit_advice_id"), "panel_advice", ["advice_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_besluit_advice_id"), ["advice_id"])


def downgrade() -> None:
    """Go back. A besluit about a panel has no place in the schema before; the answer to the panel stays."""
    besluiten = sa.table("besluit", sa.column("id"), sa.column("subject_kind", sa.String))
    gone = sa.select(besluiten.c.id).where(besluiten.c.subject_kind == ABOUT)
    for name in ("besluit_version", "besluit_withheld"):
        table = sa.table(name, sa.column("besluit_id"))
        op.execute(table.delete().where(table.c.besluit_id.in_(gone)))
    op.execute(besluiten.delete().where(besluiten.c.subject_kind == ABOUT))
    with op.batch_alter_table("besluit") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_besluit_advice_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_besluit_advice_id"), type_="foreignkey")
        batch_op.drop_column("advice_id")
