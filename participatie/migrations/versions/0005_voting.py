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
    op.add_column("code_batch", sa.Column("purpose", sa.String(40), server_default="brieven", nullable=False))
    op.create_table(
        "voting_proxy",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum("scherm-1", "formulier-1", name="consent", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_voting_proxy_round_id")),
        sa.PrimaryKeyConstraint("round_id", "selector", name=op.f("pk_voting_proxy")),
    )
    op.create_table(
        "code_request",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_code_request_round_id")),
        sa.PrimaryKeyConstraint("round_id", "request_key", name=op.f("pk_code_request")),
    )


def _drop_letters() -> None:
    op.drop_table("code_request")
    op.drop_table("voting_proxy")
    op.drop_column("code_batch", "purpose")


def _make_accounts() -> None:
    op.add_column("round", sa.Column("voting_method", sa.String(length=40), server_default="brief", nullable=False))
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_identity_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "account_id", name=op.f("uq_identity_issuer_account_id")),
        sa.UniqueConstraint("issuer", "subject_hash", name=op.f("uq_identity_issuer_subject_hash")),
    )
    op.create_index(op.f("ix_identity_account_id"), "identity", ["account_id"])
    op.create_table(
        "spent_login",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_spent_login")),
    )
    op.create_index(op.f("ix_spent_login_spent_at"), "spent_login", ["spent_at"])
    op.create_table(
        "residence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum("brief", "inlogdienst", name="method", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_residence_account_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_residence_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence")),
        sa.UniqueConstraint("account_id", name=op.f("uq_residence_account_id")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_residence_key_hash")),
    )
    op.create_index(op.f("ix_residence_area_id"), "residence", ["area_id"])
    op.create_table(
        "residence_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_residence_batch_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_batch")),
    )
    op.create_index(op.f("ix_residence_batch_area_id"), "residence_batch", ["area_id"])
    op.create_table(
        "residence_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=False),
        sa.Column("verifier_hash", sa.String(length=64), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["residence_batch.id"], name=op.f("fk_residence_code_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_code")),
        sa.UniqueConstraint("selector", name=op.f("uq_residence_code_selector")),
    )
    op.create_index(op.f("ix_residence_code_batch_id"), "residence_code", ["batch_id"])
    op.create_table(
        "residence_try",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries > 0", name=op.f("ck_residence_try_tries")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_residence_try_account_id")),
        sa.PrimaryKeyConstraint("account_id", "hour", name=op.f("pk_residence_try")),
    )
    op.create_index(op.f("ix_residence_try_hour"), "residence_try", ["hour"])


def _drop_accounts() -> None:
    for name in (
        "residence_try",
        "residence_code",
        "residence_batch",
        "residence",
        "spent_login",
        "identity",
    ):
        op.drop_table(name)
    op.drop_column("round", "voting_method")


WHY_NO_VOTE = (
    "niet te lezen", "niets gekozen", "te veel of te weinig gekozen", "geen goede stemcode",
    "al online gestemd", "stemcode op een ander vel", "stemcode ingetrokken",
)  # fmt: skip
SHEET_STATUSES = ("leeg", "één keer ingevoerd", "verschil", "geteld", "ongeldig", "afgewezen")
CHOSEN_ENTRY = ("de eerste invoer", "de tweede invoer", "ongeldig")


