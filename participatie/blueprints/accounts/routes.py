"""Which addresses are there for logging in with a mailed code, and one's own page?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from participatie.actions import accounts as actions
from participatie.blueprints.accounts.forms import LIVES_ELSEWHERE, CodeForm, EmailForm, profile_form
from participatie.models.answers import parts_of
from participatie.models.ideas import ideas_of
from participatie.models.moderation import current_hidings
from participatie.models.residence import residence_of
from participatie.models.trajecten import followed_trajecten
from participatie.models.wijken import all_areas
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, open_to
from participatie.web.buurten import buurt_choices
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.languages import COOKIE, locale_code
from participatie.web.login import (
    account,
    end_session,
    keep_browser_token,
    kept_browser_token,
    new_browser_token,
    start_session,
)
from participatie.web.sites import gemeente_site
from participatie.web.transaction import db
from participatie.web.urls import safe_next

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/inloggen", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def log_in() -> ResponseReturnValue:
    """Ask for an address and mail a code to it; known and unknown addresses get the same answer."""
    target = _target()
    if current_user.is_authenticated:
        return redirect(target or _own_page())
    form = EmailForm()
    if form.validate_on_submit():
        browser = new_browser_token()
        verdict = actions.send_login_code(
            db(), form.email.data or "", browser, locale_code(), settings().secret_key, now()
        )
        if not isinstance(verdict, Refused):
            keep_browser_token(browser)
            return redirect(url_for("accounts.enter_code", next=target), 303)
        form.refuse(verdict)
    return render_template("accounts/log_in.html", form=form, target=target, service=settings().oidc), form.http_status


@blueprint.route("/inloggen/code", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def enter_code() -> ResponseReturnValue:
    """Take the six digits and log this browser in. A link in a mail cannot do it: only this form does."""
    target = _target()
    browser = kept_browser_token()
    if browser is None:
        return redirect(url_for("accounts.log_in", next=target))
    form = CodeForm()
    if form.validate_on_submit():
        token = actions.log_in(db(), browser, form.code.data or "", locale_code(), settings().secret_key, now())
        if not isinstance(token, Refused):
            start_session(token)
            return redirect(_after_login(target), 303)
        form.refuse(token)
    return render_template("accounts/enter_code.html", form=form, target=target), form.http_status


@blueprint.post("/uitloggen")
@open_to(Audience.EVERYONE)
def log_out() -> ResponseReturnValue:
    """End the session here and on the server; for somebody without one there is nothing to end."""
    if current_user.is_authenticated:
        actions.log_out(db(), current_user.token)
        end_session()
    return redirect(url_for("pages.home"), 303)


@blueprint.get("/mijn")
@open_to(Audience.LOGGED_IN)
def mine() -> ResponseReturnValue:
    """Show somebody's own ideas with what became of them, and the trajecten they follow."""
    ideas = db().scalars(ideas_of(account().id)).all()
    parts = {each.idea_id: each.parts() for each in db().scalars(parts_of(*(idea.id for idea in ideas)))}
    hidings = db().scalars(current_hidings([idea.id for idea in ideas if idea.hidden_at is not None]))
    return render_template(
        "accounts/mine.html",
        parts=parts,
        ideas=ideas,
        hidings={hiding.idea_id: hiding for hiding in hidings},
        trajecten=db().scalars(followed_trajecten(account().id)).unique().all(),
        residence=db().scalar(residence_of(account().id)),
    )


@blueprint.route("/mijn/gegevens", methods=["GET", "POST"])
@open_to(Audience.LOGGED_IN)
def profile() -> ResponseReturnValue:
    """Ask how somebody is called, which language they read, and where they live."""
    target = _target()
    areas = {str(area.id): area for area in db().scalars(all_areas())}
    form = profile_form(account(), buurt_choices(areas.values(), gemeente_site().place.area_path))
    if form.validate_on_submit():
        area = None if form.area.data == LIVES_ELSEWHERE else areas[form.area.data]
        actions.change_profile(db(), account(), form.name.data or "", form.locale.data, area, now())
        with force_locale(form.locale.data):  # the page that shows it is in the language chosen here
            flash(_("Uw gegevens zijn opgeslagen."), "ok")
        response = redirect(target or _own_page(), 303)
        # A language once asked for by link would go before the one chosen here.
        response.delete_cookie(COOKIE)
        return response
    page = render_template("accounts/profile.html", form=form, target=target)
    return page, 400 if form.is_submitted() else 200


def _target() -> str | None:
    return safe_next(request.args.get("next"))


def _after_login(target: str | None) -> str:
    if not account().name and account().area_id is None:
        return url_for("accounts.profile", next=target)
    return target or _own_page()


def _own_page() -> str:
    """Return where somebody begins who was going nowhere: staff at their work, residents at what is theirs."""
    return url_for("work.overview" if current_user.is_staff else "accounts.mine")
