"""How does a file that somebody sent become a photo that is safe, small and upright?

Nothing of the file itself is kept: its pixels are read and written anew as WebP, in two sizes. So there is no place
where it was taken, no name of its maker, and nothing hidden in it that a browser could run.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import IO

import pi_heif
from PIL import ExifTags, Image

from participatie.spelregels.photos import may_fit, too_large
from participatie.spelregels.verdicts import Refusal, Refused, refused

#: The greatest width of each size in pixels: a phone held upright, and a laptop or a sharp phone.
SMALL, LARGE = 480, 1200
SIZES = (SMALL, LARGE)
#: A photo is at most so much higher than its greatest width: as high as a phone held upright.
HEIGHT_PART = 16 / 9
#: What phones and cameras make. A file is what its first bytes say, whatever its name says.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
#: A photo is made again, less sharp, while it is larger than this.
SMALL_BYTES = 40_000
LARGE_BYTES = 250_000
QUALITIES = (75, 60, 45, 30)
#: A camera writes a photo in one to ten scans; thousands of them keep a processor busy for minutes.
MOST_SCANS = 64
START_OF_SCAN = b"\xff\xda"
WHITE = (255, 255, 255)
#: Of 16 bits, the first eight are shown.
DEEP = 256
#: What reading a broken file raises: the libraries let their own mistakes through.
BROKEN = (
    OSError, ValueError, TypeError, SyntaxError, EOFError, struct.error, LookupError, ArithmeticError, AttributeError,
    RuntimeError, AssertionError, MemoryError,
)  # fmt: skip
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

#: How a picture is turned upright, by the number that cameras write for how they were held.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: From this number on, width and height change places.
ON_ITS_SIDE = 5

pi_heif.register_heif_opener()

#: One photo at a time in a process: unpacked it may take 200 MB.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in both sizes as WebP, with the pixels of each."""

    small: bytes
    small_size: tuple[int, int]
    large: bytes
    large_size: tuple[int, int]

    @property
    def sha256(self) -> str:
        """Return the hash of what is kept, both sizes together."""
        return sha256(self.large + self.small).hexdigest()


def make_picture(file: IO[bytes]) -> Picture | Refused:
    """Make both sizes of what was sent. `file` is at its beginning; of what moves, the first picture is taken.

    Refused are files that are too large, that hold too many pixels, and that are no whole picture.
    """
    data = file.read()
    verdict = may_fit(len(data))
    if isinstance(verdict, Refused):
        return verdict
    if data.count(START_OF_SCAN) > MOST_SCANS and data.startswith(b"\xff\xd8"):
        return refused(Refusal.PHOTO_UNREADABLE)
    try:
        with _one_at_a_time, Image.open(BytesIO(data), formats=FORMATS) as opened:
            verdict = may_fit(len(data), opened.width * opened.height)
            return verdict if isinstance(verdict, Refused) else _in_two_sizes(opened)
    except BOMB:
        return too_large()
    except BROKEN:
        return refused(Refusal.PHOTO_UNREADABLE)


def _in_two_sizes(opened: Image.Image) -> Picture:
    held = _held(opened)
    # As the file has them, before turning.
    across = 1 if held >= ON_ITS_SIDE else 0
    width, height = _fitted((opened.size[across], opened.size[1 - across]), LARGE)
    size = (height, width) if across else (width, height)
    # A JPEG can be unpacked at an eighth of its size: 48 megapixels cost no more than one.
    opened.draft("RGB", size)
    shrunk = _plain(opened).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if held in TURNS:
        shrunk = shrunk.transpose(TURNS[held])
    # A new picture has pixels alone: whatever was written beside them stays behind.
    large = Image.new("RGB", shrunk.size, WHITE)
    large.paste(shrunk, mask=shrunk.getchannel("A") if shrunk.mode == "RGBA" else None)
    small = large.resize(_fitted(large.size, SMALL), Image.Resampling.LANCZOS)
    return Picture(_webp(small, SMALL_BYTES), small.size, _webp(large, LARGE_BYTES), large.size)


def _held(opened: Image.Image) -> int:
    try:
        held = opened.getexif().get(ExifTags.Base.Orientation, 1)
    except BROKEN:
        return 1  # what is written beside the pixels may be broken: the photo itself is not
    return held if held in TURNS else 1


def _fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """Return a size within a width, and the height that goes with it; no picture is made larger than it was."""
    scale = min(1, width / size[0], width * HEIGHT_PART / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plain(image: Image.Image) -> Image.Image:
    """Return the same picture with eight bits a colour, see-through or not, whatever it was made with."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / DEEP)).convert("L")
    if image.mode in ("RGB", "RGBA"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _webp(image: Image.Image, most: int) -> bytes:
    written = b""
    for quality in QUALITIES:
        file = BytesIO()
        image.save(file, "WEBP", quality=quality, method=4)
        written = file.getvalue()
        if len(written) <= most:
            break
    return written
