"""In which area does a postcode lie? A table that the gemeente reads in from a file."""

from sqlalchemy import ForeignKey, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.postcodes import numbers_of


class Postcode(Base):
    """A postcode with its letters (`8011AB`), or only its numbers (`8011`) for all that begin so."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)


def all_postcodes() -> Select[Postcode]:
    """Every postcode that is known."""
    return select(Postcode).order_by(Postcode.code)


def buurt_names() -> Select[str, str]:
    """Every postcode that is known, with the name of the area that it lies in."""
    return select(Postcode.code, Area.name).join(Area, Area.id == Postcode.area_id)


def area_of_postcode(code: str) -> Select[Area]:
    """The area of a postcode; where its letters are not known, that of its numbers."""
    return (
        select(Area)
        .join(Postcode, Postcode.area_id == Area.id)
        .where(Postcode.code.in_({code, numbers_of(code)}))
        .order_by(func.length(Postcode.code).desc())
        .limit(1)
    )


def count_postcodes() -> Select[int]:
    """How many postcodes are known."""
    return select(func.count(Postcode.code))


def count_areas_to_live_in() -> Select[int]:
    """How many wijken and buurten there are to choose from."""
    return select(func.count(Area.id)).where(Area.kind.in_((AreaKind.WIJK, AreaKind.BUURT)))
