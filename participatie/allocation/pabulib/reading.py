"""Which plans, votes and rules stand in the text of a Pabulib file?"""

from collections import Counter
from collections.abc import Sequence

from participatie.allocation.pabulib.amounts import cents
from participatie.allocation.pabulib.ballots import checked_votes
from participatie.allocation.pabulib.election import Election, Irregularity, Vote
from participatie.allocation.pabulib.errors import Fault, PabulibError
from participatie.allocation.pabulib.meta import Meta
from participatie.allocation.pabulib.sections import Section, sections_of, text_of, without_votes
from participatie.allocation.pabulib.sweeping import SweptVotes, irregular, needed_columns, swept
from participatie.allocation.tally import tally
from participatie.allocation.terms import Plan


def read_pabulib(source: str | bytes, name: str) -> Election:
    """Read the text (or the UTF-8 bytes) of a .pb file; `name` is only used in errors.

    Money becomes whole cents. Columns this platform does not know (age, sex,
    voting_method, coordinates) are passed over. What breaks the file's own rules
    without making it unreadable, such as a ballot with more choices than allowed
    or an approval ballot that names a plan twice (counted once), is counted in
    `irregularities`. Raises PabulibError for everything in `Fault`.
    """
    text = text_of(source, name)
    head, body = without_votes(text)
    sections = sections_of(head, name)
    meta = Meta(sections["META"], name)
    kind = meta.kind()
    projects = sections["PROJECTS"]
    plans = _plans(projects, name)
    meta.check_count("num_projects", len(plans))
    caps = meta.per_category("budget_per_category", cents)
    _check_categories(plans, projects, caps, name)
    limits = meta.limits()
    votes: Sequence[Vote] | None = None
    found: Counter[Irregularity] = Counter()
    section = sections["VOTES"]
    if body and needed_columns(kind) <= section.columns.keys():
        votes = swept(body, section.columns, kind, plans)
    if isinstance(votes, SweptVotes):
        found = irregular(votes, plans, limits)
    else:
        votes, found = checked_votes(sections_of(text, name)["VOTES"], kind, plans, limits, name)
    meta.check_count("num_votes", len(votes))
    rule, known_rule = meta.rule()
    leftover, known_leftover = meta.leftover()
    found[Irregularity.RULE_UNKNOWN] += not known_rule
    found[Irregularity.LEFTOVER_UNKNOWN] += not known_leftover
    election = Election(
        name=name,
        meta=meta.values,
        kind=kind,
        pot_cents=meta.pot_cents(),
        plans=plans,
        votes=votes,
        file_rule=meta.values.get("rule", ""),
        rule=rule,
        leftover=leftover,
        minimum_votes=meta.number("min_project_score_threshold") or 0,
        seats=meta.number("seats") or 1,
        category_caps=caps,
        area_caps=meta.per_category("budget_per_neighborhood", cents, "neighborhoods"),
        utility=meta.utility(),
        incompatible=meta.incompatible([plan.id for plan in plans]),
        limits=limits,
        selected=_selected(projects),
        ballots_as_read=votes.ballots(kind) if isinstance(votes, SweptVotes) else None,
        irregularities=found,
    )
    found.update(_differing_totals(projects, election))
    for irregularity in [key for key, count in found.items() if not count]:
        del found[irregularity]
    return election


def _plans(section: Section, name: str) -> tuple[Plan, ...]:
    id_at, cost_at = section.column("project_id", name), section.column("cost", name)
    name_at, category_at = section.columns.get("name"), section.columns.get("category")
    area_at = section.columns.get("neighborhood", section.columns.get("district"))
    plans: dict[str, Plan] = {}
    for line, cells in section.rows:
        plan_id = cells[id_at].strip()
        if not plan_id or "," in plan_id:
            raise PabulibError(name, line, Fault.ID_MISSING, "een project_id zonder komma", plan_id)
        if plan_id in plans:
            raise PabulibError(name, line, Fault.PLAN_TWICE, "elk project_id één keer", plan_id)
        plans[plan_id] = Plan(
            id=plan_id,
            cost_cents=cents(cells[cost_at], name, line, of=f"cost van project {plan_id}"),
            name="" if name_at is None else cells[name_at].strip(),
            category=None if category_at is None else cells[category_at].strip() or None,
            area=None if area_at is None else cells[area_at].strip() or None,
        )
    return tuple(plans.values())


def _check_categories(plans: tuple[Plan, ...], section: Section, caps: dict[str, int], name: str) -> None:
    if caps:
        for plan, (line, _) in zip(plans, section.rows, strict=True):
            if plan.category is not None and plan.category not in caps:
                raise PabulibError(
                    name,
                    line,
                    Fault.CATEGORY_UNKNOWN,
                    "een category uit de lijst categories van META",
                    plan.category or "",
                )


def _selected(section: Section) -> frozenset[str] | None:
    at = section.columns.get("selected")
    if at is None:
        return None
    id_at = section.columns["project_id"]
    return frozenset(cells[id_at].strip() for _, cells in section.rows if cells[at].strip() == "1")


def _differing_totals(section: Section, election: Election) -> Counter[Irregularity]:
    """Count the plans whose votes or score in the file are not what its ballots add up to."""
    counted = tally(election.ballots)
    id_at = section.columns["project_id"]
    found: Counter[Irregularity] = Counter()
    for column, irregularity, totals in (
        ("votes", Irregularity.VOTES_DIFFER, counted.votes),
        ("score", Irregularity.SCORE_DIFFERS, counted.scores),
    ):
        at = section.columns.get(column)
        if at is not None:
            found[irregularity] = sum(
                cells[at].strip() not in ("", str(totals[cells[id_at].strip()])) for _, cells in section.rows
            )
    return found
