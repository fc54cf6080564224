"""How do the figures about who lives in a wijk come in, and what do people who take part tell of themselves?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError, rows_of
from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.balance import (
    SelfAnswer,
    SelfAnswered,
    WijkFigure,
    figures_in,
    figures_of,
    self_answered,
    self_answers,
)
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area, all_areas, root_area
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.representation import (
    PERMILLE,
    Comparison,
    is_never_asked,
    is_released,
    representation,
    with_rest,
)
from participatie.spelregels.verdicts import Refusal, Refused, refused

COLUMNS = ("area", "feature", "group", "share", "source", "year", "people")
LONGEST_NAME = 80  # characters, as the columns
LONGEST_SOURCE = 200
SHARE = re.compile("[0-9]{1,3}([.,][0-9])?")
FIRST_YEAR = 1900
MOST_PEOPLE = 999_999_999


@dataclass(frozen=True, slots=True)
class ProfileChanges:
    """How many figures came in, of how many features of areas."""

    figures: int
    features: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as the file tells it; the share in tenths of a percent."""

    line: int
    area: Area
    feature: str
    group: str
    share_permille: int
    source: str
    year: int
    people: int


def import_profile(session: Session, actor: Actor, source: bytes, name: str, now: datetime) -> ProfileChanges | Refused:
    """Write the figures of a CSV file (UTF-8; columns area, feature, group, share, source, year, people).

    The area is a code, the share a percentage with at most one decimal, people the number that the source asked or
    counted. Of each feature of each area that the file names, the figures there were are replaced. Origin and faith are not
    taken. Raises LineError, and then nothing is written.
    """
    root = session.scalar(root_area())
    verdict = may(actor, Do.IMPORT_PROFILE, Place(root.path if root else "/"))
    if isinstance(verdict, Refused):
        return verdict
    areas = {area.code: area for area in session.scalars(all_areas())}
    lines = read_profile(source, name, areas, now.year)
    features = {(line.area.id, line.feature.casefold()) for line in lines}
    for figure in session.scalars(figures_in({area_id for area_id, _feature in features})):
        if (figure.area_id, figure.feature.casefold()) in features:
            session.delete(figure)
    session.flush()  # what goes out first makes room for what comes in
    session.add_all(
        WijkFigure(
            area_id=line.area.id,
            feature=line.feature,
            group=line.group,
            position=line.line,
            share_permille=line.share_permille,
            source=line.source,
            year=line.year,
            people=line.people,
        )
        for line in lines
    )
    record(session, actor.account_id, Do.IMPORT_PROFILE, root, now, figures=len(lines), features=len(features))
    return ProfileChanges(len(lines), len(features))


def read_profile(source: bytes, name: str, areas: Mapping[str, Area], this_year: int) -> list[FigureLine]:
    """Return the figures of a file in its order, each line checked by itself, and what the shares make together."""
    lines: list[FigureLine] = []
    known: dict[tuple[str, str, str], int] = {}
    sums: dict[tuple[str, str], int] = {}
    spelled: dict[tuple[str, str], str] = {}
    for number, cells in rows_of(source, name, COLUMNS):
        line = _figure(name, number, cells, areas, this_year)
        group = (line.area.code, line.feature.casefold(), line.group.casefold())
        if group in known:
            raise LineError(name, number, f"elke groep één keer (zie regel {known[group]})", line.group)
        known[group] = number
        total = sums[group[:2]] = sums.get(group[:2], 0) + line.share_permille
        if total > PERMILLE:
            raise LineError(name, number, f"samen hoogstens 100 procent voor {line.feature}", _percent(total))
        lines.append(replace(line, feature=spelled.setdefault(group[:2], line.feature)))
    if not lines:
        raise LineError(name, 2, "minstens één cijfer", "")
    return lines


