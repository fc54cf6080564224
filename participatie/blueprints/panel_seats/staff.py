"""Which addresses are there for the staff of a panel: who sits there, what somebody said, and filling a seat that came free?"""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import seats as actions
from participatie.actions.buurtpanels.closing import close_panel, may_end
from participatie.actions.buurtpanels.pool import Registered
from participatie.actions.buurtpanels.without_lot import (
    begin_without_lot,
    has_room,
    seat_registered,
    seat_without_lot,
    usable_reserves,
)
from participatie.blueprints.panel_seats.forms import YES, FillForm, HeardForm, ReasonForm, undrawn_form
from participatie.blueprints.panel_seats.routes import blueprint
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelAnswer,
    PanelPerson,
    answers_of,
    changes_of,
    drawn_lot,
    free_seats,
    person_of,
    registered_for,
    seat_people,
)
from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.seats import SeatChannel, answer_by, left_as, may_begin_without_lot
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, requires
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.login import actor
from participatie.web.panel_composition import composed_words, counts_of
from participatie.web.panel_sites import panel_site
from participatie.web.refusals import refusal_page, sentence
from participatie.web.sites import found
from participatie.web.transaction import db

#: The addresses of the other file of this blueprint, with those below added.
__all__ = ["blueprint"]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody who has or had a seat. `until` is the last moment to answer; `said` the last that they said about it."""

    person: PanelPerson
    until: datetime | None
    is_overdue: bool
    said: PanelAnswer | None


def seat_site(slug: str, person_id: int) -> Site:
    """Somebody of a panel, for what the staff hears about a seat."""
    site = panel_site(slug)
    return replace(site, subject=found(person_of(site.subject.id, person_id)))


@blueprint.get("/buurtpanels/<slug:slug>/leden")
@requires(Do.REPLACE_MEMBER, at=panel_site)
def overview(panel: Buurtpanel) -> ResponseReturnValue:
    """Show who was drawn, who takes the seat, who does not, and which seat is free."""
    rows = _rows(panel)
    seated = [row.person for row in rows if left_as(row.person.status)]
    undrawn = {row.person.id for row in rows if row.said is not None and row.said.without_lot}
    has_lot = db().execute(drawn_lot(panel.id)).first() is not None
    counts = counts_of(panel.facts().seats, seated, undrawn, has_lot=has_lot)
    ends = may_end(db(), panel) if panel.status is PanelStatus.SITTING else None
    free = db().scalars(free_seats(panel.id)).all()
    form = FillForm(formdata=None, change=free[0].id) if free else None
    return render_template(
        "panel_seats/overview.html",
        panel=panel,
        rows=rows,
        counts=counts,
        words=composed_words(counts),
        free=free,
        form=form,
        reserves=usable_reserves(db(), panel),
        has_lot=has_lot,
        waiting=db().scalars(registered_for(panel.id)).all() if not has_lot else (),
        not_yet=sentence(ends) if isinstance(ends, Refused) else None,
        show_flashes=True,
    )


@blueprint.route("/buurtpanels/<slug:slug>/leden/<int:person_id>", methods=["GET", "POST"])
@requires(Do.REPLACE_MEMBER, at=seat_site)
def heard(person: PanelPerson) -> ResponseReturnValue:
    """Write down what somebody said about a seat."""
    panel = person.panel
    if left_as(person.status) is None:
        abort(404)
    until = actions.term_of(db(), person)
    form = HeardForm()
    form.offer(person.status, overdue=until is not None and now() >= until)
    if form.validate_on_submit():
        channel = SeatChannel(form.data["channel"])
        outcome: object
        if form.data["answer"] == YES:
            outcome = actions.confirm_for(db(), actor(), person, channel, settings().secret_key, now())
        else:
            reason = LeaveReason(form.data["answer"])
            outcome = actions.give_up_for(db(), actor(), person, reason, channel, now())
        if not isinstance(outcome, Refused):
            flash(_("Het antwoord van %(name)s is bewaard.", name=person.name), "ok")
            return redirect(url_for("panel_seats.overview", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template("panel_seats/heard.html", panel=panel, person=person, form=form), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/leden/vervangen")
@requires(Do.REPLACE_MEMBER, at=panel_site)
def fill(panel: Buurtpanel) -> ResponseReturnValue:
    """Ask the next reserve for a seat that came free: whom the lot and the quotas say."""
    form = FillForm()
    form.validate()
    outcome = actions.fill_seat(db(), actor(), panel, form.change.data or 0, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_seats.overview", slug=panel.slug))
    flash(_("De volgende van de reservelijst heeft nu de plaats. Wie een e-mailadres gaf, krijgt bericht."), "ok")
    return redirect(url_for("panel_seats.overview", slug=panel.slug), 303)


@blueprint.route("/buurtpanels/<slug:slug>/leden/zonder-loting", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
def add(panel: Buurtpanel) -> ResponseReturnValue:
    """Give somebody a seat whom nobody drew, and show their code this once."""
    early = has_room(db(), panel, Recruitment.OTHER)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("panel_seats.overview", slug=panel.slug))
    form = undrawn_form(panel.facts())
    if form.validate_on_submit():
        outcome = seat_without_lot(
            db(), actor(), panel, form.told(), Recruitment(form.data["source"]), SeatChannel(form.data["channel"]),
            settings().secret_key, now(), consents=form.consent.data,
        )  # fmt: skip
        if not isinstance(outcome, Refused):
            return _with_code(panel, outcome)
        form.refuse(outcome)
    return render_template("panel_seats/add.html", panel=panel, form=form), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/leden/<int:person_id>/plaats")
@requires(Do.MANAGE_PANEL, at=seat_site)
def seat(person: PanelPerson) -> ResponseReturnValue:
    """Give somebody who registered a seat on a panel that has no lot."""
    slug = person.panel.slug
    outcome = seat_registered(db(), actor(), person, SeatChannel.DESK, settings().secret_key, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_seats.overview", slug=slug))
    flash(_("%(name)s heeft nu een plaats in het panel.", name=person.name), "ok")
    return redirect(url_for("panel_seats.overview", slug=slug), 303)


@blueprint.route("/buurtpanels/<slug:slug>/leden/zonder-loting-beginnen", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
def begin(panel: Buurtpanel) -> ResponseReturnValue:
    """Begin a panel whose members come from networks, with the reason in public."""
    early = may_begin_without_lot(panel.status, panel.title)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("panel_seats.overview", slug=panel.slug))
    form = ReasonForm()
    if form.validate_on_submit():
        outcome = begin_without_lot(db(), actor(), panel, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            flash(_("Het panel is begonnen. Op de pagina staat dat er niet is geloot."), "ok")
            return redirect(url_for("panel_seats.overview", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template("panel_seats/begin.html", panel=panel, form=form), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/leden/afsluiten")
@requires(Do.MANAGE_PANEL, at=panel_site)
def close(panel: Buurtpanel) -> ResponseReturnValue:
    """End a panel."""
    outcome = close_panel(db(), actor(), panel, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_seats.overview", slug=panel.slug))
    flash(_("Het panel is afgesloten."), "ok")
    return redirect(url_for("panel_seats.overview", slug=panel.slug), 303)


def _with_code(panel: Buurtpanel, seated: Registered) -> str:
    return render_template("panel_seats/_added.html", panel=panel, seated=seated)


def _rows(panel: Buurtpanel) -> list[SeatRow]:
    people = db().scalars(seat_people(panel.id)).all()
    said = {answer.person_id: answer for answer in db().scalars(answers_of(panel.id))}
    lot = db().execute(drawn_lot(panel.id)).first()
    came = {change.joined_leaf: change.replaced_at for change in db().scalars(changes_of(panel.id))}
    rows = []
    for person in people:
        since = came.get(person.leaf) or (lot.entered_at if lot is not None else None)
        is_asked = person.status is MemberStatus.DRAWN and since is not None
        until = answer_by(since) if is_asked and since is not None else None
        rows.append(SeatRow(person, until, until is not None and now() >= until, said.get(person.id)))
    # Whoever should have answered stands on top, then whoever still can.
    return sorted(rows, key=lambda row: (not row.is_overdue, row.person.status is not MemberStatus.DRAWN))
