"""How does a krant, a letter to the wijk or a poster look on paper? A4, in all our scripts, on two sheets at most."""

from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from participatie.web.languages import RTL
from participatie.web.letter_fonts import ARABIC, BOLD, LATIN, REGULAR, font_file, unprintable
from participatie.web.voting_links import QUIET, Squares

LEFT, WIDTH, TOP, BOTTOM = 20.0, 170.0, 18.0, 279.0
PAGES = 2
NORMAL, SMALL, HEADING, TITLE, POSTER = 10.5, 9.0, 14.0, 22.0, 38.0
LINE = 0.46  # millimetres of a line for each point of its letters


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell: what somebody called it, in which language, and our sentence about it. Either may be empty."""

    title: str
    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with things under it."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on paper. `opening` and `ending` are paragraphs of a letter; `link` is behind the square.

    `address` is the same as people type it, and `scan` the sentence beside the square.
    """

    gemeente: str
    title: str
    link: str
    address: str
    scan: str
    sections: tuple[Section, ...] = ()
    opening: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    is_poster: bool = False
    more: str = ""


def sheet_pdf(sheet: Sheet, locale: str, now: datetime) -> bytes:
    """Return a sheet as PDF. What does not fit on two sheets is left out, with the sentence `more` in its place."""
    return bytes(_Press(sheet, locale, now).press().output())


class _Press:
    """Sets one sheet."""

    def __init__(self, sheet: Sheet, locale: str, now: datetime) -> None:
        self.sheet = sheet
        self.rtl = locale in RTL
        self.side = "R" if self.rtl else "L"
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margins(LEFT, TOP, 210 - LEFT - WIDTH)
        for family in (LATIN, ARABIC):
            self.pdf.add_font(family, "", font_file(family, REGULAR))
            self.pdf.add_font(family, "B", font_file(family, BOLD))
        self.pdf.set_fallback_fonts([ARABIC])
        self.pdf.set_text_shaping(use_shaping_engine=True, direction="rtl" if self.rtl else "ltr")
        self.pdf.set_creation_date(now)
        self.pdf.set_title(sheet.title)
        self.pdf.set_author(sheet.gemeente)
        self.pdf.set_lang(locale)
        self.pdf.add_page()

    def press(self) -> FPDF:
        """Set all of it."""
        if self.sheet.is_poster:
            self._poster()
        else:
            self._krant()
        return self.pdf

    def _krant(self) -> None:
        self._paragraph(self.sheet.gemeente, "B", NORMAL)
        self._square(30.0, LEFT if self.rtl else LEFT + WIDTH - 30.0, TOP)
        self.pdf.set_y(TOP + 8)
        self._paragraph(self.sheet.title, "B", TITLE, width=WIDTH - 35)
        self.pdf.set_y(max(self.pdf.get_y(), TOP + 32))
        for text in self.sheet.opening:
            self._paragraph(text, "", NORMAL, after=2)
        if all(self._section(section) for section in self.sheet.sections):
            for text in self.sheet.ending:
                self._paragraph(text, "", NORMAL, before=2)
        else:
            self._paragraph(self.sheet.more, "B", NORMAL, before=2)
        self._foot()

    def _poster(self) -> None:
        self._paragraph(self.sheet.gemeente, "B", HEADING)
        self.pdf.set_y(TOP + 14)
        size = POSTER
        while size > TITLE and self._height(self.sheet.title, "B", size) > 75:  # noqa: PLR2004 - a quarter of the sheet
            size -= 2
        self._paragraph(self.sheet.title, "B", size, after=6)
        for text in self.sheet.opening:
            self._paragraph(text, "", HEADING + 2, after=5, lowest=165)
        for section in self.sheet.sections:
            self._paragraph(section.title, "B", HEADING + 4, after=2, lowest=180)
            for item in section.items[:1]:
                self._paragraph(item.text, "", HEADING + 2, lowest=188)
        self._square(80.0, LEFT + (WIDTH - 80.0) / 2, 190)
        self._foot()

    def _foot(self) -> None:
        self.pdf.set_y(BOTTOM - 7)
        self._set(f"{self.sheet.scan} {self.sheet.address}", "B" if self.sheet.is_poster else "", NORMAL, "C", WIDTH)

    def _section(self, section: Section) -> bool:
        """Set a section; tell whether all of it fitted."""
        first = section.items[0] if section.items else Item("")
        if not self._fits(section.title, first.title, first.text):
            return False
        self._paragraph(section.title, "B", HEADING, before=4, after=1)
        for item in section.items:
            if not self._fits(item.title, item.text):
                return False
            self._paragraph(item.title, "B", NORMAL)
            self._paragraph(item.text, "", NORMAL, after=1.5)
        return True

    def _fits(self, *texts: str) -> bool:
        """Make room on this sheet or the next one; tell whether there is any. One line is kept for `more`, and the foot."""
        needed = sum(self._height(text, "B", HEADING) for text in texts if text) + 6
        if self.pdf.get_y() + needed <= BOTTOM - 18:
            return True
        if self.pdf.page >= PAGES:
            return False
        self._foot()
        self.pdf.add_page()
        self.pdf.set_y(TOP)
        return True

    def _height(self, text: str, style: str, size: float) -> float:
        self._font(style, size)
        height: float = self.pdf.multi_cell(WIDTH, size * LINE, _clean(text), dry_run=True, output="HEIGHT")  # type: ignore[assignment]
        return height

    def _paragraph(
        self,
        text: str,
        style: str,
        size: float,
        *,
        before: float = 0,
        after: float = 0,
        width: float = WIDTH,
        lowest: float = BOTTOM,
    ) -> None:
        if not text:
            return
        self.pdf.set_y(self.pdf.get_y() + before)
        if self.pdf.get_y() + self._height(text, style, size) > lowest:
            return
        self._set(text, style, size, self.side, width)
        self.pdf.set_y(self.pdf.get_y() + after)

    def _set(self, text: str, style: str, size: float, align: str, width: float) -> None:
        self._font(style, size)
        self.pdf.set_x(LEFT + WIDTH - width if self.rtl else LEFT)
        self.pdf.multi_cell(width, size * LINE, _clean(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _font(self, style: str, size: float) -> None:
        self.pdf.set_font(LATIN, style, size)
        # Letters of another script leave a font behind that the library does not know of.
        self.pdf.current_font_is_set_on_page = False

    def _square(self, side: float, left: float, top: float) -> None:
        rows = Squares().rows(self.sheet.link)
        module = side / (len(rows) + 2 * QUIET)
        for y, modules in enumerate(rows):
            for x, dark in enumerate(modules):
                if dark:
                    self.pdf.rect(left + (x + QUIET) * module, top + (y + QUIET) * module, module, module, style="F")


def _clean(text: str) -> str:
    """Return a text without the signs that our letters do not have, such as pictures."""
    return text.translate(dict.fromkeys(map(ord, unprintable(text)))) or " "
