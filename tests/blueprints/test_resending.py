"""A ballot that is sent again, by a browser, a phone or a line that dropped: it changes nothing that came after it."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import open_vote, restart_vote
from participatie.models.votes import BallotDraft
from participatie.models.wijkbudget import Round
from tests.blueprints.voting import a_browser, a_voter, cast, receipt_on, same_browser, shows
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_round, a_wijkmanager, codes, done, runs_all
from tests.page import FilledForm
from tests.visitor import Visitor


def fills_in(voter: Visitor, *plans: str) -> FilledForm:
    """Choose plans, and return the last form as it would be sent."""
    voter.submit("Verder", keuze=list(plans))
    return voter.follow().form("Stem").filled({})


def tabs_of_one_voter(app: Flask, session: Session, budget_round: Round) -> tuple[Visitor, Visitor]:
    code = str(codes(session, budget_round, 1)[0])
    one, other = (shows(a_browser(app, session), budget_round, code) for _ in range(2))
    return one, other


def sends(voter: Visitor, form: FilledForm) -> str:
    """Send the last form, and return the receipt that it brings."""
    voter.send(form)
    voter.follow()
    return receipt_on(voter)


def test_a_late_resend_of_one_tab_does_not_undo_the_other(app: Flask, session: Session) -> None:
    """Abuse cases 2, 3 and 4: the line of the first tab dropped, and its phone sends again after the second has voted."""
    one, other = tabs_of_one_voter(app, session, a_round(session))
    first, second = fills_in(one, "1"), fills_in(other, "2")
    receipt = sends(one, first)
    assert sends(other, second) == receipt
    assert cast(session) == ["[2]"]
    assert sends(one, first) == receipt
    assert cast(session) == ["[2]"], "what was sent again came over what was chosen later"
    assert one.page is not None
    assert "komt in de plaats" not in one.page.text


def test_each_page_that_casts_has_a_key_of_its_own(app: Flask, session: Session) -> None:
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    forms = [fills_in(voter, "1")]
    forms.append(voter.get(f"/stemmen/{budget_round.slug}/controleren").form("Stem").filled({}))
    one, other = (form.values["sleutel"][0] for form in forms)
    assert one != other
    assert len(one) >= 16


def test_a_page_without_a_key_still_votes_and_the_last_one_counts(app: Flask, session: Session) -> None:
    """Abuse case 4: a page from before there were keys is no reason to lose a vote."""
    one, other = tabs_of_one_voter(app, session, a_round(session))
    first, second = fills_in(one, "1"), fills_in(other, "2")
    for form in (first, second):
        form.values["sleutel"] = [""]
    receipt = sends(one, first)
    assert sends(other, second) == receipt
    del first.values["sleutel"]
    assert sends(one, first) == receipt
    assert cast(session) == ["[1]"]


@pytest.mark.parametrize("key", ["kort", "x" * 65, "sleutel met spaties", "sleutel-met-é-en-meer", "1" * 16 + "\n"])
def test_a_key_that_cannot_be_kept_is_refused_and_the_code_still_works(app: Flask, session: Session, key: str) -> None:
    voter, _ = tabs_of_one_voter(app, session, a_round(session))
    form = fills_in(voter, "1")
    right = form.values["sleutel"]
    form.values["sleutel"] = [key]
    assert "niet goed bij ons aan" in voter.send(form, 400).text
    assert cast(session) == []
    form.values["sleutel"] = right
    sends(voter, form)
    assert cast(session) == ["[1]"]


def test_casting_asks_the_database_no_more_than_it_must(app: Flask, session: Session, engine: Engine) -> None:
    """All that the rules ask in one look behind the locks, and what is written; the worker remembers the round."""
    voter = a_voter(app, session, a_round(session))
    form = fills_in(voter, "1")
    with counting_queries(engine) as queries:
        voter.send(form)
    assert len(queries) == (2 if engine.dialect.name == "postgresql" else 4), queries


def test_what_a_worker_remembers_refuses_nobody(app: Flask, session: Session, clock: TurnableClock) -> None:
    """Another worker did the vote over and opened it again: this one still has the old rules in memory."""
    budget_round = a_round(session, max_choices=1)
    voter = a_voter(app, session, budget_round)
    form = fills_in(voter, "1")
    manager = runs_all(a_wijkmanager(session))
    done(restart_vote(session, manager, budget_round, "Eén keuze was te weinig.", clock.now))
    budget_round.max_choices = 2
    done(open_vote(session, manager, budget_round, clock.now))
    form.values.update(keuze=["1", "2"], opening=["2"])  # a page that the other worker made
    [(_version, remembered)] = app.extensions["participatie.rounds"].values()
    assert remembered.limits().max_choices == 1
    sends(voter, form)
    assert cast(session) == ["[1,2]"]


@pytest.mark.parametrize("at", ["choosing", "casting"])
def test_a_page_of_before_a_vote_was_done_over_casts_and_keeps_nothing(
    app: Flask, session: Session, clock: TurnableClock, at: str
) -> None:
    """Under the same number there may be another plan now; whoever sends an old page hears it and chooses again."""
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    form = fills_in(voter, "1") if at == "casting" else voter.page.form("Verder").filled({"keuze": ["1"]})  # type: ignore[union-attr]
    manager = runs_all(a_wijkmanager(session))
    done(restart_vote(session, manager, budget_round, "Plan 1 en 2 stonden verwisseld.", clock.now))
    done(open_vote(session, manager, budget_round, clock.now))
    page = voter.send(form, status=403)
    assert "Deze stemming is opnieuw begonnen." in page.text
    assert (cast(session), session.scalars(select(BallotDraft)).all()) == ([], [])
    voter.get(f"/stemmen/{budget_round.slug}/kiezen")
    assert sends(voter, fills_in(voter, "2"))
    assert cast(session) == ["[2]"]


def test_a_browser_that_stopped_casts_nothing_though_the_worker_remembers_the_round(
    app: Flask, session: Session
) -> None:
    """Abuse case 17: a copy of its cookie is worth nothing, also where nobody looks before the locks."""
    budget_round = a_round(session)
    voter = a_voter(app, session, budget_round)
    form = fills_in(voter, "1")
    copy = same_browser(app, voter)
    voter.get("/stemmen/" + budget_round.slug + "/mijn-stem")
    voter.submit("Stop en wis mijn code van dit apparaat")
    answer = copy.post(form.action, data=form.values)
    assert answer.headers["Location"].startswith("/stemmen/")
    assert "mijn-stem" not in answer.headers["Location"]
    assert cast(session) == []
