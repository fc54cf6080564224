"""Codes and ballots, one voter after another; test_races.py lets them come at once."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot, issue_codes, present_code, save_draft
from participatie.models.audit import AuditRow
from participatie.models.votes import WHOLE_ROUND, Ballot, BallotDraft, CodeGuess, VoterRoll
from participatie.models.wijkbudget import Plan, Round
from participatie.spelregels.codes import ALPHABET, VotingCode
from participatie.spelregels.permissions import Place, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import BallotKind, Channel, RollStatus
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_gemeente, a_round, an_account, codes, count_it, done, euros, roll_of

WRONG = refused(Refusal.VOTING_CODE_WRONG)


def present(session: Session, budget_round: Round, typed: object, clock: TurnableClock) -> str | Refused:
    return present_code(session, budget_round, str(typed), SECRET_KEY, clock.now)


def count(session: Session, table: type) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(table)) or 0


def failures(session: Session) -> dict[str, int]:
    """How many wrong codes were counted, by line."""
    return {row.selector: row.failures for row in session.scalars(select(CodeGuess))}


def with_another_verifier(code: VotingCode) -> VotingCode:
    last = "A" if code.verifier[-1] != "A" else "B"
    return VotingCode(code.selector, code.verifier[:-1] + last)


def test_the_way_of_a_voter(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    selector = done(present(session, budget_round, str(code).lower(), clock))
    cast = done(cast_ballot(session, budget_round, selector, [3, 1], clock.now))
    session.commit()
    ballot = session.scalars(select(Ballot)).one()
    assert (ballot.choices, ballot.receipt, ballot.channel) == ("[1,3]", cast.receipt, Channel.WEB)
    assert ballot.cast_hour == clock.now.replace(minute=0)
    assert not cast.replaced
    assert len(cast.receipt) == 16


def test_the_database_holds_no_usable_code(session: Session) -> None:
    """Abuse case 22."""
    budget_round = a_round(session)
    made = codes(session, budget_round, 20)
    kept = json.dumps([[line.selector, line.verifier_hash] for line in roll_of(session, budget_round)])
    assert not any(code.verifier in kept for code in made)
    assert not any(code.verifier in str(row.facts) for code in made for row in session.scalars(select(AuditRow)))


def test_one_letter_is_unlike_another(session: Session) -> None:
    made = codes(session, a_round(session), 200)
    assert len({code.selector for code in made}) == len({code.verifier for code in made}) == 200


def test_only_the_wijkmanager_issues_codes(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    other = an_account(session, role=Role.WIJKMANAGER, role_area=a_gemeente(session).wijken[1])
    verdict = issue_codes(session, other.actor(), budget_round, 5, "brieven", SECRET_KEY, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_unknown_foreign_and_mistyped_codes_get_one_answer(session: Session, clock: TurnableClock) -> None:
    """Abuse case 12."""
    budget_round, other_round = a_round(session), a_round(session)
    [code] = codes(session, budget_round, 1)
    [foreign] = codes(session, other_round, 1)
    for typed in (foreign, VotingCode("000000", "0000000000"), with_another_verifier(code), "", "geen code"):
        assert present(session, budget_round, typed, clock) == WRONG


def test_a_wrong_code_is_counted_and_the_eleventh_in_an_hour_is_refused(session: Session, clock: TurnableClock) -> None:
    """Abuse case 19, for one selector; other voters still pass."""
    budget_round = a_round(session)
    code, other = codes(session, budget_round, 2)
    for _ in range(10):
        assert present(session, budget_round, with_another_verifier(code), clock) == WRONG
    session.commit()
    assert failures(session) == {WHOLE_ROUND: 10, code.selector: 10}
    too_many = refused(Refusal.TOO_MANY_GUESSES, limit=10)
    assert present(session, budget_round, with_another_verifier(code), clock) == too_many
    done(present(session, budget_round, other, clock))
    done(present(session, budget_round, code, clock))  # who holds the letter is never locked out by a guesser
    clock.forward(hours=1)
    assert present(session, budget_round, with_another_verifier(code), clock) == WRONG


def test_codes_that_no_letter_holds_do_not_fill_the_table(session: Session, clock: TurnableClock) -> None:
    """Abuse case 19: however many selectors a guesser makes up, they share a few lines an hour."""
    budget_round = a_round(session)
    answers = [
        present(session, budget_round, VotingCode(f"0000{first}{second}", "0" * 10), clock)
        for first in ALPHABET[:16]
        for second in ALPHABET
    ]
    session.commit()
    assert answers.count(WRONG) >= 450, "below the limit, hardly one is refused for the others on its line"
    counted = failures(session)
    assert counted.pop(WHOLE_ROUND) == sum(counted.values()) == 512
    assert len(counted) <= 256


def test_a_ballot_that_waited_for_the_count_is_refused_and_not_lost(session: Session, clock: TurnableClock) -> None:
    """Nobody gets a receipt for a ballot that was not counted, however late the clock was read."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    before_the_close = clock.now
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    late = cast_ballot(session, budget_round, code.selector, [1], before_the_close)
    assert isinstance(late, Refused)
    assert session.scalars(select(Ballot)).all() == []


