"""Whoever downloads the ballots of a published round counts the same result, without our database."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.allocation.pabulib import read_pabulib
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import AllocationLine, Plan, Round, allocation_of
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind
from tests.commands.conftest import CommandLine
from tests.commands.test_forgetting import publish
from tests.factories import a_round, ballots, count_it, euros
from tests.visitor import Visitor

PLANS = [('Bankjes; langs "de" vaart', euros(700)), ("Bomen", euros(400)), ("Schaakbord", euros(400)), ("Fontein", 1)]
IMPORTED = """META
key;value
description;Plein
budget;1000
vote_type;{kind}
rule;{rule}
{extra}PROJECTS
project_id;cost;name;category
a;600;Bomen;groen
b;400.50;Bankjes;meubels
c;400;Boom;groen
VOTES
voter_id;vote{points}
"""


def funded_here(session: Session, budget_round: Round) -> list[str]:
    """The references of the plans that got money, in their order."""
    lines = select(Plan.reference).join(AllocationLine, AllocationLine.plan_id == Plan.id)
    funded = lines.where(AllocationLine.round_id == budget_round.id, AllocationLine.step.is_not(None))
    return list(session.scalars(funded.order_by(AllocationLine.step)))


def recount(
    participatie: CommandLine, session: Session, visitor: Visitor, budget_round: Round, folder: Path
) -> dict[str, object]:
    """Download the ballots and count them with the seed of the result page."""
    counted = session.scalars(allocation_of(budget_round.id)).one()
    session.commit()
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    assert f"participatie allocate {budget_round.slug}.pb --seed {counted.seed}" in page.text
    file = folder / f"{budget_round.slug}.pb"
    file.write_text(visitor.get(page.link("Download de stembiljetten")).text, newline="")
    assert read_pabulib(file.read_bytes(), file.name).irregularities == {}
    outcome: dict[str, object] = json.loads(participatie("allocate", file, "--seed", counted.seed, "--json").output)
    assert outcome["funded"] == funded_here(session, budget_round)
    assert outcome["spentCents"] == counted.spent_cents
    for part in ("plans", "ties", "leftCents"):
        assert outcome[part] == counted.trace[part]
    return outcome


@pytest.mark.parametrize(
    ("rule", "leftover", "kind"),
    [
        ("greedy", "none", BallotKind.APPROVAL),
        ("greedy-stop", "part", BallotKind.KNAPSACK),
        ("greedy-per-euro", "next-fitting", BallotKind.APPROVAL),
        ("equal-shares", "next-fitting", BallotKind.APPROVAL),
        ("equal-shares-add1", "none", BallotKind.APPROVAL),
        ("equal-shares-add1-comparison", "none", BallotKind.CHOOSE_ONE),
    ],
)
def test_outsiders_count_the_same_result(
    participatie: CommandLine, session: Session, visitor: Visitor, tmp_path: Path, rule: str, leftover: str,
    kind: BallotKind,
) -> None:  # fmt: skip
    budget_round = a_round(
        session, phase=PhaseKind.DECIDE, plans=PLANS, pot=euros(1000), rule=rule, leftover=leftover, ballot_kind=kind,
        min_choices=1, max_choices=3, slug="plein",
    )  # fmt: skip
    chosen = [[1], [2], [3], [2], [3]] if kind is BallotKind.CHOOSE_ONE else [[1, 4], [2, 3], [3], [2, 3], [2]]
    cast = ballots(session, budget_round, chosen)
    count_it(session, budget_round)
    publish(session, budget_round)
    recount(participatie, session, visitor, budget_round, tmp_path)
    listed = visitor.get("/wijkbudget/plein/bewijzen.txt").text.splitlines()
    assert listed == sorted(ballot.receipt for ballot in cast)


def test_lots_are_drawn_again_by_the_seed(
    participatie: CommandLine, session: Session, visitor: Visitor, tmp_path: Path
) -> None:
    """Abuse case 15: a tie at the line of the budget falls the same way for everybody."""
    plans = [(f"Plan {place}", euros(400)) for place in range(8)]
    budget_round = a_round(session, phase=PhaseKind.DECIDE, plans=plans, pot=euros(1000), slug="plein")
    ballots(session, budget_round, [[place] for place in range(1, 9)])
    count_it(session, budget_round)
    publish(session, budget_round)
    outcome = recount(participatie, session, visitor, budget_round, tmp_path)
    assert outcome["tieBreak"] == "drawn-order"


def test_the_file_says_nothing_of_who_or_when(session: Session, visitor: Visitor) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE, slug="plein")
    ballots(session, budget_round, [[3], [1], [2], [1]])
    count_it(session, budget_round)
    publish(session, budget_round)
    text = visitor.get("/wijkbudget/plein/stemmen.pb").text
    assert text.rpartition("VOTES\n")[2].splitlines() == ["voter_id;vote", "1;1", "2;1", "3;2", "4;3"]
    for ballot in session.scalars(select(Ballot)):
        assert ballot.receipt not in text
        assert ballot.ballot_key not in text


def test_nothing_can_be_downloaded_before_the_result_is_published(session: Session, visitor: Visitor) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE, slug="plein")
    ballots(session, budget_round, [[1]])
    for counted in (False, True):
        if counted:
            count_it(session, budget_round)
        for name in ("bewijzen.txt", "stemmen.pb"):
            visitor.get(f"/wijkbudget/plein/{name}", status=404)


@pytest.mark.parametrize(
    ("kind", "rule", "extra", "votes"),
    [
        ("approval", "greedy", "categories;groen,meubels\nbudget_per_category;600,400\n", ["1;a,b", "2;a", "3;c,b"]),
        ("approval", "equalshares", "min_project_score_threshold;2\n", ["1;a,b", "2;a", "3;b", "4;"]),
        ("cumulative", "greedy-no-skip", "", ["1;a,b;3,7", "2;c,a;5,5", "3;b;10"]),
        ("ordinal", "greedy", "leftover_budget;Fund additional projects that fit\n", ["1;b,a,c", "2;c,a", "3;b"]),
        ("choose-1", "greedy", "", ["1;b", "2;b", "3;a"]),
    ],
)
def test_an_imported_round_goes_out_as_it_came_in(
    participatie: CommandLine, session: Session, visitor: Visitor, tmp_path: Path, kind: str, rule: str, extra: str,
    votes: list[str],
) -> None:  # fmt: skip
    source = tmp_path / "pleinen.pb"
    points = ";points" if kind == "cumulative" else ""
    source.write_text(IMPORTED.format(kind=kind, rule=rule, extra=extra, points=points) + "\n".join(votes))
    for words in (("import", source), ("count", "pleinen"), ("publish", "pleinen")):
        participatie("rounds", *words)
    budget_round = session.scalars(select(Round)).one()
    recount(participatie, session, visitor, budget_round, tmp_path)
    again = read_pabulib((tmp_path / "pleinen.pb").read_bytes(), "pleinen.pb")
    assert (again.pot_cents, again.rule.value) == (budget_round.pot_cents, budget_round.rule)
    assert len(visitor.get("/wijkbudget/pleinen/bewijzen.txt").text.splitlines()) == len(votes)
