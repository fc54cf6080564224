"""Whoever tries whatever, in any order and at any moment: what the spelregels promise still holds.

Hypothesis lets residents, staff and outsiders try every act of the table on a real database, while the clock goes on.
After every step that changed anything all promises are looked up in the rows. On SQLite alone: what PostgreSQL does
otherwise, its locks and its triggers, has tests of its own.
"""

from collections import Counter
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.actions.phases import close_phase
from participatie.models.database import session_for
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, TABLE, Do, Role
from participatie.spelregels.verdicts import Refused
from tests.actions.anything import ELSEWHERE, TRIES
from tests.actions.beginnings import Beginning, begin
from tests.actions.promises import Promises
from tests.clock import TurnableClock
from tests.databases import SQLITE, empty
from tests.factories import OTHER_ROUTE

#: Everybody who tries anything at all; a visitor without an account most of all.
PEOPLE = (
    "bewoner",
    "buur",
    "bezoeker",
    "bezoeker",
    "bezoeker",
    "van elders",
    "wijkmanager van elders",
    *(str(role) for role in GRANTED),
)
#: How many worlds begin somewhere: while ideas come in and are tested, most is possible.
WORLDS = dict.fromkeys(Beginning, 1) | {Beginning.COLLECTING: 3, Beginning.DOMINATED: 2, Beginning.ASSESSING: 3}
#: What a step is, as often as it stands here: mostly what the table permits now, by whoever usually does it.
STEPS = ("of this phase",) * 13 + ("at any time",) * 12 + ("by anybody",) * 11 + ("wait",)
#: After so many steps the phase is over.
STEPS_OF_A_PHASE = 24
STEPS_OF_A_WORLD = 50
#: Hypothesis throws otherwise when any number in our sources changes; this part of all acts is reached by any throws.
REACHED = 0.8

#: While things are carried out, joining is all that belongs to the phase.
FEW = 2


