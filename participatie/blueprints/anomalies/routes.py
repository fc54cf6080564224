"""Which addresses are there for whoever watches over a vote: what stands out, and revoking a batch of codes?"""

from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import votes as actions
from participatie.blueprints.anomalies.charts import batches_of, hours_of, networks_of, wrong_codes_of
from participatie.blueprints.anomalies.forms import RevokeForm
from participatie.models.votes import CodeBatch, batch_of_round, codes_by_batch, network_salt, revocations
from participatie.models.wijkbudget import Round
from participatie.spelregels import anomalies as rules
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import WRONG_CODES_PER_HOUR
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, voted_round_site
from participatie.web.transaction import db

blueprint = Blueprint("anomalies", __name__)


@dataclass(frozen=True, slots=True)
class BatchHere:
    """A batch of codes with its round."""

    round: Round
    batch: CodeBatch


def batch_site(slug: str, batch_id: int) -> Site:
    """A batch of codes. The votes of accounts are no batch that anybody handed out, and cannot be revoked as one."""
    site = voted_round_site(slug)
    batch = found(batch_of_round(site.subject.id, batch_id))
    if batch.purpose is BatchPurpose.ACCOUNT:
        abort(404)
    return replace(site, subject=BatchHere(site.subject, batch))


@blueprint.get("/wijkbudget/<slug:slug>/opvallend")
@requires(Do.READ_ANOMALIES, at=voted_round_site)
def overview(budget_round: Round) -> ResponseReturnValue:
    """Show how the ballots came in, for people to judge. How the plans stand is nowhere in it."""
    salt = db().scalar(network_salt(budget_round.id))
    closes_at = budget_round.clock().closes_at
    forget_at = salt.forget_at if salt is not None else rules.networks_forgotten_at(closes_at)
    site = Site(budget_round, budget_round.traject.facts().place_at(now()))
    return render_template(
        "anomalies/overview.html",
        round=budget_round,
        hours=hours_of(budget_round),
        batches=batches_of(budget_round),
        networks=networks_of(budget_round),
        wrong_codes=wrong_codes_of(budget_round),
        revoked={each.batch_id: each for each in db().scalars(revocations(budget_round.id))},
        revokes=bool(may_here(Do.REVOKE_BATCH, site)),
        forget_at=forget_at,
        is_forgotten=now() >= forget_at,
        rules=rules,
        most_wrong=WRONG_CODES_PER_HOUR,
    )


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes/<int:batch_id>/intrekken", methods=["GET", "POST"])
@requires(Do.REVOKE_BATCH, at=batch_site)
def revoke(here: BatchHere) -> ResponseReturnValue:
    """Revoke a batch in two steps: say why and read what happens, then confirm."""
    early = actions.may_revoke_now(db(), here.round, here.batch, "-")
    if isinstance(early, Refused):
        return refusal_page(early, url_for("anomalies.overview", slug=here.round.slug))
    form = RevokeForm()
    is_read_back = False
    if form.validate_on_submit():
        if request.form.get("stap") != "zeker":
            is_read_back = True
        else:
            outcome = actions.revoke_batch(db(), actor(), here.round, here.batch, form.data["reason"], now())
            if not isinstance(outcome, Refused):
                flash(_("De codes zijn ingetrokken. Uw reden staat op de pagina van de stemming."), "ok")
                return redirect(url_for("anomalies.overview", slug=here.round.slug), 303)
            form.refuse(outcome)
    counts = {batch.id: (codes, used) for batch, codes, used in db().execute(codes_by_batch(here.round.id))}
    codes, used = counts[here.batch.id]
    page = render_template(
        "anomalies/revoke.html",
        round=here.round, batch=here.batch, form=form, codes=codes, used=used, few=rules.FEWEST_SHOWN,
        is_read_back=is_read_back,
    )  # fmt: skip
    return page, 200 if is_read_back else form.http_status
