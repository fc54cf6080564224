"""What does a wijkmanager fill in for a stemronde, its stemcodes, doing a vote over, and the carrying out of a plan?"""

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional

from participatie.actions.wijkbudget import RoundTerms
from participatie.spelregels.rulesets import RuleSet, may_vote_here
from participatie.spelregels.votes import BallotKind
from participatie.web.amounts import EuroField
from participatie.web.forms import Form, SelectChoice, address_field, at_most, between, required
from participatie.web.words import LEFTOVERS, RULES, WORDS

KINDS = (BallotKind.APPROVAL, BallotKind.KNAPSACK, BallotKind.CHOOSE_ONE)
ABOUT_VOTING = ("ballot_kind", "min_choices", "max_choices", "rule", "leftover")
MOST_CHOICES = 1000
MOST_CODES = 20_000


class RoundForm(Form):
    """The rules of a round in preparation; opening freezes them."""

    title = StringField(_("Naam van de stemronde"), [required(), at_most(200)])
    slug = address_field()
    pot = EuroField(_("Hoeveel euro is er te verdelen?"), [required()])
    ballot_kind = RadioField(
        _("Hoe stemmen bewoners?"),
        [required()],
        choices=[SelectChoice(kind.value, WORDS[kind]) for kind in KINDS],
        default=BallotKind.APPROVAL.value,
    )
    min_choices = IntegerField(
        _("Hoeveel plannen kiest iemand minstens?"), [required(), between(0, MOST_CHOICES)], default=1
    )
    max_choices = IntegerField(
        _("Hoeveel plannen kiest iemand hoogstens?"),
        [Optional(), between(1, MOST_CHOICES)],
        description=_("Leeg betekent: zoveel als iemand wil."),
    )
    rule = RadioField(
        _("Hoe wordt het geld verdeeld?"),
        [required()],
        choices=[SelectChoice(rule, text) for rule, text in RULES.items()],
        default="greedy",
    )
    leftover = RadioField(
        _("Wat gebeurt er met geld dat overblijft?"),
        [required()],
        choices=[SelectChoice(policy, text) for policy, text in LEFTOVERS.items()],
        default="none",
    )

    def keep_to(self, rules: RuleSet) -> None:
        """Ask nothing that the traject promised already; where money is awarded nothing about voting either."""
        fixed = {
            "pot": rules.pot_cents is not None,
            "ballot_kind": rules.ballot_kind is not None,
            "rule": rules.rule is not None,
            "leftover": rules.leftover is not None,
        }
        if not may_vote_here(rules):
            fixed |= dict.fromkeys(ABOUT_VOTING, True)
        for name, is_fixed in fixed.items():
            if is_fixed:
                del self[name]

    def terms(self, rules: RuleSet) -> RoundTerms:
        """Return the terms of the round for its action: as promised, else as filled in, else as usual."""
        kind = rules.ballot_kind or BallotKind(self.data.get("ballot_kind", BallotKind.APPROVAL))
        return RoundTerms(
            title=self.data["title"],
            pot_cents=rules.pot_cents if rules.pot_cents is not None else self.data["pot"],
            ballot_kind=kind,
            min_choices=self.data.get("min_choices", 1),
            max_choices=self.data.get("max_choices"),
            rule=rules.rule or self.data.get("rule", "greedy"),
            leftover=rules.leftover or self.data.get("leftover", "none"),
        )


class RestartForm(Form):
    """Why a vote is done over."""

    reason = TextAreaField(
        _("Waarom doet u de stemming over?"),
        [required(), at_most(2000)],
        description=_("Iedereen kan dit lezen. Wie meedoet, krijgt het per e-mail."),
    )


class CodesForm(Form):
    """A batch of voting codes."""

    count = IntegerField(
        _("Hoeveel stemcodes wilt u?"),
        [required(), between(1, MOST_CODES)],
    )
    label = StringField(
        _("Naam van deze partij"),
        [required(), at_most(200)],
        description=_("Bijvoorbeeld: brieven van 3 mei. Zo kunt u ze samen terugvinden."),
    )


class MilestoneForm(Form):
    """A promised step."""

    title = StringField(_("Wat gaat er gebeuren?"), [required(), at_most(200)])
    due_on = DateField(_("Op welke dag is het klaar?"), [required()])


class MilestoneDoneForm(Form):
    """A step that was done. `milestone.choices` are the open steps of the plan."""

    milestone = SelectField(_("Welke stap is klaar?"), coerce=int)
    done_on = DateField(_("Op welke dag was het klaar?"), [required()])
    note = TextAreaField(_("Wat is er gedaan?"), [at_most(2000)])


class PaymentForm(Form):
    """Money that was paid."""

    amount = EuroField(_("Hoeveel euro is betaald?"), [required()])
    paid_on = DateField(_("Op welke dag is betaald?"), [required()])
    purpose = StringField(_("Waarvoor?"), [required(), at_most(200)])

    def validate_amount(self, field: EuroField) -> None:
        """Refuse a payment of nothing."""
        if field.data == 0:
            raise ValidationError(_("Een betaling is hoger dan 0 euro."))
