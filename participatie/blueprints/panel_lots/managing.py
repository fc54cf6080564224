"""Which addresses are there for whoever runs a lot: bind it, enter its number, take it back, and the sealed list?"""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels.lot_bundles import sealed_list
from participatie.actions.buurtpanels.lots import CannotDraw, bind_lot, may_ask_lot, withdraw_lot
from participatie.actions.buurtpanels.numbers import enter_number
from participatie.blueprints.panel_lots.forms import InvitationForm, LotForm, NumberForm, WithdrawForm
from participatie.blueprints.panel_lots.reasons import sentences_of
from participatie.blueprints.panel_lots.routes import blueprint
from participatie.blueprints.panel_lots.showing import shown_lot
from participatie.blueprints.panel_lots.sites import lot_site, named
from participatie.models.buurtpanels import Buurtpanel, PanelLot
from participatie.spelregels.buurtpanels.lots import LATEST, SOONEST, LotKind, may_enter_number, may_withdraw
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import requires
from participatie.web.clock import AMSTERDAM, now
from participatie.web.downloads import download
from participatie.web.login import actor
from participatie.web.panel_sites import panel_site
from participatie.web.refusals import refusal_page
from participatie.web.transaction import db

#: The addresses of routes.py, with those below added.
__all__ = ["blueprint"]


@blueprint.route("/buurtpanels/<slug:slug>/loting/nieuw/adressen", methods=["GET", "POST"])
@requires(Do.BIND_LOT, at=panel_site)
def bind_addresses(panel: Buurtpanel) -> ResponseReturnValue:
    """Bind the lot of the addresses that get an invitation."""
    return _bind(panel, LotKind.INVITATION)


@blueprint.route("/buurtpanels/<slug:slug>/loting/nieuw/leden", methods=["GET", "POST"])
@requires(Do.BIND_LOT, at=panel_site)
def bind_members(panel: Buurtpanel) -> ResponseReturnValue:
    """Freeze the pool and let the lot of the members be prepared."""
    return _bind(panel, LotKind.SELECTION)


@blueprint.route("/buurtpanels/<slug:slug>/loting/<slug:lot>/getal", methods=["GET", "POST"])
@requires(Do.ENTER_NUMBER, at=lot_site)
def number(lot: PanelLot) -> ResponseReturnValue:
    """Enter the number; the outcome follows by itself."""
    form = NumberForm()
    if form.validate_on_submit():
        outcome = enter_number(db(), actor(), lot, form.data["number"], now())
        if not isinstance(outcome, Refused):
            flash(_("Het getal is ingevoerd. Dit is de uitkomst."), "ok")
            return redirect(_page_of(lot), 303)
        form.refuse(outcome)
    else:
        early = may_enter_number(lot.status, lot.due_at, now())
        if isinstance(early, Refused) and not form.is_submitted():
            return refusal_page(early, _page_of(lot))
    return render_template(
        "panel_lots/number.html", panel=lot.panel, lot=lot, shown=shown_lot(lot, now()), form=form
    ), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/loting/<slug:lot>/intrekken", methods=["GET", "POST"])
@requires(Do.BIND_LOT, at=lot_site)
def withdraw(lot: PanelLot) -> ResponseReturnValue:
    """Take a lot back before its number is there, with a reason that everybody reads."""
    form = WithdrawForm()
    if form.validate_on_submit():
        outcome = withdraw_lot(db(), actor(), lot, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            flash(_("De loting is ingetrokken."), "ok")
            return redirect(_page_of(lot), 303)
        form.refuse(outcome)
    else:
        early = may_withdraw(lot.status, lot.due_at, now(), "-")
        if isinstance(early, Refused):
            return refusal_page(early, _page_of(lot))
    return render_template(
        "panel_lots/withdraw.html", panel=lot.panel, lot=lot, name=named(lot), form=form
    ), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/loting/<slug:lot>/verzegeld.csv")
@requires(Do.ENTER_NUMBER, at=lot_site)
def sealed(lot: PanelLot) -> ResponseReturnValue:
    """Give the sealed list to an auditor of the raad or the college; that leaves a row in the log."""
    content = sealed_list(db(), actor(), lot, now())
    if isinstance(content, Refused):
        return refusal_page(content, _page_of(lot))
    return download(content, "text/csv", f"verzegeld-{lot.panel.slug}-{named(lot)}.csv")


def _bind(panel: Buurtpanel, kind: LotKind) -> ResponseReturnValue:
    tomorrow = now() + timedelta(days=1)
    form_class = InvitationForm if kind is LotKind.INVITATION else LotForm
    form = form_class(due_at=tomorrow.astimezone(AMSTERDAM).replace(minute=0, second=0, microsecond=0, tzinfo=None))
    if form.validate_on_submit():
        outcome = bind_lot(db(), actor(), panel, form.request(kind), now())
        if isinstance(outcome, Refused):
            form.refuse(outcome)
        elif isinstance(outcome, CannotDraw):
            form.form_errors.extend(sentences_of(outcome))
        else:
            return redirect(_page_of(outcome), 303)
    elif not form.is_submitted():
        early = may_ask_lot(db(), panel, kind, now(), tomorrow)
        if early is not None:
            return refusal_page(early, url_for("panel_lots.overview", slug=panel.slug))
    return render_template(
        "panel_lots/bind_addresses.html" if kind is LotKind.INVITATION else "panel_lots/bind_members.html",
        panel=panel,
        rules=panel.facts(),
        form=form,
        invites=kind is LotKind.INVITATION,
        soonest=SOONEST // timedelta(minutes=1),
        latest=LATEST.days,
    ), form.http_status


def _page_of(lot: PanelLot) -> str:
    return url_for("panel_lots.lot", slug=lot.panel.slug, lot=named(lot))
