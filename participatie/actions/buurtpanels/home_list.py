"""Which addresses stand in a file? Read as a whole, with every mistake told by its line; nothing is written here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError, rows_of
from participatie.actions.votes.addresses import LONGEST, MOST_ERRORS, AddressesError
from participatie.models.postcodes import buurt_names
from participatie.settings import LOCALES
from participatie.spelregels.buurtpanels.registration import neat_postcode, plain_address
from participatie.spelregels.postcodes import numbers_of, plain_postcode

COLUMNS = ("naam", "adres", "postcode", "plaats", "taal", "buurt")
MAY_BE_EMPTY = frozenset({"naam", "taal", "buurt"})
MOST_HOMES = 50_000
LONGEST_CODE = 10


@dataclass(frozen=True, slots=True)
class Home:
    """One address of a file. `locale` is None where the language is not known; `stratum` is the buurt."""

    name: str
    address: str
    postcode: str
    place: str
    locale: str | None
    stratum: str


def read_homes(session: Session, source: bytes, name: str, unprintable: Callable[[str], str]) -> list[Home]:
    """Return every address of a file with the columns naam, adres, postcode, plaats, taal and buurt.

    naam and taal may be empty; buurt may where the gemeente read in in which buurt a postcode lies. Raises AddressesError
    with the first ten mistakes: what is missing, too long or cannot be printed, and an address that stands there twice.
    """
    buurten = {row.code: row.name for row in session.execute(buurt_names())}
    homes: list[Home] = []
    lines: dict[str, int] = {}
    wrong: list[str] = []
    try:
        for number, cells in rows_of(source, name, COLUMNS):
            try:
                home = _home(name, number, cells, buurten, unprintable)
                _once(name, number, home, lines)
                homes.append(home)
            except LineError as error:
                wrong.append(str(error))
            if len(homes) > MOST_HOMES:
                wrong.append(str(LineError(name, number, f"hoogstens {MOST_HOMES} adressen", "meer")))
            if len(wrong) >= MOST_ERRORS or len(homes) > MOST_HOMES:
                break
    except LineError as error:
        wrong.append(str(error))
    if not homes and not wrong:
        wrong.append(f"{name}: er staat geen adres in.")
    if wrong:
        raise AddressesError(wrong)
    return homes


def _once(name: str, number: int, home: Home, lines: dict[str, int]) -> None:
    before = lines.setdefault(plain_address(home.postcode, home.address), number)
    if before != number:
        raise LineError(name, number, "elk adres één keer", f"het adres van regel {before}")


def _home(
    name: str, number: int, cells: list[str], buurten: Mapping[str, str], unprintable: Callable[[str], str]
) -> Home:
    for column, cell in zip(COLUMNS, cells, strict=True):
        if not cell and column not in MAY_BE_EMPTY:
            raise LineError(name, number, f"een {column}", "")
        longest = LONGEST_CODE if column == "postcode" else LONGEST
        if len(cell) > longest:
            raise LineError(name, number, f"een {column} van hoogstens {longest} tekens", f"{len(cell)} tekens")
        strange = unprintable(cell)
        if strange:
            raise LineError(name, number, f"een {column} die te drukken is", f"U+{ord(strange[0]):04X}")
    who, street, postcode, place, language, buurt = (normalize("NFC", cell) for cell in cells)
    if language and language.lower() not in LOCALES:
        raise LineError(name, number, f"als taal {', '.join(LOCALES)} of niets", language)
    code = plain_postcode(postcode) or ""
    stratum = buurt or buurten.get(code) or buurten.get(numbers_of(code), "")
    if not stratum:
        raise LineError(name, number, "een buurt, of een postcode die de gemeente kent", postcode)
    return Home(who, street, neat_postcode(postcode), place, language.lower() or None, stratum)
