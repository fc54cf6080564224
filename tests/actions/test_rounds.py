"""Preparing, changing, opening and doing over a vote: what the traject promised holds."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.following import follow
from participatie.actions.votes import cast_ballot, present_code
from participatie.actions.wijkbudget import RoundTerms, change_round, open_vote, prepare_round, restart_vote
from participatie.models.announcements import Announcement
from participatie.models.outbox import OutboxMail
from participatie.models.votes import Ballot, BallotDraft
from participatie.models.wijkbudget import Round, withdrawn_rulebooks
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.trajecten import Announced
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import BallotKind, RollStatus
from participatie.spelregels.wijkbudget import RoundStatus, sha256_of
from tests.clock import TurnableClock
from tests.factories import (
    SECRET_KEY,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ballots,
    close_phases,
    codes,
    count_it,
    done,
    now_of,
    roll_of,
    support,
)

TERMS: dict[str, Any] = {
    "title": "Lentebudget", "pot_cents": 300_000_00, "ballot_kind": BallotKind.APPROVAL, "min_choices": 1,
    "max_choices": 3, "rule": "greedy", "leftover": "none",
}  # fmt: skip


def change(session: Session, budget_round: Round, **other: Any) -> Round | Refused:
    """Let the wijkmanager change a round."""
    return change_round(
        session, a_wijkmanager(session).actor(), budget_round, RoundTerms(**TERMS | other), now_of(session)
    )


def test_a_round_in_preparation_takes_other_terms(session: Session) -> None:
    budget_round = a_round(session, opened=False)
    done(change(session, budget_round, title=" Herfstbudget ", ballot_kind=BallotKind.KNAPSACK, pot_cents=99_00))
    session.commit()
    session.expire_all()
    assert (budget_round.title, budget_round.pot_cents, budget_round.max_sum_cents) == ("Herfstbudget", 99_00, 99_00)
    done(change(session, budget_round, ballot_kind=BallotKind.CHOOSE_ONE))
    assert (budget_round.max_choices, budget_round.max_sum_cents) == (1, None)


@pytest.mark.parametrize(
    "other, verdict",
    [
        ({"min_choices": 4}, refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices")),
        (
            {"min_choices": 2, "ballot_kind": BallotKind.CHOOSE_ONE},
            refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices"),
        ),
        ({"pot_cents": 29_999_99}, refused(Refusal.RULEBOOK_CONTRADICTS, one="plan_cap", other="pot")),
        ({"rule": "equal-shares"}, refused(Refusal.RULES_SAY_OTHERWISE, one="rule")),
    ],
)
def test_terms_that_cannot_be_are_refused_at_making_and_at_changing(
    session: Session, other: dict[str, Any], verdict: Refused
) -> None:
    rules = RuleSet(plan_cap_cents=30_000_00, rule="greedy")
    traject = a_traject(session, phase=PhaseKind.VOTE, rules=rules)
    manager = a_wijkmanager(session).actor()
    made = prepare_round(session, manager, traject, "lente", RoundTerms(**TERMS | other), now_of(session))
    assert made == verdict
    budget_round = a_round(session, traject=traject, pot=300_000_00, opened=False)
    assert change(session, budget_round, **other) == verdict
    session.expire_all()
    assert (budget_round.pot_cents, budget_round.rule, budget_round.min_choices) == (300_000_00, "greedy", 1)


def test_a_round_changes_by_its_wijkmanager_and_not_once_it_is_open(session: Session) -> None:
    budget_round = a_round(session)
    assert change(session, budget_round) == refused(Refusal.ROUND_NOT_DRAFT)
    other = an_account(session, role=Role.WIJKMANAGER, role_area=a_gemeente(session).wijken[1])
    verdict = change_round(session, other.actor(), budget_round, RoundTerms(**TERMS), now_of(session))
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_a_traject_without_money_has_no_round(session: Session) -> None:
    """Fixture F14 of seed 001: Toronto's table of plans without a euro."""
    phases = [phase.facts() for phase in a_traject(session).phases if phase.kind is not PhaseKind.VOTE]
    traject = a_traject(session, rules=RuleSet(division=Division.NONE), phases=phases)
    manager = a_wijkmanager(session).actor()
    made = prepare_round(session, manager, traject, "lente", RoundTerms(**TERMS), now_of(session))
    assert made == refused(Refusal.NO_MONEY_HERE)


def test_rules_that_changed_after_the_round_was_prepared_hold_at_the_opening(session: Session) -> None:
    """A traject in preparation may still promise another amount; then the round has to follow."""
    traject = a_traject(session, phase=PhaseKind.VOTE, opened=False)
    budget_round = a_round(session, traject=traject, opened=False, pot=300_000_00)
    codes(session, budget_round, 1)
    traject.rules = RuleSet(pot_cents=200_000_00).canonical_json()
    traject.status, traject.rules_sha256, traject.opened_at = "open", sha256_of(traject.rules), now_of(session)
    session.commit()
    close_phases(session, traject, PhaseKind.VOTE)
    manager = a_wijkmanager(session).actor()
    assert open_vote(session, manager, budget_round, now_of(session)) == refused(Refusal.RULES_SAY_OTHERWISE, one="pot")
    done(change(session, budget_round, pot_cents=200_000_00))
    done(open_vote(session, manager, budget_round, now_of(session)))


