"""Which addresses are there for photos: to add one to an idea, to look at it, and to take it away?"""

from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from participatie.actions import photos as actions
from participatie.actions.pictures import Picture, make_picture
from participatie.blueprints.photos.forms import PhotoForm, TakeAwayForm
from participatie.models.ideas import Idea
from participatie.models.photos import (
    DIGEST_LENGTH,
    Photo,
    photo_by_address,
    photo_content,
    photos_of,
    public_photo_content,
)
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do
from participatie.spelregels.photos import MOST_PHOTOS, may_add_photo, too_large
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, open_to, requires
from participatie.web.clock import now
from participatie.web.login import account
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, idea_site, photo_site
from participatie.web.transaction import db, let_go
from participatie.web.uploads import takes_photo

blueprint = Blueprint("photos", __name__)

YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get(f"/fotos/<int:photo_id>/<string(length={DIGEST_LENGTH}):digest>-<int:size>.webp")
@open_to(Audience.EVERYONE)
def show(photo_id: int, digest: str, size: int) -> ResponseReturnValue:
    """Send a photo. What is at an address never changes, so a browser keeps it and asks no more.

    Only the browser does: what stands between would go on showing a photo that was taken away.
    """
    content = db().scalar(public_photo_content(photo_id, digest, size))
    if content is not None:
        response = Response(content, mimetype="image/webp")
        response.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
        response.set_etag(f"{digest}-{size}")
        return response.make_conditional(request)
    photo = found(photo_by_address(photo_id, digest))
    # Of a hidden idea, its author and the moderators who may put it back see the photos, as they read the text.
    idea: Idea = idea_site(photo.idea_id).subject
    content = db().scalar(photo_content(photo_id, size))
    if idea.hidden_at is None or idea.status is IdeaStatus.WITHDRAWN or content is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(content, mimetype="image/webp", headers={"Cache-Control": "no-store"})


@blueprint.route("/ideeen/<int:idea_id>/fotos/nieuw", methods=["GET", "POST"])
@requires(Do.ADD_PHOTO, at=idea_site)
@takes_photo
def add(idea: Idea) -> ResponseReturnValue:
    """Add a photo to one's own idea."""
    there = db().scalars(photos_of(idea.id)).all()
    verdict = may_add_photo(idea.facts(), account().id, photos=len(there), alt="-")
    if request.method == "GET" and isinstance(verdict, Refused):
        return refusal_page(verdict, url_for("ideas.detail", idea_id=idea.id))
    form = PhotoForm(data={"lang": idea.lang})
    if form.validate_on_submit():
        # Making the photo takes a second, in which others write.
        let_go()
        picture = _picture_of(form.photo.data)
        outcome = (
            picture
            if isinstance(picture, Refused)
            else actions.add_photo(db(), account(), idea, picture, form.alt.data or "", form.lang.data, now())
        )
        if not isinstance(outcome, Refused):
            flash(_("De foto staat bij uw idee."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(outcome)
    page = render_template("photos/add.html", form=form, idea=idea, left=MOST_PHOTOS - len(there))
    return page, form.http_status


@blueprint.route("/ideeen/<int:idea_id>/fotos/<int:photo_id>/weghalen", methods=["GET", "POST"])
@requires(Do.REMOVE_PHOTO, at=photo_site)
def remove(photo: Photo) -> ResponseReturnValue:
    """Take a photo away: an author is asked whether they are sure, a moderator for the house rule and the reason."""
    is_author = photo.idea.author_id == account().id
    form = None if is_author else TakeAwayForm()
    if request.method == "POST" and (form is None or form.validate()):
        rule = HouseRule(form.house_rule.data) if form else None
        reason = form.reason.data or "" if form else ""
        outcome = actions.remove_photo(db(), account(), photo, rule, reason, now())
        if not isinstance(outcome, Refused):
            flash(_("De foto is weg."), "ok")
            return redirect(url_for("ideas.detail", idea_id=outcome.id), 303)
        if form is None:
            return refusal_page(outcome)
        form.refuse(outcome)
    page = render_template("photos/remove.html", form=form, photo=photo, idea=photo.idea)
    return page, form.http_status if form else HTTPStatus.OK


def _picture_of(file: FileStorage) -> Picture | Refused:
    return too_large() if getattr(file.stream, "is_too_large", False) else make_picture(file.stream)
