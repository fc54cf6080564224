"""How does a besluit look on paper? A4, in all our scripts, as many sheets as it takes."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from participatie.models.besluiten import Besluit
from participatie.settings import Settings
from participatie.web.formats import day
from participatie.web.languages import RTL
from participatie.web.letter_fonts import ARABIC, BOLD, LATIN, REGULAR, font_file, unprintable
from participatie.web.rich_text import rich_text
from participatie.web.translated import Reading
from participatie.web.words import word

MARGIN, WIDTH = 20.0, 170.0
NORMAL, SMALL, HEADING, TITLE = 11.0, 8.0, 14.0, 20.0
LINE = 0.48  # millimetres of a line for each point of its letters
OFFICIAL = "nl"
_ITEM = re.compile(r"\s*(?:[-*+]\s+|(\d{1,3}[.)])\s+)(.*)")


def besluit_pdf(
    settings: Settings, besluit: Besluit, reading: Reading, funded: Sequence[str], locale: str, now: datetime
) -> bytes:
    """Return a besluit as PDF: our words in the language `locale`, its text as in `reading`, with who translated it.

    `funded` are the plans that got money, where it is about a round.
    """
    press = _Press(settings.gemeente, reading.text("title"), locale, now)
    press.set(settings.gemeente, NORMAL, bold=True, after=6)
    press.set(reading.text("title"), TITLE, lang=reading.lang, bold=True, after=3)
    if reading.made_by:
        press.set(
            _("Vertaald door een mens") if reading.by_person else _("Automatisch vertaald, kan fouten hebben"), NORMAL
        )
    for name, value in facts_in_words(besluit):
        press.set(f"{name}: {value}", NORMAL)
    press.set(_("Het besluit en de reden"), HEADING, bold=True, before=5, after=1)
    for line in plain_lines(reading.text("motivation")):
        press.set(line, NORMAL, lang=reading.lang, after=1)
    if funded:
        press.set(_("Plannen die geld kregen"), HEADING, bold=True, before=5, after=1)
        for plan in funded:
            press.set(plan, NORMAL, lang=OFFICIAL)
    if besluit.legal_ground:
        press.set(_("Wet of regel"), HEADING, bold=True, before=5, after=1)
        press.set(besluit.legal_ground, NORMAL, lang=OFFICIAL)
    press.set(_("Bent u het niet eens met dit besluit?"), HEADING, bold=True, before=5, after=1)
    ours, *official = objection_in_words(besluit)
    press.set(ours, NORMAL)
    for line in official:
        press.set(line, NORMAL, lang=OFFICIAL)
    latest = besluit.latest()
    press.set(_("Versie %(number)s van %(day)s", number=latest.number, day=day(latest.published_at)), SMALL, before=6)
    press.set(f"SHA-256 {latest.sha256}", SMALL, lang=OFFICIAL)
    press.set(f"{settings.public_url}/besluiten/{besluit.id}", SMALL, lang=OFFICIAL)
    return bytes(press.pdf.output())


def facts_in_words(besluit: Besluit) -> list[tuple[str, str]]:
    """Return what stands above a besluit: who decided, when, what, and whether it departs from what residents chose."""
    facts = [
        (_("Besloten door"), besluit.decision_body),
        (_("Besloten op"), day(besluit.decided_on)),
        (_("Bekendgemaakt op"), day(besluit.published_at)),
    ]
    if besluit.outcome:
        facts.append((_("Uitkomst"), word(besluit.outcome)))
    if besluit.advice_use:
        facts.append((_("Wat deed de gemeente met het advies?"), word(besluit.advice_use)))
    if besluit.deviation_ground:
        facts.append((_("Waarom wijkt het af?"), word(besluit.deviation_ground)))
    if besluit.withheld:
        facts.append(
            (_("Welke plannen gaan niet door?"), "; ".join(f"{each.number}. {each.name}" for each in besluit.withheld))
        )
    return facts


def objection_in_words(besluit: Besluit) -> list[str]:
    """Return until when and how somebody can object in the reader's language, or that nobody can and why, as typed."""
    if besluit.no_objection:
        return [_("Bij dit besluit kan niemand bezwaar maken. Dit is de reden:"), besluit.no_objection]
    return [
        _(
            "U kunt bezwaar maken bij de gemeente tot en met %(day)s. Stuur een brief met uw naam, uw adres, de datum, het besluit en uw reden.",
            day=day(besluit.objection_until),
        )
    ]


def plain_lines(typed: str) -> Iterator[str]:
    """Yield typed Markdown line by line without its signs; items of lists begin with a bullet or their number."""
    for line in typed.splitlines():
        item = _ITEM.fullmatch(line)
        text = rich_text(item[2] if item else line).striptags()
        if text:
            yield f"{item[1] or '•'} {text}" if item else text


class _Press:
    """Sets paragraphs under each other, each in the direction of its own language."""

    def __init__(self, gemeente: str, title: str, locale: str, now: datetime) -> None:
        self.locale = locale
        self.pdf = FPDF(format="A4")
        self.pdf.set_margins(MARGIN, MARGIN, MARGIN)
        self.pdf.set_auto_page_break(auto=True, margin=MARGIN)
        for family in (LATIN, ARABIC):
            self.pdf.add_font(family, "", font_file(family, REGULAR))
            self.pdf.add_font(family, "B", font_file(family, BOLD))
        self.pdf.set_fallback_fonts([ARABIC])
        self.pdf.set_creation_date(now)
        self.pdf.set_title(title)
        self.pdf.set_author(gemeente)
        self.pdf.set_lang(locale)
        self.pdf.add_page()

    def set(
        self, text: str, size: float, *, lang: str = "", bold: bool = False, before: float = 0, after: float = 0
    ) -> None:
        """Set one paragraph in a language; that of the reader where none is given."""
        rtl = (lang or self.locale) in RTL
        self.pdf.set_text_shaping(use_shaping_engine=True, direction="rtl" if rtl else "ltr")
        self.pdf.set_font(LATIN, "B" if bold else "", size)
        # Letters of another script leave a font behind that the library does not know of.
        self.pdf.current_font_is_set_on_page = False
        self.pdf.set_y(self.pdf.get_y() + before)
        clean = text.translate(dict.fromkeys(map(ord, unprintable(text)))) or " "
        self.pdf.multi_cell(WIDTH, size * LINE, clean, align="R" if rtl else "L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_y(self.pdf.get_y() + after)
