"""Which addresses are there for the files of a panel: the list of addresses, the letters to them, and a pool from elsewhere?"""

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.actions.buurtpanels.home_list import Home, read_homes
from participatie.actions.buurtpanels.importing import ChosenFile, import_pool, look_at_pool
from participatie.actions.buurtpanels.inviting import draft_letters, let_letters_go, replace_addresses
from participatie.actions.buurtpanels.pool_file import PoolFile
from participatie.actions.votes.addresses import AddressesError
from participatie.blueprints.panel_registration.forms import (
    FileForm,
    KeptFileForm,
    KeptPoolForm,
    LettersForm,
    PoolFileForm,
)
from participatie.blueprints.panel_registration.routes import blueprint
from participatie.models.buurtpanels import (
    Buurtpanel,
    households_by_status,
    households_by_stratum,
    live_lot,
)
from participatie.spelregels.buurtpanels.lots import LotKind
from participatie.spelregels.buurtpanels.members import HouseholdStatus, Recruitment, may_register
from participatie.spelregels.buurtpanels.registration import LetterRun, features_of, may_change_addresses
from participatie.spelregels.issuing import MOST_LETTERS
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import requires
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.forms import Form
from participatie.web.installation import settings
from participatie.web.kept_files import MOST_BYTES, packed, unpacked
from participatie.web.letter_fonts import unprintable
from participatie.web.login import actor
from participatie.web.panel_letters import invitations, packed_letters, people_list
from participatie.web.panel_sites import panel_site
from participatie.web.refusals import refusal_page, sentence
from participatie.web.transaction import db, let_go
from participatie.web.uploads import takes_file

#: The addresses of the other file of this blueprint, with those below added.
__all__ = ["blueprint"]


