"""Which addresses are there for the balance of a traject?"""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import balance as actions
from participatie.actions import profile
from participatie.blueprints.balance.forms import BalanceForm, about_me_form
from participatie.models.announcements import announcements_of_kind
from participatie.models.balance import self_answered
from participatie.models.trajecten import Traject
from participatie.spelregels.balance import BalanceAct
from participatie.spelregels.permissions import Do
from participatie.spelregels.trajecten import Announced, is_running
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now
from participatie.web.login import account, actor
from participatie.web.sites import traject_site
from participatie.web.transaction import db

blueprint = Blueprint("balance", __name__)


@blueprint.get("/trajecten/<slug:slug>/balans")
@requires(Do.READ_BALANCE, at=traject_site)
def overview(traject: Traject) -> ResponseReturnValue:
    """Show who puts in how much, who takes part beside who lives there, and what was done about it."""
    return _overview(traject, BalanceForm())


@blueprint.post("/trajecten/<slug:slug>/balans")
@requires(Do.ACT_ON_BALANCE, at=traject_site)
def act(traject: Traject) -> ResponseReturnValue:
    """Say in public what is done about one side that holds too much, or why it may stay so."""
    form = BalanceForm()
    if form.validate_on_submit():
        what = BalanceAct(form.act.data)
        outcome = actions.act_on_balance(db(), actor(), traject, what, form.reason.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Dit staat nu op de pagina van het traject. Wie meedoet, krijgt een e-mail."), "ok")
            return redirect(url_for("balance.overview", slug=traject.slug), 303)
        form.refuse(outcome)
    return _overview(traject, form), form.http_status


def _overview(traject: Traject, form: BalanceForm) -> str:
    balance = actions.balance_of_traject(db(), traject)
    threshold = traject.ruleset().dominance_percent
    site = Site(traject, traject.facts().place_at(now()))
    return render_template(
        "balance/overview.html",
        traject=traject,
        form=form,
        balance=balance,
        threshold=threshold,
        over=balance.over(threshold),
        may_act=bool(may_here(Do.ACT_ON_BALANCE, site) and is_running(traject.status)),
        represented=profile.represented(db(), traject),
        told=db().scalars(announcements_of_kind(traject.id, Announced.BALANCE)).all(),
    )


@blueprint.route("/trajecten/<slug:slug>/over-mij", methods=["GET", "POST"])
@requires(Do.TELL_ABOUT_SELF, at=traject_site)
def about_me(traject: Traject) -> ResponseReturnValue:
    """Let somebody answer free questions about themselves, once."""
    features = profile.features_of(db(), traject.area)
    if not features:
        abort(404)
    form = about_me_form(features)
    if form.validate_on_submit():
        outcome = profile.tell_about_self(db(), account(), traject, form.answers(), now())
        if not isinstance(outcome, Refused):
            flash(_("Dank u wel. Uw antwoorden zijn geteld."), "ok")
            return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
        form.refuse(outcome)
    already = db().scalar(self_answered(traject.id, account().id)) is not None
    return render_template("balance/about_me.html", traject=traject, form=form, already=already), form.http_status
