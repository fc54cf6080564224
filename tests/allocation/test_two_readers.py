"""The quick reader of votes and the patient one give the same election, or the same error, for any text."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation.pabulib import PabulibError, read_pabulib, reading

IDS = ["1", "2", "10", "a", "é"]
KINDS = ["approval", "choose-1", "cumulative", "scoring", "ordinal"]
ODD_IDS = ["9", "", " 1", "1 ", "META", "VOTES", "1\t", '"2"', "1,1"]
ODD_POINTS = ["1000000", "999999999999999", "-1", "1.0", "x", "", "²", "٣", " 4", "0004"]
#: Cells of votes that are odd.
CELLS = [
    ["v1"],
    ["v1", "1", "1", ""],
    ['"v9"', '"1"', '"1"'],
    ["v9", '"1'],
    ["VOTES", ""],
    ["", "1", "1"],
    [" v1", "", ""],
]
NAMES = ['"n; ""aam"""', '"twee\nregels"', '"VOTES\nvoter_id;vote\n"', '"', "VOTES", "\n"]
SECTIONS = [["VOTES"], ["META", "key;value"], [" votes ;", "voter_id;vote"], [""], ["", ""], ["PROJECTS"]]


def sometimes(draw: st.DrawFn, usual: str, odd: list[str]) -> str:
    """The usual, but one time in thirty something odd."""
    return draw(st.sampled_from(odd)) if draw(st.integers(0, 29)) == 13 else usual


@st.composite
def votes(draw: st.DrawFn, number: int, kind: str, plans: list[str], *, points: bool) -> str:
    most = 1 if kind == "choose-1" else 3
    chosen = [
        sometimes(draw, plan, ODD_IDS) for plan in draw(st.lists(st.sampled_from(plans), max_size=most, unique=True))
    ]
    given_points = [sometimes(draw, str(draw(st.integers(0, 3))), ODD_POINTS) for _ in chosen]
    cells = [
        sometimes(draw, f"v{number}", ["v0", "", " v0", "META", "votes", "\u00a0v0", "\x0bMETA"]),
        ",".join(chosen),
    ]
    if points:
        cells.append(",".join(given_points))
    return sometimes(draw, ";".join(cells), [";".join(odd) for odd in CELLS])


@st.composite
def texts(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(KINDS))
    points = kind in KINDS[2:4] or draw(st.integers(0, 9)) == 0
    plans = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
    lines = [draw(votes(number, kind, plans, points=points)) for number in range(draw(st.integers(0, 5)))]
    limits = draw(st.sets(st.sampled_from(["max_length;1", "min_length;1", "max_sum_cost;7", "max_sum_points;3"])))
    limits.add(sometimes(draw, f"num_votes;{len(lines)}", ["num_votes;2"]))
    rows = [f"{plan};4;{sometimes(draw, 'naam', NAMES)}" for plan in plans]
    sections = [
        ["META", "key;value", "budget;10", f"vote_type;{kind}", *sorted(limits)],
        ["PROJECTS", "project_id;cost;name", *rows],
        ["VOTES", f"voter_id;vote{';points' * points}", *lines],
    ]
    odd = draw(st.integers(0, 19))
    if odd == 1:
        sections = draw(st.permutations(sections))
    if odd == 2:
        sections.append(draw(st.sampled_from(SECTIONS)))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])) if odd < 10 else "\n"
    text = end.join(line for section in sections for line in section)
    start, finish = sometimes(draw, "", ["\ufeff", "\n", " "]), sometimes(draw, end, ["", "\n\n", "\x0b", "\n;"])
    return start + text + finish


def seen(text: str) -> tuple[object, ...]:
    """What a reader makes of a text: all that an election holds, or the refusal."""
    try:
        election = read_pabulib(text, "x.pb")
    except PabulibError as refusal:
        return refusal.args
    ballots = sorted(
        (sorted(zip(group.choices, group.points or (1,) * 9, strict=False)), group.count) for group in election.ballots
    )
    return (
        tuple(election.votes), election.irregularities, election.plans, election.rules(), election.meta,
        _added(ballots),
    )  # fmt: skip


def _added(ballots: list[tuple[list[tuple[str, int]], int]]) -> dict[str, int]:
    alike: dict[str, int] = {}
    for choices, count in ballots:
        alike[str(choices)] = alike.get(str(choices), 0) + count
    return alike


@settings(max_examples=150, deadline=None)
@given(texts())
def test_both_readers_see_the_same(text: str) -> None:
    quick = seen(text)
    with patch.object(reading, "swept", lambda *_: None):
        assert seen(text) == quick
    # Where the sections are not taken apart first, another of several mistakes may be met first; never none.
    with patch.object(reading, "without_votes", lambda whole: (whole, "")):
        whole = seen(text)
    assert whole == quick or (_refused(whole) and _refused(quick))


def _refused(found: tuple[object, ...]) -> bool:
    return isinstance(found[0], str)
