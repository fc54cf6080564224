"""Closing the loop: answers, besluiten, promises, money, telling and moderation.

Revision ID: 0008
Revises: 0007
"""

import hashlib
import json
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def upgrade() -> None:
    """Go up."""
    _make_telling()
    _make_moderation()
    _make_besluiten()
    _make_promises()
    _make_answers()
    _make_reports()


def downgrade() -> None:
    """Go back."""
    _drop_reports()
    _drop_answers()
    _drop_promises()
    _drop_besluiten()
    _drop_moderation()
    _drop_telling()


def _make_telling() -> None:
    op.create_table(
        "reader",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cadence", _words("meteen", "elke dag", "elke week", "nooit", name="cadence"), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reader_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_reader")),
    )
    for name in ("following", "stopped"):
        op.create_table(
            name,
            sa.Column("account_id", sa.Integer(), nullable=False),
            sa.Column("about", _words("traject", "idee", "gebied", "alles", name="about"), nullable=False),
            sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("since", sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{name}_account_id")),
            sa.PrimaryKeyConstraint("account_id", "about", "thing_id", name=op.f(f"pk_{name}")),
        )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_event_traject_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_event_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_traject_id"), "event", ["traject_id"])
    op.create_table(
        "waiting",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_waiting_account_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_waiting_event_id")),
        sa.PrimaryKeyConstraint("account_id", "event_id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_event_id"), "waiting", ["event_id"])
    op.create_table(
        "digest",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_digest_account_id")),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_digest")),
    )


