"""Of which bytes exactly is each hash made, and how are ballots written in a file?"""

import re
from collections.abc import Iterable, Sequence

from participatie.spelregels.wijkbudget import sha256_of

#: Ballots with the same choices together: what was chosen, as it is stored, and how many chose it so.
Groups = Sequence[tuple[str, int]]

HEAD = "count,choices"
_LINE = re.compile(r'([1-9][0-9]{0,8}),"(\[[][0-9,]*\])"', re.ASCII)


def in_order(groups: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return groups by code point: two databases may sort a text each in its own way, and a hash is for everybody."""
    return sorted((choices, count) for choices, count in groups)


def ballots_sha256(groups: Groups) -> str:
    """Return the SHA-256 of ballots: a line `count choices` for each group, in order, with newlines between."""
    return sha256_of(_list_of(groups))


def sealed_sha256(groups: Groups, salt: str) -> str:
    """Return the same with the salt on a line before it: of few ballots a bare hash can be guessed back."""
    return sha256_of(f"{salt}\n{_list_of(groups)}")


def receipts_sha256(receipts: Iterable[str]) -> str:
    """Return the SHA-256 of the file with these receipts."""
    return sha256_of(receipts_text(receipts))


def receipts_text(receipts: Iterable[str]) -> str:
    """Write receipts sorted, one a line."""
    return "".join(f"{receipt}\n" for receipt in sorted(receipts))


def ballots_text(groups: Groups) -> str:
    """Write ballots as a CSV file with two columns."""
    return "".join(f"{line}\n" for line in (HEAD, *(f'{count},"{choices}"' for choices, count in groups)))


def read_ballot_line(line: str) -> tuple[str, int] | None:
    """Return the choices and the count of a line that `ballots_text` wrote, or None for anything else."""
    found = _LINE.fullmatch(line)
    return (found[2], int(found[1])) if found else None


def _list_of(groups: Groups) -> str:
    return "\n".join(f"{count} {choices}" for choices, count in groups)
