"""Whoever tries whatever, in any order and at any moment: what the spelregels promise still holds.

Hypothesis lets residents, staff and outsiders try every act of the table on a real database, while the clock goes on.
After every step all promises are looked up in the rows. On SQLite alone: what PostgreSQL does otherwise, its locks and
its triggers, has tests of its own.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.actions.phases import close_phase
from participatie.models import Base
from participatie.models.database import session_for
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import IdeaStatus, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, Do, Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refused
from tests.actions.anything import ELSEWHERE, TRIES, Scene
from tests.actions.promises import Promises
from tests.blueprints.full_world import somebody
from tests.clock import MOMENT, TurnableClock
from tests.databases import SQLITE, empty
from tests.factories import a_gemeente, a_round, a_traject, an_account, count_it

KINDS = (
    PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.VOTE, PhaseKind.DECIDE, PhaseKind.EXECUTE, PhaseKind.ACCOUNT,
)  # fmt: skip
WEEKS = timedelta(days=28)
RULES = RuleSet(
    name="proef",
    weights={Test.SUPPORT: Weight.HARD, Test.PUBLIC_INTEREST: Weight.HARD, Test.OWN_CONTRIBUTION: Weight.SOFT},
    support_needed=1,
    plan_cap_cents=60_000,
    execution_days=60,
)
#: Who has power over settings, or over nothing, and never changes what happens in a traject.
NEVER: set[str] = set()
CHANGE_NOTHING = ("raad", "beheerder")
#: Everybody: who usually does it, a second of them, and people of elsewhere.
USUAL = "wie dit mag"
PEOPLE = (USUAL, "bewoner", "buur", "van elders", "wijkmanager van elders", *GRANTED)
TABLES = Base.metadata.sorted_tables


class AnyOrder(RuleBasedStateMachine):
    """A traject with six phases, everybody around it, and the promises that hold after every step."""

    def __init__(self, engine: Engine, clock: TurnableClock, seen: Counter[str]) -> None:
        """Begin with an empty database; `seen` counts what was done and what was refused."""
        super().__init__()
        empty(engine)
        clock.__init__()
        self.session: Session = session_for(engine, writes=True)
        self.session.info["clock"] = clock
        self.clock, self.seen = clock, seen

    @initialize(begun=st.sampled_from(("collecting", "collecting", "voting", "counted")), level=st.sampled_from(Level))
    def make_the_world(self, begun: str, level: Level) -> None:
        """Begin while ideas come in, at some level, or further on."""
        # A vote begins in its own phase; its outcome is counted when that is over.
        first = MOMENT - (2 * WEEKS if begun != "collecting" else timedelta())
        phases = [
            PhaseFacts(
                kind,
                Level.MEEBESLISSEN if kind in (PhaseKind.VOTE, PhaseKind.DECIDE) else Level.MEEDOEN,
                first + place * WEEKS,
                first + (place + 1) * WEEKS,
            )
            for place, kind in enumerate(KINDS)
        ]
        traject = a_traject(self.session, phases=phases, rules=RULES)
        buurt = a_gemeente(self.session).buurten[0]
        wijk = a_gemeente(self.session).wijken[0]
        # Staff who live elsewhere: at home in the wijk they would be residents too.
        people = {str(role): an_account(self.session, role=role, role_area=wijk) for role in GRANTED}
        people |= {name: an_account(self.session, area=buurt) for name in ("bewoner", "buur")}
        people["van elders"] = an_account(self.session, area=a_gemeente(self.session).buurten[2])
        people["wijkmanager van elders"] = somebody(self.session, Role.WIJKMANAGER, elsewhere=True)
        self.scene = Scene(self.session, self.clock, traject, people)
        if begun != "collecting":
            a_round(self.session, traject=traject, pot=100_000, plans=[("Bankje", 30_000), ("Boom", 50_000)])
        else:
            a_round(self.session, traject=traject, pot=100_000, plans=[], opened=False)
            traject.phases[0].level = level
        if begun == "counted":
            self.clock.turn_to(traject.phases[2].ends_at)
            count_it(self.session, self.scene.round())
        self._next_moment()
        self.promises = Promises(self.session, traject)

    @invariant()
    def every_promise_holds(self) -> None:
        """Look them all up."""
        if hasattr(self, "promises"):
            self.promises.check()
            self.session.commit()

    @rule(what=st.sampled_from(sorted(TRIES)), who=st.sampled_from(PEOPLE), pick=st.integers(0, 5), yes=st.booleans())
    def try_it(self, what: str, who: str, pick: int, yes: bool) -> None:
        """Let somebody try something, usually somebody who may at the right moment."""
        self._try(what, who, pick, yes=yes)

    @rule(what=st.sampled_from(sorted(TRIES)), pick=st.integers(0, 5), yes=st.booleans())
    def try_what_is_usual(self, what: str, pick: int, yes: bool) -> None:
        """Let whoever usually does it do it."""
        self._try(what, USUAL, pick, yes=yes)

    @rule(hours=st.sampled_from((1, 24, 9 * 24, 29 * 24)))
    def wait(self, hours: int) -> None:
        """Let time pass."""
        self.clock.forward(hours=hours)

    @rule()
    def finish_what_is_over(self) -> None:
        """Let the wijkmanager answer what waits, and close every phase that is over: so that things go on."""
        running = self.scene.traject.phase_at(self.clock())
        if running is not None:
            self.clock.turn_to(running.ends_at)
        manager = self.scene.people[Role.WIJKMANAGER].actor()
        for idea in self.session.scalars(select(Idea).where(Idea.status == IdeaStatus.PUBLISHED)).all():
            reject_idea(self.session, manager, idea, "Dit past niet.", self.clock())
        for phase in self.scene.traject.phases:
            close_phase(self.session, manager, phase, self.clock())
        self._next_moment()

    def _try(self, what: str, who: str, pick: int, *, yes: bool) -> None:
        do, usual, how = TRIES[what]
        scene = self.scene
        scene.pick, scene.yes = pick, yes
        person = scene.people[who if who != USUAL else "bewoner" if usual is Role.RESIDENT else str(usual)]
        before = self.rows
        outcome = how(scene, person)
        self._next_moment()
        if isinstance(outcome, Refused) or outcome is None:
            self.seen[f"no {what}"] += 1
            assert self.rows == before, f"{who} was refused to {what}, and it left a trace"
        else:
            self.seen[what] += 1
            assert do is Do.CAST_BALLOT or str(who) not in CHANGE_NOTHING or do in (Do.FOLLOW, Do.GIVE_ROLE), (
                who,
                what,
            )

    def _next_moment(self) -> None:
        """As at the end of a request: commit, and read everything anew."""
        self.session.commit()
        self.session.expire_all()
        self.clock.forward(seconds=1)
        self.rows = self._rows()

    def _rows(self) -> dict[str, list[Any]]:
        connection = self.session.connection()
        rows = {table.name: list(map(tuple, connection.execute(select(table)))) for table in TABLES}
        self.session.commit()
        return rows

    def teardown(self) -> None:
        """Give the connection back."""
        self.session.close()


def test_every_act_of_the_table_is_tried() -> None:
    assert {do for do, _usual, _how in TRIES.values()} == set(Do) - ELSEWHERE


def test_no_order_of_acts_breaks_a_promise(engine: Engine, clock: TurnableClock) -> None:
    if engine.dialect.name != SQLITE:
        pytest.skip("on SQLite alone, for its speed")
    seen: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: AnyOrder(engine, clock, seen),
        settings=settings(
            max_examples=60,
            stateful_step_count=50,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),  # add Phase.shrink to make a failing order short; that takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {what for what in TRIES if not seen[what]} <= NEVER
    assert {what for what in TRIES if not seen[f"no {what}"]} == set()
