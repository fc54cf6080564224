"""Whatever is done on paper and online, in whatever order: one code, one ballot, and what the model says."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot
from participatie.actions.votes.paper import Written, enter_sheet, settle_sheet, take_back
from participatie.models.votes import Ballot, PaperEntry, PaperSheet, VoterRoll, sheet_by_number
from participatie.spelregels.paper import SETTLED, Choose, Why
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import Channel, RollStatus
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_round, a_wijkmanager, codes
from tests.factories.paper import a_helper, a_stack

CODES, SHEETS, PLANS = 2, 2, 2
Said = tuple[int, int] | None  # which code and which plan, or None for a sheet that cannot be read


@dataclass
class Model:
    """What should be so: who holds each code, which ballot is in, and what was said of each sheet by whom."""

    held: dict[int, str | int] = field(default_factory=dict)  # code -> "online", or the number of a sheet
    ballots: dict[int, int] = field(default_factory=dict)  # code -> plan
    said: dict[int, list[tuple[int, Said]]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)  # sheets that are settled
    rejected: set[int] = field(default_factory=set)  # of those, by their first entry

    def cast(self, code: int, plan: int) -> bool:
        """Vote online, unless a sheet holds the code."""
        if self.held.get(code, "online") != "online":
            return False
        self.held[code], self.ballots[code] = "online", plan
        return True

    def enter(self, who: int, sheet: int, said: Said) -> bool:
        """Write down a sheet: the first entry holds the code or is rejected, the second one is compared."""
        mine = self.said.setdefault(sheet, [])
        if who in [clerk for clerk, _said in mine] or sheet in self.done or len(mine) == 2:
            return False
        mine.append((who, said))
        if len(mine) == 1 and said is not None and said[0] in self.held:
            self.done.add(sheet)
            self.rejected.add(sheet)
        elif len(mine) == 2 and mine[0][1] == said:
            self._finish(sheet, said)
        elif said is not None and sheet not in self.held.values():
            self.held.setdefault(said[0], sheet)
        return True

    def take_back(self, who: int, sheet: int) -> bool:
        """Undo one's own only entry."""
        mine = self.said.get(sheet, [])
        if len(mine) != 1 or mine[0][0] != who or sheet in self.done - self.rejected:
            return False
        self._let_go(sheet)
        self.said[sheet] = []
        self.done.discard(sheet)
        self.rejected.discard(sheet)
        return True

    def settle(self, sheet: int, choose: Choose) -> bool:
        """Let a third person choose."""
        if len(self.said.get(sheet, [])) != 2 or sheet in self.done:
            return False
        self._finish(sheet, {Choose.FIRST: self.said[sheet][0][1], Choose.SECOND: self.said[sheet][1][1]}.get(choose))
        return True

    def _finish(self, sheet: int, said: Said) -> None:
        self.done.add(sheet)
        if said is None or self.held.get(said[0]) != sheet:
            self._let_go(sheet)
        if said is not None and self.held.setdefault(said[0], sheet) == sheet:
            self.ballots[said[0]] = said[1]

    def _let_go(self, sheet: int) -> None:
        self.held = {code: by for code, by in self.held.items() if by != sheet}


