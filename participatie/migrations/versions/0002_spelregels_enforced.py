"""Spelregels enforced: levels, duties, balance, groups, overrides, and the rules of a traject."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_KINDS = ("inzamelen", "toetsen", "stemmen", "besluiten", "uitvoeren")
NEW_KINDS = ("analyseren", "agenderen", "programmeren", *OLD_KINDS, "verantwoorden")
OLD_TESTS = (
    "initiatief van bewoners",
    "draagvlak",
    "algemeen belang",
    "eigen bijdrage",
    "past bij het wijkplan",
    "geld van anderen gevraagd",
    "geen vaste kosten voor de gemeente",
    "uitvoerbaar",
)
NEW_TESTS = (
    *OLD_TESTS,
    "klaar voor de einddatum",
    "samen met een andere partij",
    "projectgroep",
    "drie partijen",
    "geen organisatiekosten",
)
OLD_ROLES = (
    "bezoeker", "ingelogde bezoeker", "bewoner", "indiener", "kiezer",
    "moderator", "toetser", "wijkmanager", "college", "raad", "beheerder",
)  # fmt: skip
NEW_ROLES = (*OLD_ROLES[:5], "helper", *OLD_ROLES[5:])


@contextmanager
def altered(table: str, without: tuple[str, ...] = (), **checks: str) -> Iterator[BatchOperations]:
    """Alter a table; check constraints in `without` go first, those in `checks` are replaced or added at the end."""
    known = {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints(table)}
    with op.batch_alter_table(table) as batch_op:
        for name in (*without, *checks):
            if f"ck_{table}_{name}" in known:
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
        yield batch_op
        for name, condition in checks.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), sa.text(condition))


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def line(name: str, length: int = 200) -> sa.Column[Any]:
    """Return a short text that is empty for the rows that are there."""
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def prose(name: str) -> sa.Column[Any]:
    """Return a text that is empty for the rows that are there."""
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def flag(name: str) -> sa.Column[Any]:
    """Return a yes or no that is no for the rows that are there."""
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def number(name: str, kind: Any = sa.Integer) -> sa.Column[Any]:
    """Return a number that is 0 for the rows that are there."""
    return sa.Column(name, kind(), nullable=False, server_default="0")


def words(name: str, *values: str, default: str | None = None) -> sa.Column[Any]:
    """Return a column for one of these words; its check constraint is made apart."""
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=False, length=40)
    return sa.Column(name, kind, nullable=default is None, server_default=default)


def upgrade() -> None:
    """Go up."""
    _make_tables()
    proposers = ("bewoner", "bewonersorganisatie", "professionele organisatie")
    with altered("idea", proposer=one_of("proposer", proposers), overhead_cents="overhead_cents >= 0") as batch_op:
        batch_op.add_column(words("proposer", *proposers, default="bewoner"))
        batch_op.add_column(line("organisation"))
        batch_op.add_column(prose("third_party"))
        batch_op.add_column(line("partner"))
        batch_op.add_column(number("overhead_cents", sa.BigInteger))
        batch_op.add_column(sa.Column("ready_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("household_key", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_idea_entered_by_id"), "account", ["entered_by_id"], ["id"])
    op.create_index(
        "uq_idea_household",
        "idea",
        ["traject_id", "household_key"],
        unique=True,
        sqlite_where=sa.text("status <> 'ingetrokken'"),
        postgresql_where=sa.text("status <> 'ingetrokken'"),
    )
    with altered("phase", kind=one_of("kind", NEW_KINDS)) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    with altered("assessment", test=one_of("test", NEW_TESTS)):
        pass
    with altered("role_grant", role=one_of("role", NEW_ROLES)):
        pass
    levels = ("laag", "substantieel", "hoog")
    with altered("traject", assurance=one_of("assurance", levels)) as batch_op:
        batch_op.add_column(line("dispute_to"))
        batch_op.add_column(prose("not_used"))
        batch_op.add_column(sa.Column("stakeholders", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(words("assurance", *levels))
        batch_op.add_column(prose("assurance_reason"))
        batch_op.add_column(flag("already_decided"))
        batch_op.add_column(flag("city_wide"))
        batch_op.add_column(sa.Column("after_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rules", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("rules_sha256", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_traject_after_id"), "traject", ["after_id"], ["id"])
    _give_trajecten_the_rules_of_their_rounds()
    with altered("traject", rules_frozen="status = 'concept' OR rules_sha256 IS NOT NULL"):
        pass
    with altered("round") as batch_op:
        batch_op.add_column(number("opening"))
        for name in ("assurance_reason", "assurance", "support_needed", "test_weights"):
            batch_op.drop_column(name)
    op.execute("UPDATE round SET opening = 1 WHERE rulebook IS NOT NULL")


def _give_trajecten_the_rules_of_their_rounds() -> None:
    # Rules that were of the round are of the traject now: residents read them before they put anything in.
    trajecten = op.get_bind().execute(
        sa.text(
            "SELECT t.id, t.status, t.created_at, r.support_needed, r.test_weights, r.assurance_reason"
            " FROM traject t LEFT JOIN round r ON r.traject_id = t.id"
        )
    )
    for traject in trajecten.mappings().all():
        rules = json.dumps(_rules_of(dict(traject)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        frozen = traject["status"] != "concept"
        op.get_bind().execute(
            sa.text(
                "UPDATE traject SET rules = :rules, rules_sha256 = :sha, opened_at = :opened,"
                " assurance_reason = :assurance_reason WHERE id = :id"
            ),
            {
                "id": traject["id"],
                "rules": rules,
                "sha": hashlib.sha256(rules.encode()).hexdigest() if frozen else None,
                "opened": traject["created_at"] if frozen else None,
                "assurance_reason": traject["assurance_reason"] or "",
            },
        )


def _rules_of(traject: Mapping[str, Any]) -> dict[str, Any]:
    weights = traject["test_weights"] or {}
    weights = json.loads(weights) if isinstance(weights, str) else weights
    rules: dict[str, Any] = {"support_needed": traject["support_needed"] or 0}
    return rules | ({"weights": weights} if weights else {})


def _make_tables() -> None:
    op.create_table(
        "wijk_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("share_permille", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_wijk_figure_people")),
        sa.CheckConstraint("share_permille BETWEEN 0 AND 1000", name=op.f("ck_wijk_figure_share_permille")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_wijk_figure_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijk_figure")),
        sa.UniqueConstraint("area_id", "feature", "group", name=op.f("uq_wijk_figure_area_id_feature_group")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "nieuws",
                "niveau veranderd",
                "fase langer",
                "meer tijd genomen",
                "balans",
                "fase afgesloten",
                "concept ter inzage",
                "stuk vastgesteld",
                "stemming over",
                "eindverslag",
                "traject afgesloten",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_announcement_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_announcement_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_traject_id"), ["traject_id"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("geschil", "uitdaging", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_dispute_account_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_dispute_answered_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_dispute_traject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
    )
    with op.batch_alter_table("dispute") as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_traject_id"), ["traject_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.Column("not_used", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_report_published_by_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_report_traject_id")),
        sa.PrimaryKeyConstraint("traject_id", name=op.f("pk_report")),
    )
    op.create_table(
        "self_answer",
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_self_answer_number")),
        sa.CheckConstraint("shown BETWEEN 0 AND number", name=op.f("ck_self_answer_shown")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_self_answer_traject_id")),
        sa.PrimaryKeyConstraint("traject_id", "feature", "group", name=op.f("pk_self_answer")),
    )
    op.create_table(
        "self_answered",
        sa.Column("traject_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_self_answered_account_id")),
        sa.ForeignKeyConstraint(["traject_id"], ["traject.id"], name=op.f("fk_self_answered_traject_id")),
        sa.PrimaryKeyConstraint("traject_id", "account_id", name=op.f("pk_self_answered")),
    )
    with op.batch_alter_table("self_answered") as batch_op:
        batch_op.create_index(batch_op.f("ix_self_answered_account_id"), ["account_id"], unique=False)

    op.create_table(
        "override",
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
                "klaar voor de einddatum",
                "samen met een andere partij",
                "projectgroep",
                "drie partijen",
                "geen organisatiekosten",
                name="test",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second_agrees", sa.Boolean(), nullable=True),
        sa.Column("second_reason", sa.Text(), nullable=False),
        sa.Column("third_id", sa.Integer(), nullable=True),
        sa.Column("third_agrees", sa.Boolean(), nullable=True),
        sa.Column("third_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("second_id <> proposed_by_id", name=op.f("ck_override_second")),
        sa.CheckConstraint("third_id <> proposed_by_id AND third_id <> second_id", name=op.f("ck_override_third")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_override_idea_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_override_proposed_by_id")),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name=op.f("fk_override_second_id")),
        sa.ForeignKeyConstraint(["third_id"], ["account.id"], name=op.f("fk_override_third_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
        sa.UniqueConstraint("idea_id", "test", name=op.f("uq_override_idea_id_test")),
    )
    op.create_table(
        "participant",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "bewoner", "organisatie", "gemeente", name="party", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_participant_account_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_participant_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", "account_id", name=op.f("pk_participant")),
    )
    with op.batch_alter_table("participant") as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_account_id"), ["account_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_product_phase_id")),
        sa.PrimaryKeyConstraint("phase_id", name=op.f("pk_product")),
    )
    op.create_table(
        "withdrawn_rulebook",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("rulebook_sha256", sa.String(length=64), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_withdrawn_rulebook_round_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["account.id"], name=op.f("fk_withdrawn_rulebook_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "opening", name=op.f("pk_withdrawn_rulebook")),
    )


def downgrade() -> None:
    """Go back. What only the newer rules know is lost: rows of new tables, tests, roles and kinds of phases."""
    with altered("round") as batch_op:
        batch_op.add_column(sa.Column("test_weights", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(number("support_needed"))
        batch_op.add_column(line("assurance"))
        batch_op.add_column(prose("assurance_reason"))
        batch_op.drop_column("opening")
    with altered("traject", ("rules_frozen", "assurance")) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_traject_after_id"), type_="foreignkey")
        for name in (
            "closed_at", "opened_at", "rules_sha256", "rules", "after_id", "city_wide", "already_decided",
            "assurance_reason", "assurance", "languages", "stakeholders", "not_used", "dispute_to",
        ):  # fmt: skip
            batch_op.drop_column(name)
    op.execute("DELETE FROM role_grant WHERE role = 'helper'")
    with altered("role_grant", role=one_of("role", OLD_ROLES)):
        pass
    op.execute(f"DELETE FROM assessment WHERE NOT {one_of('test', OLD_TESTS)}")  # noqa: S608 - our own words
    with altered("assessment", test=one_of("test", OLD_TESTS)):
        pass
    op.drop_table("product")
    op.execute("UPDATE phase SET kind = 'uitvoeren' WHERE kind = 'verantwoorden'")
    op.execute(f"UPDATE phase SET kind = 'inzamelen' WHERE NOT {one_of('kind', OLD_KINDS)}")  # noqa: S608 - our own words
    with altered("phase", kind=one_of("kind", OLD_KINDS)) as batch_op:
        batch_op.drop_column("closed_at")
    op.drop_index("uq_idea_household", "idea")
    for name in ("withdrawn_rulebook", "participant", "override", "self_answered", "self_answer"):
        op.drop_table(name)
    with altered("idea", ("proposer", "overhead_cents")) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_idea_entered_by_id"), type_="foreignkey")
        for name in (
            "entered_by_id", "household_key", "ready_on", "overhead_cents", "partner", "third_party", "organisation",
            "proposer",
        ):  # fmt: skip
            batch_op.drop_column(name)
    for name in ("report", "dispute", "announcement", "wijk_figure"):
        op.drop_table(name)
