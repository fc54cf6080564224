"""Which addresses are there for the home page, the Spelregels page and the pages every site owes?"""

from flask import Blueprint, Response, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from participatie.blueprints.pages.table import duty_rows, rights
from participatie.models.around import besluiten_around
from participatie.models.besluiten import published_besluiten
from participatie.models.trajecten import ALL_VERSIONS, public_trajecten, trajecten_around
from participatie.models.wijken import all_areas, area_by_id
from participatie.settings import Settings
from participatie.web.access import Audience, open_to
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.finding import find_form
from participatie.web.level_words import level_duties
from participatie.web.login import home_area
from participatie.web.traject_cards import cards_to_act_first
from participatie.web.transaction import db
from participatie.web.wijk import chosen_wijk, forget_wijk

blueprint = Blueprint("pages", __name__)

SHOWN_ON_HOME = 6
#: Of so many of the newest, those come on top in which there is something to do.
LOOKED_AT = 40
BESLUITEN_SHOWN = 3


@blueprint.get("/")
@open_to(Audience.EVERYONE)
@cached_by(ALL_VERSIONS, also=lambda: str(chosen_wijk()))
def home() -> ResponseReturnValue:
    """Show what residents can do now, in their own wijk first, and what was decided last."""
    chosen = chosen_wijk()
    area = db().scalar(area_by_id(chosen)) if chosen is not None else home_area()
    cards = cards_to_act_first(db().scalars(public_trajecten().limit(LOOKED_AT)).all(), now())
    response = make_response(
        render_template(
            "pages/home.html",
            area=area,
            is_chosen=area is not None and chosen is not None,
            around=cards_to_act_first(db().scalars(trajecten_around(area).limit(LOOKED_AT)).all(), now())
            if area
            else [],
            decided_around=db().scalars(besluiten_around(area).limit(BESLUITEN_SHOWN)).all() if area else [],
            form=None if area else find_form(db().scalars(all_areas()).all()),
            cards=cards[:SHOWN_ON_HOME],
            besluiten=[] if area else db().scalars(published_besluiten().limit(BESLUITEN_SHOWN)).all(),
            shown_around=SHOWN_ON_HOME,
        )
    )
    if chosen is not None and area is None:
        forget_wijk(response)  # an area that is not there any more
    return response


@blueprint.get("/spelregels")
@open_to(Audience.EVERYONE)
def spelregels() -> ResponseReturnValue:
    """Show the table that the software itself asks: who may do what, at which level and when."""
    return render_template("pages/spelregels.html", levels=level_duties(), duties=duty_rows(), rights=rights())


@blueprint.get("/toegankelijkheid")
@open_to(Audience.EVERYONE)
def accessibility() -> ResponseReturnValue:
    """Say how accessible this site is, and where to turn when it is not."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@open_to(Audience.EVERYONE)
def privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, and how votes stay secret."""
    settings: Settings = current_app.extensions["participatie.settings"]
    return render_template("pages/privacy.html", engine=settings.translate, service=settings.oidc)


@blueprint.get("/over")
@open_to(Audience.EVERYONE)
def about() -> ResponseReturnValue:
    """Say what this site is and who is behind it."""
    return render_template("pages/about.html")


@blueprint.get("/.well-known/security.txt")
@open_to(Audience.EVERYONE)
def security_txt() -> ResponseReturnValue:
    """Say where to report a weakness (RFC 9116). It expires, so that it is looked at every year."""
    settings: Settings = current_app.extensions["participatie.settings"]
    year = now().year + 1
    lines = (
        f"Contact: mailto:{settings.mail_from}",
        f"Expires: {year}-01-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
