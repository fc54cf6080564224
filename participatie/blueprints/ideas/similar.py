"""Which addresses are there for ideas that look alike while somebody types, and for the language that an idea is in?"""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.ideas import mark_language as mark
from participatie.blueprints.ideas.idea_form import LanguageForm
from participatie.blueprints.ideas.routes import blueprint
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import requires
from participatie.web.clock import now
from participatie.web.forms import clean_line
from participatie.web.languages import locale_code
from participatie.web.login import actor
from participatie.web.similar import similar_ideas
from participatie.web.sites import idea_site, traject_site
from participatie.web.transaction import db

__all__ = ["blueprint"]

LONGEST = 200  # characters of what is typed so far


@blueprint.get("/trajecten/<slug:slug>/ideeen/lijkt-op")
@requires(Do.SUBMIT_IDEA, at=traject_site)
def alike(traject: Traject) -> ResponseReturnValue:
    """Give the ideas that look like what is typed so far, as data for the form."""
    typed = (clean_line(request.args.get("tekst")) or "")[:LONGEST]
    lang = request.args.get("in-taal") or locale_code()
    ideas = similar_ideas(traject.id, typed, "", lang) if typed else []
    return jsonify(
        [{"title": idea.title, "lang": idea.lang, "href": url_for("ideas.detail", idea_id=idea.id)} for idea in ideas]
    )


@blueprint.route("/ideeen/<int:idea_id>/taal", methods=["GET", "POST"])
@requires(Do.MARK_LANGUAGE, at=idea_site)
def mark_language(idea: Idea) -> ResponseReturnValue:
    """Say in which language an idea is, so that it is read aloud as it should be."""
    form = LanguageForm(data={"lang": idea.lang})
    if form.validate_on_submit():
        verdict = mark(db(), actor(), idea, form.lang.data, now())
        if not isinstance(verdict, Refused):
            flash(_("De taal is verbeterd."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    return render_template("ideas/mark_language.html", form=form, idea=idea), form.http_status
