"""Who registered elsewhere, as a file tells it? Read as a whole, with every mistake by its line; nothing is written here.

Two shapes: our own, with names and contacts, and the bare one of `sortition-algorithms`: an id and a column a feature.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from participatie.actions.lines import LineError, table_of
from participatie.actions.votes.addresses import MOST_ERRORS, AddressesError
from participatie.models.buurtpanels import PanelPerson
from participatie.settings import LOCALES
from participatie.spelregels.buurtpanels.members import Recruitment
from participatie.spelregels.buurtpanels.opening import QuotaRule
from participatie.spelregels.buurtpanels.registration import (
    Told,
    features_of,
    household_key,
    neat_postcode,
    plain_name,
)

#: The columns that are no feature, in any order; each may be left out, but for `naam` or else `id`.
KNOWN = ("id", "naam", "e-mail", "telefoon", "adres", "postcode", "plaats", "taal", "huishouden", "bron")
LONGEST = {"e-mail": 200, "huishouden": 64, "postcode": 10}
LONGEST_OTHER = 200
MOST_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class FromFile:
    """Somebody of a file: the line, the id if there is one, what they told, who lives with them, and if it tells how they came."""

    line: int
    id: str
    told: Told
    household: str | None
    source: Recruitment
    came: bool = True

    def known_by(self) -> tuple[str, ...]:
        """Return what makes two lines one person: the name, with the household or else how to reach them."""
        return _known_by(self.told.name, self.household, self.told.email, self.told.phone)


@dataclass(frozen=True, slots=True)
class PoolFile:
    """What importing a file would do: who is new, and how many stand in the pool already just so."""

    new: Sequence[FromFile]
    same: int

    def count_by(self, what: Callable[[FromFile], str]) -> Mapping[str, int]:
        """Return how many of the new are of each kind, the largest first."""
        found: dict[str, int] = {}
        for row in self.new:
            found[what(row)] = found.get(what(row), 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def read_pool(
    source: bytes,
    name: str,
    quotas: Sequence[QuotaRule],
    there: Sequence[PanelPerson],
    panel_id: int,
    secret_key: str,
    rests: Callable[[Told], bool],
    otherwise: Recruitment,
) -> PoolFile:
    """Return what a file brings to a panel in whose pool `there` are. `rests` tells who sat on a panel of late.

    `otherwise` is how those came of whom the file does not say it.

    Raises AddressesError with the first ten mistakes: a feature without a column, a value without a quota, nobody's
    name, the same person twice, and somebody who is in the pool with other answers.
    """
    wrong: list[str] = []
    rows: list[FromFile] = []
    try:
        for row in _rows(source, name, features_of(quotas), panel_id, secret_key, wrong):
            rows.append(row if row.came else replace(row, source=otherwise))
            if len(rows) > MOST_PEOPLE:
                wrong.append(str(LineError(name, row.line, f"hoogstens {MOST_PEOPLE} mensen", "meer")))
            if len(wrong) >= MOST_ERRORS or len(rows) > MOST_PEOPLE:
                break
    except LineError as error:
        wrong.append(str(error))
    if not rows and not wrong:
        wrong.append(f"{name}: er staat niemand in.")
    wrong += _twice(name, rows)
    new, differing = _new(name, rows, there)
    wrong += differing
    wrong += [
        str(LineError(name, row.line, "iemand die niet kort geleden in een panel zat", row.told.name))
        for row in new
        if not wrong and rests(row.told)
    ]
    if wrong:
        raise AddressesError(wrong[:MOST_ERRORS])
    return PoolFile(new, len(rows) - len(new))


def _rows(
    source: bytes,
    name: str,
    features: Mapping[str, Sequence[str]],
    panel_id: int,
    secret_key: str,
    wrong: list[str],
) -> Iterator[FromFile]:
    header, lines = table_of(source, name)
    columns = [column.lower() if column.lower() in KNOWN else column for column in header]
    _check_header(name, columns, features)
    for number, cells in lines:
        try:
            yield _person(name, number, dict(zip(columns, cells, strict=True)), features, panel_id, secret_key)
        except LineError as error:
            wrong.append(str(error))
            if len(wrong) >= MOST_ERRORS:
                return


def _check_header(name: str, columns: Sequence[str], features: Mapping[str, Sequence[str]]) -> None:
    twice = [column for place, column in enumerate(columns) if column in columns[:place]]
    if twice:
        raise LineError(name, 1, "elke kolom één keer", twice[0])
    if not {"naam", "id"} & set(columns):
        raise LineError(name, 1, "een kolom naam of id", ",".join(columns))
    missing = [feature for feature in features if feature not in columns]
    if missing:
        raise LineError(name, 1, f"ook de kolom {missing[0]}", ",".join(columns))
    strange = [column for column in columns if column not in KNOWN and column not in features]
    if strange:
        raise LineError(name, 1, f"naast {','.join(KNOWN)} alleen {','.join(features)}", strange[0])


def _person(
    name: str, number: int, cells: dict[str, str], features: Mapping[str, Sequence[str]], panel_id: int, key: str
) -> FromFile:
    cells = {column: normalize("NFC", " ".join(cell.split())) for column, cell in cells.items()}
    for column, cell in cells.items():
        longest = LONGEST.get(column, LONGEST_OTHER)
        if len(cell) > longest:
            raise LineError(name, number, f"bij {column} hoogstens {longest} tekens", f"{len(cell)} tekens")
    who = cells.get("naam", "") if "naam" in cells else cells["id"]
    if not who:
        raise LineError(name, number, "een naam" if "naam" in cells else "een id", "")
    for feature, values in features.items():
        if cells[feature] not in values:
            raise LineError(name, number, f"bij {feature} een van {', '.join(values)}", cells[feature])
    email, language, came = (cells.get(column, "").lower() for column in ("e-mail", "taal", "bron"))
    if email and (email.count("@") != 1 or email.startswith("@") or email.endswith("@") or " " in email):
        raise LineError(name, number, "een e-mailadres of niets", email)
    if language and language not in LOCALES:
        raise LineError(name, number, f"als taal {', '.join(LOCALES)} of niets", language)
    if came and came not in set(Recruitment):
        raise LineError(name, number, f"als bron {', '.join(Recruitment)} of niets", came)
    told = Told(
        name=who,
        features={feature: cells[feature] for feature in features},
        email=email,
        phone=cells.get("telefoon", ""),
        address=cells.get("adres", ""),
        postcode=neat_postcode(cells.get("postcode", "")),
        place=cells.get("plaats", ""),
        locale=language or LOCALES[0],
    )
    household = cells.get("huishouden") or household_key(key, panel_id, told.postcode, told.address)
    source = Recruitment(came) if came else Recruitment.OTHER
    return FromFile(number, cells.get("id", ""), told, household, source, bool(came))


def _twice(name: str, rows: Sequence[FromFile]) -> list[str]:
    """Tell which lines are somebody of an earlier line: by id, or by name where nothing else tells two people apart."""
    said = []
    by_id: dict[str, int] = {}
    by_name: dict[tuple[str, ...], int] = {}
    for row in rows:
        first = by_id.setdefault(row.id, row.line) if row.id else row.line
        if first == row.line and (row.household is not None or not row.id):
            first = by_name.setdefault(row.known_by(), row.line)
        if first != row.line:
            said.append(str(LineError(name, row.line, "elke persoon één keer", f"de persoon van regel {first}")))
    return said


def _new(name: str, rows: Sequence[FromFile], there: Sequence[PanelPerson]) -> tuple[list[FromFile], list[str]]:
    """Return who is not in the pool yet, and the lines of those who are there with other answers."""
    known: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for person in there:
        known.setdefault(_known_by(person.name, person.household, person.email, person.phone), []).append(
            dict(person.features)
        )
    left = []
    for row in rows:
        same = known.get(row.known_by(), [])
        if dict(row.told.features) in same:
            same.remove(dict(row.told.features))
        else:
            left.append(row)
    new, wrong = [], []
    for row in left:
        if known.get(row.known_by()):
            wrong.append(
                str(LineError(name, row.line, "dezelfde antwoorden als in de lijst", f"andere bij {row.told.name}"))
            )
        else:
            new.append(row)
    return new, wrong


def _known_by(name: str, household: str | None, email: str, phone: str) -> tuple[str, ...]:
    return (plain_name(name), household) if household is not None else (plain_name(name), "", email, phone)
