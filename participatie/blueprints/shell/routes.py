"""Which addresses make the site installable and readable without a connection, and serve the gemeente's own look?"""

import json

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.web.access import Audience, open_to
from participatie.web.assets import read_manifest
from participatie.web.installation import settings
from participatie.web.languages import locale_code, text_direction
from participatie.web.login import take_for_nobody
from participatie.web.look import look
from participatie.web.offline import worker_script

blueprint = Blueprint("shell", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
#: Our own icons: file, size, and whether a phone may cut it into a shape of its own.
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-mask-512.png", "512x512", "maskable"),
)
BLUE = "#00568b"
WHITE = "#ffffff"
SHORT = 12  # characters that fit under an icon on a phone


@blueprint.get("/huisstijl/<string:name>")
@open_to(Audience.EVERYONE)
def own_file(name: str) -> ResponseReturnValue:
    """Serve the theme or the logo of the gemeente. The name holds the hash of the content, so it never changes."""
    file = look().file(name)
    if file is None:
        abort(404)
    response = Response(file.content, mimetype=file.mimetype)
    response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/manifest.webmanifest")
@open_to(Audience.EVERYONE)
def web_manifest() -> ResponseReturnValue:
    """Describe the site as something that can be put on the home screen of a phone."""
    name = settings().gemeente
    own = look()
    icons = [
        {"src": _built(file), "sizes": sizes, "type": "image/png", "purpose": purpose} for file, sizes, purpose in ICONS
    ]
    if own.logo is not None:
        icons = [
            {
                "src": url_for("shell.own_file", name=own.logo.name),
                "sizes": own.logo_sizes,
                "type": own.logo.mimetype,
                "purpose": "any",
            }
        ]
    described = {
        "id": "/",
        "name": _("Meedoen met %(gemeente)s", gemeente=name),
        "short_name": name.removeprefix("Gemeente ")[:SHORT],
        "description": _("Praat mee en beslis mee over jouw buurt."),
        "lang": locale_code(),
        "dir": text_direction(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": WHITE,
        "theme_color": WHITE if own.theme is not None else BLUE,
        "icons": icons,
    }
    return Response(json.dumps(described, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/sw.js")
@open_to(Audience.EVERYONE)
def service_worker() -> ResponseReturnValue:
    """Serve the script that keeps reading pages; it stands at the top, because it may only serve what is below it."""
    own = look()
    files = [_built("themed.css" if own.theme else "app.css"), _built("site.js"), _built("offline.js")]
    files += [url_for("shell.own_file", name=file.name) for file in (own.theme, own.logo) if file is not None]
    files += [] if own.logo else [_built("mark.svg")]
    response = Response(worker_script(files, url_for("shell.offline")), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/zonder-verbinding")
@open_to(Audience.EVERYONE)
def offline() -> ResponseReturnValue:
    """Say what can be done without a connection. A browser keeps this page, so it is made for nobody in particular."""
    locale_code()  # chosen first: it may be the language of an account
    take_for_nobody()
    return render_template("shell/offline.html")


def _built(name: str) -> str:
    return url_for("static", filename=f"dist/{read_manifest()[name]}")