class AnyOrder(RuleBasedStateMachine):
    """A traject with its phases, everybody around it, and the promises that hold after every step.

    There is one rule, as Hypothesis leaves out some rules in most of its runs, and without time going on or
    without whoever may, little would happen. For the same reason it throws one number for all dice of a step.
    """

    def __init__(self, engine: Engine, clock: TurnableClock, beginning: Beginning, seen: Counter[str]) -> None:
        """Begin with an empty database; `seen` counts what was done and what was refused."""
        super().__init__()
        empty(engine)
        clock.__init__()
        self.session: Session = session_for(engine, writes=True)
        self.session.info["clock"] = clock
        self.clock, self.beginning, self.seen = clock, beginning, seen
        self.steps = 0
        self.tried: set[str] = set()

    @initialize(level=st.sampled_from(Level), luck=st.integers(0, 2**24 - 1))
    def make_the_world(self, level: Level, luck: int) -> None:
        """Begin somewhere on the way; `luck` makes that equal throws do something else in another world."""
        self.luck = luck
        self.scene = begin(self.session, self.clock, self.beginning, level)
        self._next_moment()
        self.promises = Promises(self.session, self.scene.traject)
        self.promises.check()

    @rule(thrown=st.integers(0, 2**24 - 1))
    def one_step(self, thrown: int) -> None:
        """Let somebody try something, or time pass."""
        self.steps += 1
        dice = Random(f"{self.beginning} {self.luck} {self.steps} {thrown}")
        scene = self.scene
        scene.pick, scene.yes, scene.waiting = dice.randrange(8), dice.random() < 0.5, dice.random() < 0.7
        step = dice.choice(STEPS)
        if self.steps % STEPS_OF_A_PHASE == 0:
            self._go_on(finishing=self.scene.yes)
        elif step == "wait":
            self.clock.forward(hours=dice.randint(1, 24))
        elif step == "by anybody":
            self._try(dice.choice(sorted(TRIES)), dice.choice(PEOPLE))
        else:
            what = dice.choice(self._open_now(timeless=step == "at any time"))
            self.tried.add(what)
            self._try(what, _usually(what))

    def _open_now(self, *, timeless: bool) -> list[str]:
        """Return what the table opens at any time, or in this phase alone; first what was not tried before."""
        phase = self.promises.running_at(self.clock())
        acts = {what: do for what, (do, _usual, _how) in sorted(TRIES.items()) if self.promises.table_opens(do, phase)}
        found = [what for what, do in acts.items() if TABLE[do].timeless is timeless]
        if len(found) < FEW:
            found = list(acts)
        return [what for what in found if what not in self.tried] or found

    def _go_on(self, *, finishing: bool) -> None:
        """Go to the end of the phase; `finishing` answers what waits and closes what is over, so that things go on."""
        running = self.promises.phase_at(self.clock())
        if running is not None:
            self.clock.turn_to(running.ends_at)
        manager = self.scene.people[Role.WIJKMANAGER].actor()
        for idea in self.session.scalars(select(Idea).where(Idea.status == IdeaStatus.PUBLISHED)).all():
            if finishing:
                reject_idea(self.session, manager, idea, "Dit past niet.", self.clock(), OTHER_ROUTE)
        if finishing:
            for phase in self.scene.traject.phases:
                close_phase(self.session, manager, phase, self.clock())
        self._next_moment()
        self.promises.check()

    def _try(self, what: str, who: str) -> None:
        note(f"{self.clock():%d-%m %H:%M:%S} {who}: {what} (pick={self.scene.pick}, yes={self.scene.yes})")
        do, _usual, how = TRIES[what]
        person = self.scene.people[who]
        permitted = self.promises.table_permits(do, person, self.clock())
        before = self._changes()
        outcome = how(self.scene, person)
        self.session.flush()
        changed = self._changes() != before
        if isinstance(outcome, Refused) or outcome is None:
            self.seen[f"no {what}"] += isinstance(outcome, Refused)
            assert not changed, f"{who} was refused to {what}, and it left a trace"
            self.session.commit()
            return
        self.seen[what] += 1
        assert permitted, f"{who} could {what}, and the table forbids it"
        self._next_moment()
        self.promises.check()

    def _changes(self) -> int:
        """Return how many rows this connection wrote, changed or deleted so far, also when with what stood there."""
        driver = self.session.connection().connection.driver_connection
        return int(driver.total_changes)  # type: ignore[union-attr]

    def _next_moment(self) -> None:
        """As at the end of a request: commit, and read everything anew."""
        self.session.commit()
        self.session.expire_all()
        self.clock.forward(seconds=1)

    def teardown(self) -> None:
        """Give the connection back."""
        self.session.close()


def _usually(what: str) -> str:
    usual = TRIES[what][1]
    return "bewoner" if usual is Role.RESIDENT else str(usual)


def test_every_act_of_the_table_is_tried() -> None:
    assert {do for do, _usual, _how in TRIES.values()} == set(Do) - ELSEWHERE


@pytest.mark.slow
def test_no_order_of_acts_breaks_a_promise(engine: Engine, clock: TurnableClock) -> None:
    if engine.dialect.name != SQLITE:
        pytest.skip("on SQLite alone, for its speed")
    seen: Counter[str] = Counter()
    for beginning, worlds in WORLDS.items():
        run_state_machine_as_test(
            partial(AnyOrder, engine, clock, beginning, seen),
            settings=settings(
                max_examples=worlds,
                stateful_step_count=STEPS_OF_A_WORLD,
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.generate,),  # add Phase.shrink to make a failing order short; that takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
    for found, missing in (("", "nobody could"), ("no ", "nobody was refused")):
        reached = {what for what in TRIES if seen[f"{found}{what}"]}
        assert len(reached) > REACHED * len(TRIES), f"{missing} {sorted(set(TRIES) - reached)}"