def _make_paper() -> None:
    op.create_table(
        "paper_stack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("counted_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("sheets > 0", name=op.f("ck_paper_stack_sheets")),
        sa.CheckConstraint("signed_by_id IS NULL OR signed_by_id <> counted_by_id", name=op.f("ck_paper_stack_signed")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["account.id"], name=op.f("fk_paper_stack_counted_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_paper_stack_round_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["account.id"], name=op.f("fk_paper_stack_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_stack")),
        sa.UniqueConstraint("round_id", "opening", "label", name=op.f("uq_paper_stack_round_id_opening_label")),
    )
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stack_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("status", SHEET_STATUSES), nullable=False),
        sa.Column("why", _one_of("why", WHY_NO_VOTE), nullable=True),
        sa.Column("ballot_key", sa.String(length=64), nullable=True),
        sa.Column("choose", _one_of("choose", CHOSEN_ENTRY), nullable=True),
        sa.Column("motive", sa.Text(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_with_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_sheet_number")),
        sa.CheckConstraint(
            "settled_with_id IS NULL OR settled_with_id <> settled_by_id", name=op.f("ck_paper_sheet_two")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_paper_sheet_round_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_paper_sheet_settled_by_id")),
        sa.ForeignKeyConstraint(["settled_with_id"], ["account.id"], name=op.f("fk_paper_sheet_settled_with_id")),
        sa.ForeignKeyConstraint(["stack_id"], ["paper_stack.id"], name=op.f("fk_paper_sheet_stack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("round_id", "ballot_key", name=op.f("uq_paper_sheet_round_id_ballot_key")),
        sa.UniqueConstraint("stack_id", "number", name=op.f("uq_paper_sheet_stack_id_number")),
    )
    op.create_table(
        "paper_entry",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("why", _one_of("why", WHY_NO_VOTE), nullable=True),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_paper_entry_place")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_paper_entry_entered_by_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["paper_sheet.id"], name=op.f("fk_paper_entry_sheet_id")),
        sa.PrimaryKeyConstraint("sheet_id", "place", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint("sheet_id", "entered_by_id", name=op.f("uq_paper_entry_sheet_id_entered_by_id")),
    )


def _one_of(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _drop_paper() -> None:
    op.drop_table("paper_entry")
    op.drop_table("paper_sheet")
    op.drop_table("paper_stack")


BALLOT_LIMITS = ("min_per_category", "points_total", "points_per_plan")


def _make_ballot_limits() -> None:
    for name in BALLOT_LIMITS:
        op.add_column("round", sa.Column(name, sa.Integer(), nullable=True))


def _drop_ballot_limits() -> None:
    for name in BALLOT_LIMITS:
        op.drop_column("round", name)


PHASES_BEFORE = (
    "analyseren", "agenderen", "programmeren", "inzamelen", "toetsen", "stemmen", "besluiten", "uitvoeren",
    "verantwoorden",
)  # fmt: skip


def _make_options() -> None:
    op.add_column("round", sa.Column("seats", sa.Integer(), server_default="1", nullable=False))
    op.add_column("plan", sa.Column("cost_text", sa.String(length=200), server_default="", nullable=False))
    _let_phases_be(*PHASES_BEFORE, "peilen")
    uses = ("gevolgd", "deels gevolgd", "niet gevolgd")
    with op.batch_alter_table("besluit") as batch_op:
        kind = sa.Enum(*uses, name="advice_use", native_enum=False, create_constraint=False, length=40)
        batch_op.add_column(sa.Column("advice_use", kind, nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_besluit_advice_use"), sa.column("advice_use").in_(uses))


def _drop_options() -> None:
    with op.batch_alter_table("besluit") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_besluit_advice_use"), type_="check")
        batch_op.drop_column("advice_use")
    # The level stays below meebeslissen, so that nobody can open as a vote what was advice.
    op.execute("UPDATE phase SET kind = 'stemmen' WHERE kind = 'peilen'")
    _let_phases_be(*PHASES_BEFORE)
    op.drop_column("plan", "cost_text")
    op.drop_column("round", "seats")


def _let_phases_be(*kinds: str) -> None:
    with op.batch_alter_table("phase") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_phase_kind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_phase_kind"), sa.column("kind").in_(kinds))


#: Forgetting writes the ballots anew once the secret is gone; paper is entered after the close, before the count.
SEALED_BALLOT = (
    "EXISTS (SELECT 1 FROM vote_seal s JOIN round r ON r.id = s.round_id WHERE s.round_id = {row}.round_id"
    " AND NOT (r.ballot_secret IS NULL OR (r.status = 'geopend' AND {row}.channel = 'papier')))"
)
SEAL_GUARDS = (
    ("ballot", "INSERT", SEALED_BALLOT.format(row="NEW")),
    (
        "ballot",
        "UPDATE",
        (
            "(NEW.round_id <> OLD.round_id OR NEW.choices <> OLD.choices OR NEW.channel <> OLD.channel OR NEW.receipt"
            f" <> OLD.receipt) AND ({SEALED_BALLOT.format(row='OLD')} OR {SEALED_BALLOT.format(row='NEW')})"
        ),
    ),
    ("ballot", "DELETE", SEALED_BALLOT.format(row="OLD")),
    ("vote_seal", "INSERT", "EXISTS (SELECT 1 FROM vote_seal s WHERE s.round_id = NEW.round_id)"),
    ("vote_seal", "UPDATE", "1 = 1"),
    (
        "vote_seal",
        "DELETE",
        "NOT EXISTS (SELECT 1 FROM withdrawn_rulebook w WHERE w.round_id = OLD.round_id AND w.opening = OLD.opening)",
    ),
)


def _make_seals() -> None:
    op.add_column("round", sa.Column("sealed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "vote_seal",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("ballots_sha256", sa.String(length=64), nullable=False),
        sa.Column("receipts_sha256", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_vote_seal_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_vote_seal")),
    )
    op.create_table(
        "withdrawn_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("ballots_sha256", sa.String(length=64), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_withdrawn_count_round_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name=op.f("fk_withdrawn_count_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_withdrawn_count")),
    )
    op.create_table(
        "result_bundle",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_result_bundle_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_result_bundle")),
    )
    for table, moment, condition in SEAL_GUARDS:
        _guard_sealed(table, moment, condition)


def _guard_sealed(table: str, moment: str, condition: str) -> None:
    name = f"{table}_frozen_{moment.lower()}"
    sentence, kept = "the ballots of this vote are sealed", "OLD" if moment == "DELETE" else "NEW"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            sa.text(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
        )
        return
    op.execute(
        sa.text(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF; RETURN {kept}; END $$"
        )
    )
    op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"))


def _drop_seals() -> None:
    for table, moment, _condition in SEAL_GUARDS:
        name = f"{table}_frozen_{moment.lower()}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("result_bundle", "withdrawn_count", "vote_seal"):
        op.drop_table(table)
    op.drop_column("round", "sealed")


ANNOUNCED_BEFORE = (
    "nieuws", "niveau veranderd", "fase langer", "meer tijd genomen", "balans", "fase afgesloten",
    "concept ter inzage", "stuk vastgesteld", "stemming over", "eindverslag", "traject afgesloten",
)  # fmt: skip


def _let_announcements_be(*kinds: str) -> None:
    known = ", ".join(repr(kind) for kind in kinds)
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_constraint(op.f("ck_announcement_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_announcement_kind"), sa.text(f"kind IN ({known})"))


def _make_anomalies() -> None:
    _let_announcements_be(*ANNOUNCED_BEFORE, "stemcodes ingetrokken")
    op.create_table(
        "ballot_set_aside",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_set_aside_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_ballot_set_aside")),
    )
    op.create_table(
        "code_revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["code_batch.id"], name=op.f("fk_code_revocation_batch_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["account.id"], name=op.f("fk_code_revocation_revoked_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_code_revocation_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_revocation")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_code_revocation_batch_id")),
    )
    op.create_index(op.f("ix_code_revocation_round_id"), "code_revocation", ["round_id"])
    op.create_table(
        "vote_network_salt",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("forget_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_vote_network_salt_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_vote_network_salt")),
    )
    op.create_table(
        "vote_network_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("casts", sa.Integer(), nullable=False),
        sa.CheckConstraint("casts > 0", name=op.f("ck_vote_network_count_casts")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_vote_network_count_round_id")),
        sa.PrimaryKeyConstraint("round_id", "network", name=op.f("pk_vote_network_count")),
    )
    op.create_table(
        "voter_visit",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_voter_visit_round_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_voter_visit")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_voter_visit_round_id"), "voter_visit", ["round_id"])


def _drop_anomalies() -> None:
    # What was told stays told, under the word that the older version knows.
    op.execute("UPDATE announcement SET kind = 'nieuws' WHERE kind = 'stemcodes ingetrokken'")
    _let_announcements_be(*ANNOUNCED_BEFORE)
    for name in ("voter_visit", "vote_network_count", "vote_network_salt", "code_revocation", "ballot_set_aside"):
        op.drop_table(name)
