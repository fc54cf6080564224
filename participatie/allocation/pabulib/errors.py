"""Why could a Pabulib file not be read: which line, what was expected, what stood there?"""

from enum import StrEnum


class Fault(StrEnum):
    """Every way in which a file can be refused."""

    NOT_UTF8 = "not-utf8"
    NOT_CSV = "not-csv"
    EMPTY_FILE = "empty-file"
    SECTION_MISSING = "section-missing"
    SECTION_TWICE = "section-twice"
    COLUMN_MISSING = "column-missing"
    COLUMN_COUNT = "column-count"
    KEY_MISSING = "key-missing"
    KEY_TWICE = "key-twice"
    VOTE_TYPE_UNKNOWN = "vote-type-unknown"
    AMOUNT_INVALID = "amount-invalid"
    NUMBER_INVALID = "number-invalid"
    COUNT_WRONG = "count-wrong"
    ID_MISSING = "id-missing"
    PLAN_TWICE = "plan-twice"
    VOTER_TWICE = "voter-twice"
    PLAN_UNKNOWN = "plan-unknown"
    CHOICE_TWICE = "choice-twice"
    TOO_MANY_CHOICES = "too-many-choices"
    POINTS_MISMATCH = "points-mismatch"
    CATEGORY_UNKNOWN = "category-unknown"
    CATEGORY_CAPS_MISMATCH = "category-caps-mismatch"
    UTILITY_UNKNOWN = "utility-unknown"
    INCOMPATIBLE_UNKNOWN = "incompatible-unknown"


_LONGEST_QUOTE = 60


class PabulibError(Exception):
    """A file that is refused: its name, the line (1 is the first), a code, what was expected and found.

    As text it is one Dutch sentence for the command line; a screen words it
    from the fields.
    """

    def __init__(self, name: str, line: int, code: Fault, expected: str, found: str) -> None:
        """Keep the fields; `expected` and `found` are Dutch, short, without a full stop."""
        super().__init__(name, line, code, expected, found)
        self.name = name
        self.line = line
        self.code = code
        self.expected = expected
        self.found = " ".join(found.split())

    def __str__(self) -> str:
        """Return one sentence on one line."""
        found = self.found
        if len(found) > _LONGEST_QUOTE:
            found = f"{found[: _LONGEST_QUOTE - 1]}…"
        return f"{self.name}, regel {self.line}: verwacht {self.expected}, gevonden {found or 'niets'}."