@blueprint.route("/buurtpanels/<slug:slug>/adressen", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
@takes_file
def addresses(panel: Buurtpanel) -> ResponseReturnValue:
    """Show the list of addresses and how the letters go, and look at a new list without keeping anything of it."""
    form, kept, homes = FileForm(), None, list[Home]()
    if form.validate_on_submit():
        source = _source_of(form)
        if source is not None:
            name = form.file.data.filename or "adressen.csv"
            homes = _homes(source, name, form) or []
            if homes:
                kept = KeptFileForm(formdata=None, content=packed(source), filename=name)
    return _addresses_page(panel, form, kept, homes), 200 if kept else form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/adressen/inlezen")
@requires(Do.MANAGE_PANEL, at=panel_site)
@takes_file
def read_addresses_in(panel: Buurtpanel) -> ResponseReturnValue:
    """Put the list that was looked at in place of the one that is there."""
    form, kept = FileForm(formdata=None), KeptFileForm()
    source = unpacked(kept.data["content"] or "")
    if kept.validate_on_submit() and source is not None:
        homes = _homes(source, kept.data["filename"] or "", form)
        outcome = replace_addresses(db(), actor(), panel, homes, now()) if homes else None
        if isinstance(outcome, int):
            said = ngettext("%(num)d adres staat op de lijst.", "%(num)d adressen staan op de lijst.", outcome)
            flash(said, "ok")
            return redirect(url_for("panel_registration.addresses", slug=panel.slug), 303)
        if outcome is not None:
            return refusal_page(outcome, url_for("panel_registration.addresses", slug=panel.slug))
    if not form.file.errors:
        form.file.errors = [_("Kies een bestand.")]
    return _addresses_page(panel, form, None, []), 400


@blueprint.post("/buurtpanels/<slug:slug>/adressen/brieven")
@requires(Do.MANAGE_PANEL, at=panel_site)
def letters(panel: Buurtpanel) -> ResponseReturnValue:
    """Make letters for addresses that were drawn: a PDF with codes, and the list of who got which kenmerk, this once."""
    form = LettersForm()
    if form.validate_on_submit():
        kenmerk = form.data["kenmerk"] or ""
        run = LetterRun.ANEW if kenmerk else LetterRun(form.data["run"])
        drafted = draft_letters(db(), actor(), panel, run, now(), kenmerk=kenmerk)
        if not isinstance(drafted, Refused):
            # Setting letters takes a while, in which others write; the codes work only after that.
            let_go()
            invited = [(each.home, each.code) for each in drafted]
            pdf = invitations(settings(), panel, invited, run)
            outcome = let_letters_go(db(), actor(), panel, drafted, run, settings().secret_key, now())
            if not isinstance(outcome, Refused):
                return download(packed_letters(pdf, invited), "application/zip", f"brieven-{panel.slug}.zip")
            drafted = outcome
        form.refuse(drafted)
    return _addresses_page(panel, FileForm(formdata=None), None, [], form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/aanmeldingen/bestand", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
@takes_file
def pool_file(panel: Buurtpanel) -> ResponseReturnValue:
    """Look at a file of people who registered elsewhere, without keeping anything of it."""
    verdict = may_register(panel.status)
    if isinstance(verdict, Refused):
        return refusal_page(verdict, url_for("panel_registration.overview", slug=panel.slug))
    form, kept, looked = PoolFileForm(), None, None
    if form.validate_on_submit():
        source, name = _source_of(form), form.file.data.filename or "aanmeldingen.csv"
        if source is not None:
            looked = _looked(panel, ChosenFile(source, name, Recruitment(form.data["otherwise"])), form)
            if looked is not None:
                kept = KeptPoolForm(
                    formdata=None, content=packed(source), filename=name, otherwise=form.data["otherwise"]
                )
    return _pool_page(panel, form, kept, looked), 200 if kept else form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/aanmeldingen/bestand/inlezen")
@requires(Do.MANAGE_PANEL, at=panel_site)
@takes_file
def read_pool_in(panel: Buurtpanel) -> ResponseReturnValue:
    """Put everybody of the file that was looked at in the pool; who is new gets a code, in a file that comes this once."""
    form, kept = PoolFileForm(formdata=None), KeptPoolForm()
    source, otherwise = unpacked(kept.data["content"] or ""), kept.data["otherwise"]
    if source is None or otherwise not in set(Recruitment):
        form.file.errors = [_("Kies een bestand.")]
        return _pool_page(panel, form, None, None), 400
    file = ChosenFile(source, kept.data["filename"] or "", Recruitment(otherwise))
    if kept.validate_on_submit():
        try:
            outcome = import_pool(db(), actor(), panel, file, settings().secret_key, now(), consents=True)
        except AddressesError as error:
            form.file.errors = error.sentences
            return _pool_page(panel, form, None, None), 400
        if isinstance(outcome, Refused):
            return refusal_page(outcome, url_for("panel_registration.overview", slug=panel.slug))
        if outcome.people:
            rows = [(each.person, each.code, each.proof()) for each in outcome.people]
            return download(people_list(rows), "text/csv", f"aanmeldingen-{panel.slug}.csv")
        flash(_("Iedereen in dit bestand was al aangemeld. Er is niets veranderd."), "ok")
        return redirect(url_for("panel_registration.overview", slug=panel.slug), 303)
    looked = _looked(panel, file, form)
    return _pool_page(panel, form, kept if looked else None, looked), 400


def _addresses_page(
    panel: Buurtpanel, form: FileForm, kept: KeptFileForm | None, homes: list[Home], run: LettersForm | None = None
) -> str:
    verdict = may_change_addresses(
        panel.status, has_lot=db().scalar(live_lot(panel.id, LotKind.INVITATION)) is not None
    )
    statuses = db().execute(households_by_status(panel.id)).all()
    invited = [row for row in statuses if row[0] is HouseholdStatus.INVITED]
    return render_template(
        "panel_registration/addresses.html",
        panel=panel,
        form=form,
        kept=kept,
        looked=sorted(Counter(home.stratum for home in homes).items()),
        total=len(homes),
        letters=run or LettersForm(formdata=None),
        strata=db().execute(households_by_stratum(panel.id)).all(),
        drawn=sum(row[2] for row in statuses if row[0] is not HouseholdStatus.LISTED),
        answered=sum(row[2] for row in statuses if row[0] in (HouseholdStatus.REGISTERED, HouseholdStatus.DECLINED)),
        to_write=sum(row[2] - row[3] for row in invited),
        to_remind=sum(row[3] - row[4] for row in invited),
        most=MOST_LETTERS,
        closed=sentence(verdict) if isinstance(verdict, Refused) else None,
        may_write=bool(may_register(panel.status)),
    )


def _pool_page(panel: Buurtpanel, form: PoolFileForm, kept: KeptPoolForm | None, looked: PoolFile | None) -> str:
    return render_template(
        "panel_registration/pool_file.html",
        panel=panel,
        form=form,
        kept=kept,
        looked=looked,
        features=list(features_of(panel.facts().quotas)),
        sources=looked.count_by(lambda row: row.source) if looked else {},
        of=Recruitment,
    )


def _source_of(form: FileForm) -> bytes | None:
    source: bytes = form.file.data.stream.read(MOST_BYTES + 1)
    if len(source) > MOST_BYTES or getattr(form.file.data.stream, "is_too_large", False):
        form.file.errors = [_("Dit bestand is te groot: hoogstens %(most)s MB.", most=MOST_BYTES // 1_000_000)]
        return None
    return source


def _homes(source: bytes, name: str, form: Form) -> list[Home] | None:
    try:
        return read_homes(db(), source, name, unprintable)
    except AddressesError as error:
        form.file.errors = error.sentences
        return None


def _looked(panel: Buurtpanel, file: ChosenFile, form: PoolFileForm) -> PoolFile | None:
    try:
        looked = look_at_pool(db(), actor(), panel, file, settings().secret_key, now())
    except AddressesError as error:
        form.file.errors = error.sentences
        return None
    if isinstance(looked, Refused):
        form.refuse(looked)
        return None
    return looked