def test_a_second_ballot_replaces_the_first_and_keeps_the_receipt(session: Session, clock: TurnableClock) -> None:
    """Abuse case 4: the last one counts, and the voter is told."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    first = done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    session.commit()
    second = done(cast_ballot(session, budget_round, code.selector, [2, 3], clock.forward(hours=2)))
    session.commit()
    assert (second.receipt, second.replaced) == (first.receipt, True)
    assert session.scalars(select(Ballot.choices)).all() == ["[2,3]"]


def test_resending_a_ballot_changes_nothing(session: Session, clock: TurnableClock) -> None:
    """Abuse cases 2 and 3: the same receipt, and nothing to be told."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    first = done(cast_ballot(session, budget_round, code.selector, [1, 2], clock.now))
    session.commit()
    again = done(cast_ballot(session, budget_round, code.selector, [2, 1], clock.now))
    assert (again.receipt, again.replaced) == (first.receipt, False)


@pytest.mark.parametrize(
    "choices, code",
    [
        ([], Refusal.TOO_FEW_CHOICES),
        ([1, 2, 3], Refusal.TOO_MANY_CHOICES),
        ([1, 1], Refusal.CHOICE_TWICE),
        ([4], Refusal.CHOICE_UNKNOWN),
        ([10**9], Refusal.CHOICE_UNKNOWN),
        ([-1], Refusal.CHOICE_UNKNOWN),
    ],
)
def test_a_ballot_over_a_limit_leaves_the_code_unspent_and_the_draft_kept(
    session: Session, clock: TurnableClock, choices: list[int], code: Refusal
) -> None:
    """Abuse cases 6, 7 and 10."""
    budget_round = a_round(session, max_choices=2)
    [letter] = codes(session, budget_round, 1)
    done(save_draft(session, budget_round, letter.selector, [1, 2, 3], clock.now))
    session.commit()
    verdict = cast_ballot(session, budget_round, letter.selector, choices, clock.now)
    assert isinstance(verdict, Refused)
    assert verdict.code is code
    session.commit()
    assert (count(session, Ballot), count(session, BallotDraft)) == (0, 1)
    assert {line.status for line in roll_of(session, budget_round)} == {RollStatus.ISSUED}
    done(cast_ballot(session, budget_round, letter.selector, [1], clock.now))


