"""Which tables go with new codes: the codes themselves, or who got which kenmerk?"""

from collections.abc import Sequence

from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import ADDRESS_COLUMNS, Addressee
from participatie.web.spreadsheets import csv_of


def code_list(codes: Sequence[VotingCode]) -> bytes:
    """Return kenmerken and codes as CSV."""
    return csv_of(("kenmerk", "stemcode"), [(code.selector, code) for code in codes]).encode()


def kenmerk_list(codes: Sequence[VotingCode], addressees: Sequence[Addressee]) -> bytes:
    """Return who got which kenmerk as CSV: what the gemeente keeps to replace a lost letter. No code stands in it."""
    rows = [
        (code.selector, to.name, to.address, to.postcode, to.place, to.locale or "")
        for code, to in zip(codes, addressees, strict=True)
    ]
    return csv_of(("kenmerk", *ADDRESS_COLUMNS), rows).encode()
