"""Which of the three forms of a ledger was sent, and what does it do?"""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from participatie.actions import wijkbudget as actions
from participatie.blueprints.ledger.forms import CommitForm, GiveBackForm, PaymentForm
from participatie.models.wijkbudget import LedgerEntry, Plan
from participatie.spelregels.verdicts import Refused
from participatie.web.carried_out import CarriedOut
from participatie.web.clock import now
from participatie.web.formats import euros
from participatie.web.forms import Form, SelectChoice
from participatie.web.login import actor
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class LedgerForms:
    """The forms of the page; `sent` is the one that came in."""

    commit: CommitForm
    pay: PaymentForm
    give_back: GiveBackForm
    sent: Form | None

    @classmethod
    def of(cls, plan: Plan, stand: CarriedOut, today: date) -> "LedgerForms":
        """Make the forms; only the one whose button was used takes what was sent."""
        doing = request.form.get("doe") if request.method == "POST" else None
        commit = CommitForm(_fields(here=doing == "afspraak"), prefix="afspraak-")
        pay = PaymentForm(_fields(here=doing == "betaling"), prefix="betaling-", paid_on=today, commitment=0)
        give_back = GiveBackForm(_fields(here=doing == "over"), prefix="over-")
        pay.commitment.choices = [
            SelectChoice(0, _("Geen afspraak")),
            *(
                SelectChoice(line.id, f"{line.to_whom}, {line.purpose} ({euros(cents, plan.round.currency)})")
                for line, cents in stand.open_commitments()
            ),
        ]
        by_name: dict[str | None, Form] = {"afspraak": commit, "betaling": pay, "over": give_back}
        return cls(commit, pay, give_back, by_name.get(doing))


def write_down(plan: Plan, stand: CarriedOut, forms: LedgerForms) -> LedgerEntry | Refused | None:
    """Do what the form that was sent asks for; None when none was sent, or it is not filled in well."""
    form = forms.sent
    if form is None or not form.validate():
        return None
    filled = form.data
    outcome: LedgerEntry | Refused
    if form is forms.commit:
        outcome = actions.commit_money(
            db(), actor(), plan, filled["amount"], filled["to_whom"], filled["purpose"], now(),
            names_person=filled["names_person"],
        )  # fmt: skip
    elif form is forms.pay:
        of = next((line for line, _cents in stand.open_commitments() if line.id == filled["commitment"]), None)
        outcome = actions.pay(db(), actor(), plan, filled["amount"], filled["paid_on"], filled["purpose"], now(), of)
    else:
        parties = (filled["parties"] or "").splitlines()
        outcome = actions.give_back(db(), actor(), plan, filled["amount"], parties, "", now())
    if isinstance(outcome, Refused):
        form.refuse(outcome)
    return outcome


def _fields(*, here: bool) -> MultiDict[str, str] | None:
    # None means: nothing came in; the form must not read fields that were meant for another.
    return request.form if here else None
