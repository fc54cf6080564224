"""How does a letter with a code look on paper, of a vote or of a panel?

A4, one letter a page, folded in three for an envelope with its window on the left (EA5/6, 110 by 220 mm): the address
stands 25 mm from the left and from 49 mm down; the code is below the fold, so that no window shows it. What is the
same on all letters of a language is set once and repeated, because shaping text takes nearly all of the time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from unicodedata import bidirectional, combining

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from participatie.models.wijkbudget import Round
from participatie.settings import LOCALES, Settings
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import Addressee
from participatie.web.formats import last_minute_in
from participatie.web.languages import RTL
from participatie.web.letter_fonts import ARABIC, BOLD, LATIN, REGULAR, font_file
from participatie.web.mail import text_environment
from participatie.web.voting_links import QUIET, Squares, address_with_code, typed_address

LEFT, WIDTH, HEIGHT = 20.0, 170.0, 297.0
ADDRESS_LEFT, ADDRESS_TOP, ADDRESS_WIDTH = 25.0, 49.0, 85.0
KENMERK_LEFT, KENMERK_TOP = 135.0, 49.0
BELOW_FOLD, BOTTOM = 103.0, 287.0
SQUARE = 46.0
CODE_BELOW = 15.0  # below the top of the square
POINTS_PER_MM = 72 / 25.4
NORMAL, SMALL, LARGE, CODE = 10.5, 9.0, 15.0, 20.0
#: How much smaller the text gets where a language or a title takes more room.
SIZES = (1.0, 0.92, 0.84, 0.76)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: a code, whom it goes to, and in which language. `locale` is None where the gemeente does not know it.

    Without an address the envelope is written by hand.
    """

    code: VotingCode
    to: Addressee | None = None
    locale: str | None = None


class Writes(Protocol):
    """Who writes letters, and about what."""

    @property
    def gemeente(self) -> str:
        """The name of the gemeente."""

    @property
    def title(self) -> str:
        """What the letters are about."""

    def text(self, locale: str, asked: str) -> str:
        """Return the words of a letter in parts, of which each begins with its name. `asked` is the language of the page."""

    def link(self, code: VotingCode, locale: str) -> str:
        """Return the address that the square of a letter holds."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and about what: `title` of the round, `closes_at` in UTC."""

    gemeente: str
    public_url: str
    slug: str
    title: str
    closes_at: datetime
    is_advice: bool

    def text(self, locale: str, asked: str) -> str:
        """Return the words of a letter about a vote, in parts."""
        return text_environment(locale, "codes").get_template("letter.txt").render(
            title=self.title,
            until=last_minute_in(locale, self.closes_at),
            address=typed_address(self.public_url, self.slug, asked),
            is_advice=self.is_advice,
        )  # fmt: skip

    def link(self, code: VotingCode, locale: str) -> str:
        """Return the address of the vote with the code."""
        return address_with_code(self.public_url, self.slug, code, locale)


def sender_of(settings: Settings, budget_round: Round) -> Sender:
    """Return what letters about a round say."""
    return Sender(
        gemeente=settings.gemeente,
        public_url=settings.public_url,
        slug=budget_round.slug,
        title=budget_round.title,
        closes_at=budget_round.clock().closes_at,
        is_advice=budget_round.is_advice(),
    )


def letters_pdf(sender: Writes, letters: Iterable[Letter], now: datetime) -> bytes:
    """Return the letters as one PDF, in their order."""
    press = _Press(sender, now)
    for letter in letters:
        press.add(letter)
    return bytes(press.pdf.output())


