"""Buurtpanels by lot: what a panel says beforehand, who registers, its lots, and the work of its members.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _name_members()
    _make_panels()
    _make_households()
    _make_outcomes()
    _make_no_thanks()
    _make_seats()
    _make_work()


def downgrade() -> None:
    """Go back."""
    _drop_work()
    _drop_seats()
    _drop_no_thanks()
    _drop_outcomes()
    _drop_households()
    _drop_panels()
    _forget_members()


ROLES = (
    "bezoeker", "ingelogde bezoeker", "bewoner", "indiener", "kiezer", "helper", "moderator", "toetser", "wijkmanager",
    "college", "raad", "beheerder",
)  # fmt: skip


def _name_members() -> None:
    _roles(*ROLES[:5], "panellid", *ROLES[5:])


def _forget_members() -> None:
    _roles(*ROLES)


def _roles(*roles: str) -> None:
    values = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("role_grant") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_role_grant_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_role_grant_role"), f"role IN ({values})")


def _make_panels() -> None:
    op.create_table(
        "buurtpanel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "in voorbereiding",
                "aanmelden",
                "loten",
                "aan het werk",
                "klaar",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mandate",
            sa.Enum("adviseren", "beslissen", name="mandate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("powers", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("profile_source", sa.String(length=200), nullable=False),
        sa.Column("allowance_cents", sa.BigInteger(), nullable=False),
        sa.Column("rest_years", sa.Integer(), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(), nullable=True),
        sa.Column("rules_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(status = 'in voorbereiding') = (rules IS NULL)", name=op.f("ck_buurtpanel_frozen")),
        sa.CheckConstraint("allowance_cents >= 0", name=op.f("ck_buurtpanel_allowance_cents")),
        sa.CheckConstraint("rest_years BETWEEN 0 AND 10", name=op.f("ck_buurtpanel_rest_years")),
        sa.CheckConstraint("seats BETWEEN 1 AND 500", name=op.f("ck_buurtpanel_seats")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_buurtpanel_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buurtpanel")),
        sa.UniqueConstraint("slug", name=op.f("uq_buurtpanel_slug")),
    )
    with op.batch_alter_table("buurtpanel") as batch_op:
        batch_op.create_index(batch_op.f("ix_buurtpanel_traject_id"), ["traject_id"], unique=False)

    op.create_table(
        "panel_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("left_leaf", sa.String(length=64), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "geen tijd",
                "verhuisd",
                "ziekte",
                "geen antwoord",
                "andere reden",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("joined_leaf", sa.String(length=64), nullable=True),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_change_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_change")),
    )
    with op.batch_alter_table("panel_change") as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_change_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "panel_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("uitnodigen", "samenstellen", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "wordt voorbereid",
                "niet gelukt",
                "ligt vast",
                "getrokken",
                "ingetrokken",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "drand", "Lotto", "dobbelstenen", name="source", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("source_text", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("failure", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        sa.Column("panels", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lowest_chance", sa.Integer(), nullable=True),
        sa.Column("highest_chance", sa.Integer(), nullable=True),
        sa.Column("public_number", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("drawn_panel", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(status = 'getrokken') = (seed IS NOT NULL)", name=op.f("ck_panel_lot_drawn")),
        sa.CheckConstraint(
            "(status IN ('ligt vast', 'getrokken')) <= (commitment IS NOT NULL)", name=op.f("ck_panel_lot_bound")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_panel_lot_entered_by_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_lot_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_lot")),
        sa.UniqueConstraint("panel_id", "kind", "number", name=op.f("uq_panel_lot_panel_id_kind_number")),
    )
    with op.batch_alter_table("panel_lot") as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_lot_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(
            "uq_panel_lot_live",
            ["panel_id", "kind"],
            unique=True,
            sqlite_where=sa.text("status IN ('wordt voorbereid', 'ligt vast', 'getrokken')"),
            postgresql_where=sa.text("status IN ('wordt voorbereid', 'ligt vast', 'getrokken')"),
        )

    op.create_table(
        "panel_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("household", sa.String(length=64), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=False),
        sa.Column("verifier_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "papier",
                "balie",
                "bestand",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("loting", "netwerk", "anders", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "aangemeld",
                "aanmelding ingetrokken",
                "geloot",
                "lid",
                "afgezegd",
                "gestopt",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reserve_place", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reserve_place > 0", name=op.f("ck_panel_person_reserve_place")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_person_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_person")),
        sa.UniqueConstraint("panel_id", "leaf", name=op.f("uq_panel_person_panel_id_leaf")),
        sa.UniqueConstraint("panel_id", "reserve_place", name=op.f("uq_panel_person_panel_id_reserve_place")),
        sa.UniqueConstraint("panel_id", "selector", name=op.f("uq_panel_person_panel_id_selector")),
    )
    with op.batch_alter_table("panel_person") as batch_op:
        batch_op.create_index("ix_panel_person_status", ["panel_id", "status"], unique=False)

    op.create_table(
        "panel_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.CheckConstraint("0 <= minimum AND minimum <= maximum", name=op.f("ck_panel_quota_bounds")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_quota_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_quota")),
        sa.UniqueConstraint("panel_id", "feature", "value", name=op.f("uq_panel_quota_panel_id_feature_value")),
    )
    with op.batch_alter_table("panel_quota") as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_quota_panel_id"), ["panel_id"], unique=False)


def _drop_panels() -> None:
    with op.batch_alter_table("panel_quota") as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_quota_panel_id"))

    op.drop_table("panel_quota")
    with op.batch_alter_table("panel_person") as batch_op:
        batch_op.drop_index("ix_panel_person_status")

    op.drop_table("panel_person")
    with op.batch_alter_table("panel_lot") as batch_op:
        batch_op.drop_index(
            "uq_panel_lot_live",
            sqlite_where=sa.text("status IN ('wordt voorbereid', 'ligt vast', 'getrokken')"),
            postgresql_where=sa.text("status IN ('wordt voorbereid', 'ligt vast', 'getrokken')"),
        )
        batch_op.drop_index(batch_op.f("ix_panel_lot_panel_id"))

    op.drop_table("panel_lot")
    with op.batch_alter_table("panel_change") as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_change_panel_id"))

    op.drop_table("panel_change")
    with op.batch_alter_table("buurtpanel") as batch_op:
        batch_op.drop_index(batch_op.f("ix_buurtpanel_traject_id"))

    op.drop_table("buurtpanel")


def _make_households() -> None:
    op.create_table(
        "panel_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=True),
        sa.Column("stratum", sa.String(length=200), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=True),
        sa.Column("verifier_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "op de lijst",
                "uitgenodigd",
                "aangemeld",
                "doet niet mee",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("letter_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(selector IS NULL) = (verifier_hash IS NULL)", name=op.f("ck_panel_household_code")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_household_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_household")),
        sa.UniqueConstraint("panel_id", "leaf", name=op.f("uq_panel_household_panel_id_leaf")),
        sa.UniqueConstraint("panel_id", "selector", name=op.f("uq_panel_household_panel_id_selector")),
    )
    op.create_index("ix_panel_household_status", "panel_household", ["panel_id", "status"])


def _drop_households() -> None:
    op.drop_table("panel_household")


MEMBER_STATUSES = ("aangemeld", "aanmelding ingetrokken", "geloot", "lid", "afgezegd", "gestopt")
PANEL_STATUSES = ("in voorbereiding", "aanmelden", "loten", "aan het werk", "klaar")


def _make_seats() -> None:
    op.create_table(
        "panel_guess",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(length=16), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("failures > 0", name=op.f("ck_panel_guess_failures")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_guess_panel_id")),
        sa.PrimaryKeyConstraint("panel_id", "selector", "hour", name=op.f("pk_panel_guess")),
    )
    op.create_index("ix_panel_guess_hour", "panel_guess", ["hour"])
    op.create_table(
        "panel_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(*MEMBER_STATUSES, name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "telefoon",
                "papier",
                "balie",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("without_lot", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["panel_person.id"], name=op.f("fk_panel_answer_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_panel_answer_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_answer")),
    )
    op.create_index(op.f("ix_panel_answer_person_id"), "panel_answer", ["person_id"])
    op.create_table(
        "panel_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(*PANEL_STATUSES, name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_step_panel_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_panel_step_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_step")),
        sa.UniqueConstraint("panel_id", "status", name=op.f("uq_panel_step_panel_id_status")),
    )
    op.create_table(
        "panel_rest",
        sa.Column("person_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("person_hash", name=op.f("pk_panel_rest")),
    )
    op.create_index(op.f("ix_panel_rest_until"), "panel_rest", ["until"])


def _drop_seats() -> None:
    op.drop_table("panel_rest")
    op.drop_table("panel_step")
    op.drop_table("panel_answer")
    op.drop_table("panel_guess")


def _make_no_thanks() -> None:
    op.create_table(
        "panel_no_thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_no_thanks_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_no_thanks")),
    )
    op.create_index(op.f("ix_panel_no_thanks_panel_id"), "panel_no_thanks", ["panel_id"])


def _drop_no_thanks() -> None:
    op.drop_table("panel_no_thanks")


def _make_work() -> None:
    op.create_table(
        "panel_advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("minority", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version = 1 OR correction <> ''", name=op.f("ck_panel_advice_correction")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_advice_panel_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_panel_advice_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_advice")),
        sa.UniqueConstraint("panel_id", "version", name=op.f("uq_panel_advice_panel_id_version")),
    )
    op.create_table(
        "panel_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_panel_meeting_ends")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_meeting_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_panel_meeting_uid")),
    )
    op.create_index(op.f("ix_panel_meeting_panel_id"), "panel_meeting", ["panel_id"], unique=False)
    op.create_table(
        "panel_without_advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_panel_without_advice_by_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_without_advice_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_without_advice")),
        sa.UniqueConstraint("panel_id", name=op.f("uq_panel_without_advice_panel_id")),
    )
    op.create_table(
        "score_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) OR (opened_at IS NOT NULL)", name=op.f("ck_score_question_closed")),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_score_question_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_question")),
    )
    op.create_index(op.f("ix_score_question_panel_id"), "score_question", ["panel_id"], unique=False)
    op.create_table(
        "advice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advice_id", sa.Integer(), nullable=False),
        sa.Column("decision_body", sa.String(length=200), nullable=False),
        sa.Column(
            "advice_use",
            sa.Enum(
                "gevolgd",
                "deels gevolgd",
                "niet gevolgd",
                name="advice_use",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_over", sa.Text(), nullable=False),
        sa.Column("not_taken_over", sa.Text(), nullable=False),
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
        sa.Column("objection_until", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["advice_id"], ["panel_advice.id"], name=op.f("fk_advice_answer_advice_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_advice_answer_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_answer")),
        sa.UniqueConstraint("advice_id", name=op.f("uq_advice_answer_advice_id")),
    )
    op.create_table(
        "panel_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("has_interest", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["buurtpanel.id"], name=op.f("fk_panel_interest_panel_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["panel_person.id"], name=op.f("fk_panel_interest_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_interest")),
        sa.UniqueConstraint("person_id", name=op.f("uq_panel_interest_person_id")),
    )
    op.create_index(op.f("ix_panel_interest_panel_id"), "panel_interest", ["panel_id"], unique=False)
    op.create_table(
        "score_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["score_question.id"], name=op.f("fk_score_option_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_option")),
        sa.UniqueConstraint("question_id", "position", name=op.f("uq_score_option_question_id_position")),
    )
    op.create_index(op.f("ix_score_option_question_id"), "score_option", ["question_id"], unique=False)
    op.create_table(
        "panel_interest_option",
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interest_id"],
            ["panel_interest.id"],
            name=op.f("fk_panel_interest_option_interest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["option_id"], ["score_option.id"], name=op.f("fk_panel_interest_option_option_id")),
        sa.PrimaryKeyConstraint("interest_id", "option_id", name=op.f("pk_panel_interest_option")),
    )
    op.create_index(op.f("ix_panel_interest_option_option_id"), "panel_interest_option", ["option_id"], unique=False)
    op.create_table(
        "panel_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_panel_score_score")),
        sa.ForeignKeyConstraint(["option_id"], ["score_option.id"], name=op.f("fk_panel_score_option_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["panel_person.id"], name=op.f("fk_panel_score_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_score")),
        sa.UniqueConstraint("option_id", "person_id", name=op.f("uq_panel_score_option_id_person_id")),
    )
    op.create_index(op.f("ix_panel_score_person_id"), "panel_score", ["person_id"], unique=False)


def _drop_work() -> None:
    op.drop_table("panel_score")
    op.drop_table("panel_interest_option")
    op.drop_table("score_option")
    op.drop_table("panel_interest")
    op.drop_table("advice_answer")
    op.drop_table("score_question")
    op.drop_table("panel_without_advice")
    op.drop_table("panel_meeting")
    op.drop_table("panel_advice")


def _make_outcomes() -> None:
    op.create_table(
        "panel_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("reserves", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["panel_lot.id"], name=op.f("fk_panel_outcome_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_outcome")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_panel_outcome_lot_id")),
    )


def _drop_outcomes() -> None:
    op.drop_table("panel_outcome")
