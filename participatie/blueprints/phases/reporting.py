"""Which addresses are there for the final report: to read, on paper, as an archive, to write and to correct?"""

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.report_archive import ideas_in
from participatie.actions.reporting import correct_report, publish_report, report_facts, save_report_draft
from participatie.blueprints.phases.report_form import ReportForm, report_form
from participatie.blueprints.phases.shown import ShownReport, of_report, shown_version, shown_with
from participatie.blueprints.phases.telling import blueprint
from participatie.models.announcements import Report, report_of
from participatie.models.reports import hidden_ideas_of, report_draft_of, report_version, report_versions
from participatie.models.trajecten import VERSION_BY_SLUG, Traject
from participatie.spelregels.permissions import Do
from participatie.spelregels.reporting import Part
from participatie.spelregels.verdicts import Refused
from participatie.verification.archive import pack_archive
from participatie.web.access import Audience, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, public_traject, traject_site
from participatie.web.transaction import db

__all__ = ["blueprint"]


@blueprint.get("/trajecten/<slug:slug>/verslag")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def report(slug: str) -> ResponseReturnValue:
    """Show the final report: what was done with what people put in and what not, and the figures of that day."""
    traject = public_traject(slug)
    versions = db().scalars(report_versions(traject.id)).all()
    shown = _version(traject, versions[0].number) if versions else of_report(found(report_of(traject.id)))
    return render_template("phases/report.html", parts=list(Part), traject=traject, report=shown, versions=versions)


@blueprint.get("/trajecten/<slug:slug>/verslag/versies/<int:number>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def earlier_report(slug: str, number: int) -> ResponseReturnValue:
    """Show a version of the report as it was published."""
    traject = public_traject(slug)
    versions = db().scalars(report_versions(traject.id)).all()
    return render_template(
        "phases/earlier_report.html",
        parts=list(Part),
        traject=traject,
        report=_version(traject, number),
        versions=versions,
    )


@blueprint.get("/trajecten/<slug:slug>/verslag/afdrukken")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def report_on_paper(slug: str) -> ResponseReturnValue:
    """Show the report on sheets of paper."""
    traject = public_traject(slug)
    newest = found(report_versions(traject.id).limit(1))
    return render_template(
        "phases/report_on_paper.html", parts=list(Part), traject=traject, report=_version(traject, newest.number)
    )


@blueprint.get("/trajecten/<slug:slug>/verslag/versies/<int:number>/archief.zip")
@open_to(Audience.EVERYONE)
def report_archive(slug: str, number: int) -> ResponseReturnValue:
    """Give the archive of a version; ideas that are hidden now are left out, and their hashes stay."""
    traject = public_traject(slug)
    version = found(report_version(traject.id, number))
    hidden = {str(idea_id) for idea_id in db().scalars(hidden_ideas_of(traject.id))}
    package = pack_archive(version.manifest, version.files, version.ideas, without=hidden)
    return download(package, "application/zip", f"wijkverslag-{traject.slug}-{version.number}.zip")


@blueprint.route("/trajecten/<slug:slug>/verslag-schrijven", methods=["GET", "POST"])
@requires(Do.PUBLISH_REPORT, at=traject_site)
def write_report(traject: Traject) -> ResponseReturnValue:
    """Write the final report beside its figures, keep it as a draft, publish it, or correct it."""
    published = db().scalar(report_of(traject.id))
    form = report_form(_typed_before(traject, published), published)
    if form.is_submitted() and (form.save.data or form.look.data):
        kept = save_report_draft(db(), actor(), traject, form.texts(), now())
        if isinstance(kept, Refused):
            return refusal_page(kept)
        flash(_("Uw concept is bewaard."), "ok")
        view = "phases.report_draft" if form.look.data else "phases.write_report"
        return redirect(url_for(view, slug=traject.slug), 303)
    if form.validate_on_submit():
        outcome = _publish(traject, published, form)
        if not isinstance(outcome, Refused):
            flash(_("Het eindverslag staat online. Iedereen die meedoet krijgt een e-mail."), "ok")
            return redirect(url_for("phases.report", slug=traject.slug), 303)
        form.refuse(outcome)
    page = render_template(
        "phases/write_report.html", parts=list(Part), form=form, traject=traject, report=_now(traject, {})
    )
    return page, form.http_status


@blueprint.get("/trajecten/<slug:slug>/verslag-voorbeeld")
@requires(Do.PUBLISH_REPORT, at=traject_site)
def report_draft(traject: Traject) -> ResponseReturnValue:
    """Show the report as it would be published now."""
    typed = _typed_before(traject, db().scalar(report_of(traject.id)))
    return render_template("phases/report_draft.html", parts=list(Part), traject=traject, report=_now(traject, typed))


def _version(traject: Traject, number: int) -> ShownReport:
    version = found(report_version(traject.id, number))
    hidden = set(db().scalars(hidden_ideas_of(traject.id)))
    return shown_version(version, ideas_in(version.ideas, hidden))


def _now(traject: Traject, texts: Mapping[str, str]) -> ShownReport:
    return shown_with(texts, report_facts(db(), traject, now()))


def _typed_before(traject: Traject, published: Report | None) -> Mapping[str, str]:
    """Return what the draft says, or else the version that holds."""
    draft = db().scalar(report_draft_of(traject.id))
    if draft is not None:
        return draft.texts
    newest = db().scalar(report_versions(traject.id).limit(1))
    if newest is not None:
        return dict(newest.told()["texts"])
    return of_report(published).texts if published is not None else {}


def _publish(traject: Traject, published: Report | None, form: ReportForm) -> object | Refused:
    texts = form.texts()
    if published is None:
        return publish_report(
            db(), actor(), traject, texts["used"], texts["not_used"], texts["lessons"], now(), more=texts
        )
    return correct_report(db(), actor(), published, traject, texts, form.reason.data or "", now())