class Desk:
    """The same in the database, next to the model."""

    def __init__(self, session: Session, clock: TurnableClock) -> None:
        """Open a vote with a stack, two clerks and a wijkmanager."""
        self.session, self.clock, self.model = session, clock, Model()
        self.round = a_round(session)
        self.letters = codes(session, self.round, CODES)
        self.stack = a_stack(session, self.round, sheets=SHEETS)
        self.clerks = [a_helper(session).actor() for _ in range(2)]
        self.manager = a_wijkmanager(session).actor()

    def begin(self) -> None:
        """Let nothing have come in yet."""
        for table in (PaperEntry, PaperSheet, Ballot):
            self.session.execute(delete(table))
        self.session.execute(update(VoterRoll).values(status=RollStatus.ISSUED, channel=None))
        self.session.commit()
        self.session.expire_all()
        self.model = Model()

    def act(self, name: str, code: int, plan: int, sheet: int, who: int) -> tuple[bool, bool]:
        """Do one thing in both; return whether each allowed it."""
        session, now, row = self.session, self.clock.now, self._row(sheet)
        if name == "cast":
            done = cast_ballot(session, self.round, self.letters[code].selector, [plan], now)
            expected = self.model.cast(code, plan)
        elif name in ("enter", "unreadable"):
            written = Written(str(self.letters[code]), [plan]) if name == "enter" else Written(why=Why.UNREADABLE)
            done = enter_sheet(session, self.clerks[who], self.stack, sheet, written, SECRET_KEY)
            expected = self.model.enter(who, sheet, (code, plan) if name == "enter" else None)
        elif row is None:
            return True, True
        elif name == "take back":
            done = take_back(session, self.clerks[who], row, now)
            expected = self.model.take_back(who, sheet)
        else:
            choose = list(Choose)[plan if code else 2]
            done = settle_sheet(session, self.manager, row, choose, Why.UNREADABLE, "Zo staat het er.", now)
            expected = self.model.settle(sheet, choose)
        session.commit()
        session.expire_all()
        return not isinstance(done, Refused), expected

    def check(self) -> None:
        """Compare what stands in the database with the model."""
        model, session = self.model, self.session
        lines = list(session.scalars(select(VoterRoll).order_by(VoterRoll.id)))
        numbers = {letter.selector: place for place, letter in enumerate(self.letters)}
        held = {
            numbers[line.selector]: line.channel
            for line in lines
            if line.status is RollStatus.USED and line.selector in numbers
        }
        assert held == {code: Channel.WEB if by == "online" else Channel.PAPER for code, by in model.held.items()}
        assert sorted(session.scalars(select(Ballot.choices))) == sorted(f"[{plan}]" for plan in model.ballots.values())
        sheets = {row.number: row for row in session.scalars(select(PaperSheet))}
        assert {number for number, row in sheets.items() if row.status in SETTLED} == model.done
        assert {number: len(row.entries) for number, row in sheets.items() if row.entries} == {
            number: len(said) for number, said in model.said.items() if said
        }

    def _row(self, sheet: int) -> PaperSheet | None:
        return self.session.scalar(sheet_by_number(self.stack.id, sheet))


ACTS = ("cast", "enter", "enter", "unreadable", "take back", "settle")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, CODES - 1),
        st.integers(1, PLANS),
        st.integers(1, SHEETS),
        st.integers(0, 1),
    ),
    max_size=14,
)
AGREED = [("enter", 0, 1, 1, 0), ("cast", 0, 2, 1, 0), ("enter", 0, 1, 1, 1), ("take back", 0, 1, 1, 0)]
SETTLED_LATER = [
    ("enter", 0, 1, 1, 0), ("enter", 1, 1, 1, 1), ("cast", 1, 2, 1, 0), ("settle", 1, 1, 1, 0), ("cast", 0, 1, 1, 0),
]  # fmt: skip
FIRST_UNREADABLE = [("unreadable", 0, 1, 1, 0), ("enter", 0, 2, 1, 1), ("cast", 0, 1, 1, 0), ("settle", 0, 1, 1, 0)]


@pytest.fixture
def desk(session: Session, clock: TurnableClock) -> Desk:
    """One desk for all examples; each begins anew."""
    return Desk(session, clock)


@pytest.mark.slow
@example(steps=AGREED)
@example(steps=SETTLED_LATER)
@example(steps=FIRST_UNREADABLE)
@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_comes_in_on_paper_and_online_one_code_is_one_ballot(
    desk: Desk, steps: list[tuple[str, int, int, int, int]]
) -> None:
    desk.begin()
    for step in steps:
        done, expected = desk.act(*step)
        assert done == expected, step
        desk.check()
