"""How is the ballot shown: as a whole page, or as what changes on it when a choice was saved by itself?"""

from dataclasses import dataclass
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from participatie.blueprints.votes.ballot import Sheet, names_on, sheet_of
from participatie.blueprints.votes.forms import BallotForm
from participatie.blueprints.votes.reading import TYPED, Reading
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import check_choices
from participatie.web.refusals import sentence, status_of

#: What a click on 'only my choice' puts in the address.
ONLY_CHOSEN = "gekozen"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a voter's choice stands, in words: what it is, and what is in the way of casting it.

    `warning` says what to change before it can be cast, `about` is the plan that it is about. `elsewhere` tells that
    another window had saved another choice.
    """

    sheet: Sheet
    warning: str | None
    about: str | None
    elsewhere: bool = False

    @property
    def state(self) -> str:
        """Return in two or three words whether this counts; it stands in the title and beside the heading."""
        if self.sheet.receipt is None:
            return str(_("nog niet geteld"))
        return str(_("nieuwe keuze telt nog niet") if self.sheet.has_draft else _("uw stem is in"))

    @property
    def kind(self) -> str:
        """Return the colour that goes with the state."""
        return "ok" if self.sheet.receipt is not None and not self.sheet.has_draft else "warning"


def standing_of(budget_round: Round, sheet: Sheet, *, elsewhere: bool = False) -> Standing:
    """Return how a choice stands by the frozen rules."""
    verdict = check_choices(sheet.choices, budget_round.plans_on_ballot(), sheet.limits) if sheet.has_draft else None
    if not isinstance(verdict, Refused):
        return Standing(sheet, None, None, elsewhere)
    about = names_on(sheet.rows).get(int(verdict.facts.get("plan", 0)))
    return Standing(sheet, sentence(verdict), about, elsewhere)


def wants_parts() -> bool:
    """Tell whether the script of the ballot asks, which changes the page it is on, and not a browser that shows one."""
    return request.accept_mimetypes.best == "application/json"


def saved_parts(budget_round: Round, sheet: Sheet, *, elsewhere: bool) -> ResponseReturnValue:
    """Answer the script of the ballot after a choice was saved: the changed parts of the page, as the page has them."""
    standing = standing_of(budget_round, sheet, elsewhere=elsewhere)
    facts: dict[str, Any] = {"round": budget_round, "sheet": sheet, "limits": sheet.limits, "standing": standing}
    return jsonify(
        kept=True,
        state=standing.state,
        badge=render_template("votes/_badge.html", **facts),
        seen=sheet.mark,
        top=render_template("votes/_standing.html", **facts),
        bar=render_template("votes/_total.html", **facts),
        mistakes={},
    )


def refused_parts(refusal: Refused, mistakes: dict[int, str] | None = None) -> ResponseReturnValue:
    """Answer the script of the ballot that a choice was not kept, why, and beside which plans the mistakes are."""
    reason = sentence(refusal)
    return jsonify(
        kept=False,
        top=render_template("votes/_not_kept.html", reason=reason),
        bar=render_template("votes/_not_kept.html", reason=reason, is_small=True),
        mistakes=mistakes or {},
    ), status_of(refusal)


def ballot_page(
    budget_round: Round, selector: str, refusal: Refused | None = None, reading: Reading | None = None
) -> ResponseReturnValue:
    """Show the ballot with what was saved; after a refusal with why, and with what was typed beside its mistakes."""
    sheet = sheet_of(budget_round, selector)
    names = names_on(sheet.rows)
    mistakes = {plan: said for plan, said in _mistakes_of(refusal, reading).items() if plan in names}
    if wants_parts() and refusal is not None:
        return refused_parts(refusal, mistakes)
    form = ballot_form(sheet, mistakes)
    if refusal is not None:
        if mistakes:
            form.refusal = refusal
        else:
            form.refuse(refusal)
    typed = dict(reading.typed) if reading is not None and mistakes else {row.number: row.amount for row in sheet.rows}
    page = render_template(
        "votes/choose.html",
        round=budget_round,
        clock=budget_round.clock(),
        sheet=sheet,
        limits=sheet.limits,
        standing=standing_of(budget_round, sheet),
        form=form,
        field=TYPED.get(sheet.limits.ballot_kind),
        typed=typed,
        mistakes=mistakes,
        only_chosen=refusal is None and request.args.get("toon") == ONLY_CHOSEN,
        show_flashes=True,
    )
    return page, 200 if refusal is None else status_of(refusal)


def _mistakes_of(refusal: Refused | None, reading: Reading | None) -> dict[int, str]:
    if reading is None or refusal is None:
        return {}
    wrong = dict(reading.mistakes)
    about = refusal.facts.get("plan")
    if not wrong and isinstance(about, int) and about in reading.typed:
        wrong = {about: refusal}
    return {plan: sentence(mistake) for plan, mistake in wrong.items()}


def ballot_form(sheet: Sheet, mistakes: dict[int, str]) -> BallotForm:
    """Return the frame of the ballot, with a field for each mistake: the summary above links to it by the plan's name."""
    name, names = TYPED.get(sheet.limits.ballot_kind), names_on(sheet.rows)
    fields = {f"{name}-{plan}": StringField(names[plan]) for plan in mistakes}
    form: BallotForm = type("BallotForm", (BallotForm,), fields)()
    for plan, said in mistakes.items():
        form[f"{name}-{plan}"].errors = [said]
    return form
