"""What stands on a letter, in which language, and does a phone read its square?"""

from datetime import UTC, datetime

import pytest
from fontTools.ttLib import TTFont
from pypdfium2 import PdfDocument, PdfTextPage
from zxingcpp import read_barcodes

from participatie.settings import LOCALES
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import Addressee
from participatie.web.letter_fonts import ARABIC, REGULAR, font_file, unprintable
from participatie.web.letters import Letter, Sender, letters_pdf

MOMENT = datetime(2026, 5, 4, 10, tzinfo=UTC)
SENDER = Sender("Gemeente Lindewaard", "https://doe.example", "lente", "Lentebudget", MOMENT, is_advice=False)
POINTS_PER_MM = 72 / 25.4
HOME = ("Dijk 1", "1234 AB", "Lindewaard")
SUAD = "سعاد"


def a_code(place: int) -> VotingCode:
    return VotingCode(f"ABCD{place:02}", "EFGHJKMNPQ")


LETTERS = [
    Letter(a_code(0)),
    *(Letter(a_code(place), Addressee("Łucja Gül", *HOME, code), code) for place, code in enumerate(LOCALES, start=1)),
    Letter(a_code(8), Addressee(SUAD, *HOME, "ar"), "ar"),
    Letter(a_code(9), Addressee("Після неї", *HOME, None)),
]


@pytest.fixture(scope="module")
def document() -> PdfDocument:
    """A letter in every language, one without an address, and one with a name in another script."""
    made = PdfDocument(letters_pdf(SENDER, LETTERS, MOMENT))
    yield made
    made.close()


def text_of(document: PdfDocument, place: int) -> str:
    return " ".join(document[place].get_textpage().get_text_bounded().split())


def box_of(page: PdfTextPage, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a text, in millimetres from the left and the bottom."""
    found = page.search(text).get_next()
    assert found is not None, f"{text!r} does not stand on the page"
    boxes = [page.get_charbox(place) for place in range(found[0], sum(found))]
    sides = (min(box[0] for box in boxes), min(box[1] for box in boxes),
             max(box[2] for box in boxes), max(box[3] for box in boxes))  # fmt: skip
    return tuple(round(side / POINTS_PER_MM, 1) for side in sides)


def test_every_square_opens_the_vote_with_its_code_behind_the_hash(document: PdfDocument) -> None:
    """Abuse case 21: in the fragment, which a browser sends to nobody."""
    assert len(document) == len(LETTERS)
    for place in (0, 4, 7, 8):
        letter = LETTERS[place]
        asked = f"?taal={letter.locale}" if letter.locale else ""
        picture = document[place].render(scale=2, grayscale=True).to_pil()
        assert [read.text for read in read_barcodes(picture)] == [
            f"https://doe.example/stemmen/lente{asked}#code={letter.code}"
        ]


def test_every_letter_has_its_own_code_and_the_same_words(document: PdfDocument) -> None:
    for place, letter in enumerate(LETTERS):
        text = text_of(document, place)
        assert str(letter.code) in text
        assert letter.code.selector in text
        # A program that reads an Arabic page puts the parts of an address in another order than people see them.
        parts = ("doe", "example", "stemmen", "lente") if letter.locale == "ar" else ("doe.example/stemmen/lente",)
        assert all(part in text for part in parts)
        assert "Gemeente Lindewaard" in text
        assert sum(str(other.code) in text for other in LETTERS) == 1
    own = text_of(document, 1).replace("ABCD01", "").replace(str(a_code(1)), "")
    assert "Deze brief is persoonlijk" in own
    assert "4 mei 2026 11:59" in own
    assert "taal=en" not in own
    assert all(f"taal={locale}" in text_of(document, 0) for locale in LOCALES[1:] if locale != "ar")
    assert "ar=taal" in text_of(document, 0)


def test_the_address_is_in_the_window_and_the_code_is_below_the_fold(document: PdfDocument) -> None:
    page = document[1].get_textpage()
    left, bottom, _right, _top = box_of(page, "Dijk 1")
    assert 20 < left < 40
    assert 297 - 75 < bottom < 297 - 45
    assert box_of(page, str(a_code(1)))[3] < 297 - 99
    assert "Łucja Gül" in text_of(document, 1)
    assert "Після неї" in text_of(document, 8)


def in_the_window(box: tuple[float, float, float, float]) -> bool:
    """Whether a letter stands where the envelope shows the address."""
    left, bottom, _right, _top = box
    return left < 100 * POINTS_PER_MM and bottom > 600


def test_arabic_is_joined_and_runs_from_the_right(document: PdfDocument) -> None:
    """Abuse case 70, on paper. Letters that are joined take less room than letters by themselves."""
    page = document[7].get_textpage()
    widths = TTFont(font_file(ARABIC, REGULAR))
    glyphs, metrics = widths.getBestCmap(), widths["hmtx"]
    apart = sum(metrics[glyphs[ord(sign)]][0] for sign in SUAD) / 1000 * 11 / POINTS_PER_MM
    boxes = [
        page.get_charbox(place)
        for place in range(page.count_chars())
        if 0x600 <= ord(page.get_text_range(place, 1) or " ") < 0x700 and in_the_window(page.get_charbox(place))
    ]
    joined = (max(box[2] for box in boxes) - min(box[0] for box in boxes)) / POINTS_PER_MM
    assert 0.3 * apart < joined < 0.95 * apart
    assert box_of(page, str(a_code(8)))[2] > 180  # the code is on the right, its square on the left
    assert box_of(document[1].get_textpage(), str(a_code(1)))[0] < 30


def test_the_longest_title_still_fits_on_one_page() -> None:
    sender = Sender("Gemeente", "https://doe.example", "x" * 80, "Een lange naam " * 13, MOMENT, is_advice=True)
    with PdfDocument(letters_pdf(sender, [Letter(a_code(1))], MOMENT)) as made:
        page = made[0].get_textpage()
        lowest = min(page.get_charbox(place)[1] for place in range(page.count_chars()))
        text = page.get_text_bounded()
        picture = made[0].render(scale=2, grayscale=True).to_pil()
        assert [read.text for read in read_barcodes(picture)] == [
            f"https://doe.example/stemmen/{'x' * 80}#code={a_code(1)}"
        ]
        page.close()
    assert lowest > 5 * POINTS_PER_MM
    assert "advies geven" in text
    assert f"{'x' * 80}?taal=uk" in text.replace("\r\n", "").replace("\n", "")


def test_what_our_fonts_lack_is_named() -> None:
    assert unprintable("Łucja Gül-Після سعاد ’t Hoen é") == ""
    assert unprintable("漢字 字") == "漢字"
