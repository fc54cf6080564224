"""Which addresses are there to register for a panel: with the letter of a household, and for staff at a desk?"""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import registering as actions
from participatie.actions.buurtpanels.pool import Registered
from participatie.blueprints.panel_registration.forms import (
    AnswerForm,
    ChangeForm,
    EnterForm,
    NoThanksForm,
    PersonForm,
    TakeBackForm,
    of_panel,
)
from participatie.blueprints.panel_registration.sites import home_site, own_site, panel_person_site
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelHousehold,
    PanelPerson,
    count_found_people,
    count_in_household,
    features_told,
    found_people,
    households_by_status,
    meetings_to_come,
    no_thanks_for,
    people_by_channel,
    people_by_status,
)
from participatie.spelregels.buurtpanels.members import MemberStatus, ReplyChannel, may_register
from participatie.spelregels.buurtpanels.registration import household_key
from participatie.spelregels.permissions import Actor, Do
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.access import may_here, requires
from participatie.web.clock import now
from participatie.web.forms import clean_line
from participatie.web.installation import settings
from participatie.web.login import actor
from participatie.web.paging import page_of
from participatie.web.panel_letters import entrance
from participatie.web.panel_members import leave
from participatie.web.panel_pool import feature_rows, kept_until
from participatie.web.panel_sites import panel_site, site_of_panel
from participatie.web.refusals import refusal_page, sentence
from participatie.web.transaction import db
from participatie.web.voting_links import square_path

blueprint = Blueprint("panel_registration", __name__)

NO_THANKS_SHOWN = 20
MEMBER = Actor(is_panel_member=True)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave no name and no code in the memory of a browser or of a machine in between."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/buurtpanels/<slug:slug>/meedoen", methods=["GET", "POST"])
@requires(Do.ANSWER_INVITATION, at=home_site)
def answer(home: PanelHousehold) -> ResponseReturnValue:
    """Let somebody with a letter read what the panel is for, and register; several of one household may."""
    panel = home.panel
    rules = panel.facts()
    form = of_panel(AnswerForm, rules)
    if form.validate_on_submit():
        outcome = actions.register(
            db(), MEMBER, panel, form.told(), settings().secret_key, now(), home=home, consents=bool(form.consent.data)
        )
        if not isinstance(outcome, Refused):
            return _registered(panel, outcome, url_for("panel_registration.answer", slug=panel.slug))
        _refuse(form, outcome)
    return _answer_page(panel, home, form, NoThanksForm()), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/meedoen/niet")
