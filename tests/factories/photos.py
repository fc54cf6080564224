"""Photos: files as phones send them, and photos of ideas."""

from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from participatie.actions.photos import add_photo
from participatie.actions.pictures import Picture
from participatie.models.ideas import Idea
from participatie.models.photos import Photo
from participatie.spelregels.phases import PhaseKind
from tests.factories.people import done
from tests.factories.trajecten import during

ALT = "Een grasveld met één bank."
PLACE = "52 graden"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def a_drawing(width: int = 1600, height: int = 1200, mode: str = "RGB") -> Image.Image:
    """A picture that is red on the left and blue on the right."""
    drawing = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(drawing).rectangle((width // 2, 0, width, height), BLUE)
    return drawing.convert(mode)


def a_file(kind: str = "JPEG", image: Image.Image | None = None, **how: Any) -> BytesIO:
    """A file of a picture, at its beginning."""
    file = BytesIO()
    image = image or a_drawing()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(file, quality=50)
    else:
        image.save(file, kind, **how)
    file.seek(0)
    return file


def of_a_phone(orientation: int = 1) -> BytesIO:
    """A JPEG with what phones write beside a photo: where it was taken, by what, and how the phone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telefoon van Jansen"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 12.0), 3: "E", 4: (6.0, 5.0, 9.0), 29: PLACE})
    return a_file(exif=exif, comment=b"geheim", icc_profile=b"profiel" * 20)


def a_picture(number: int = 0) -> Picture:
    """A photo as it was made anew; another one for another number. The bytes are none of a real one."""
    return Picture(b"klein %d" % number, (480, 360), b"groot %d" % number, (1200, 900))


def a_photo(session: Session, idea: Idea, number: int = 0, alt: str = ALT) -> Photo:
    """A photo that its author added to an idea while ideas were collected; another one for another number."""
    moment = during(session, idea.traject, PhaseKind.COLLECT)
    photo = done(add_photo(session, idea.author, idea, a_picture(number), alt, "nl", moment))
    session.commit()
    return photo
