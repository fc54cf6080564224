"""Options on the ballot: written down until the round opens, and never with a pot."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import (
    OptionText,
    RoundTerms,
    add_option,
    change_option,
    open_vote,
    prepare_round,
    remove_option,
)
from participatie.spelregels.permissions import Actor
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.votes import BallotKind
from tests.factories import a_resident, a_wijkmanager, close_phases, codes, done, during, euros, now_of, runs_all
from tests.factories.choices import DESIGNS, a_choice, a_choice_traject, phases_of_a_choice

TEXT = OptionText("Een plein", "Met bomen.")
ABOUT_MONEY = RuleSet(name="advies over geld", weights={}, pot_cents=100_000)


@pytest.fixture
def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def test_options_can_be_changed_until_the_round_opens(session: Session, manager: Actor) -> None:
    budget_round = a_choice(session, opened=False)
    now = now_of(session)
    fourth = done(add_option(session, manager, budget_round, TEXT, now))
    assert (fourth.number, fourth.cost_cents, fourth.cost_text) == (4, 0, "")
    assert add_option(session, manager, budget_round, replace(TEXT, name=" een  PLEIN "), now) == refused(
        Refusal.OPTION_TWICE
    )
    assert add_option(session, manager, budget_round, replace(TEXT, name=" "), now) == refused(Refusal.REASON_MISSING)
    done(change_option(session, manager, fourth, replace(TEXT, cost_text="niets"), now))
    done(remove_option(session, manager, budget_round.plans[0], now))
    session.commit()
    assert [(option.number, option.name) for option in budget_round.plans] == [
        (2, DESIGNS[1]), (3, DESIGNS[2]), (4, "Een plein"),
    ]  # fmt: skip
    codes(session, budget_round, 1)
    done(open_vote(session, manager, budget_round, now))
    frozen = refused(Refusal.ROUND_NOT_DRAFT)
    assert add_option(session, manager, budget_round, replace(TEXT, name="Nog een"), now) == frozen
    assert change_option(session, manager, budget_round.plans[0], TEXT, now) == frozen
    assert remove_option(session, manager, budget_round.plans[0], now) == frozen


def test_what_an_option_is_stays_as_it_was_frozen(session: Session) -> None:
    option = a_choice(session).plans[0]
    option.description, option.cost_text = "Toch iets anders.", "gratis"
    session.commit()
    assert (option.told().description, option.told().cost_text) == (
        f"{DESIGNS[0]}: zo ziet dat eruit.",
        "ongeveer € 40.000",
    )


@pytest.mark.parametrize(("options", "seats", "fewest"), [(0, 1, 2), (1, 1, 2), (2, 2, 3)])
def test_a_choice_that_is_none_does_not_open(
    session: Session, manager: Actor, options: int, seats: int, fewest: int
) -> None:
    budget_round = a_choice(session, designs=DESIGNS[:options], seats=seats, kind=BallotKind.APPROVAL, opened=False)
    codes(session, budget_round, 1)
    verdict = open_vote(session, manager, budget_round, now_of(session))
    assert verdict == refused(Refusal.TOO_FEW_OPTIONS, fewest=fewest)


def test_options_are_for_a_traject_that_chooses_and_for_who_prepares_it(session: Session, manager: Actor) -> None:
    money = a_choice_traject(session, advice=True, rules=ABOUT_MONEY)
    terms = RoundTerms("Geld", euros(1_000), BallotKind.APPROVAL, 1, None, "greedy", "none")
    budget_round = done(prepare_round(session, manager, money, "geld", terms, now_of(session)))
    assert add_option(session, manager, budget_round, TEXT, now_of(session)) == refused(Refusal.NO_OPTIONS_HERE)
    choice = a_choice(session, opened=False)
    neighbour = a_resident(session).actor()
    assert add_option(session, neighbour, choice, TEXT, now_of(session)) == refused(
        Refusal.NOT_YOUR_ROLE, roles="wijkmanager"
    )


TERMS = RoundTerms("De straat", 0, BallotKind.APPROVAL, 1, None, "most-votes", "none")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda it: replace(it, pot_cents=1), "pot"),
        (lambda it: replace(it, rule="greedy"), "rule"),
        (lambda it: replace(it, leftover="part"), "leftover"),
        (lambda it: replace(it, ballot_kind=BallotKind.KNAPSACK), "ballot_kind"),
    ],
)
def test_a_choice_has_no_pot_and_no_rule_about_one(
    session: Session, manager: Actor, change: Callable[[RoundTerms], RoundTerms], field: str
) -> None:
    traject = a_choice_traject(session, advice=True)
    made = prepare_round(session, manager, traject, "straat", change(TERMS), now_of(session))
    assert made == refused(Refusal.RULES_SAY_OTHERWISE, one=field)


def test_no_pot_is_divided_by_the_rule_for_options(session: Session, manager: Actor) -> None:
    traject = a_choice_traject(session, advice=True, rules=ABOUT_MONEY)
    made = prepare_round(session, manager, traject, "geld", replace(TERMS, pot_cents=euros(1_000)), now_of(session))
    assert made == refused(Refusal.RULES_SAY_OTHERWISE, one="rule")


def test_the_phases_of_the_factory_are_in_order(session: Session) -> None:
    phases = phases_of_a_choice(now_of(session), advice=True)
    assert [phase.kind for phase in phases] == [PhaseKind.POLL, PhaseKind.DECIDE, PhaseKind.EXECUTE]
    traject = a_choice_traject(session, advice=True, running=PhaseKind.DECIDE)
    close_phases(session, traject, PhaseKind.DECIDE)
    assert during(session, traject, PhaseKind.DECIDE) == now_of(session)