@requires(Do.ANSWER_INVITATION, at=home_site)
def decline(home: PanelHousehold) -> ResponseReturnValue:
    """Let an address say that nobody there takes part."""
    panel = home.panel
    form = NoThanksForm()
    if form.validate_on_submit():
        outcome = actions.say_no(db(), MEMBER, panel, home, form.data["reason"] or "", now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("panel_registration.answer", slug=panel.slug), 303)
        form.refuse(outcome)
    # Its own form failed; the other one is as empty as before.
    return _answer_page(panel, home, None, form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/meedoen/wijzigen", methods=["GET", "POST"])
@requires(Do.ANSWER_INVITATION, at=own_site)
def change(person: PanelPerson) -> ResponseReturnValue:
    """Let somebody with a personal code change what they told, until the pool is frozen."""
    panel = person.panel
    closed = _closed(panel, person)
    if closed is not None:
        return refusal_page(closed, url_for("panel_seats.member", slug=panel.slug))
    form = of_panel(ChangeForm, panel.facts(), person)
    if form.validate_on_submit():
        outcome = actions.change_registration(db(), MEMBER, panel, person, form.told(), settings().secret_key, now())
        if not isinstance(outcome, Refused):
            flash(_("Uw aanmelding is veranderd."), "ok")
            return redirect(url_for("panel_seats.member", slug=panel.slug), 303)
        _refuse(form, outcome)
    return render_template(
        "panel_registration/change.html", panel=panel, form=form, back=TakeBackForm()
    ), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/meedoen/terugnemen")
@requires(Do.ANSWER_INVITATION, at=own_site)
def take_back(person: PanelPerson) -> ResponseReturnValue:
    """Let somebody take their registration back; their code stops."""
    panel = person.panel
    outcome = actions.take_back_registration(db(), MEMBER, panel, person, now(), own=True)
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_seats.member", slug=panel.slug))
    leave()
    flash(_("Uw aanmelding is teruggenomen. Wat u invulde, is verwijderd."), "ok")
    return redirect(url_for("panel_seats.enter", slug=panel.slug), 303)


@blueprint.get("/buurtpanels/<slug:slug>/aanmeldingen")
@requires(Do.ENTER_REGISTRATION, at=panel_site)
def overview(panel: Buurtpanel) -> ResponseReturnValue:
    """Show staff how the registration goes, in numbers: by status, way, language, and feature beside the quotas."""
    rules, manages = panel.facts(), bool(may_here(Do.MANAGE_PANEL, site_of_panel(panel)))
    verdict = may_register(panel.status)
    return render_template(
        "panel_registration/overview.html",
        panel=panel,
        rules=rules,
        statuses=db().execute(people_by_status(panel.id)).all(),
        channels=db().execute(people_by_channel(panel.id)).all(),
        households=db().execute(households_by_status(panel.id)).all(),
        features=feature_rows(rules, db().scalars(features_told(panel.id)).all()),
        reasons=db().scalars(no_thanks_for(panel.id, NO_THANKS_SHOWN)).all() if manages else (),
        manages=manages,
        closed=sentence(verdict) if isinstance(verdict, Refused) else None,
        goes_on=kept_until(panel),
    )


@blueprint.get("/buurtpanels/<slug:slug>/aanmeldingen/mensen")
@requires(Do.MANAGE_PANEL, at=panel_site)
def people(panel: Buurtpanel) -> ResponseReturnValue:
    """Show who registered, by name, to be found by a part of it."""
    part = clean_line(request.args.get("naam")) or ""
    return render_template(
        "panel_registration/people.html",
        panel=panel,
        page=page_of(found_people(panel.id, part), count_found_people(panel.id, part)),
        part=part,
        may_remove=bool(may_register(panel.status)),
        registered=MemberStatus.REGISTERED,
    )


@blueprint.post("/buurtpanels/<slug:slug>/aanmeldingen/<int:person_id>/terugnemen")
@requires(Do.MANAGE_PANEL, at=panel_person_site)
def take_back_for(person: PanelPerson) -> ResponseReturnValue:
    """Take back the registration of somebody who asked for that."""
    outcome = actions.take_back_registration(db(), actor(), person.panel, person, now(), own=False)
    where = url_for("panel_registration.people", slug=person.panel.slug)
    if isinstance(outcome, Refused):
        return refusal_page(outcome, where)
    flash(_("De aanmelding is teruggenomen. Wat we van deze persoon wisten, is verwijderd."), "ok")
    return redirect(where, 303)


@blueprint.route("/buurtpanels/<slug:slug>/aanmeldingen/invoeren", methods=["GET", "POST"])
@requires(Do.ENTER_REGISTRATION, at=panel_site)
def enter(panel: Buurtpanel) -> ResponseReturnValue:
    """Register somebody at a desk or from paper, one after another."""
    verdict = may_register(panel.status)
    if isinstance(verdict, Refused):
        return refusal_page(verdict, url_for("panel_registration.overview", slug=panel.slug))
    form = of_panel(EnterForm, panel.facts())
    if form.validate_on_submit():
        outcome = actions.register_by_kenmerk(
            db(), actor(), panel, form.data["kenmerk"] or "", form.told(), settings().secret_key, now(),
            consents=bool(form.consent.data), channel=ReplyChannel(form.data["channel"]), source=form.recruitment(),
        )  # fmt: skip
        if not isinstance(outcome, Refused):
            return _registered(panel, outcome, url_for("panel_registration.enter", slug=panel.slug), by_staff=True)
        _refuse(form, outcome)
    return render_template(
        "panel_registration/enter.html", panel=panel, rules=panel.facts(), form=form
    ), form.http_status


def _answer_page(panel: Buurtpanel, home: PanelHousehold, form: PersonForm | None, no: NoThanksForm) -> str:
    rules = panel.facts()
    verdict = may_register(panel.status)
    key = household_key(settings().secret_key, panel.id, home.postcode, home.address)
    return render_template(
        "panel_registration/answer.html",
        panel=panel,
        rules=rules,
        home=home,
        form=form or of_panel(AnswerForm, rules, fresh=True),
        no=no,
        there=db().scalar(count_in_household(panel.id, key)) if key else 0,
        meetings=db().scalars(meetings_to_come(panel.id, now())).all(),
        closed=sentence(verdict) if isinstance(verdict, Refused) else None,
        goes_on=kept_until(panel),
    )


def _registered(panel: Buurtpanel, outcome: Registered, again: str, *, by_staff: bool = False) -> ResponseReturnValue:
    """Show the code and the proof of somebody who has just registered, this once."""
    return render_template(
        "panel_registration/_registered.html",
        panel=panel,
        rules=panel.facts(),
        person=outcome.person,
        code=str(outcome.code),
        proof=outcome.proof(),
        square=square_path(entrance(settings().public_url, panel.slug, outcome.code)),
        again=again,
        by_staff=by_staff,
    )


def _refuse(form: PersonForm, outcome: Refused) -> None:
    fields = {
        Refusal.PANEL_CONTACT_MISSING: form.email,
        Refusal.PANEL_REGISTERED_TWICE: form.name,
        Refusal.PANEL_KENMERK_UNKNOWN: getattr(form, "kenmerk", None),
    }
    form.refuse(outcome, fields.get(outcome.code))


def _closed(panel: Buurtpanel, person: PanelPerson) -> Refused | None:
    verdict = may_register(panel.status)
    if isinstance(verdict, Refused):
        return verdict
    return None if person.status is MemberStatus.REGISTERED else Refused(Refusal.MEMBER_NOT_THERE)