def _drop_telling() -> None:
    for name in ("digest", "waiting", "event", "stopped", "following", "reader"):
        op.drop_table(name)


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _make_moderation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("service_hours", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("service_hours >= 1", name=op.f("ck_organisation_service_hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organisation_name_key")),
    )
    op.create_table(
        "organisation_area",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_organisation_area_area_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_area_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "area_id", name=op.f("pk_organisation_area")),
    )
    op.create_table(
        "organisation_member",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_organisation_member_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_member_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "account_id", name=op.f("pk_organisation_member")),
    )
    with op.batch_alter_table("organisation_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_member_account_id"), ["account_id"], unique=False)

    op.create_table(
        "members_grant",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["role_grant.id"], name=op.f("fk_members_grant_grant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_members_grant")),
    )
    op.create_table(
        "idea_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("target_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "voorgesteld",
                "samengevoegd",
                "afgewezen",
                "verlopen",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_idea_merge_proposed_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["idea.id"], name=op.f("fk_idea_merge_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["idea.id"], name=op.f("fk_idea_merge_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_merge")),
    )
    with op.batch_alter_table("idea_merge") as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_merge_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_merge_target_id"), ["target_id"], unique=False)
        batch_op.create_index(
            "uq_idea_merge_open",
            ["source_id"],
            unique=True,
            sqlite_where=sa.text("status = 'voorgesteld'"),
            postgresql_where=sa.text("status = 'voorgesteld'"),
        )

    op.create_table(
        "moderation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "melding",
                "eerste idee",
                "opnieuw kijken",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "verborgen",
                "blijft staan",
                "teruggezet",
                "vanzelf gepubliceerd",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["handled_by_id"], ["account.id"], name=op.f("fk_moderation_item_handled_by_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_moderation_item_idea_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_moderation_item_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_item")),
    )
    with op.batch_alter_table("moderation_item") as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_item_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_item_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_moderation_item_queue", ["handled_at", "due_at"], unique=False)
        batch_op.create_index(
            "uq_moderation_item_open",
            ["idea_id", "kind"],
            unique=True,
            sqlite_where=sa.text("handled_at IS NULL"),
            postgresql_where=sa.text("handled_at IS NULL"),
        )

    op.create_table(
        "appeal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("hiding_id", sa.Integer(), nullable=False),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hiding_id"], ["hiding.id"], name=op.f("fk_appeal_hiding_id")),
        sa.ForeignKeyConstraint(["item_id"], ["moderation_item.id"], name=op.f("fk_appeal_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("hiding_id", name=op.f("uq_appeal_hiding_id")),
    )
    op.create_table(
        "hidden_through",
        sa.Column("hiding_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hiding_id"], ["hiding.id"], name=op.f("fk_hidden_through_hiding_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hidden_through_organisation_id")
        ),
        sa.PrimaryKeyConstraint("hiding_id", name=op.f("pk_hidden_through")),
    )
    with op.batch_alter_table("hidden_through") as batch_op:
        batch_op.create_index(batch_op.f("ix_hidden_through_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "idea_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("network_hash", sa.String(length=64), nullable=True),
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
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_idea_report_account_id")),
        sa.ForeignKeyConstraint(["item_id"], ["moderation_item.id"], name=op.f("fk_idea_report_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_report")),
    )
    with op.batch_alter_table("idea_report") as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_report_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_report_network_hash"), ["network_hash"], unique=False)
        batch_op.create_index("uq_idea_report_once", ["item_id", "account_id"], unique=True)


def _drop_moderation() -> None:
    op.drop_table("idea_report")
    op.drop_table("hidden_through")
    op.drop_table("appeal")
    op.drop_table("moderation_item")
    op.drop_table("idea_merge")
    op.drop_table("members_grant")
    op.drop_table("organisation_member")
    op.drop_table("organisation_area")
    op.drop_table("organisation")


def _make_besluiten() -> None:
    with op.batch_alter_table("besluit") as batch_op:
        batch_op.alter_column("round_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("subject_kind", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("traject_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("idea_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("legal_ground", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("no_objection", sa.Text(), nullable=True))
    op.create_table(
        "besluit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("besluit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["besluit_id"], ["besluit.id"], name=op.f("fk_besluit_version_besluit_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_besluit_version_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluit_version")),
        sa.UniqueConstraint("besluit_id", "number", name=op.f("uq_besluit_version_besluit_id_number")),
    )
    _keep_first_versions()
    with op.batch_alter_table("besluit") as batch_op:
        for name in ("subject_kind", "traject_id", "decided_on", "legal_ground", "no_objection"):
            batch_op.alter_column(name, existing_type=BESLUIT.c[name].type, nullable=False)
        batch_op.create_foreign_key(batch_op.f("fk_besluit_traject_id"), "traject", ["traject_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_besluit_idea_id"), "idea", ["idea_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_besluit_idea_id"), ["idea_id"])
        batch_op.create_index(batch_op.f("ix_besluit_traject_id"), ["traject_id"], unique=False)


BESLUIT = sa.table(
    "besluit",
    *(sa.column(name, sa.Integer()) for name in ("id", "round_id", "traject_id", "idea_id", "published_by_id")),
    *(sa.column(name, sa.Date()) for name in ("decided_on", "objection_until")),
    *(sa.column(name, sa.String(length=40)) for name in ("subject_kind", "outcome")),
    *(
        sa.column(name, sa.Text())
        for name in (
            "title", "decision_body", "motivation", "legal_ground", "deviation_ground", "advice_use", "no_objection",
        )
    ),
    sa.column("published_at", sa.DateTime(timezone=True)),
)  # fmt: skip


def _keep_first_versions() -> None:
    """Give each besluit that there is, about a round, its first version, written as actions/besluit_versions.py does."""
    bind = op.get_bind()
    rounds = sa.table("round", sa.column("id"), sa.column("traject_id"), sa.column("slug"))
    trajecten = sa.table("traject", sa.column("id"), sa.column("slug"))
    versions = sa.table(
        "besluit_version",
        *(sa.column(name) for name in ("besluit_id", "number", "content", "sha256", "reason", "published_by_id")),
        sa.column("published_at", sa.DateTime(timezone=True)),
    )
    rows = bind.execute(
        sa.select(BESLUIT, rounds.c.slug.label("round"), trajecten.c.slug.label("traject"), trajecten.c.id.label("at"))
        .join(rounds, rounds.c.id == BESLUIT.c.round_id)
        .join(trajecten, trajecten.c.id == rounds.c.traject_id)
    )
    for row in rows.mappings().all():
        moment = row["published_at"]
        local = (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(AMSTERDAM)
        given = {
            "subject_kind": "verdeling", "decided_on": local.date(), "legal_ground": "", "no_objection": "",
        }  # fmt: skip
        bind.execute(BESLUIT.update().where(BESLUIT.c.id == row["id"]).values(traject_id=row["at"], **given))
        kept = ("title", "decision_body", "motivation", "deviation_ground", "advice_use")
        facts = {
            **given, **{name: row[name] for name in kept}, "decided_on": local.date().isoformat(),
            "besluit": row["id"], "traject": row["traject"], "round": row["round"], "idea": None, "outcome": None,
            "objection_until": row["objection_until"].isoformat(), "version": 1, "reason": "",
            "published_at": f"{local:%Y-%m-%dT%H:%M:%S%z}", "previous_sha256": None,
        }  # fmt: skip
        content = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        version = {
            "besluit_id": row["id"], "number": 1, "content": content, "reason": "", "published_at": moment,
            "sha256": hashlib.sha256(content.encode()).hexdigest(), "published_by_id": row["published_by_id"],
        }  # fmt: skip
        bind.execute(versions.insert().values(version))


def _drop_besluiten() -> None:
    op.drop_table("besluit_version")
    # A besluit about anything but a round has no place in the schema before.
    op.execute(BESLUIT.delete().where(BESLUIT.c.round_id.is_(None)))
    with op.batch_alter_table("besluit") as batch_op:
        batch_op.drop_index(batch_op.f("ix_besluit_traject_id"))
        batch_op.drop_constraint(batch_op.f("uq_besluit_idea_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_besluit_idea_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_besluit_traject_id"), type_="foreignkey")
        for name in (
            "no_objection", "legal_ground", "outcome", "decided_on", "idea_id", "traject_id", "subject_kind",
        ):  # fmt: skip
            batch_op.drop_column(name)
        batch_op.alter_column("round_id", existing_type=sa.Integer(), nullable=False)


def _make_promises() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("source", _words("bijeenkomst", "besluit", "antwoord", name="source"), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("source_link", sa.String(length=200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("news_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_promise_area_id")),
        sa.ForeignKeyConstraint(["owner_account_id"], ["account.id"], name=op.f("fk_promise_owner_account_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_promise_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_area_id"), "promise", ["area_id"])
    op.create_index(op.f("ix_promise_traject_id"), "promise", ["traject_id"])
    op.create_table(
        "promise_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("said", _words("nieuws", "andere dag", "nagekomen", name="said"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("after_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_promise_line_by_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_promise_line_promise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_line")),
    )
    op.create_index(op.f("ix_promise_line_promise_id"), "promise_line", ["promise_id"])
    _make_results()
    _make_ledger()


def _make_results() -> None:
    op.create_table(
        "milestone_delay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("after_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_milestone_delay_by_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_delay_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_delay")),
    )
    op.create_index(op.f("ix_milestone_delay_milestone_id"), "milestone_delay", ["milestone_id"])
    op.create_table(
        "plan_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_plan_photo_milestone_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_photo_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_photo")),
        sa.UniqueConstraint("plan_id", "sha256", name=op.f("uq_plan_photo_plan_id_sha256")),
    )
    op.create_table(
        "plan_photo_file",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["plan_photo.id"], name=op.f("fk_plan_photo_file_photo_id")),
        sa.PrimaryKeyConstraint("photo_id", "size", name=op.f("pk_plan_photo_file")),
    )
    op.create_table(
        "plan_result",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("makers", sa.JSON(), nullable=False),
        sa.Column("makers_named", sa.Integer(), nullable=False),
        sa.Column("makers_agreed", sa.Boolean(), nullable=False),
        sa.Column("celebrated_on", sa.Date(), nullable=True),
        sa.Column("celebration", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("makers_agreed OR makers_named = 0", name=op.f("ck_plan_result_makers_agreed")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_result_plan_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_plan_result_published_by_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_result")),
    )


def _make_ledger() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("betaling", "verplichting", "teruggegeven", name="kind"), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("names_person", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_ledger_entry_amount_cents")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_ledger_entry_by_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_commitment_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_ledger_entry_plan_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
    )
    op.create_index(op.f("ix_ledger_entry_plan_id"), "ledger_entry", ["plan_id"])
    op.create_table(
        "purse",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("allocated_cents", sa.BigInteger(), nullable=False),
        sa.Column("committed_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("returned_cents", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "committed_cents >= 0 AND paid_cents >= 0 AND returned_cents >= 0",
            name=op.f("ck_purse_not_below_nought"),
        ),
        sa.CheckConstraint(
            "committed_cents + paid_cents + returned_cents <= allocated_cents", name=op.f("ck_purse_never_overdrawn")
        ),
        sa.CheckConstraint(
            "settled_at IS NULL OR paid_cents + returned_cents = allocated_cents", name=op.f("ck_purse_settled")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_purse_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_purse")),
    )
    op.create_table(
        "receipt",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_receipt_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_receipt_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_receipt")),
    )
    # What was paid already becomes the first lines, under the same numbers: the logbook names them.
    op.execute(
        "INSERT INTO ledger_entry (id, plan_id, kind, amount_cents, on_day, to_whom, names_person, purpose, reason)"
        " SELECT id, plan_id, 'betaling', amount_cents, paid_on, '', false, purpose, '' FROM payment"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('ledger_entry', 'id'), max(id)) FROM ledger_entry HAVING max(id) > 0"
        )
    op.execute(
        "INSERT INTO purse (plan_id, allocated_cents, committed_cents, paid_cents, returned_cents)"
        " SELECT payment.plan_id, allocation_line.funded_cents, 0, sum(payment.amount_cents), 0"
        " FROM payment JOIN allocation_line ON allocation_line.plan_id = payment.plan_id"
        " GROUP BY payment.plan_id, allocation_line.funded_cents"
    )
    op.drop_table("payment")
    for moment in LEDGER_GUARDED:
        _guard_ledger(moment)


#: No line of a ledger changes or goes, also not by who works past the program.
LEDGER_GUARDED = ("UPDATE", "DELETE")


def _guard_ledger(moment: str) -> None:
    name, said = f"ledger_entry_frozen_{moment.lower()}", "a line of a ledger is reversed, and never changed"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {moment} ON ledger_entry BEGIN SELECT RAISE(ABORT, '{said}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {moment} ON ledger_entry FOR EACH ROW EXECUTE FUNCTION {name}()")


def _drop_promises() -> None:
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
    op.create_index(op.f("ix_payment_plan_id"), "payment", ["plan_id"])
    op.execute(
        "INSERT INTO payment (id, plan_id, amount_cents, paid_on, purpose)"
        " SELECT id, plan_id, amount_cents, on_day, purpose FROM ledger_entry"
        " WHERE kind = 'betaling' AND amount_cents > 0"
        " AND id NOT IN (SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL)"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('payment', 'id'), max(id)) FROM payment HAVING max(id) > 0")
    for moment in LEDGER_GUARDED:
        name = f"ledger_entry_frozen_{moment.lower()}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON ledger_entry")
            op.execute(f"DROP FUNCTION {name}()")
    for name in (
        "receipt", "purse", "ledger_entry", "plan_result", "plan_photo_file", "plan_photo", "milestone_delay",
        "promise_line", "promise",
    ):  # fmt: skip
        op.drop_table(name)


def _make_answers() -> None:
    asked = ("idee", "geschil", "advies")
    op.create_table(
        "answer_owner",
        sa.Column("asked", _words(*asked, name="asked"), nullable=False),
        sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_answer_owner_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_answer_owner_by_id")),
        sa.PrimaryKeyConstraint("asked", "thing_id", name=op.f("pk_answer_owner")),
    )
    op.create_index(op.f("ix_answer_owner_account_id"), "answer_owner", ["account_id"])
    op.create_table(
        "escalation",
        sa.Column("asked", _words(*asked, name="asked"), nullable=False),
        sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "turn", _words("contactpersoon", "medewerker", "wijkmanager", "wethouder", name="turn"), nullable=False
        ),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("asked", "thing_id", "due_at", "turn", name=op.f("pk_escalation")),
    )
    op.create_table(
        "answer_parts",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.Column("not_used", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_answer_parts_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_answer_parts")),
    )


def _drop_answers() -> None:
    for name in ("answer_parts", "escalation", "answer_owner"):
        op.drop_table(name)


def _make_reports() -> None:
    op.create_table(
        "report_draft",
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_draft_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_report_draft_traject_id")),
        sa.PrimaryKeyConstraint("traject_id", name=op.f("pk_report_draft")),
    )
    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("ideas", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_version_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_report_version_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("traject_id", "number", name=op.f("uq_report_version_traject_id_number")),
    )
    kinds = (
        "wijkplatform", "buurtgesprek", "beginspraak", "themabijeenkomst", "wijkschouw", "straatterras", "café",
        "huisbezoek",
    )  # fmt: skip
    op.create_table(
        "meeting_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("kind", _words(*kinds, name="kind"), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("reach_of", _words("inwoners", "huishoudens", name="reach_of"), nullable=True),
        sa.Column("counted_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("attendance >= 0", name=op.f("ck_meeting_source_attendance")),
        sa.CheckConstraint(
            "out_of IS NULL OR (out_of > 0 AND attendance <= out_of)", name=op.f("ck_meeting_source_out_of")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_meeting_source_made_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_meeting_source_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_source")),
    )
    op.create_index(op.f("ix_meeting_source_traject_id"), "meeting_source", ["traject_id"])
    op.create_table(
        "entered_idea",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_entered_idea_by_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_entered_idea_idea_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting_source.id"], name=op.f("fk_entered_idea_meeting_id")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_entered_idea")),
        sa.UniqueConstraint("meeting_id", "by_id", "turn", name=op.f("uq_entered_idea_meeting_id_by_id_turn")),
    )
    op.create_index(op.f("ix_entered_idea_meeting_id"), "entered_idea", ["meeting_id"])


def _drop_reports() -> None:
    for name in ("entered_idea", "meeting_source", "report_version", "report_draft"):
        op.drop_table(name)
