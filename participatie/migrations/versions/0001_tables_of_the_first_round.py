"""Tables of the first round."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "gemeente",
                "stadsdeel",
                "wijk",
                "buurt",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    with op.batch_alter_table("area") as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_path"), ["path"], unique=False)

    op.create_table(
        "login_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_code")),
    )
    with op.batch_alter_table("login_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_login_code_browser_hash"), ["browser_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_code_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_code_email"), ["email"], unique=False)

    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
    )
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.create_index("ix_outbox_mail_due", ["sent_at", "due_at"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_account_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_audit_row_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    with op.batch_alter_table("audit_row") as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_row_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_row_object", ["object_kind", "object_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "bezoeker",
                "ingelogde bezoeker",
                "bewoner",
                "indiener",
                "kiezer",
                "moderator",
                "toetser",
                "wijkmanager",
                "college",
                "raad",
                "beheerder",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_role_grant_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("account_id", "role", "area_id", name=op.f("uq_role_grant_account_id_role_area_id")),
    )
    op.create_table(
        "traject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept", "open", "afgesloten", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("fixed", sa.Text(), nullable=False),
        sa.Column("open", sa.Text(), nullable=False),
        sa.Column("decision_maker", sa.String(length=200), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("use_of_input", sa.Text(), nullable=False),
        sa.Column("results_back", sa.Text(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer_days BETWEEN 1 AND 365", name=op.f("ck_traject_answer_days")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_traject_area_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["account.id"], name=op.f("fk_traject_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traject")),
        sa.UniqueConstraint("slug", name=op.f("uq_traject_slug")),
    )
    with op.batch_alter_table("traject") as batch_op:
        batch_op.create_index(batch_op.f("ix_traject_area_id"), ["area_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_follow_traject_id")),
        sa.PrimaryKeyConstraint("account_id", "traject_id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_traject_id"), ["traject_id"], unique=False)

    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("own_contribution", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "gepubliceerd",
                "toegelaten",
                "niet toegelaten",
                "ingetrokken",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_idea_cost_cents")),
        sa.CheckConstraint("support_count >= 0", name=op.f("ck_idea_support_count")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_idea_area_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_idea_author_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_idea_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    with op.batch_alter_table("idea") as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_idea_list", ["traject_id", "support_count", "id"], unique=False)

    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "inzamelen",
                "toetsen",
                "stemmen",
                "besluiten",
                "uitvoeren",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "meeweten",
                "meedenken",
                "meedoen",
                "meebeslissen",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_phase_dates")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_phase_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
    )
    with op.batch_alter_table("phase") as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_traject_id"), ["traject_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "concept",
                "geopend",
                "geteld",
                "gepubliceerd",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("pot_cents", sa.BigInteger(), nullable=False),
        sa.Column(
            "ballot_kind",
            sa.Enum(
                "approval",
                "knapsack",
                "choose-1",
                "cumulative",
                "ordinal",
                name="ballot_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("min_choices", sa.Integer(), nullable=False),
        sa.Column("max_choices", sa.Integer(), nullable=True),
        sa.Column("max_sum_cents", sa.BigInteger(), nullable=True),
        sa.Column("max_per_category", sa.Integer(), nullable=True),
        sa.Column("category_sums_cents", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("leftover", sa.String(length=40), nullable=False),
        sa.Column("category_caps_cents", sa.JSON(), nullable=False),
        sa.Column("minimum_votes", sa.Integer(), nullable=False),
        sa.Column("support_needed", sa.Integer(), nullable=False),
        sa.Column("test_weights", sa.JSON(), nullable=False),
        sa.Column("assurance", sa.String(length=200), nullable=False),
        sa.Column("assurance_reason", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=True),
        sa.Column("rulebook_sha256", sa.String(length=64), nullable=True),
        sa.Column("ballot_secret", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(status = 'concept') = (rulebook IS NULL)", name=op.f("ck_round_frozen")),
        sa.CheckConstraint("max_choices IS NULL OR max_choices >= min_choices", name=op.f("ck_round_choices")),
        sa.CheckConstraint("min_choices >= 0", name=op.f("ck_round_min_choices")),
        sa.CheckConstraint("pot_cents >= 0", name=op.f("ck_round_pot_cents")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_round_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("slug", name=op.f("uq_round_slug")),
        sa.UniqueConstraint("traject_id", name=op.f("uq_round_traject_id")),
    )
    op.create_table(
        "allocation",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("ballots_sha256", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("left_cents", sa.BigInteger(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_allocation_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_allocation")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "test",
            sa.Enum(
                "initiatief van bewoners",
                "draagvlak",
                "algemeen belang",
                "eigen bijdrage",
                "past bij het wijkplan",
                "geld van anderen gevraagd",
                "geen vaste kosten voor de gemeente",
                "uitvoerbaar",
                name="test",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessor_id"], ["account.id"], name=op.f("fk_assessment_assessor_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_assessment_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("idea_id", "test", name=op.f("uq_assessment_idea_id_test")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "papier", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("receipt", sa.String(length=24), nullable=False),
        sa.Column("cast_hour", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("receipt", name=op.f("uq_ballot_receipt")),
        sa.UniqueConstraint("round_id", "ballot_key", name=op.f("uq_ballot_round_id_ballot_key")),
    )
    op.create_table(
        "ballot_draft",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_draft_round_id")),
        sa.PrimaryKeyConstraint("round_id", "ballot_key", name=op.f("pk_ballot_draft")),
    )
    op.create_table(
        "besluit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("decision_body", sa.String(length=200), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column(
            "deviation_ground",
            sa.Enum(
                "de wet staat het niet toe",
                "gevaar voor mensen",
                "het geld is er niet meer",
                "de bedenkers trokken het plan terug",
                name="deviation_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("objection_until", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_besluit_published_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_besluit_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluit")),
        sa.UniqueConstraint("round_id", name=op.f("uq_besluit_round_id")),
    )
    op.create_table(
        "code_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_code_batch_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
    )
    with op.batch_alter_table("code_batch") as batch_op:
        batch_op.create_index(batch_op.f("ix_code_batch_round_id"), ["round_id"], unique=False)

    op.create_table(
        "code_guess",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("failures > 0", name=op.f("ck_code_guess_failures")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_code_guess_round_id")),
        sa.PrimaryKeyConstraint("round_id", "selector", "hour", name=op.f("pk_code_guess")),
    )
    with op.batch_alter_table("code_guess") as batch_op:
        batch_op.create_index("ix_code_guess_hour", ["hour"], unique=False)

    op.create_table(
        "hiding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=False),
        sa.Column(
            "house_rule",
            sa.Enum(
                "schelden of bedreigen",
                "discriminatie",
                "privégegevens van anderen",
                "reclame",
                "gaat niet over de vraag van het traject",
                name="house_rule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restored_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_hiding_idea_id")),
        sa.ForeignKeyConstraint(["moderator_id"], ["account.id"], name=op.f("fk_hiding_moderator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hiding")),
    )
    with op.batch_alter_table("hiding") as batch_op:
        batch_op.create_index(batch_op.f("ix_hiding_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            "uq_hiding_open",
            ["idea_id"],
            unique=True,
            sqlite_where=sa.text("restored_at IS NULL"),
            postgresql_where=sa.text("restored_at IS NULL"),
        )

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_plan_cost_cents")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_plan_idea_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_plan_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_plan_idea_id")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_plan_round_id_number")),
        sa.UniqueConstraint("round_id", "reference", name=op.f("uq_plan_round_id_reference")),
    )
    op.create_table(
        "support",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_support_account_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_support_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", "account_id", name=op.f("pk_support")),
    )
    with op.batch_alter_table("support") as batch_op:
        batch_op.create_index(batch_op.f("ix_support_account_id"), ["account_id"], unique=False)

    op.create_table(
        "allocation_line",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("score", sa.String(length=60), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("funded_cents", sa.BigInteger(), nullable=False),
        sa.Column("balance_after_cents", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint("funded_cents >= 0", name=op.f("ck_allocation_line_funded_cents")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_allocation_line_plan_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_allocation_line_round_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_allocation_line")),
    )
    with op.batch_alter_table("allocation_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_line_round_id"), ["round_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_milestone_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payment_amount_cents")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_payment_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment") as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "voter_roll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=False),
        sa.Column("verifier_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "uitgegeven",
                "gebruikt",
                "ingetrokken",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "papier", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["code_batch.id"], name=op.f("fk_voter_roll_batch_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_voter_roll_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voter_roll")),
        sa.UniqueConstraint("round_id", "selector", name=op.f("uq_voter_roll_round_id_selector")),
    )
    with op.batch_alter_table("voter_roll") as batch_op:
        batch_op.create_index(batch_op.f("ix_voter_roll_batch_id"), ["batch_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("voter_roll") as batch_op:
        batch_op.drop_index(batch_op.f("ix_voter_roll_batch_id"))

    op.drop_table("voter_roll")
    with op.batch_alter_table("payment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_plan_id"))

    op.drop_table("payment")
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_plan_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("allocation_line") as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_line_round_id"))

    op.drop_table("allocation_line")
    with op.batch_alter_table("support") as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_account_id"))

    op.drop_table("support")
    op.drop_table("plan")
    with op.batch_alter_table("hiding") as batch_op:
        batch_op.drop_index(
            "uq_hiding_open",
            sqlite_where=sa.text("restored_at IS NULL"),
            postgresql_where=sa.text("restored_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hiding_idea_id"))

    op.drop_table("hiding")
    with op.batch_alter_table("code_guess") as batch_op:
        batch_op.drop_index("ix_code_guess_hour")

    op.drop_table("code_guess")
    with op.batch_alter_table("code_batch") as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_batch_round_id"))

    op.drop_table("code_batch")
    op.drop_table("besluit")
    op.drop_table("ballot_draft")
    op.drop_table("ballot")
    op.drop_table("assessment")
    op.drop_table("allocation")
    op.drop_table("round")
    with op.batch_alter_table("phase") as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_traject_id"))

    op.drop_table("phase")
    with op.batch_alter_table("idea") as batch_op:
        batch_op.drop_index("ix_idea_list")
        batch_op.drop_index(batch_op.f("ix_idea_author_id"))

    op.drop_table("idea")
    with op.batch_alter_table("follow") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_traject_id"))

    op.drop_table("follow")
    with op.batch_alter_table("traject") as batch_op:
        batch_op.drop_index(batch_op.f("ix_traject_area_id"))

    op.drop_table("traject")
    op.drop_table("role_grant")
    with op.batch_alter_table("login_session") as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("audit_row") as batch_op:
        batch_op.drop_index("ix_audit_row_object")
        batch_op.drop_index(batch_op.f("ix_audit_row_at"))

    op.drop_table("audit_row")
    op.drop_table("account")
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.drop_index("ix_outbox_mail_due")

    op.drop_table("outbox_mail")
    with op.batch_alter_table("login_code") as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_code_email"))
        batch_op.drop_index(batch_op.f("ix_login_code_created_at"))
        batch_op.drop_index(batch_op.f("ix_login_code_browser_hash"))

    op.drop_table("login_code")
    with op.batch_alter_table("area") as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_path"))
        batch_op.drop_index(batch_op.f("ix_area_parent_id"))

    op.drop_table("area")