def _figure(name: str, number: int, cells: list[str], areas: Mapping[str, Area], this_year: int) -> FigureLine:
    code, feature, group, share, told_by, year, people = cells
    if code not in areas:
        raise LineError(name, number, "een gebied dat als code bestaat", code)
    for what, text in (("een kenmerk", feature), ("een groep", group)):
        if not 0 < len(text) <= LONGEST_NAME:
            raise LineError(name, number, f"{what} van hoogstens {LONGEST_NAME} tekens", text[:LONGEST_NAME])
        if is_never_asked(text):
            expected = f"{what} dat niet over herkomst of geloof gaat, want daar vragen wij nooit naar"
            raise LineError(name, number, expected.replace("groep dat", "groep die"), text)
    if not SHARE.fullmatch(share):
        raise LineError(name, number, "een percentage met hoogstens één cijfer achter de komma", share)
    whole, _point, tenth = share.replace(",", ".").partition(".")
    permille = int(whole) * 10 + int(tenth or 0)
    if permille > PERMILLE:
        raise LineError(name, number, "een percentage van hoogstens 100", share)
    if not 0 < len(told_by) <= LONGEST_SOURCE:
        raise LineError(name, number, f"een bron van hoogstens {LONGEST_SOURCE} tekens", told_by[:LONGEST_NAME])
    return FigureLine(
        number,
        areas[code],
        feature,
        group,
        permille,
        told_by,
        _number(name, number, year, f"een jaar van {FIRST_YEAR} tot en met {this_year}", FIRST_YEAR, this_year),
        _number(name, number, people, "een aantal mensen, in cijfers", 1, MOST_PEOPLE),
    )


def _number(name: str, line: int, typed: str, expected: str, least: int, most: int) -> int:
    if not (
        typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_PEOPLE)) and least <= int(typed) <= most
    ):
        raise LineError(name, line, expected, typed)
    return int(typed)


def _percent(permille: int) -> str:
    return f"{permille // 10},{permille % 10}"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of an area: its groups with their permilles, and who told so, when, of how many people."""

    name: str
    groups: dict[str, int]
    sources: tuple[tuple[str, int, int], ...]


def features_of(session: Session, area: Area) -> list[Feature]:
    """Return the features of which there are figures of an area, with the group of all others where there are any."""
    found: dict[str, list[WijkFigure]] = {}
    for figure in session.scalars(figures_of(area)):
        found.setdefault(figure.feature, []).append(figure)
    return [
        Feature(
            name,
            with_rest({figure.group: figure.share_permille for figure in figures}),
            tuple(dict.fromkeys((figure.source, figure.year, figure.people) for figure in figures)),
        )
        for name, figures in found.items()
    ]


def represented(session: Session, traject: Traject) -> list[tuple[Feature, Comparison]]:
    """Compare those who answered with the wijk, feature by feature; only what may be shown."""
    shown: dict[str, dict[str, int]] = {}
    for answer in session.scalars(self_answers(traject.id)):
        shown.setdefault(answer.feature, {})[answer.group] = answer.shown
    return [
        (feature, representation(feature.groups, shown.get(feature.name, {})))
        for feature in features_of(session, traject.area)
    ]


def may_still_tell(session: Session, account: Account, traject: Traject, now: datetime) -> bool:
    """Tell whether somebody may answer questions about themselves, there are any, and they did not answer them before."""
    return (
        bool(may(account.actor(), Do.TELL_ABOUT_SELF, traject.facts().place_at(now)))
        and session.scalar(figures_of(traject.area).limit(1)) is not None
        and session.scalar(self_answered(traject.id, account.id)) is None
    )


def tell_about_self(
    session: Session, account: Account, traject: Traject, answers: Mapping[str, str], now: datetime
) -> SelfAnswered | Refused:
    """Add one person's free answers, feature to group, to the numbers; what they said is kept nowhere beside who they are.

    Refused for the second time. A group that the figures of the area do not know is left out.
    """
    # One after the other: each counts what those before it made of the numbers, and nobody is counted twice.
    session.refresh(traject, with_for_update={"of": Traject})
    verdict = may(account.actor(), Do.TELL_ABOUT_SELF, traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    if session.scalar(self_answered(traject.id, account.id)) is not None:
        return refused(Refusal.ALREADY_ANSWERED)
    answered = SelfAnswered(traject_id=traject.id, account_id=account.id)
    features = features_of(session, traject.area)
    if features:
        session.add(answered)
    for feature in features:
        group = answers.get(feature.name)
        if group is not None and group in feature.groups:
            _count(session, traject, feature.name, group)
    session.flush()
    return answered


def _count(session: Session, traject: Traject, feature: str, group: str) -> None:
    fresh = self_answers(traject.id).where(SelfAnswer.feature == feature).execution_options(populate_existing=True)
    numbers = list(session.scalars(fresh))
    mine = next((answer for answer in numbers if answer.group == group), None)
    if mine is None:
        mine = SelfAnswer(traject_id=traject.id, feature=feature, group=group, number=0, shown=0)
        session.add(mine)
        numbers.append(mine)
    mine.number += 1
    if is_released([answer.number for answer in numbers], [answer.shown for answer in numbers]):
        for answer in numbers:
            answer.shown = answer.number
