"""Places, photos, translations and exposure: what the front needs.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_photos()
    _make_translations()
    _make_wijk_tables()
    _make_places()


def downgrade() -> None:
    """Drop them, the last one first."""
    op.drop_table("idea_place")
    op.drop_table("area_shape")
    op.drop_table("idea_photo_removal")
    op.drop_table("idea_photo_file")
    op.drop_table("idea_photo")
    op.drop_table("translation_job")
    op.drop_table("content_translation")
    op.drop_table("idea_exposure")
    op.drop_table("postcode")


def _make_wijk_tables() -> None:
    op.create_table(
        "postcode",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_postcode_area_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_postcode")),
    )
    with op.batch_alter_table("postcode") as batch_op:
        batch_op.create_index(batch_op.f("ix_postcode_area_id"), ["area_id"], unique=False)
    op.create_table(
        "idea_exposure",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.CheckConstraint("opened >= 0", name=op.f("ck_idea_exposure_opened")),
        sa.CheckConstraint("shown >= 0", name=op.f("ck_idea_exposure_shown")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_exposure_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", "day", name=op.f("pk_idea_exposure")),
    )


def _make_translations() -> None:
    kind = ("idee", "besluit", "trajectkaart")
    of_one_text = ["object_kind", "object_id", "lang", "source_sha256"]
    op.create_table(
        "content_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "object_kind",
            sa.Enum(*kind, name="object_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(5), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column(
            "made_by",
            sa.Enum("mens", "machine", name="made_by", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "wacht op een moderator",
                "goedgekeurd",
                "afgekeurd",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_content_translation_traject_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_content_translation_author_id")),
        sa.ForeignKeyConstraint(["judged_by_id"], ["account.id"], name=op.f("fk_content_translation_judged_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_translation")),
    )
    op.create_index("ix_content_translation_object", "content_translation", ["object_kind", "object_id", "lang"])
    op.create_index(op.f("ix_content_translation_traject_id"), "content_translation", ["traject_id"])
    op.create_index(op.f("ix_content_translation_author_id"), "content_translation", ["author_id"])
    waits, by_engine = sa.text("status = 'wacht op een moderator'"), sa.text("made_by = 'machine'")
    op.create_index(
        "uq_content_translation_waiting", "content_translation", of_one_text,
        unique=True, sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip
    op.create_index(
        "uq_content_translation_engine", "content_translation", of_one_text,
        unique=True, sqlite_where=by_engine, postgresql_where=by_engine,
    )  # fmt: skip
    op.create_table(
        "translation_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "object_kind",
            sa.Enum(*kind, name="object_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(5), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_job")),
        sa.UniqueConstraint(
            "object_kind", "object_id", "lang", name=op.f("uq_translation_job_object_kind_object_id_lang")
        ),
    )
    op.create_index("ix_translation_job_due", "translation_job", ["done_at", "due_at"])


def _make_photos() -> None:
    op.create_table(
        "idea_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("ck_idea_photo_position")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_photo_idea_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_photo")),
        sa.UniqueConstraint("idea_id", "position", name=op.f("uq_idea_photo_idea_id_position")),
        sa.UniqueConstraint("idea_id", "sha256", name=op.f("uq_idea_photo_idea_id_sha256")),
    )
    op.create_table(
        "idea_photo_file",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["idea_photo.id"], name=op.f("fk_idea_photo_file_photo_id")),
        sa.PrimaryKeyConstraint("photo_id", "size", name=op.f("pk_idea_photo_file")),
    )
    op.create_table(
        "idea_photo_removal",
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
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_photo_removal_idea_id")),
        sa.ForeignKeyConstraint(["moderator_id"], ["account.id"], name=op.f("fk_idea_photo_removal_moderator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_photo_removal")),
    )
    op.create_index(op.f("ix_idea_photo_removal_idea_id"), "idea_photo_removal", ["idea_id"])


def _make_places() -> None:
    op.create_table(
        "area_shape",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("west", sa.Double(), nullable=False),
        sa.Column("south", sa.Double(), nullable=False),
        sa.Column("east", sa.Double(), nullable=False),
        sa.Column("north", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_shape_area_id")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_area_shape")),
    )
    op.create_index("ix_area_shape_box", "area_shape", ["west", "east", "south", "north"])
    op.create_table(
        "idea_place",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name=op.f("ck_idea_place_lat")),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name=op.f("ck_idea_place_lon")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_place_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_place")),
    )
