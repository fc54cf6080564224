"""More say never takes a right away, and nobody has a right that the table does not give their roles."""

from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, TABLE, Actor, Do, Grant, Place, Role, may, table_lines
from participatie.spelregels.phases import PhaseKind

#: A small tree of areas: a gemeente of two wijken, one of them with a buurt.
AREAS = ("/1/", "/1/2/", "/1/2/5/", "/1/3/")

areas = st.sampled_from(AREAS)
grants = st.builds(Grant, st.sampled_from(GRANTED), areas)
actors = st.builds(
    Actor,
    account_id=st.none() | st.just(7),
    home_path=st.none() | areas,
    grants=st.frozensets(grants, max_size=3),
    is_author=st.booleans(),
    is_voter=st.booleans(),
)
acts, kinds, levels = st.sampled_from(Do), st.none() | st.sampled_from(PhaseKind), st.sampled_from(Level)

normally = settings(max_examples=600, derandomize=True, deadline=None)


@normally
@given(actors, acts, areas, kinds, levels, levels)
def test_a_higher_level_never_takes_a_right_away(
    actor: Actor, do: Do, area: str, kind: PhaseKind | None, one: Level, other: Level
) -> None:
    low, high = sorted((one, other), key=lambda level: level.rank)
    assert may(actor, do, Place(area, kind, high)) or not may(actor, do, Place(area, kind, low))


def test_a_higher_level_never_takes_a_right_away_in_any_cell() -> None:
    """The same, through the whole table as it is written down."""
    allowed = {(do, role, level, kind) for do, role, level, kind, answer in table_lines() if answer}
    for do, role, level, kind in allowed:
        assert all((do, role, higher, kind) in allowed for higher in Level if higher.rank >= level.rank), (
            do,
            role,
            kind,
        )


@normally
@given(actors, acts, areas, kinds, levels)
def test_a_right_comes_from_a_role_in_the_table_and_from_nothing_else(
    actor: Actor, do: Do, area: str, kind: PhaseKind | None, level: Level
) -> None:
    if may(actor, do, Place(area, kind, level)):
        assert actor.roles_at(area) & TABLE[do].roles
        assert TABLE[do].timeless or kind in TABLE[do].during
        assert level.reaches(TABLE[do].level)


def test_no_cell_opens_for_a_role_that_its_line_does_not_name() -> None:
    # Whoever has an account, whatever other role it comes with, may what any account may.
    for do, role, _level, _kind, answer in table_lines():
        own = {role} if role in (Role.VISITOR, Role.VOTER) else {role, Role.ACCOUNT}
        assert not answer or own & TABLE[do].roles, f"{role} may {do}"


@normally
@given(actors, grants, acts, areas, kinds, levels)
def test_one_more_role_never_takes_a_right_away(
    actor: Actor, grant: Grant, do: Do, area: str, kind: PhaseKind | None, level: Level
) -> None:
    richer = Actor(actor.account_id, actor.home_path, actor.grants | {grant}, actor.is_author, actor.is_voter)
    place = Place(area, kind, level)
    assert may(richer, do, place) or not may(actor, do, place)


@normally
@given(actors, acts, st.sampled_from(AREAS[:2]), kinds, levels)
def test_power_over_an_area_is_power_over_what_lies_in_it(
    actor: Actor, do: Do, area: str, kind: PhaseKind | None, level: Level
) -> None:
    granted_only = Actor(actor.account_id, None, actor.grants, actor.is_author, actor.is_voter)
    around, inside = Place(area, kind, level), Place("/1/2/5/", kind, level)
    assert may(granted_only, do, inside) or not may(granted_only, do, around)


@normally
@given(actors, acts, areas, kinds, levels)
def test_at_meeweten_nobody_puts_anything_in(
    actor: Actor, do: Do, area: str, kind: PhaseKind | None, level: Level
) -> None:
    """Whatever is put in by residents needs a phase; without one, and at the lowest level, only timeless acts are left."""
    for place in (Place(area), Place(area, kind, Level.MEEWETEN)):
        assert TABLE[do].timeless or not may(actor, do, place)