def test_a_vote_opens_after_the_phases_before_it_were_closed(session: Session) -> None:
    budget_round = a_round(session, opened=False)
    codes(session, budget_round, 1)
    manager = a_wijkmanager(session).actor()
    verdict = open_vote(session, manager, budget_round, now_of(session))
    assert verdict == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    close_phases(session, budget_round.traject, PhaseKind.VOTE)
    done(open_vote(session, manager, budget_round, now_of(session)))


@pytest.mark.parametrize("closed", [True, False])
def test_counting_and_deciding_ask_no_phase_to_be_closed(session: Session, closed: bool) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    ballots(session, budget_round, [[1]])
    if closed:
        close_phases(session, budget_round.traject, PhaseKind.DECIDE)
    count_it(session, budget_round)
    manager = a_wijkmanager(session).actor()
    done(publish(session, manager, budget_round, now_of(session)))


def restart(session: Session, budget_round: Round, reason: str = "Er ontbrak een plan.") -> Round | Refused:
    """Let the wijkmanager do a vote over."""
    return restart_vote(session, a_wijkmanager(session).actor(), budget_round, reason, now_of(session))


def publish(session: Session, actor: Any, budget_round: Round, now: datetime) -> Any:
    """Publish the besluit that follows the outcome."""
    return publish_besluit(
        session, actor, budget_round, title="Besluit", decision_body="college", motivation="Zo is gestemd.",
        deviates=False, ground=None, now=now,
    )  # fmt: skip


def test_a_vote_done_over_begins_from_nothing_with_the_same_codes(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    letter, paper = codes(session, budget_round, 2)
    first = done(cast_ballot(session, budget_round, letter.selector, [1], clock.now))
    session.commit()
    before = (budget_round.rulebook, budget_round.rulebook_sha256)
    done(restart(session, budget_round))
    session.commit()
    [withdrawn] = session.scalars(withdrawn_rulebooks(budget_round.id))
    assert (withdrawn.rulebook, withdrawn.rulebook_sha256) == before
    assert (withdrawn.opening, withdrawn.ballots, withdrawn.reason) == (1, 1, "Er ontbrak een plan.")
    assert (budget_round.status, budget_round.rulebook) == (RoundStatus.DRAFT, None)
    for table in (Ballot, BallotDraft):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert {(line.status, line.channel) for line in roll_of(session, budget_round)} == {(RollStatus.ISSUED, None)}
    assert isinstance(cast_ballot(session, budget_round, paper.selector, [1], clock.now), Refused)

    done(change(session, budget_round, max_choices=2))
    done(open_vote(session, a_wijkmanager(session).actor(), budget_round, clock.now))
    session.commit()
    assert (budget_round.opening, budget_round.rulebook_sha256 != before[1]) == (2, True)
    selector = done(present_code(session, budget_round, str(letter), SECRET_KEY, clock.now))
    again = done(cast_ballot(session, budget_round, selector, [2], clock.now))
    session.commit()
    assert again.receipt != first.receipt
    assert session.scalars(select(Ballot.choices)).all() == ["[2]"]


def test_everybody_who_takes_part_hears_once_that_a_vote_is_done_over(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    idea = an_idea(session, budget_round.traject)
    [neighbour] = support(session, idea, 1)
    follower, stranger = a_resident(session), a_resident(session)
    for account in (follower, neighbour):
        done(follow(session, account.actor(), budget_round.traject, clock.now))
    done(restart(session, budget_round))
    session.commit()
    told = session.scalars(select(OutboxMail).where(OutboxMail.template == "announcement")).all()
    about_this = [mail for mail in told if mail.facts["kind"] == Announced.RESTART]
    assert sorted(mail.recipient for mail in about_this) == sorted(
        account.email for account in (idea.author, neighbour, follower)
    )
    assert {mail.facts["text"] for mail in about_this} == {"Er ontbrak een plan."}
    assert stranger.email not in {mail.recipient for mail in told}
    said = session.scalars(select(Announcement).where(Announcement.kind == Announced.RESTART)).one()
    assert said.facts == {"round": budget_round.slug, "opening": 1, "is_advice": False}


def test_a_vote_is_not_done_over_without_a_reason_by_a_stranger_or_too_late(
    session: Session, clock: TurnableClock
) -> None:
    budget_round = a_round(session)
    assert restart(session, budget_round, " \n ") == refused(Refusal.REASON_MISSING)
    college = an_account(session, role=Role.COLLEGE).actor()
    verdict = restart_vote(session, college, budget_round, "Zomaar.", clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")
    clock.turn_to(budget_round.clock().closes_at)
    assert restart(session, budget_round) == refused(Refusal.WRONG_PHASE, phases=PhaseKind.VOTE)
    count_it(session, budget_round)
    clock.forward(days=-2)
    assert restart(session, budget_round) == refused(Refusal.RESTART_TOO_LATE)
    assert list(session.scalars(withdrawn_rulebooks(budget_round.id))) == []
