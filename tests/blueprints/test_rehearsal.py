"""A rehearsal shows what the rules of a round do, says that nobody voted so, and writes nothing."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import rehearse_made_up
from participatie.models.accounts import Account
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import Allocation
from participatie.spelregels.phases import PhaseKind
from tests.factories import a_resident, a_round, a_traject, a_wijkmanager, euros
from tests.factories.choices import a_choice
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
FILE = """META
key;value
description;Vorig jaar
budget;1000
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
a;700;Oude bomen
b;400;Oude banken
VOTES
voter_id;vote
1;a
2;a,b
3;b,a
"""


def send(manager: Visitor, slug: str, content: str, status: int) -> str:
    """Try a file out."""
    address = f"/wijkbudget/{slug}/proef/bestand"
    manager.get(address)
    return manager.post(address, {"file": (BytesIO(content.encode()), "vorig.pb")}, status=status).text


def test_residents_see_before_the_vote_what_the_rule_does(session: Session, visitor: Visitor) -> None:
    budget_round = a_round(session, opened=False, pot=euros(50_000))
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/proef").text
    for said in ("Dit zijn verzonnen stemmen", "Niemand heeft zo gestemd", "Groen schoolplein", "liggen nog niet vast"):
        assert said in page
    assert f"proef-{budget_round.slug}" in page
    assert "Daarna over" in page
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert session.scalar(select(func.count()).select_from(Allocation)) == 0


def test_the_same_rules_give_the_same_rehearsal_and_a_rule_about_a_missing_plan_waits(session: Session) -> None:
    budget_round = a_round(session, opened=False, rule="equal-shares-add1", incompatible=[[1, 2], [3, 9]])
    rulebook = budget_round.draft_rulebook().canonical_json()
    first = rehearse_made_up(budget_round.slug, rulebook)
    assert first is not None
    assert first == rehearse_made_up(budget_round.slug, rulebook)
    assert first.outcome.rules.incompatible == (("1", "2"),)
    assert {"1", "2"} - set(first.outcome.funded)
    assert [outcome.rules.rule for outcome in first.others] == ["greedy", "phragmen"]
    assert first.in_large_steps


def test_a_traject_in_preparation_and_a_choice_among_options_have_no_rehearsal(
    session: Session, visitor: Visitor, visit_as: Callable[[Account], Visitor]
) -> None:
    draft = a_round(session, opened=False, traject=a_traject(session, phase=PhaseKind.VOTE, opened=False))
    visitor.get(f"/wijkbudget/{draft.slug}/proef", status=404)
    visit_as(a_wijkmanager(session)).get(f"/wijkbudget/{draft.slug}/proef")
    choice = a_choice(session)
    visitor.get(f"/wijkbudget/{choice.slug}/proef", status=404)


def test_last_years_ballots_show_what_the_rule_does_and_are_not_kept(
    session: Session, visit_as: Callable[[Account], Visitor]
) -> None:
    budget_round = a_round(session, opened=False)
    manager = visit_as(a_wijkmanager(session))
    page = send(manager, budget_round.slug, FILE, 200)
    assert "Oude bomen" in page
    assert "Dit zijn 3 stemmen uit het bestand vorig.pb" in page
    assert "Dit plan kreeg geen geld. Het kostte € 100 meer" in page.replace("\xa0", " ")
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0


@pytest.mark.parametrize(
    "content, said",
    [
        (FILE.replace("700", "-700"), "Regel 9 is niet te lezen"),
        (FILE.partition("1;a")[0], "geen stemmen over geld"),
        ("", "niet te lezen"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(
    session: Session, visit_as: Callable[[Account], Visitor], content: str, said: str
) -> None:
    budget_round = a_round(session, opened=False)
    assert said in send(visit_as(a_wijkmanager(session)), budget_round.slug, content, 400)


def test_a_file_above_5_mb_is_refused(session: Session, visit_as: Callable[[Account], Visitor]) -> None:
    budget_round = a_round(session, opened=False)
    manager = visit_as(a_wijkmanager(session))
    address = f"/wijkbudget/{budget_round.slug}/proef/bestand"
    token = manager.get(address).csrf_token
    # Written out here: the test client would leave the file open into which it writes a body as large as this.
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pb"\r\n\r\n{FILE}{"#" * 5_000_000}\r\n--x--\r\n'
    )
    answer = manager.client.post(address, data=parts.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert "groter dan 5 MB" in answer.text


def test_a_resident_brings_in_no_file(session: Session, visit_as: Callable[[Account], Visitor]) -> None:
    budget_round = a_round(session)
    visit_as(a_resident(session)).get(f"/wijkbudget/{budget_round.slug}/proef/bestand", status=403)
