"""Which addresses are there for what goes on paper: a krant, a letter, and a poster with a square to scan?"""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.blueprints.wijkkrant.contents import contents_of
from participatie.models.trajecten import Traject, trajecten_around
from participatie.models.wijken import area_by_id
from participatie.web.access import Audience, open_to
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.installation import settings
from participatie.web.languages import locale_code
from participatie.web.sheets import Sheet, sheet_pdf
from participatie.web.sites import found, public_traject
from participatie.web.transaction import db
from participatie.web.voting_links import square_path

blueprint = Blueprint("wijkkrant", __name__)

PDF = "application/pdf"


@blueprint.get("/wijken/<int:area_id>/krant")
@open_to(Audience.EVERYONE)
def of_wijk(area_id: int) -> ResponseReturnValue:
    """Show the krant of a wijk: one or two sheets of A4 to hang up or hand out."""
    sheet = _of_wijk(area_id, is_letter=False)
    pdf = url_for("wijkkrant.pdf_of_wijk", area_id=area_id, taal=locale_code())
    return render_template("wijkkrant/of_wijk.html", sheet=sheet, square=square_path(sheet.link), pdf=pdf)


@blueprint.get("/wijken/<int:area_id>/krant.pdf")
@open_to(Audience.EVERYONE)
def pdf_of_wijk(area_id: int) -> ResponseReturnValue:
    """Give that krant as PDF."""
    return _pdf(_of_wijk(area_id, is_letter=False), f"krant-{area_id}.pdf")


@blueprint.get("/wijken/<int:area_id>/brief")
@open_to(Audience.EVERYONE)
def letter_of_wijk(area_id: int) -> ResponseReturnValue:
    """Show the same as a letter to the residents of a wijk."""
    sheet = _of_wijk(area_id, is_letter=True)
    pdf = url_for("wijkkrant.letter_pdf_of_wijk", area_id=area_id, taal=locale_code())
    return render_template("wijkkrant/letter_of_wijk.html", sheet=sheet, square=square_path(sheet.link), pdf=pdf)


@blueprint.get("/wijken/<int:area_id>/brief.pdf")
@open_to(Audience.EVERYONE)
def letter_pdf_of_wijk(area_id: int) -> ResponseReturnValue:
    """Give that letter as PDF."""
    return _pdf(_of_wijk(area_id, is_letter=True), f"brief-{area_id}.pdf")


@blueprint.get("/trajecten/<slug:slug>/krant")
@open_to(Audience.EVERYONE)
def of_traject(slug: str) -> ResponseReturnValue:
    """Show the krant of one traject."""
    sheet = _of_traject(slug, is_letter=False)
    pdf = url_for("wijkkrant.pdf_of_traject", slug=slug, taal=locale_code())
    return render_template("wijkkrant/of_traject.html", sheet=sheet, square=square_path(sheet.link), pdf=pdf)


@blueprint.get("/trajecten/<slug:slug>/krant.pdf")
@open_to(Audience.EVERYONE)
def pdf_of_traject(slug: str) -> ResponseReturnValue:
    """Give that krant as PDF."""
    return _pdf(_of_traject(slug, is_letter=False), f"krant-{slug}.pdf")


@blueprint.get("/trajecten/<slug:slug>/brief")
@open_to(Audience.EVERYONE)
def letter_of_traject(slug: str) -> ResponseReturnValue:
    """Show the same as a letter about one traject."""
    sheet = _of_traject(slug, is_letter=True)
    pdf = url_for("wijkkrant.letter_pdf_of_traject", slug=slug, taal=locale_code())
    return render_template("wijkkrant/letter_of_traject.html", sheet=sheet, square=square_path(sheet.link), pdf=pdf)


@blueprint.get("/trajecten/<slug:slug>/brief.pdf")
@open_to(Audience.EVERYONE)
def letter_pdf_of_traject(slug: str) -> ResponseReturnValue:
    """Give that letter as PDF."""
    return _pdf(_of_traject(slug, is_letter=True), f"brief-{slug}.pdf")


@blueprint.get("/trajecten/<slug:slug>/poster")
@open_to(Audience.EVERYONE)
def poster(slug: str) -> ResponseReturnValue:
    """Show a poster of a traject: what is asked, until when, and a square that brings a phone to it."""
    sheet = _poster(slug)
    pdf = url_for("wijkkrant.poster_pdf", slug=slug, taal=locale_code())
    return render_template("wijkkrant/poster.html", sheet=sheet, square=square_path(sheet.link), pdf=pdf)


@blueprint.get("/trajecten/<slug:slug>/poster.pdf")
@open_to(Audience.EVERYONE)
def poster_pdf(slug: str) -> ResponseReturnValue:
    """Give that poster as PDF."""
    return _pdf(_poster(slug), f"poster-{slug}.pdf")


def _of_wijk(area_id: int, *, is_letter: bool) -> Sheet:
    area = found(area_by_id(area_id))
    trajecten = db().scalars(trajecten_around(area)).unique().all()
    title = area.name if is_letter else _("Nieuws uit %(area)s", area=area.name)
    return _sheet(title, url_for("wijken.detail", area_id=area.id), trajecten, is_letter=is_letter)


def _of_traject(slug: str, *, is_letter: bool) -> Sheet:
    traject = public_traject(slug)
    return _sheet(traject.title, url_for("trajecten.detail", slug=slug), [traject], is_letter=is_letter)


def _poster(slug: str) -> Sheet:
    traject = public_traject(slug)
    link, typed = _addresses(url_for("trajecten.detail", slug=slug))
    return Sheet(
        gemeente=settings().gemeente,
        title=traject.title,
        link=link,
        address=typed,
        scan=_("Scan het vierkant, of ga naar:"),
        sections=(contents_of([traject]).now,),
        opening=(traject.question,) if traject.question else (),
        is_poster=True,
    )


def _sheet(title: str, path: str, trajecten: Sequence[Traject], *, is_letter: bool) -> Sheet:
    link, typed = _addresses(path)
    letter = (
        _("Beste bewoner,"),
        _("Met deze brief vertellen we wat u kunt doen, en wat er met de inbreng van bewoners gebeurt."),
    )
    greeting = (_("Wilt u dit per e-mail krijgen? Klik dan op de website op Volgen."), _("Met vriendelijke groet,"))
    return Sheet(
        gemeente=settings().gemeente,
        title=title,
        link=link,
        address=typed,
        scan=_("Scan het vierkant, of ga naar:"),
        sections=tuple(contents_of(trajecten).sections()),
        opening=letter if is_letter else (),
        ending=(*greeting, settings().gemeente) if is_letter else (),
        more=_("Er is meer. U leest het op de website."),
    )


def _addresses(path: str) -> tuple[str, str]:
    """Return the address behind the square, in the language of the paper, and the same as people type it."""
    address = f"{settings().public_url}{path}"
    return f"{address}?taal={locale_code()}", address.partition("://")[2]


def _pdf(sheet: Sheet, name: str) -> ResponseReturnValue:
    return download(sheet_pdf(sheet, locale_code(), now()), PDF, name)
