"""Starting, opening and following a traject."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from participatie.actions.following import follow, unfollow
from participatie.actions.trajecten import (
    TrajectDraft,
    change_draft,
    open_traject,
    start_traject,
)
from participatie.models.audit import AuditRow
from participatie.models.trajecten import Follow, Traject, followers
from participatie.spelregels.permissions import NOBODY, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import (
    USUAL_RULES,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    done,
    now_of,
    phases_around,
    runs_all,
)
from tests.factories.trajecten import CARD


def a_draft(session: Session, **changes: Any) -> TrajectDraft:
    """What a wijkmanager filled in, complete but for the changes; `goal` and `open` are those of its card."""
    card = replace(CARD, **{name: changes.pop(name) for name in ("goal", "open") if name in changes})
    phases = phases_around(now_of(session), PhaseKind.COLLECT)
    return replace(TrajectDraft("Molen", card, phases, USUAL_RULES), **changes)


def start(session: Session, **changes: Any) -> Traject | Refused:
    """Start a traject in the first wijk."""
    contact = a_wijkmanager(session)
    area = a_gemeente(session).wijken[0]
    return start_traject(session, contact.actor(), area, "molen", a_draft(session, **changes), contact, now_of(session))


def test_a_traject_starts_as_a_draft_with_everything_that_was_filled_in(session: Session, clock: TurnableClock) -> None:
    city = a_traject(session, area=a_gemeente(session).gemeente)
    wanted = a_draft(session, answer_days=30, already_decided=True, city_wide=True, after=city)
    traject = done(start(session, answer_days=30, already_decided=True, city_wide=True, after=city))
    session.commit()
    session.expire_all()
    assert traject.status is TrajectStatus.DRAFT
    assert traject.card() == replace(CARD, contact=a_wijkmanager(session).name)
    assert list(traject.facts().phases) == wanted.phases
    assert (traject.answer_days, traject.already_decided, traject.city_wide, traject.after_id) == (
        30, True, True, city.id,
    )  # fmt: skip
    assert traject.ruleset().canonical_json() == USUAL_RULES.canonical_json()
    assert traject.rules_sha256 is None
    assert traject.facts().place_at(clock.now).phase_kind is None


def test_a_draft_without_a_goal_does_not_open(session: Session, clock: TurnableClock) -> None:
    traject = done(start(session, goal=""))
    actor = a_wijkmanager(session).actor()
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.CARD_INCOMPLETE, missing="goal")
    assert traject.status is TrajectStatus.DRAFT


def test_a_draft_about_what_was_decided_does_not_open(session: Session, clock: TurnableClock) -> None:
    """Spelregel 4 of Zwolle, fixture Z3."""
    traject = done(start(session, already_decided=True))
    verdict = open_traject(session, a_wijkmanager(session).actor(), traject, clock.now)
    assert verdict == refused(Refusal.ALREADY_DECIDED_BEFOREHAND)


def test_a_question_of_the_whole_city_opens_in_a_wijk_after_the_city_was_asked(
    session: Session, clock: TurnableClock
) -> None:
    """Spelregel 3 of Zwolle, fixture Z5."""
    traject, actor = done(start(session, city_wide=True)), a_wijkmanager(session).actor()
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.CITY_FIRST)
    city = a_traject(session, area=a_gemeente(session).gemeente)
    done(change_draft(session, actor, traject, a_draft(session, city_wide=True, after=city), clock.now))
    assert done(open_traject(session, actor, traject, clock.now)).status is TrajectStatus.OPEN


def test_only_a_public_traject_of_the_whole_city_counts_as_having_asked_the_city(session: Session) -> None:
    of_a_wijk = a_traject(session)
    still_a_draft = a_traject(session, area=a_gemeente(session).gemeente, opened=False)
    for after in (of_a_wijk, still_a_draft):
        assert start(session, city_wide=True, after=after) == refused(Refusal.CITY_FIRST)
        other = a_traject(session, opened=False)
        changed = change_draft(
            session, runs_all(a_wijkmanager(session)), other, a_draft(session, after=after), now_of(session)
        )
        assert changed == refused(Refusal.CITY_FIRST)


def test_rules_that_contradict_each_other_are_not_saved(session: Session) -> None:
    rules = RuleSet(pot_cents=100, plan_cap_cents=200)
    refusal = refused(Refusal.RULEBOOK_CONTRADICTS, one="plan_cap", other="pot")
    assert start(session, rules=rules) == refusal
    assert session.scalar(select(func.count()).select_from(Traject)) == 0
    draft, manager = a_traject(session, opened=False), runs_all(a_wijkmanager(session))
    assert change_draft(session, manager, draft, a_draft(session, rules=rules), now_of(session)) == refusal
    assert draft.ruleset() == a_traject(session).ruleset()


def test_an_opened_traject_is_in_its_phase_and_on_the_record_with_the_hash_of_its_rules(
    session: Session, clock: TurnableClock
) -> None:
    traject, actor = done(start(session)), a_wijkmanager(session).actor()
    done(open_traject(session, actor, traject, clock.now))
    session.commit()
    assert traject.facts().place_at(clock.now).phase_kind is PhaseKind.COLLECT
    assert traject.rules_sha256 == sha256(traject.rules.encode()).hexdigest()
    rows = session.scalars(select(AuditRow).where(AuditRow.act == Do.MANAGE_TRAJECT).order_by(AuditRow.id)).all()
    assert [row.facts["step"] for row in rows] == ["draft", "open"]
    assert rows[1].facts["rules_sha256"] == traject.rules_sha256
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.ALREADY_OPEN)


@pytest.mark.parametrize("column", ["rules", "question", "dispute_to", "answer_days", "already_decided"])
def test_the_database_itself_keeps_the_promise_of_an_open_traject(session: Session, column: str) -> None:
    traject = a_traject(session)
    value = "true" if column == "already_decided" else "7" if column == "answer_days" else "'anders'"
    with pytest.raises(DatabaseError, match="frozen"):
        session.execute(text(f"UPDATE traject SET {column} = {value} WHERE id = {traject.id}"))  # noqa: S608 - ours
    session.rollback()


def test_a_wijkmanager_of_another_wijk_opens_nothing_here(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, opened=False)
    other = an_account(session, role=Role.WIJKMANAGER, role_area=a_gemeente(session).wijken[1])
    verdict = open_traject(session, other.actor(), traject, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_following_twice_is_following(session: Session, clock: TurnableClock) -> None:
    traject, account = a_traject(session), a_resident(session)
    done(follow(session, account.actor(), traject, clock.now))
    done(follow(session, account.actor(), traject, clock.now))
    session.commit()
    assert list(session.scalars(followers(traject.id))) == [account]
    unfollow(session, account.actor(), traject, clock.now)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Follow)) == 0


def test_a_visitor_logs_in_to_follow(session: Session, clock: TurnableClock) -> None:
    assert follow(session, NOBODY, a_traject(session), clock.now) == refused(Refusal.LOG_IN_FIRST)


def test_an_address_is_given_once_whoever_came_first(session: Session) -> None:
    """The unique key decides; the second one hears it as a refusal and not as a fault."""
    a_traject(session, slug="molen")
    assert start(session) == refused(Refusal.ADDRESS_TAKEN)


def test_a_draft_can_be_completed_and_an_open_card_stays_a_promise(session: Session) -> None:
    manager = runs_all(a_wijkmanager(session))
    draft = a_traject(session, opened=False)
    rules = replace(USUAL_RULES, pot_cents=5_000_00)
    wanted = a_draft(session, title="Groener", goal="Minder stenen", answer_days=30, rules=rules)
    done(change_draft(session, manager, draft, wanted, now_of(session)))
    session.commit()
    session.expire_all()
    assert (draft.title, draft.goal, draft.answer_days) == ("Groener", "Minder stenen", 30)
    assert list(draft.facts().phases) == wanted.phases
    assert draft.ruleset().pot_cents == rules.pot_cents
    done(open_traject(session, manager, draft, now_of(session)))
    assert change_draft(session, manager, draft, wanted, now_of(session)) == refused(Refusal.ALREADY_OPEN)
