"""Where does a voter go with a code, and how does that look as a square for a phone?

The code stands behind the `#`: what is there a browser keeps to itself, so it is in no log and no Referer (abuse case 21).
"""

from urllib.parse import urlsplit

import segno

from participatie.spelregels.codes import VotingCode


def voting_address(public_url: str, slug: str, locale: str = "") -> str:
    """Return the address of a vote; with a language, of its page in that language."""
    asked = f"?taal={locale}" if locale else ""
    return f"{public_url}/stemmen/{slug}{asked}"


def typed_address(public_url: str, slug: str, locale: str = "") -> str:
    """Return the same as people type it, without what a browser adds itself."""
    return voting_address(public_url, slug, locale).removeprefix(f"{urlsplit(public_url).scheme}://")


def address_with_code(public_url: str, slug: str, code: VotingCode, locale: str = "") -> str:
    """Return the address of a vote that brings the code along, for a QR code alone."""
    return f"{voting_address(public_url, slug, locale)}#code={code}"


#: How many modules around a QR code stay white.
QUIET = 4


class Squares:
    """QR codes that differ in little, as those of one vote do.

    How a square is masked is sought once, which takes most of the time; any mask can be read.
    """

    def __init__(self) -> None:
        """Begin without an example."""
        self._example: segno.QRCode | None = None

    def rows(self, text: str) -> list[bytearray]:
        """Return the modules of a QR code by row, 1 for dark; one in seven may be lost and it can still be read."""
        example = self._example
        if example is not None:
            try:
                return _rows(
                    segno.make(
                        text, version=example.version, mask=example.mask, error="m", micro=False, boost_error=False
                    )
                )
            except segno.DataOverflowError:  # a longer text than that of the example
                pass
        self._example = segno.make(text, error="m", micro=False, boost_error=False)
        return _rows(self._example)


def square_path(text: str) -> tuple[int, str]:
    """Return the side of a QR code with its white edge, in modules, and the path of its dark modules for an SVG."""
    rows = Squares().rows(text)
    boxes = []
    for y, modules in enumerate(rows):
        boxes += [f"M{x + QUIET} {y + QUIET}h1v1h-1z" for x, dark in enumerate(modules) if dark]
    return len(rows) + 2 * QUIET, "".join(boxes)


def _rows(square: segno.QRCode) -> list[bytearray]:
    return [bytearray(row) for row in square.matrix]