class _Press:
    """Sets letters, and keeps what is the same on all of a language."""

    def __init__(self, sender: Writes, now: datetime) -> None:
        self.sender = sender
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margins(LEFT, 0, 210 - LEFT - WIDTH)
        for family in (LATIN, ARABIC):
            self.pdf.add_font(family, "", font_file(family, REGULAR))
            self.pdf.add_font(family, "B", font_file(family, BOLD))
        self.pdf.set_fallback_fonts([ARABIC])
        self.pdf.set_creation_date(now)
        self.pdf.set_title(sender.title)
        self.pdf.set_author(sender.gemeente)
        #: By language: how to draw what is the same, and how far down the square comes.
        self._same: dict[str | None, tuple[bytes, float]] = {}
        self._scale = 1.0
        self._squares = Squares()

    def add(self, letter: Letter) -> None:
        """Set one letter."""
        self.pdf.add_page()
        for family in (ARABIC, LATIN):
            for style in ("B", ""):
                # A page names its fonts, also those of what is repeated.
                self._font(family, style, NORMAL)
                self.pdf.text(LEFT, BOTTOM, " ")
        if letter.locale in self._same:
            self._write(self._same[letter.locale][0])
        else:
            self._same[letter.locale] = self._first(letter.locale)
        self._set_own(letter, self._same[letter.locale][1])

    def _first(self, locale: str | None) -> tuple[bytes, float]:
        begin, square_top = len(self._page()), 0.0
        for self._scale in SIZES:
            del self._page()[begin:]
            square_top = self._set_same(locale)
            if self.pdf.get_y() <= BOTTOM:
                break
        self._scale = 1.0
        return bytes(self._page()[begin:]), square_top

    def _page(self) -> bytearray:
        contents = self.pdf.pages[self.pdf.page].contents
        if not isinstance(contents, bytearray):  # pragma: no cover - a page that is being written is one
            raise TypeError
        return contents

    def _font(self, family: str, style: str, size: float) -> None:
        self.pdf.set_font(family, style, size)
        # Letters of another script, and what is repeated, leave a font behind that the library does not know of.
        self.pdf.current_font_is_set_on_page = False

    def _write(self, drawing: bytes) -> None:
        self._page().extend(drawing)

    def _set_same(self, locale: str | None) -> float:
        reads = locale or LOCALES[0]
        side = "R" if reads in RTL else "L"
        self.pdf.set_text_shaping(use_shaping_engine=True, direction="rtl" if side == "R" else "ltr")
        parts = self._parts(reads, reads if locale else "")
        self._line(LEFT, 16, self.sender.gemeente, "B", 12, "L")
        self._line(KENMERK_LEFT, KENMERK_TOP, parts["kenmerk"][0], "", SMALL, "L", 55)
        self._block(BELOW_FOLD, parts["title"], "B", LARGE, side)
        self._block(self.pdf.get_y() + 2, parts["intro"], "", NORMAL, side)
        square_top = self.pdf.get_y() + 4
        self._line(LEFT, square_top + CODE_BELOW - 7, parts["code"][0], "", NORMAL, side)
        self._block(square_top + SQUARE + 4, parts["heading"], "B", 12, side)
        for number, step in enumerate(parts["steps"], start=1):
            top = self.pdf.get_y() + 1
            self._line(LEFT, top, f"{number}.", "B", NORMAL, side, WIDTH)
            self._block(top, [step], "", NORMAL, side, indent=7)
        self._block(self.pdf.get_y() + 3, parts["notes"], "", SMALL + 0.5, side, between=1.5)
        if locale is None:
            for other in LOCALES[1:]:
                towards = "rtl" if other in RTL else "ltr"
                self.pdf.set_text_shaping(use_shaping_engine=True, direction=towards)
                line = self._parts(other, other)["elsewhere"]
                self._block(self.pdf.get_y() + 1, line, "", SMALL, "R" if other in RTL else "L")
        self.pdf.set_text_shaping(use_shaping_engine=False)
        return square_top

    def _set_own(self, letter: Letter, square_top: float) -> None:
        rtl = letter.locale in RTL
        self._line(KENMERK_LEFT, KENMERK_TOP + 5, letter.code.selector, "B", 12, "L", 55)
        code_width = WIDTH - SQUARE - 6
        left, side = (LEFT + WIDTH - code_width, "R") if rtl else (LEFT, "L")
        self._line(left, square_top + CODE_BELOW, str(letter.code), "B", CODE, side, code_width)
        self._draw_square(letter, LEFT if rtl else LEFT + WIDTH - SQUARE, square_top)
        if letter.to is not None:
            for row, text in enumerate(letter.to.lines()):
                self._line(ADDRESS_LEFT, ADDRESS_TOP + 5 * row, text, "", 11, "L", ADDRESS_WIDTH)

    def _draw_square(self, letter: Letter, left: float, top: float) -> None:
        rows = self._squares.rows(self.sender.link(letter.code, letter.locale or ""))
        side = SQUARE / (len(rows) + 2 * QUIET) * POINTS_PER_MM
        x0 = left * POINTS_PER_MM + QUIET * side
        y0 = (HEIGHT - top) * POINTS_PER_MM - QUIET * side
        # One unit is one module, counted down from the corner; dark ones beside each other are one box.
        boxes = [f"q 0 g {side:.4f} 0 0 {-side:.4f} {x0:.3f} {y0:.3f} cm"]
        for row, modules in enumerate(rows):
            begin = 0
            while (begin := modules.find(1, begin)) >= 0:
                end = modules.find(0, begin)
                end = len(modules) if end < 0 else end
                boxes.append(f"{begin} {row} {end - begin} 1 re")
                begin = end
        self._write(f"{' '.join(boxes)} f Q\n".encode())

    def _parts(self, locale: str, asked: str) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = {}
        name = ""
        for line in self.sender.text(locale, asked).splitlines():
            if line.startswith("== "):
                name = line.removeprefix("== ")
                parts[name] = []
            elif line.strip():
                parts[name].append(line.strip())
        return parts

    def _line(
        self, left: float, top: float, text: str, style: str, size: float, side: str, width: float = WIDTH
    ) -> None:
        """Set one line; what is too long for its place gets smaller letters."""
        shaped = self.pdf.text_shaping is not None
        if not shaped and _needs_shaping(text):
            self.pdf.set_text_shaping(use_shaping_engine=True)
        self._font(LATIN, style, size)
        wanted = self.pdf.get_string_width(text) + 2 * self.pdf.c_margin
        if wanted > width:
            self._font(LATIN, style, size * width / wanted)
        self.pdf.set_xy(left, top)
        self.pdf.cell(width, size * 0.5, text, align=side)
        if not shaped:
            self.pdf.set_text_shaping(use_shaping_engine=False)

    def _block(
        self,
        top: float,
        lines: Iterable[str],
        style: str,
        size: float,
        side: str,
        *,
        indent: float = 0,
        between: float = 0,
    ) -> None:
        """Set paragraphs below each other; the place ends up below them."""
        size *= self._scale
        self.pdf.set_y(top)
        for line in lines:
            self.pdf.set_x(LEFT + (indent if side == "L" else 0))
            self._font(LATIN, style, size)
            self.pdf.multi_cell(WIDTH - indent, size * 0.46, line, align=side, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.pdf.set_y(self.pdf.get_y() + between)


def _needs_shaping(text: str) -> bool:
    return any(bidirectional(sign) in ("R", "AL") or combining(sign) for sign in text)
