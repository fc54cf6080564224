"""Whom do letters go to? A file of the gemeente, read for the letters of one moment and kept nowhere."""

from collections.abc import Callable
from unicodedata import normalize

from participatie.actions.lines import LineError, rows_of
from participatie.settings import LOCALES
from participatie.spelregels.issuing import ADDRESS_COLUMNS, Addressee

LONGEST = 60  # characters of a line of an address
MOST_ERRORS = 10


class AddressesError(Exception):
    """Lines that are wrong, the first ten of them, each as one Dutch sentence with its number."""

    def __init__(self, sentences: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def read_addresses(source: bytes, name: str, unprintable: Callable[[str], str]) -> list[Addressee]:
    """Return everybody in a file with the columns naam, adres, postcode, plaats and taal; the last may be empty.

    `unprintable` names the characters of a text that no letter can hold. Raises AddressesError; nothing was made then.
    """
    found: list[Addressee] = []
    wrong: list[str] = []
    try:
        for number, cells in rows_of(source, name, ADDRESS_COLUMNS):
            try:
                found.append(_addressee(name, number, cells, unprintable))
            except LineError as error:
                wrong.append(str(error))
                if len(wrong) == MOST_ERRORS:
                    break
    except LineError as error:
        wrong.append(str(error))
    if not found and not wrong:
        wrong.append(f"{name}: er staat geen adres in.")
    if wrong:
        raise AddressesError(wrong)
    return found


def _addressee(name: str, number: int, cells: list[str], unprintable: Callable[[str], str]) -> Addressee:
    for column, cell in zip(ADDRESS_COLUMNS, cells, strict=True):
        if not cell and column != "taal":
            raise LineError(name, number, f"een {column}", "")
        if len(cell) > LONGEST:
            raise LineError(name, number, f"een {column} van hoogstens {LONGEST} tekens", f"{len(cell)} tekens")
        strange = unprintable(cell)
        if strange:
            raise LineError(name, number, f"een {column} die te drukken is", f"U+{ord(strange[0]):04X}")
    who, street, postcode, place, language = (normalize("NFC", cell) for cell in cells)
    if language and language.lower() not in LOCALES:
        raise LineError(name, number, f"als taal {', '.join(LOCALES)} of niets", language)
    return Addressee(who, street, postcode, place, language.lower() or None)