def test_a_knapsack_holds_no_more_than_the_pot(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(
        session, ballot_kind=BallotKind.KNAPSACK, pot=euros(100), plans=[("Bank", euros(60)), ("Boom", euros(50))]
    )
    [code] = codes(session, budget_round, 1)
    verdict = cast_ballot(session, budget_round, code.selector, [1, 2], clock.now)
    assert verdict == refused(Refusal.OVER_BUDGET, over_cents=euros(10))


def test_a_draft_may_break_limits_and_is_gone_once_the_ballot_is_cast(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, max_choices=1)
    [code] = codes(session, budget_round, 1)
    done(save_draft(session, budget_round, code.selector, [1, 2], clock.now))
    session.commit()
    done(save_draft(session, budget_round, code.selector, [2], clock.now))
    session.commit()
    assert session.scalars(select(BallotDraft.choices)).all() == ["[2]"]
    assert save_draft(session, budget_round, code.selector, [9], clock.now) == refused(Refusal.CHOICE_UNKNOWN, plan=9)
    done(cast_ballot(session, budget_round, code.selector, [2], clock.now))
    assert count(session, BallotDraft) == 0


def test_costs_and_names_are_those_that_were_frozen(session: Session, clock: TurnableClock) -> None:
    """Abuse case 39: a plan cannot be made cheaper after opening, and costs what the rulebook says."""
    budget_round = a_round(
        session, ballot_kind=BallotKind.KNAPSACK, pot=euros(100), plans=[("Bank", euros(60)), ("Boom", euros(50))]
    )
    [code] = codes(session, budget_round, 1)
    with pytest.raises(IntegrityError, match="frozen"), session.begin_nested():
        session.execute(update(Plan).values(cost_cents=1, name="Verdraaid"))
    session.expire_all()
    assert not cast_ballot(session, budget_round, code.selector, [1, 2], clock.now)


def test_limits_are_those_that_were_frozen(session: Session, clock: TurnableClock) -> None:
    """Abuse case 39, for the limits: what is not in the published rulebook does not count."""
    budget_round = a_round(session, max_choices=1)
    [code] = codes(session, budget_round, 1)
    with pytest.raises(IntegrityError, match="frozen"), session.begin_nested():
        session.execute(update(Round).values(max_choices=3))
    session.expire_all()
    verdict = cast_ballot(session, budget_round, code.selector, [1, 2], clock.now)
    assert verdict == refused(Refusal.TOO_MANY_CHOICES, chosen=2, maximum=1)


@pytest.mark.parametrize("act", ["present", "draft", "cast"])
def test_nothing_is_taken_before_the_opening_or_after_the_close(
    session: Session, clock: TurnableClock, act: str
) -> None:
    """Abuse case 8."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    times = budget_round.clock()

    def verdict() -> object:
        if act == "present":
            return present(session, budget_round, code, clock)
        do = save_draft if act == "draft" else cast_ballot
        return do(session, budget_round, code.selector, [1], clock.now)

    clock.turn_to(times.opens_at - timedelta(seconds=1))
    assert verdict() == refused(Refusal.VOTE_NOT_OPEN)
    clock.turn_to(times.closes_at)
    assert verdict() == refused(Refusal.VOTE_CLOSED)
    clock.turn_to(times.closes_at - timedelta(seconds=1))
    assert not isinstance(verdict(), Refused)


def test_a_revoked_code_is_refused_also_in_an_open_browser(session: Session, clock: TurnableClock) -> None:
    """Abuse case 11."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    selector = done(present(session, budget_round, code, clock))
    session.execute(update(VoterRoll).where(VoterRoll.selector == selector).values(status=RollStatus.REVOKED))
    session.commit()
    session.expire_all()
    assert present(session, budget_round, code, clock) == refused(Refusal.CODE_REVOKED)
    assert cast_ballot(session, budget_round, selector, [1], clock.now) == refused(Refusal.CODE_REVOKED)
    assert count(session, Ballot) == 0


def test_a_code_used_on_paper_does_not_vote_online(session: Session, clock: TurnableClock) -> None:
    """Abuse case 57."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    used = {"status": RollStatus.USED, "channel": Channel.PAPER}
    session.execute(update(VoterRoll).where(VoterRoll.selector == code.selector).values(used))
    session.commit()
    session.expire_all()
    verdict = cast_ballot(session, budget_round, code.selector, [1], clock.now)
    assert verdict == refused(Refusal.CODE_USED_ELSEWHERE)


def test_no_table_lays_a_ballot_beside_a_person(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    before = count(session, AuditRow)
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    session.commit()
    ballot = session.scalars(select(Ballot)).one()
    assert code.selector not in ballot.ballot_key
    assert count(session, AuditRow) == before, "the record would tell when who voted"
    assert {key.column.table.name for key in Ballot.__table__.foreign_keys} == {"round"}


def test_a_selector_that_is_not_on_the_roll_casts_nothing(session: Session, clock: TurnableClock) -> None:
    assert cast_ballot(session, a_round(session), "ZZZZZZ", [1], clock.now) == WRONG


def test_a_round_whose_traject_is_in_another_phase_takes_no_vote(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    place = budget_round.traject.facts().place_at(clock.now)
    assert place == Place(budget_round.traject.area.path, PhaseKind.DECIDE, place.level)
    [code] = codes(session, budget_round, 1)
    assert cast_ballot(session, budget_round, code.selector, [1], clock.now) == refused(Refusal.VOTE_CLOSED)
