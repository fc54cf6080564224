"""Which addresses are there for logging in with the login service of the gemeente?"""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from participatie.actions.identities import ProvenLogin, link_identity, log_in_elsewhere
from participatie.blueprints.accounts.routes import blueprint
from participatie.models.residence import Residence
from participatie.settings import LoginService
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.access import Audience, open_to
from participatie.web.clock import now, today
from participatie.web.installation import settings
from participatie.web.languages import locale_code
from participatie.web.login import account, start_session
from participatie.web.oidc import Client
from participatie.web.outside_login import begin_login, is_linking_key, take_login
from participatie.web.refusals import refusal_page
from participatie.web.transaction import begin_writing
from participatie.web.urls import safe_next

#: The addresses of routes.py, with those below added.
__all__ = ["blueprint"]


@blueprint.get("/inloggen/extern")
@open_to(Audience.EVERYONE)
def go_elsewhere() -> ResponseReturnValue:
    """Send a browser to the login service, with fresh secrets each time. Whoever is logged in already links it."""
    service = _service()
    linking = account().id if current_user.is_authenticated else None
    if linking is not None and not is_linking_key(request.args.get("sleutel")):
        return redirect(url_for("residence.mine"))
    started = begin_login(safe_next(request.args.get("next")), linking, now())
    address = _client(service).address(started)
    if isinstance(address, Refused):
        return refusal_page(address, back=url_for("accounts.log_in"))
    return redirect(address, 303)


@blueprint.get("/inloggen/extern/terug")
@open_to(Audience.EVERYONE)
def come_back() -> ResponseReturnValue:
    """Take the answer of the login service, which works once and in the browser that began alone (abuse case 31)."""
    service = _service()
    started = take_login()
    back = url_for("residence.mine" if current_user.is_authenticated else "accounts.log_in")
    if started is None:
        return refusal_page(Refused(Refusal.LOGIN_FAILED), back=back)
    answer = _client(service).answer(started, request.args, now())
    if isinstance(answer, Refused):
        return refusal_page(answer, back=back)
    proven = ProvenLogin(service.issuer, answer.subject, started.state, answer.postcode)
    linking = account().id if current_user.is_authenticated else None
    if linking != started.account_id:  # somebody else logged in or out meanwhile
        return refusal_page(Refused(Refusal.LOGIN_FAILED), back=back)
    secret_key, locale = settings().secret_key, locale_code()
    # The service was asked without a lock; now there is something to write.
    session = begin_writing()
    if linking is not None:
        linked = link_identity(session, linking, proven, secret_key, today(), now())
        if isinstance(linked, Refused):
            return refusal_page(linked, back=back)
        return _go_on(linked, service, started.target)
    outcome = log_in_elsewhere(session, proven, locale, secret_key, today(), now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, back=back)
    start_session(outcome.token)
    return _go_on(outcome.residence, service, started.target)


def _go_on(residence: Residence | None, service: LoginService, target: str | None) -> ResponseReturnValue:
    if residence is None:
        flash(
            _(
                "U bent ingelogd. Waar u woont, weten we nog niet zeker: %(service)s gaf geen postcode uit deze gemeente.",
                service=service.name,
            ),
            "info",
        )
    else:
        flash(_("U bent ingelogd. Uw woonplaats is bevestigd: %(area)s.", area=residence.area.name), "ok")
    return redirect(target or url_for("residence.mine"), 303)


def _service() -> LoginService:
    service = settings().oidc
    if service is None:
        abort(404)
    return service


def _client(service: LoginService) -> Client:
    # The address of the setting, and never the one that a visitor's browser asked for.
    return Client(service, settings().public_url + url_for("accounts.come_back"), now())
