"""How is an election written as a Pabulib file?"""

import csv
from io import StringIO

from participatie.allocation.pabulib.amounts import money
from participatie.allocation.pabulib.election import BallotKind, Election
from participatie.allocation.tally import tally

#: The order of the keys in META that the format asks for; others come after them.
_IN_ORDER = (
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget",
    "vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost",
    "min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost",
    "max_project_cost", "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition",
    "language", "currency", "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget",
    "budget_per_category", "budget_per_neighborhood", "min_length_per_category", "max_length_per_category",
    "min_sum_cost_per_category", "max_sum_cost_per_category",
)  # fmt: skip


def write_pabulib(election: Election) -> str:
    """Return the text of a .pb file; `read_pabulib` reads the same election back.

    META is the election's own in the order of the format, with budget, vote_type and
    the two counts as they now are. Votes and scores are counted afresh; ages, sexes and other columns a
    file once had are not written.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    counted = tally(election.ballots)
    meta = dict(election.meta) | {
        "num_projects": str(len(election.plans)),
        "num_votes": str(len(election.votes)),
        "budget": money(election.pot_cents),
        "vote_type": election.kind.value,
    }
    place = {key: position for position, key in enumerate(_IN_ORDER)}
    in_order = sorted(meta.items(), key=lambda entry: place.get(entry[0], len(place)))
    writer.writerows([["META"], ["key", "value"], *in_order, ["PROJECTS"]])
    scored = election.kind.has_points or election.kind is BallotKind.ORDINAL
    categories = any(plan.category for plan in election.plans)
    areas = any(plan.area for plan in election.plans)
    columns = {
        "project_id": [plan.id for plan in election.plans],
        "cost": [money(plan.cost_cents) for plan in election.plans],
        "votes": [str(counted.votes[plan.id]) for plan in election.plans],
    }
    if scored:
        columns["score"] = [str(counted.scores[plan.id]) for plan in election.plans]
    columns["name"] = [plan.name for plan in election.plans]
    if categories:
        columns["category"] = [plan.category or "" for plan in election.plans]
    if election.selected is not None:
        columns["selected"] = [str(int(plan.id in election.selected)) for plan in election.plans]
    if areas:
        columns["neighborhood"] = [plan.area or "" for plan in election.plans]
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    with_points = any(vote.points is not None for vote in election.votes) or election.kind.has_points
    writer.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if with_points else [])]])
    for vote in election.votes:
        points = [",".join(map(str, vote.points or ()))] if with_points else []
        writer.writerow([vote.voter_id, ",".join(vote.choices), *points])
    return text.getvalue()
