"""Turns of drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("ballot_draft") as batch_op:
        batch_op.add_column(sa.Column("page", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("turn", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("ballot_draft") as batch_op:
        batch_op.drop_column("turn")
        batch_op.drop_column("page")
