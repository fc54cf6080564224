"""Frozen rules: whatever program writes, an open vote's rulebook and an open traject's promise do not change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: What the rulebook of a round is made of, and where it is read; `plan` has its own.
OF_ROUND = (
    "rulebook", "rulebook_sha256", "id", "slug", "opening", "traject_id", "title", "currency", "pot_cents", "ballot_kind",
    "min_choices", "max_choices", "max_sum_cents", "max_per_category", "category_sums_cents", "rule", "leftover",
    "category_caps_cents", "minimum_votes",
)  # fmt: skip
OF_PLAN = ("id", "round_id", "number", "reference", "name", "cost_cents", "category")
#: What was promised at the opening; the contact person may be replaced.
OF_TRAJECT = (
    "id", "rules", "rules_sha256", "area_id", "question", "goal", "fixed", "open", "decision_maker", "dispute_to",
    "use_of_input", "not_used", "stakeholders", "results_back", "languages", "opened_at", "assurance", "assurance_reason", "answer_days",
    "already_decided", "city_wide", "after_id",
)  # fmt: skip

#: A vote that is done over keeps its rulebook, word for word, and loses nothing else.
WITHDRAWN = (
    "(OLD.status = 'geopend' AND NEW.rulebook IS NULL AND NEW.rulebook_sha256 IS NULL"
    " AND EXISTS (SELECT 1 FROM withdrawn_rulebook w WHERE w.round_id = OLD.id AND w.opening = OLD.opening"
    " AND w.rulebook = OLD.rulebook AND w.rulebook_sha256 = OLD.rulebook_sha256))"
)
#: What was counted is not open again, and what was published stays so.
GOES_BACK = (
    "(OLD.status = 'geteld' AND NEW.status NOT IN ('geteld', 'gepubliceerd')"
    " OR OLD.status = 'gepubliceerd' AND NEW.status <> 'gepubliceerd')"
)
#: Each opening has its own number, or a later one could take the place of an earlier one.
NUMBERED = "NEW.opening = OLD.opening + CASE WHEN NEW.rulebook IS NULL THEN 0 ELSE 1 END"
#: Withdrawn is what holds now, as it is; what was withdrawn before has its row already.
NOT_WHAT_HOLDS = (
    "NOT EXISTS (SELECT 1 FROM round r WHERE r.id = NEW.round_id AND NEW.opening BETWEEN 1 AND r.opening"
    " AND (r.rulebook IS NULL OR NEW.opening < r.opening OR r.status = 'geopend'"
    " AND r.rulebook = NEW.rulebook AND r.rulebook_sha256 = NEW.rulebook_sha256))"
)
FROZEN = "EXISTS (SELECT 1 FROM round r WHERE r.id = {row}.round_id AND r.rulebook IS NOT NULL)"
#: REPLACE puts one row in the place of another, and SQLite asks a guard of DELETE only where a connection says so.
#: Hence no row takes what another one is known by that is frozen; `{own}` leaves a row that is changed itself out.
IN_PLACE_OF_ROUND = (
    "EXISTS (SELECT 1 FROM round r WHERE r.rulebook IS NOT NULL{own}"
    " AND (r.id = NEW.id OR r.slug = NEW.slug OR r.traject_id = NEW.traject_id))"
)
IN_PLACE_OF_PLAN = (
    "EXISTS (SELECT 1 FROM plan p JOIN round r ON r.id = p.round_id WHERE r.rulebook IS NOT NULL{own}"
    " AND (p.id = NEW.id OR p.idea_id = NEW.idea_id))"
)
IN_PLACE_OF_TRAJECT = (
    "EXISTS (SELECT 1 FROM traject t WHERE t.status <> 'concept'{own} AND (t.id = NEW.id OR t.slug = NEW.slug))"
)
IN_PLACE_OF_WITHDRAWN = (
    "EXISTS (SELECT 1 FROM withdrawn_rulebook w WHERE w.round_id = NEW.round_id AND w.opening = NEW.opening)"
)

GUARDED = (
    ("round", "INSERT"),
    ("round", "UPDATE"),
    ("round", "DELETE"),
    ("plan", "INSERT"),
    ("plan", "UPDATE"),
    ("plan", "DELETE"),
    ("withdrawn_rulebook", "INSERT"),
    ("withdrawn_rulebook", "UPDATE"),
    ("withdrawn_rulebook", "DELETE"),
    ("traject", "INSERT"),
    ("traject", "UPDATE"),
    ("traject", "DELETE"),
)


def upgrade() -> None:
    """Go up."""
    frozen, frozen_new = FROZEN.format(row="OLD"), FROZEN.format(row="NEW")
    others = _differs(tuple(name for name in OF_ROUND if not name.startswith("rulebook")))
    changed = f"({_differs(OF_ROUND)} OR {GOES_BACK}) AND NOT ({WITHDRAWN} AND NOT {others})"
    never_frozen = f"OLD.rulebook IS NULL AND NOT {NUMBERED}"
    not_as_promised = f"({_differs(OF_TRAJECT)} OR NEW.status = 'concept')"
    reopened = "OLD.status = 'afgesloten' AND NEW.status <> 'afgesloten'"
    round_takes_place = (
        f"{_differs(('id', 'slug', 'traject_id'))} AND {IN_PLACE_OF_ROUND.format(own=' AND r.id <> OLD.id')}"
    )
    plan_takes_place = f"{_differs(('id', 'idea_id'))} AND {IN_PLACE_OF_PLAN.format(own=' AND p.id <> OLD.id')}"
    traject_takes_place = f"{_differs(('id', 'slug'))} AND {IN_PLACE_OF_TRAJECT.format(own=' AND t.id <> OLD.id')}"
    conditions = (
        IN_PLACE_OF_ROUND.format(own=""),
        f"(OLD.rulebook IS NOT NULL AND {changed}) OR ({never_frozen}) OR ({round_takes_place})",
        "OLD.rulebook IS NOT NULL",
        f"{frozen_new} OR {IN_PLACE_OF_PLAN.format(own='')}",
        f"(({frozen} OR {frozen_new}) AND {_differs(OF_PLAN)}) OR ({plan_takes_place})",
        frozen,
        f"{NOT_WHAT_HOLDS} OR {IN_PLACE_OF_WITHDRAWN}",
        "1 = 1",
        "1 = 1",
        IN_PLACE_OF_TRAJECT.format(own=""),
        f"(OLD.status <> 'concept' AND {not_as_promised}) OR ({reopened}) OR ({traject_takes_place})",
        "OLD.status <> 'concept'",
    )
    for (table, moment), condition in zip(GUARDED, conditions, strict=True):
        _guard(table, moment, condition)


def downgrade() -> None:
    """Go back."""
    for table, moment in GUARDED:
        name = f"{table}_frozen_{moment.lower()}"
        if _is_sqlite():
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _differs(columns: tuple[str, ...]) -> str:
    if _is_sqlite():
        return "(" + " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns) + ")"
    # As text: PostgreSQL compares no two values of its type json.
    return "(" + " OR ".join(f'NEW."{name}"::text IS DISTINCT FROM OLD."{name}"::text' for name in columns) + ")"


def _guard(table: str, moment: str, condition: str) -> None:
    name = f"{table}_frozen_{moment.lower()}"
    sentence, kept = f"the rules of this {table} are frozen", "OLD" if moment == "DELETE" else "NEW"
    if _is_sqlite():
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
