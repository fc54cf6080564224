"""The advice of a buurtpanel has an owner too, and goes up when its answer is late.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ASKED_BEFORE = ("idee", "geschil", "advies")
PANEL = "buurtpaneladvies"
TABLES = ("answer_owner", "escalation")


def upgrade() -> None:
    """Go up."""
    _let_asked_be(*ASKED_BEFORE, PANEL)


def downgrade() -> None:
    """Go back. Who had the advice of a panel is lost: before, nobody did."""
    for name in TABLES:
        table = sa.table(name, sa.column("asked", sa.String))
        op.execute(table.delete().where(table.c.asked == PANEL))
    _let_asked_be(*ASKED_BEFORE)


def _let_asked_be(*asked: str) -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{name}_asked"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{name}_asked"), sa.column("asked").in_(asked))
