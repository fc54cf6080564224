"""How does somebody find their wijk? By postcode, however it was typed, or from the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField

from participatie.models.postcodes import area_of_postcode, count_postcodes
from participatie.models.wijken import Area, AreaKind, all_areas
from participatie.spelregels.postcodes import plain_postcode
from participatie.web.digits import latin_digits
from participatie.web.forms import Form, SelectChoice
from participatie.web.transaction import db


class FindForm(Form):
    """A postcode, or a wijk or buurt from the list. It only reads, so it needs no token."""

    postcode = StringField(_("Uw postcode"), description=_("Bijvoorbeeld 8011 AB. Wij bewaren uw postcode niet."))
    gebied = SelectField(_("Of kies uw wijk of buurt"), default="")


def find_form(areas: Sequence[Area]) -> FindForm:
    """Return the form with all `areas` to choose from; without the postcode where the gemeente read in none."""
    form = FindForm(formdata=request.args, meta={"csrf": False})
    form.gebied.choices = [SelectChoice("", gettext("Kies uit de lijst")), *area_choices(areas)]
    if not db().scalar(count_postcodes()):
        del form.postcode
    return form


def area_choices(areas: Sequence[Area]) -> list[SelectChoice]:
    """Return the wijken by name, each with itself and its buurten under it."""
    by_id = {area.id: area for area in areas}
    inside = [area for area in areas if area.kind in (AreaKind.WIJK, AreaKind.BUURT)]

    def group(area: Area) -> str:
        around = by_id.get(area.parent_id or 0)
        return area.name if area.kind is AreaKind.WIJK or around is None else around.name

    return [
        SelectChoice(value=str(area.id), label=area.name, optgroup=group(area))
        for area in sorted(inside, key=lambda area: (group(area), area.kind is AreaKind.BUURT, area.name))
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: an area, or why not. `is_postcode` tells that what was typed looks like one."""

    area: Area | None = None
    is_postcode: bool = False


def found_by(form: FindForm) -> Found:
    """Return the area that was asked for, with a mistake at the field where there is none. The postcode goes first."""
    typed = form.postcode.data if "postcode" in form else None
    if typed:
        code = plain_postcode(latin_digits(typed))
        if code is None:
            form.postcode.errors = [
                gettext("Dit is geen postcode. Een postcode heeft vier cijfers en twee letters, zoals 8011 AB.")
            ]
            return Found()
        area = db().scalar(area_of_postcode(code))
        if area is None:
            form.postcode.errors = [
                gettext("Deze postcode kennen we niet. Kies uw wijk of buurt hieronder uit de lijst.")
            ]
        return Found(area, is_postcode=True)
    areas = {str(area.id): area for area in db().scalars(all_areas())}
    area = areas.get(form.gebied.data or "")
    if area is None:
        form.gebied.errors = [gettext("Vul uw postcode in, of kies uw wijk of buurt uit de lijst.")]
    return Found(area)
