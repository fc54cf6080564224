"""Which addresses does only a demo have? A mailbox anybody can read; it never leaves this machine (see settings)."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from participatie.models.outbox import newest_mail
from participatie.settings import Settings
from participatie.web.access import Audience, open_to
from participatie.web.mail import render_mail
from participatie.web.transaction import db

blueprint = Blueprint("demo", __name__)

SHOWN = 30


@blueprint.get("/demo/postvak")
@open_to(Audience.EVERYONE)
def mailbox() -> ResponseReturnValue:
    """Show the last mail as its readers would get it."""
    settings: Settings = current_app.extensions["participatie.settings"]
    mails = [
        (row, render_mail(row.template, row.locale, row.facts, settings)) for row in db().scalars(newest_mail(SHOWN))
    ]
    return render_template("demo/mailbox.html", mails=mails)
