"""What does an official get: a file of codes, letters, or letters with a list of kenmerken?"""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from participatie.actions import votes as actions
from participatie.actions.votes.addresses import AddressesError, read_addresses
from participatie.blueprints.codes.forms import LETTERS, CodesForm, OneCodeForm
from participatie.models.wijkbudget import Round
from participatie.models.wijken import area_by_id
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import Addressee, may_make_letters
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.web.clock import now
from participatie.web.code_lists import code_list, kenmerk_list
from participatie.web.downloads import download
from participatie.web.installation import settings
from participatie.web.letter_fonts import unprintable
from participatie.web.letters import Letter, letters_pdf, sender_of
from participatie.web.login import actor
from participatie.web.transaction import db, let_go
from participatie.web.voting_links import address_with_code, square_path, typed_address


def batch_as_file(budget_round: Round, form: CodesForm) -> Response | None:
    """Make a batch and return it, or None with what is wrong in the form; nothing was made then.

    Letters are set before their codes go on the roll, and while they are, nobody waits for the database.
    """
    addressees = _addressees(form)
    if addressees is None:
        return None
    wants_letters = form.how.data == LETTERS
    count = len(addressees) or form.count.data or 0
    verdict = actions.may_issue(actor(), budget_round)
    if wants_letters:
        verdict = first_refusal(verdict, may_make_letters(count))
    if isinstance(verdict, Refused):
        form.refuse(verdict)
        return None
    codes = actions.draw_codes(db(), budget_round.id, count)
    pdf = _letters(budget_round, codes, addressees) if wants_letters else b""
    made = actions.issue_codes(
        db(), actor(), budget_round, count, form.label.data or "", settings().secret_key, now(),
        drawn=codes, request_key=form.key.data or "",
        area=db().scalar(area_by_id(int(form.buurt.data))) if form.buurt.data else None,
    )  # fmt: skip
    if isinstance(made, Refused):
        form.refuse(made)
        return None
    if not wants_letters:
        return download(code_list(codes), "text/csv", f"stemcodes-{budget_round.slug}.csv")
    if not addressees:
        return download(pdf, "application/pdf", f"stemcodes-{budget_round.slug}.pdf")
    return download(_zip(pdf, kenmerk_list(codes, addressees)), "application/zip", f"stemcodes-{budget_round.slug}.zip")


def one_code(
    budget_round: Round, code: VotingCode, form: OneCodeForm | None = None, to: Addressee | None = None, **about: object
) -> ResponseReturnValue:
    """Show one new code this once: as a letter where that was asked, else on a page to print."""
    if form is not None and form.how.data == LETTERS:
        letter = Letter(code, to, form.language.data or None)
        pdf = letters_pdf(sender_of(settings(), budget_round), [letter], now())
        return download(pdf, "application/pdf", f"stemcode-{code.selector}.pdf")
    public_url = settings().public_url
    return render_template(
        "codes/_shown.html",
        round=budget_round,
        clock=budget_round.clock(),
        code=str(code),
        kenmerk=code.selector,
        square=square_path(address_with_code(public_url, budget_round.slug, code)),
        address=typed_address(public_url, budget_round.slug),
        **about,
    )


def _letters(budget_round: Round, codes: Sequence[VotingCode], addressees: Sequence[Addressee]) -> bytes:
    let_go()
    letters = (
        [Letter(code, to, to.locale) for code, to in zip(codes, addressees, strict=True)]
        if addressees
        else [Letter(code) for code in codes]
    )
    return letters_pdf(sender_of(settings(), budget_round), letters, now())


def _addressees(form: CodesForm) -> list[Addressee] | None:
    file = form.addresses.data
    if not file:
        return []
    try:
        return read_addresses(file.read(), file.filename or "adressen.csv", unprintable)
    except AddressesError as error:
        form.addresses.errors = [*form.addresses.errors, *error.sentences]
        return None


def _zip(pdf: bytes, kenmerken: bytes) -> bytes:
    packed = BytesIO()
    moment = now().timetuple()[:6]
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for name, content in (("brieven.pdf", pdf), ("kenmerken.csv", kenmerken)):
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            folder.writestr(entry, content)
    return packed.getvalue()
