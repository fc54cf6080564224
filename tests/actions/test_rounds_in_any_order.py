"""Whatever is done with a round, in whatever order: a rulebook that was frozen once stays what it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot, issue_codes
from participatie.actions.wijkbudget import (
    RoundTerms,
    change_round,
    count_round,
    open_vote,
    prepare_round,
    restart_vote,
)
from participatie.models.database import session_for
from participatie.models.wijkbudget import Round, round_of_traject, withdrawn_rulebooks
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.wijkbudget import RoundStatus, sha256_of
from tests.actions.test_rounds import TERMS, publish
from tests.clock import TurnableClock
from tests.databases import empty
from tests.factories import SECRET_KEY, a_round, a_traject, a_wijkmanager, close_phases, done, runs_all


class Life:
    """A traject whose round is worked on in any order; `now` is in one of the three moments of a vote."""

    def __init__(self, session: Session) -> None:
        """Make the traject, with all that was owed before the vote done."""
        self.session = session
        self.traject = a_traject(session, phase=PhaseKind.VOTE)
        self.manager = runs_all(a_wijkmanager(session))
        close_phases(session, self.traject, PhaseKind.VOTE)
        self.now = self.traject.phases[2].starts_at + timedelta(days=1)
        self.letters: list[Any] = []
        self.seen: dict[int, str] = {}

    @property
    def round(self) -> Round | None:
        """The round, once it is prepared."""
        return self.session.scalar(round_of_traject(self.traject.id))

    def act(self, name: str, number: int) -> object:
        """Do one thing, whatever becomes of it."""
        session, actor, now = self.session, self.manager, self.now
        if name == "go to":
            self.now = self.traject.phases[1 + number % 3].starts_at + timedelta(days=1)
            return None
        terms = TERMS | {"pot_cents": number * 10_000_00, "min_choices": number % 3}
        if self.round is None or name == "prepare":
            return self._prepare(number, terms)
        acts: dict[str, Callable[[Round], object]] = {
            "change": lambda it: change_round(session, actor, it, RoundTerms(**terms), now),
            "issue": lambda it: (
                self.letters.extend(done(issue_codes(session, actor, it, 1, "x", SECRET_KEY, now)))
                if it.status in (RoundStatus.DRAFT, RoundStatus.OPEN)
                else None
            ),
            "open": lambda it: open_vote(session, actor, it, now),
            "cast": lambda it: (
                self.letters
                and cast_ballot(session, it, self.letters[number % len(self.letters)].selector, [1 + number % 2], now)
            ),
            "restart": lambda it: restart_vote(session, actor, it, "De regels klopten niet." * (number % 4), now),
            "count": lambda it: count_round(session, actor, it, now),
            "publish": lambda it: publish(session, actor, it, now),
        }
        return acts[name](self.round)

    def _prepare(self, number: int, terms: dict[str, Any]) -> object:
        if self.round is not None:
            return prepare_round(self.session, self.manager, self.traject, f"r{number}", RoundTerms(**terms), self.now)
        return a_round(self.session, traject=self.traject, opened=False, pot=60_000_00, max_choices=3)

    def check(self) -> None:
        """Compare every rulebook that was ever frozen with what stands there now."""
        self.session.commit()
        self.session.expire_all()
        it = self.round
        if it is None:
            return
        kept = {
            old.opening: (old.rulebook, old.rulebook_sha256) for old in self.session.scalars(withdrawn_rulebooks(it.id))
        }
        if it.rulebook is not None:
            assert it.opening not in kept
            kept[it.opening] = (it.rulebook, it.rulebook_sha256 or "")
            self.seen.setdefault(it.opening, it.rulebook)
        assert {opening: text for opening, (text, _sha) in kept.items()} == self.seen
        assert all(sha256_of(text) == sha for text, sha in kept.values())
        assert it.opening == len(self.seen)


ACTS = ("prepare", "change", "issue", "open", "cast", "restart", "count", "publish", "go to")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7)), max_size=16)
OVER_AND_OVER = [
    ("prepare", 0), ("issue", 0), ("open", 0), ("change", 6), ("cast", 1), ("restart", 1), ("change", 7), ("open", 0),
]  # fmt: skip
STORY = [*OVER_AND_OVER, *OVER_AND_OVER[3:], ("cast", 0), ("go to", 2), ("count", 0), ("publish", 0), ("restart", 1)]


@example(steps=STORY)
@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_in_whatever_order_a_frozen_rulebook_stays(
    engine: Engine, clock: TurnableClock, steps: list[tuple[str, int]]
) -> None:
    empty(engine)
    with session_for(engine, writes=True) as session:
        session.info["clock"] = clock
        live(session, steps)


def live(session: Session, steps: list[tuple[str, int]]) -> Life:
    """Take these steps, and look after each of them."""
    life = Life(session)
    for name, number in steps:
        life.act(name, number)
        life.check()
    return life


def test_the_story_that_is_always_tried_freezes_three_rulebooks(session: Session) -> None:
    """Otherwise it would say nothing: a vote that is done over has to open again with other rules."""
    life = live(session, STORY)
    assert len(set(life.seen.values())) == 3
    assert life.round is not None
    assert life.round.status is RoundStatus.PUBLISHED
