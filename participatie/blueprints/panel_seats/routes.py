"""Which addresses are there for who has a code of a panel: coming in, one's own page, taking a seat and giving it up?"""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import seats as actions
from participatie.actions.buurtpanels.coming_in import come_in
from participatie.actions.buurtpanels.pool import proof_text
from participatie.blueprints.panel_seats.forms import PanelCodeForm, StopForm
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelPerson, meetings_to_come
from participatie.spelregels.buurtpanels.members import SEATED, LeaveReason
from participatie.spelregels.permissions import Actor, Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.panel_members import household_here, person_here, remember
from participatie.web.panel_members import leave as forget
from participatie.web.panel_sites import panel_site
from participatie.web.refusals import refusal_page
from participatie.web.transaction import db

blueprint = Blueprint("panel_seats", __name__)

SECONDS_OF_HOUR = 3600
#: Who came in with the code of a member, whatever account the browser holds besides.
MEMBER = Actor(is_panel_member=True)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave no name and no code in the memory of a browser or of a machine in between."""
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        # Wrong codes are counted by the hour of the clock.
        response.retry_after = SECONDS_OF_HOUR - (60 * now().minute + now().second)
    return response


def own_site(slug: str) -> Site:
    """Who showed the code of a member here. A browser that did not is sent to show it first."""
    site = panel_site(slug)
    person = person_here(site.subject)
    if person is None:
        abort(make_response(redirect(url_for("panel_seats.enter", slug=slug, opnieuw=1), 303)))
    return replace(site, subject=person, is_panel_member=True)


@blueprint.route("/buurtpanels/<slug:slug>/code", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def enter(slug: str) -> ResponseReturnValue:
    """Ask for the code of a letter or of a member. A wrong code commits: it is counted as a guess."""
    panel: Buurtpanel = panel_site(slug).subject
    form = PanelCodeForm()
    if form.validate_on_submit():
        found = come_in(db(), panel, form.data["code"], settings().secret_key, now())
        if not isinstance(found, Refused):
            remember(found)
            return redirect(_page_of(panel, is_household=isinstance(found, PanelHousehold)), 303)
        form.refuse(found, form.code)
    household, person = household_here(panel), person_here(panel)
    return render_template(
        "panel_seats/enter.html",
        panel=panel,
        form=form,
        own_page=_page_of(panel, is_household=household is not None) if household or person else None,
        code_gone="opnieuw" in request.args and not form.is_submitted(),
        show_flashes=True,
    ), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/code/wissen")
@open_to(Audience.EVERYONE)
def leave(slug: str) -> ResponseReturnValue:
    """Forget the code in this browser; what was answered stays."""
    forget()
    flash(_("Uw code is van dit apparaat gewist."), "ok")
    return redirect(url_for("panel_seats.enter", slug=slug), 303)


@blueprint.get("/buurtpanels/<slug:slug>/lid")
@requires(Do.TAKE_SEAT, at=own_site)
def member(person: PanelPerson) -> ResponseReturnValue:
    """Show somebody how they stand: what is asked, what is next, and the proof that they are in the list."""
    panel = person.panel
    return render_template(
        "panel_seats/member.html",
        panel=panel,
        rules=panel.facts(),
        person=person,
        until=actions.term_of(db(), person),
        meetings=db().scalars(meetings_to_come(panel.id, now())).all() if person.status in SEATED else (),
        proof=proof_text(person),
        show_flashes=True,
    )


@blueprint.post("/buurtpanels/<slug:slug>/lid/aannemen")
@requires(Do.TAKE_SEAT, at=own_site)
def confirm(person: PanelPerson) -> ResponseReturnValue:
    """Take the seat."""
    slug = person.panel.slug
    outcome = actions.confirm_seat(db(), MEMBER, person, settings().secret_key, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_seats.member", slug=slug))
    flash(_("U bent nu lid van het panel. Dank u wel!"), "ok")
    return redirect(url_for("panel_seats.member", slug=slug), 303)


@blueprint.route("/buurtpanels/<slug:slug>/lid/afstaan", methods=["GET", "POST"])
@requires(Do.TAKE_SEAT, at=own_site)
def stop(person: PanelPerson) -> ResponseReturnValue:
    """Decline a seat, or stop as a member."""
    form = StopForm()
    if form.validate_on_submit():
        reason = LeaveReason(form.data["reason"])
        outcome = actions.give_up_seat(db(), MEMBER, person, reason, form.data["note"] or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Uw plaats is nu vrij. Dank u wel dat u het liet weten."), "ok")
            return redirect(url_for("panel_seats.member", slug=person.panel.slug), 303)
        form.refuse(outcome)
    return render_template("panel_seats/stop.html", panel=person.panel, person=person, form=form), form.http_status


def _page_of(panel: Buurtpanel, *, is_household: bool) -> str:
    return url_for("panel_registration.answer" if is_household else "panel_seats.member", slug=panel.slug)
