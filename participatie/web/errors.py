"""What does a visitor see when something is wrong? A page that says what happened and what to do next."""

from http import HTTPStatus

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from participatie.models.database import is_for_now
from participatie.web.login import take_for_nobody
from participatie.web.transaction import close_session
from participatie.web.voters import casts_here

RETRY_SECONDS = 30


def _sentences() -> dict[int, tuple[str, str]]:
    return {
        400: (_("Dit begrepen we niet"), _("Er klopt iets niet in wat u stuurde. Ga terug en probeer het opnieuw.")),
        403: (_("Dit mag hier niet"), _("Deze pagina is niet voor iedereen. Log in, of ga terug naar het begin.")),
        404: (_("Deze pagina is er niet"), _("Misschien is het adres verkeerd getypt, of is de pagina weg.")),
        405: (_("Dit kan hier niet"), _("Ga terug naar de vorige pagina en gebruik de knop daar.")),
        413: (_("Dit is te groot"), _("Er is niets opgeslagen. Ga terug. Maak de tekst korter, of kies een kleinere foto.")),
        429: (_("Dit was te vaak"), _("U probeerde dit te vaak. Wacht een uur en probeer het opnieuw.")),
    }  # fmt: skip


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error with a page in the visitor's language."""
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return error
    title, message = _sentences().get(status, _sentences()[400])
    page = render_template("errors/error.html", title=title, message=message, status=status)
    # Such as `Allow`, which a 405 must carry; the type and length are those of our own page.
    facts = [(name, value) for name, value in error.get_headers() if not name.lower().startswith("content-")]
    return page, status, facts


def lost_token(_error: CSRFError) -> ResponseReturnValue:
    """Give a form back whose security token was too old, with everything that was typed in it."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("errors/lost_token.html", typed=typed, action=request.full_path.rstrip("?")), 400


def database_error(error: DBAPIError) -> ResponseReturnValue:
    """Answer 503 when the database cannot be reached or written now, and the page says what was not saved. Others go on to `broken`."""
    if not is_for_now(error):
        raise error
    close_session()
    # Asking who this is would ask the same database.
    take_for_nobody()
    casting = casts_here()
    title, message = _not_counted() if casting else _not_saved()
    page = render_template(
        "errors/unavailable.html",
        title=title,
        message=message,
        # Everything that was sent, its security token and the key of its page too: sent again it is the same ballot.
        typed=list(request.form.items(multi=True)) if casting else (),
        action=request.path,
    )
    return page, 503, {"Retry-After": str(RETRY_SECONDS)}


def _not_saved() -> tuple[str, str]:
    if g.get("unsure"):
        # The connection went during the commit.
        return _("Even geduld"), _(
            "De gegevens zijn nu niet bereikbaar. Wij weten niet zeker of alles is opgeslagen. Kijk het over een halve minuut na."
        )
    return _("Even geduld"), _(
        "De gegevens zijn nu niet bereikbaar. Er is niets opgeslagen. Probeer het over een halve minuut opnieuw."
    )


def _not_counted() -> tuple[str, str]:
    if g.get("unsure"):
        return _("Wij weten niet zeker of uw stem is geteld"), _(
            "De gegevens zijn nu niet bereikbaar. Wacht een halve minuut en stuur uw stem nog eens. Uw stem telt nooit dubbel."
        )
    return _("Uw stem is nog niet geteld"), _(
        "De gegevens zijn nu niet bereikbaar. Uw keuze staat nog op deze pagina. Wacht een halve minuut en stuur uw stem nog eens."
    )


def broken(_error: Exception) -> ResponseReturnValue:
    """Answer 500: a mistake of ours, and never a page that pretends."""
    # The page asks who this is, and a session that failed answers nothing any more.
    close_session()
    page = render_template(
        "errors/error.html",
        title=_("Er ging iets mis bij ons"),
        message=_("Dit is onze fout. Er is niets opgeslagen. Probeer het later opnieuw."),
        status=500,
    )
    return page, 500


def set_up_errors(app: Flask) -> None:
    """Connect the pages; a lost token comes before the other 400s."""
    app.register_error_handler(CSRFError, lost_token)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DBAPIError, database_error)
    app.register_error_handler(500, broken)
