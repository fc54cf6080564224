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


def _make_rules() -> None:
    pass


def _drop_rules() -> None:
    pass


def _make_results() -> None:
    op.add_column("code_batch", sa.Column("area_id", sa.Integer(), nullable=True))


def _drop_results() -> None:
    op.drop_column("code_batch", "area_id")
