"""Points, rankings and long ballots on the screen, without script."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import election_of
from participatie.allocation.pabulib import read_pabulib, write_pabulib
from participatie.models.votes import BallotDraft, grouped_ballots
from participatie.models.wijkbudget import Round, allocation_lines
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind, Choices
from tests.blueprints.voting import a_browser, a_voter, cast, receipt_on
from tests.factories import a_round, ballots, codes, count_it
from tests.page import Page, text_of

pytestmark = pytest.mark.pages


@pytest.fixture
def points(session: Session) -> Round:
    """An open round in which one divides ten points, six at most for a plan."""
    return a_round(session, ballot_kind=BallotKind.POINTS, points_total=10, points_per_plan=6)


@pytest.fixture
def ranking(session: Session) -> Round:
    """An open round with two places."""
    return a_round(session, ballot_kind=BallotKind.RANKING, max_choices=2)


def fields_of(page: Page, prefix: str) -> dict[str, str]:
    """What stands in the fields of the plans."""
    found = [field for field in page.all("input") if (field.get("name") or "").startswith(f"{prefix}-")]
    return {field.get("name", ""): field.get("value", "") for field in found if field.get("value")}


def listed(page: Page) -> list[str]:
    """What the page before casting says is chosen."""
    return [text_of(item) for item in page.all("li") if "€" in text_of(item)]


def test_points_are_given_checked_and_cast(app: Flask, session: Session, points: Round) -> None:
    voter = a_voter(app, session, points)
    assert voter.page is not None
    assert "U verdeelt hoogstens 10 punten" in voter.page.text
    voter.submit("Bewaar en tel op", **{"punten-1": "4", "punten-3": " 6 ", "punten-2": "0"})
    page = voter.follow()
    assert "Punten: 10 van 10." in page.text
    assert "nog niet geteld" in page.title
    assert fields_of(page, "punten") == {"punten-1": "4", "punten-3": "6"}
    voter.submit("Verder")
    page = voter.follow()
    assert [line.split(":")[0] for line in listed(page)] == ["Buurtmoestuin", "Bankjes langs de Lindevaart"]
    assert "6 punten" in listed(page)[0]
    voter.submit("Stem")
    voter.follow()
    receipt_on(voter)
    assert cast(session) == ["[[1,4],[3,6]]"]


def test_places_are_given_checked_and_cast_in_their_order(app: Flask, session: Session, ranking: Round) -> None:
    """A place that was skipped is filled by the next one."""
    voter = a_voter(app, session, ranking)
    voter.submit("Verder", **{"plaats-3": "1", "plaats-2": "2"})
    page = voter.follow()
    assert [line.split(" (")[0] for line in listed(page)] == ["Buurtmoestuin", "Groen schoolplein"]
    voter.click("Verander mijn keuze")
    voter.submit("Verder", **{"plaats-3": "", "plaats-2": "2"})
    assert [line.split(" (")[0] for line in listed(voter.follow())] == ["Groen schoolplein"]
    voter.submit("Stem")
    voter.follow()
    assert cast(session) == ["[2]"]


def test_digits_of_another_script_are_digits(app: Flask, session: Session, points: Round) -> None:
    """Abuse case 70: a keyboard in Arabic."""
    [code] = codes(session, points, 1)
    voter = a_browser(app, session, "ar")
    voter.get(f"/stemmen/{points.slug}")
    voter.submit(f"/stemmen/{points.slug}", code=str(code))
    voter.follow()
    voter.submit("/kiezen", **{"punten-2": "٥"}, stap="verder")
    voter.follow()
    voter.submit("/controleren")
    assert cast(session) == ["[[2,5]]"]


WRONG_POINTS = [
    ({"punten-1": "7"}, "Geef nergens meer dan 6 punten"),
    ({"punten-1": "6", "punten-2": "6"}, "Haal er 2 weg"),
    *(({"punten-1": typed}, "Vul een heel getal in") for typed in ("drie", "-3", "1.5", "1e3", "NaN", "9" * 4000, "999999999")),
    ({"punten-9": "1"}, "Plan 9 staat niet op dit stembiljet"),
    ({"punten-x": "1"}, "Plan x staat niet op dit stembiljet"),
    ({"punten-1": ["1", "2"]}, "twee keer"),
    ({"punten-01": "1", "punten-1": "1"}, "twee keer"),
    ({"keuze": ["1", "2"]}, "Kies er minstens 1"),
    ({}, "Kies er minstens 1"),
]  # fmt: skip


def test_points_that_cannot_be_are_refused_and_the_code_still_works(
    app: Flask, session: Session, points: Round
) -> None:
    """Abuse cases 5, 6, 7 and 10: a clear sentence at either step, nothing cast, and the code still works."""
    voter = a_voter(app, session, points)
    voter.quotes = ("NaN",)
    for step in ("kiezen", "controleren"):
        for typed, said in WRONG_POINTS:
            page = voter.post(f"/stemmen/{points.slug}/{step}", {**typed, "stap": "verder"}, 400)
            assert said in page.text, (step, typed)
    assert cast(session) == []
    voter.get(f"/stemmen/{points.slug}/kiezen")
    voter.submit("Verder", **{"punten-1": "", "punten-2": "2", "punten-3": ""})
    voter.follow()
    voter.submit("Stem")
    assert cast(session) == ["[[2,2]]"]


WRONG_PLACES = [
    ({"plaats-1": "1", "plaats-2": "1"}, "Plaats 1 staat er meer dan één keer", {"plaats-1", "plaats-2"}),
    ({"plaats-1": "3"}, "van 1 tot en met 2", {"plaats-1"}),
    ({"plaats-1": "0"}, "van 1 tot en met 2", {"plaats-1"}),
    ({"plaats-1": "1", "plaats-3": "eerste"}, "van 1 tot en met 2", {"plaats-3"}),
]


def test_a_wrong_place_is_told_beside_its_plan_and_loses_nothing(app: Flask, session: Session, ranking: Round) -> None:
    voter = a_voter(app, session, ranking)
    voter.submit("Bewaar en tel op", **{"plaats-2": "1"})
    for typed, said, beside in WRONG_PLACES:
        voter.get(f"/stemmen/{ranking.slug}/kiezen")
        page = voter.submit("Verder", **{"plaats-2": "", **typed}, status=400)
        assert said in page.text
        assert fields_of(page, "plaats") == typed
        wrong = {field.get("name") for field in page.all("input") if field.get("aria-invalid") == "true"}
        # The summary above leads to the field by the name of its plan, and what was saved before is still saved.
        links = {(link.get("href") or "")[1:] for link in page.all("a", class_="pp-mistakes__link")}
        assert (wrong, links) == (beside, beside)
    assert session.scalars(select(BallotDraft.choices)).all() == ["[2]"]


def test_a_field_is_called_after_its_plan(app: Flask, session: Session, points: Round) -> None:
    """What a screen reader says of a field: the plan, what it costs, and what the number is."""
    page = a_voter(app, session, points).page
    assert page is not None
    labels = [text_of(label) for label in page.all("label")]
    assert "Groen schoolplein € 45.000 punten" in labels
    assert len(labels) == len(points.plans)


def test_a_long_ballot_is_by_category_and_can_be_looked_back_at(app: Flask, session: Session) -> None:
    """160 plans: links to each category, and a page with only what was chosen that keeps all of it."""
    plans = [(f"Plan nummer {number}", 100) for number in range(1, 161)]
    budget_round = a_round(session, plans=plans, categories=["Groen", "Sport", "Jeugd", ""])
    voter = a_voter(app, session, budget_round)
    assert voter.page is not None
    groups = [text_of(legend) for legend in voter.page.all("legend")]
    assert sorted(groups) == ["Andere plannen", "Groen", "Jeugd", "Sport"]
    jumps = [link.get("href") for link in voter.page.all("nav")[-1].iter("a") if "#groep" in (link.get("href") or "")]
    jumps = jumps or [link.get("href") for link in voter.page.all("a") if "#groep" in (link.get("href") or "")]
    assert jumps == [f"#groep-{place}" for place in range(1, 5)]
    voter.submit("Bewaar en tel op", keuze=["7", "150"])
    voter.follow()
    page = voter.get(f"/stemmen/{budget_round.slug}/kiezen?toon=gekozen")
    assert {box.get("value") for box in page.all("input", name="keuze")} == {"7", "150"}
    voter.submit("Verder", keuze=["150"])
    voter.follow()
    voter.submit("Stem")
    assert cast(session) == ["[150]"]


def test_at_least_one_of_each_category(app: Flask, session: Session) -> None:
    budget_round = a_round(session, categories=["Groen", "Sport"], min_per_category=1)
    voter = a_voter(app, session, budget_round)
    assert voter.page is not None
    assert "Kies minstens 1 plan per categorie" in voter.page.text
    voter.submit("Bewaar en tel op", keuze=["1"])
    assert "Kies minstens 1 plannen bij Sport" in voter.follow().text
    voter.submit("Verder", keuze=["1"], status=400)
    voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    voter.submit("Verder", keuze=["1", "2"])
    assert voter.follow().h1 == "Controleer uw stem"


def test_what_counts_and_what_does_not_is_told_everywhere(app: Flask, session: Session, points: Round) -> None:
    """In the title, in the colour and in words: before, in between, after, and on coming back."""
    voter, way = a_voter(app, session, points), f"/stemmen/{points.slug}"

    def tells(page: Page, *said: str) -> None:
        colours = {
            name.split("--")[1]
            for alert in page.all("div", class_="utrecht-alert")
            for name in alert.get("class", "").split()
            if "--" in name
        }
        assert [word for word in said if word not in f"{page.title} {page.text} {colours}"] == []

    voter.submit("Bewaar en tel op", **{"punten-1": "1"})
    tells(voter.follow(), "Kies uw plannen – nog niet geteld", "Uw keuze is bewaard, maar nog niet geteld", "warning")
    tells(voter.get(way), "Stemmen – nog niet geteld", "bewaard, maar nog niet geteld", "warning")
    tells(voter.get(f"{way}/controleren"), "Controleer uw stem – nog niet geteld", "warning")
    voter.submit("Stem")
    tells(voter.follow(), "Uw stem is in", "Uw stem telt mee", "ok")
    tells(voter.get(way), "Stemmen – uw stem is in", "ok")
    tells(voter.get(f"{way}/kiezen"), "Kies uw plannen – uw stem is in", "ok")
    voter.get(f"{way}/controleren", 303)  # Back, after casting
    tells(voter.follow(), "Uw stem is in")
    voter.get(f"{way}/kiezen")
    voter.submit("Bewaar en tel op", **{"punten-1": "2"})
    tells(voter.follow(), "nieuwe keuze telt nog niet", "Tot dan telt uw vorige stem", "warning")
    tells(voter.get(way), "Stemmen – nieuwe keuze telt nog niet", "Uw vorige stem telt, tot u opnieuw stemt", "warning")
    tells(voter.get(f"{way}/mijn-stem"), "Uw stem is in – nieuwe keuze telt nog niet", "warning")
    tells(voter.get(f"{way}/controleren"), "nieuwe keuze telt nog niet", "vervalt uw vorige stem", "warning")


@pytest.mark.parametrize(
    "kind, limits, choices, meta, scores",
    [
        (BallotKind.POINTS, {"points_total": 10, "points_per_plan": 6}, [[(1, 6), (2, 4)], [(2, 1)], []],
         ["vote_type;cumulative", "max_sum_points;10", "max_points;6"], {1: "6", 2: "5", 3: "0"}),
        (BallotKind.RANKING, {}, [[3, 1], [2], []], ["vote_type;ordinal"], {1: "1", 2: "1", 3: "2"}),
    ],
)  # fmt: skip
def test_points_and_rankings_are_counted_and_go_out_as_open_data(
    session: Session,
    kind: BallotKind,
    limits: dict[str, int],
    choices: list[Choices],
    meta: list[str],
    scores: dict[int, str],
) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE, ballot_kind=kind, min_choices=0, **limits)
    ballots(session, budget_round, choices)
    count_it(session, budget_round)
    grouped = [(written, count) for written, count in session.execute(grouped_ballots(budget_round.id))]
    text = write_pabulib(election_of(budget_round, grouped, set()))
    assert [line for line in meta if line not in text.splitlines()] == []
    assert read_pabulib(text, "x.pb").irregularities == {}
    lines = session.scalars(allocation_lines(budget_round.id))
    assert {line.plan.number: line.score for line in lines} == scores
