"""Plans that residents chose and that do not go ahead by besluit.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up. A besluit of before that deviates names no plan; nobody but the gemeente can say which it withheld."""
    op.create_table(
        "besluit_withheld",
        sa.Column("besluit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["besluit_id"], ["besluit.id"], name=op.f("fk_besluit_withheld_besluit_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_besluit_withheld_plan_id")),
        sa.PrimaryKeyConstraint("besluit_id", "plan_id", name=op.f("pk_besluit_withheld")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_besluit_withheld_plan_id")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("besluit_withheld")
