"""More say never takes a right away, and nobody has a right that the table does not give their roles."""

from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, TABLE, Actor, Do, Grant, Place, Role, may, table_lines
from participatie.spelregels.phases import PhaseKind

#: A small tree of areas: a gemeente of two wijken, one of them with a buurt.
AREAS = ("/1/", "/1/2/", "/1/2/5/", "/1/3/")
#: So many situations by chance are asked of each law: a few hundred for every act.
SITUATIONS = 60_000
MOST_GRANTS = 3


class Situation(NamedTuple):
    """Somebody who wants to do something somewhere, in some phase or none."""

    actor: Actor
    do: Do
    area: str
    kind: PhaseKind | None
    level: Level
    #: Another level, and another grant, for what is compared with this.
    other: Level
    grant: Grant

    @property
    def place(self) -> Place:
        """Where and when that is."""
        return Place(self.area, self.kind, self.level)


@cache
def situations() -> tuple[Situation, ...]:
    """Situations of all sorts, always the same ones."""
    chance = Random(1272)
    acts, kinds, levels = list(Do), [None, *PhaseKind], list(Level)
    return tuple(
        Situation(
            Actor(
                account_id=chance.choice((None, 7)),
                home_path=chance.choice((None, *AREAS)),
                grants=frozenset(a_grant(chance) for _ in range(chance.randint(0, MOST_GRANTS))),
                is_author=chance.random() < 0.5,
                is_voter=chance.random() < 0.5,
                is_panel_member=chance.random() < 0.5,
            ),
            chance.choice(acts), chance.choice(AREAS), chance.choice(kinds), chance.choice(levels),
            chance.choice(levels), a_grant(chance),
        )
        for _ in range(SITUATIONS)
    )  # fmt: skip


def a_grant(chance: Random) -> Grant:
    """Any role that can be given, anywhere."""
    return Grant(chance.choice(GRANTED), chance.choice(AREAS))


def test_a_higher_level_never_takes_a_right_away() -> None:
    for each in situations():
        low, high = sorted((each.level, each.other), key=lambda level: level.rank)
        places = Place(each.area, each.kind, high), Place(each.area, each.kind, low)
        assert may(each.actor, each.do, places[0]) or not may(each.actor, each.do, places[1])


def test_a_higher_level_never_takes_a_right_away_in_any_cell() -> None:
    """The same, through the whole table as it is written down."""
    allowed = {(do, role, level, kind) for do, role, level, kind, answer in table_lines() if answer}
    for do, role, level, kind in allowed:
        assert all((do, role, higher, kind) in allowed for higher in Level if higher.rank >= level.rank), (
            do,
            role,
            kind,
        )


def test_a_right_comes_from_a_role_in_the_table_and_from_nothing_else() -> None:
    allowed = [each for each in situations() if may(each.actor, each.do, each.place)]
    assert len({each.do for each in allowed}) == len(Do), "every act is somebody's right in some of these"
    for actor, do, area, kind, level, _other, _grant in allowed:
        assert actor.roles_at(area) & TABLE[do].roles
        assert TABLE[do].timeless or kind in TABLE[do].during
        assert level.reaches(TABLE[do].level)


def test_no_cell_opens_for_a_role_that_its_line_does_not_name() -> None:
    # Whoever has an account, whatever other role it comes with, may what any account may.
    for do, role, _level, _kind, answer in table_lines():
        has_none = role in (Role.VISITOR, Role.VOTER, Role.PANEL_MEMBER)
        own = {role} if has_none else {role, Role.ACCOUNT}
        assert not answer or own & TABLE[do].roles, f"{role} may {do}"


def test_one_more_role_never_takes_a_right_away() -> None:
    for each in situations():
        richer = replace(each.actor, grants=each.actor.grants | {each.grant})
        assert may(richer, each.do, each.place) or not may(each.actor, each.do, each.place)


def test_power_over_an_area_is_power_over_what_lies_in_it() -> None:
    for each in situations():
        if "/1/2/5/".startswith(each.area):
            granted_only = replace(each.actor, home_path=None)
            inside = Place("/1/2/5/", each.kind, each.level)
            assert may(granted_only, each.do, inside) or not may(granted_only, each.do, each.place)


def test_at_meeweten_nobody_puts_anything_in() -> None:
    """Whatever is put in by residents needs a phase; without one, and at the lowest level, only timeless acts are left."""
    for each in situations():
        for place in (Place(each.area), Place(each.area, each.kind, Level.MEEWETEN)):
            assert TABLE[each.do].timeless or not may(each.actor, each.do, place)
