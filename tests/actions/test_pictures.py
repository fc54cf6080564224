"""A photo is made anew: small, upright, and without anything but its pixels; what is no photo is refused."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from participatie.actions.pictures import LARGE, SMALL, Picture, make_picture
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories.photos import BLUE, PLACE, RED, a_drawing, a_file, of_a_phone

NEAR = 40


def made(file: BytesIO) -> Picture:
    """The photo that was made of a file."""
    picture = make_picture(file)
    assert isinstance(picture, Picture), picture
    return picture


def colours(content: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours in the left and the right of a picture, half-way down."""
    image = Image.open(BytesIO(content))
    assert (image.format, image.mode) == ("WEBP", "RGB")
    width, height = image.size
    return image.getpixel((width // 8, height // 2)), image.getpixel((width * 7 // 8, height // 2))


def is_near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(found, wanted, strict=True))


def test_where_and_by_what_a_photo_was_taken_is_gone() -> None:
    """Abuse case 44."""
    sent = of_a_phone()
    assert PLACE.encode() in sent.getvalue()
    picture = made(sent)
    for content in (picture.small, picture.large):
        image = Image.open(BytesIO(content))
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
        for told in (PLACE, "Telefoon", "geheim", "profiel"):
            assert told.encode() not in content


@pytest.mark.parametrize(
    "orientation, wanted", [(1, (RED, BLUE)), (2, (BLUE, RED)), (3, (BLUE, RED)), (4, (RED, BLUE))]
)
def test_a_photo_stands_as_the_phone_was_held(orientation: int, wanted: tuple[tuple[int, ...], ...]) -> None:
    picture = made(of_a_phone(orientation))
    assert picture.large_size == (LARGE, 900)
    assert all(map(is_near, colours(picture.large), wanted))


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_photo_on_its_side_is_turned(orientation: int) -> None:
    picture = made(of_a_phone(orientation))
    assert picture.large_size == (LARGE, 1600)
    assert picture.small_size == (SMALL, 640)
    image = Image.open(BytesIO(picture.small))
    top = image.getpixel((SMALL // 2, 80))
    assert is_near(top, RED if orientation in (5, 6) else BLUE)


@pytest.mark.parametrize(
    "kind, mode", [
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"),
        ("PNG", "I;16"), ("GIF", "P"), ("WEBP", "RGB"), ("HEIF", "RGB"), ("AVIF", "RGB"),
    ],
)  # fmt: skip
def test_what_phones_and_programs_write_is_read(kind: str, mode: str) -> None:
    drawing = a_drawing(640, 480, "L" if mode == "I;16" else mode)
    if mode == "I;16":
        drawing = Image.frombytes("I;16", drawing.size, b"".join(bytes((0, each)) for each in drawing.tobytes()))
    picture = made(a_file(kind, drawing))
    assert picture.large_size == (640, 480)
    left, right = colours(picture.large)
    if mode in ("RGB", "RGBA", "P", "CMYK"):
        assert is_near(left, RED)
        assert is_near(right, BLUE)
    elif mode != "1":
        assert is_near(left, (80, 80, 80))
        assert is_near(right, (49, 49, 49))


def test_what_was_see_through_is_white() -> None:
    picture = made(a_file("PNG", Image.new("RGBA", (600, 400), (255, 0, 0, 0))))
    assert is_near(colours(picture.small)[0], (255, 255, 255))


def test_of_what_moves_the_first_picture_is_taken() -> None:
    first, second = Image.new("RGB", (300, 200), RED), Image.new("RGB", (300, 200), BLUE)
    for kind in ("GIF", "WEBP", "PNG"):
        picture = made(a_file(kind, first, save_all=True, append_images=[second]))
        assert is_near(colours(picture.large)[0], RED)
        assert not getattr(Image.open(BytesIO(picture.large)), "is_animated", False)


def test_a_small_photo_stays_as_small_as_it_was_and_a_strip_is_no_tower() -> None:
    assert made(a_file(image=a_drawing(300, 200))).large_size == (300, 200)
    assert made(a_file(image=a_drawing(40, 9000))).large_size == (9, 2133)
    assert made(a_file("PNG", a_drawing(1, 1))).small_size == (1, 1)


def test_a_restless_photo_is_small_too() -> None:
    noise = Image.effect_noise((900, 700), 90).convert("RGB")
    picture = made(a_file(image=noise))
    assert len(picture.small) < 60_000 < len(picture.large) < 400_000
    assert len(made(a_file()).small) < 5_000


def test_one_photo_has_one_hash() -> None:
    assert made(a_file()).sha256 == made(a_file()).sha256 != made(of_a_phone(3)).sha256


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF"])
def test_half_a_file_is_refused(kind: str) -> None:
    whole = a_file(kind, Image.effect_noise((400, 300), 60).convert("RGB")).getvalue()
    for part in (20, len(whole) // 2):
        assert make_picture(BytesIO(whole[:part])) == Refused(Refusal.PHOTO_UNREADABLE)


@pytest.mark.parametrize(
    "content", [
        b"", b"\xff\xd8\xff\xe0", b"%PDF-1.7 /JavaScript", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"<!doctype html><script>x()</script>", b"\xff\xd8\xff\xe0<script>x()</script>" * 9, b"GIF89a" + bytes(30),
        b"P6 1 1 255 xxx", b"%!PS-Adobe", b"II*\0" + bytes(80), b"BM" + bytes(60),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_photo_is_refused(content: bytes) -> None:
    """Abuse case 42."""
    assert make_picture(BytesIO(content)) == Refused(Refusal.PHOTO_UNREADABLE)


def test_what_hides_behind_a_photo_stays_behind() -> None:
    """Abuse case 42."""
    sent = BytesIO(a_file().getvalue() + b"<script>x()</script>PK\x03\x04")
    picture = made(sent)
    assert b"script" not in picture.small + picture.large


def test_a_small_file_with_a_sea_of_pixels_is_never_unpacked() -> None:
    """Abuse case 43."""
    for width, height in ((8000, 8000), (30_000, 30_000), (65_000, 65_000)):
        head = b"IHDR" + pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        png = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + head + pack(">I", zlib.crc32(head)) + pack(">I", 9) + b"IDAT"
        verdict = make_picture(BytesIO(png))
        assert isinstance(verdict, Refused)
        assert verdict.code is Refusal.PHOTO_TOO_LARGE


def test_a_photo_in_a_thousand_scans_is_refused_before_it_keeps_us_busy() -> None:
    """Abuse case 43."""
    whole = a_file(progressive=True, image=a_drawing(200, 200)).getvalue()
    assert isinstance(make_picture(BytesIO(whole)), Picture)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert make_picture(BytesIO(whole[:-2] + scan * 1000 + whole[-2:])) == Refused(Refusal.PHOTO_UNREADABLE)


def test_a_file_of_too_many_bytes_is_refused() -> None:
    verdict = make_picture(BytesIO(bytes(20_000_001)))
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.PHOTO_TOO_LARGE
