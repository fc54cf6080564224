"""What does a wijkmanager fill in for a stemronde, doing a vote over, and the carrying out of a plan?"""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from participatie.actions.wijkbudget import RoundTerms
from participatie.blueprints.wijkbudget.rule_fields import ABOUT_COUNTING, CountingForm
from participatie.spelregels.options import MOST_VOTES, NOTHING_LEFT
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.rulesets import RuleSet, may_choose_here, may_vote_here
from participatie.spelregels.votes import BallotKind
from participatie.web.amounts import EuroField
from participatie.web.forms import Form, SelectChoice, address_field, at_most, between, required
from participatie.web.round_words import OPTION_KINDS
from participatie.web.words import LEFTOVERS, MONEY_RULES, WORDS

KINDS = tuple(BallotKind)
ABOUT_VOTING = (
    "voting_method",
    "ballot_kind",
    "points_total",
    "points_per_plan",
    "min_choices",
    "max_choices",
    "min_per_category",
    "max_per_category",
    "rule",
    "leftover",
    *ABOUT_COUNTING,
)
MOST_CHOICES = 1000
MOST_POINTS = 1000


class RoundForm(CountingForm):
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
    points_total = IntegerField(
        _("Hoeveel punten verdeelt iemand hoogstens?"),
        [Optional(), between(1, MOST_POINTS)],
        description=_("Alleen nodig als bewoners punten verdelen."),
    )
    points_per_plan = IntegerField(
        _("Hoeveel punten krijgt één plan hoogstens van iemand?"),
        [Optional(), between(1, MOST_POINTS)],
        description=_("Alleen als bewoners punten verdelen. Leeg betekent: alle punten mogen naar één plan."),
    )
    min_choices = IntegerField(
        _("Hoeveel plannen kiest iemand minstens?"), [required(), between(0, MOST_CHOICES)], default=1
    )
    max_choices = IntegerField(
        _("Hoeveel plannen kiest iemand hoogstens?"),
        [Optional(), between(1, MOST_CHOICES)],
        description=_("Leeg betekent: zoveel als iemand wil. Bij een volgorde is dit het aantal plaatsen."),
    )
    min_per_category = IntegerField(
        _("Hoeveel plannen kiest iemand minstens in elke categorie?"),
        [Optional(), between(1, MOST_CHOICES)],
        description=_("Alleen als de plannen in categorieën staan. Leeg betekent: dat hoeft niet."),
    )
    max_per_category = IntegerField(
        _("Hoeveel plannen kiest iemand hoogstens in elke categorie?"),
        [Optional(), between(1, MOST_CHOICES)],
        description=_("Alleen als de plannen in categorieën staan. Leeg betekent: zoveel als iemand wil."),
    )
    rule = RadioField(
        _("Hoe wordt het geld verdeeld?"),
        [required()],
        choices=[SelectChoice(rule, text) for rule, text in MONEY_RULES.items()],
        default="greedy",
    )
    leftover = RadioField(
        _("Wat gebeurt er met geld dat overblijft?"),
        [required()],
        choices=[SelectChoice(policy, text) for policy, text in LEFTOVERS.items()],
        default="none",
    )
    voting_method = RadioField(
        _("Hoe weten we wie mag stemmen?"),
        [required()],
        choices=[SelectChoice(method.value, WORDS[method]) for method in VotingMethod],
        default=VotingMethod.LETTER.value,
        description=_("Met een stemcode is geen account nodig. Dan kan iedereen met een brief stemmen."),
    )
    seats = IntegerField(_("Hoeveel opties winnen er?"), [required(), between(1, MOST_CHOICES)], default=1)

    def keep_to(self, rules: RuleSet) -> None:
        """Ask nothing that the traject promised already; where money is awarded nothing about voting either."""
        fixed = {
            "pot": rules.pot_cents is not None,
            "ballot_kind": rules.ballot_kind is not None,
            "rule": rules.rule is not None,
            "leftover": rules.leftover is not None,
            **self.fields_not_asked(rules),
        }
        if not may_vote_here(rules):
            fixed |= dict.fromkeys(ABOUT_VOTING, True)
        if may_choose_here(rules):
            self._ask_about_options(fixed)
        fixed["seats"] = not may_choose_here(rules)
        if rules.ballot_kind not in (None, BallotKind.POINTS):
            fixed |= {"points_total": True, "points_per_plan": True}
        for name, is_fixed in fixed.items():
            if is_fixed:
                del self[name]

    def validate(self, *more: Any, **others: Any) -> bool:
        """Ask how many points there are as well, where residents divide them; an empty field stops its own validators."""
        valid: bool = super().validate(*more, **others)
        # A kind that is not asked was promised, and where that is another one, points are not asked either.
        kind = self.data.get("ballot_kind", BallotKind.POINTS.value)
        asked = "points_total" in self and kind == BallotKind.POINTS
        if asked and self.points_total.data is None and not self.points_total.errors:
            self.points_total.errors = [gettext("Vul in hoeveel punten iemand verdeelt.")]
            return False
        return valid

    def _ask_about_options(self, fixed: dict[str, bool]) -> None:
        # There is no pot, so nothing about money is asked, and no ballot divides it.
        fixed |= dict.fromkeys(
            ("pot", "rule", "leftover", "min_per_category", "max_per_category", *ABOUT_COUNTING), True
        )
        self.min_choices.label.text = gettext("Hoeveel opties kiest iemand minstens?")
        self.max_choices.label.text = gettext("Hoeveel opties kiest iemand hoogstens?")
        self.points_per_plan.label.text = gettext("Hoeveel punten krijgt één optie hoogstens van iemand?")
        self.points_per_plan.description = gettext(
            "Alleen als bewoners punten verdelen. Leeg betekent: er is geen grens."
        )
        kinds = [kind for kind in KINDS if kind is not BallotKind.KNAPSACK]
        self.ballot_kind.choices = [SelectChoice(kind.value, OPTION_KINDS[kind]) for kind in kinds]

    def terms(self, rules: RuleSet) -> RoundTerms:
        """Return the terms of the round for its action: as promised, else as filled in, else as usual."""
        chooses = bool(may_choose_here(rules))
        pot = 0 if chooses else rules.pot_cents
        kind = rules.ballot_kind or BallotKind(self.data.get("ballot_kind", BallotKind.APPROVAL))
        return RoundTerms(
            title=self.data["title"],
            pot_cents=pot if pot is not None else self.data["pot"],
            ballot_kind=kind,
            min_choices=self.data.get("min_choices", 1),
            max_choices=self.data.get("max_choices"),
            rule=rules.rule or (MOST_VOTES if chooses else self.data.get("rule", "greedy")),
            leftover=rules.leftover or self.data.get("leftover", NOTHING_LEFT),
            seats=self.data.get("seats", 1),
            voting_method=VotingMethod(self.data.get("voting_method", VotingMethod.LETTER)),
            min_per_category=self.data.get("min_per_category"),
            max_per_category=self.data.get("max_per_category"),
            points_total=self.data.get("points_total"),
            points_per_plan=self.data.get("points_per_plan"),
            **self.counting_terms(),
        )


class RestartForm(Form):
    """Why a vote is done over."""

    reason = TextAreaField(
        _("Waarom doet u de stemming over?"),
        [required(), at_most(2000)],
        description=_("Iedereen kan dit lezen. Wie meedoet, krijgt het per e-mail."),
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


class MilestoneMovedForm(Form):
    """A step that gets another day. `milestone.choices` are the open steps of the plan."""

    milestone = SelectField(_("Welke stap krijgt een andere dag?"), coerce=int)
    due_on = DateField(_("Op welke dag is het nu klaar?"), [required()])
    reason = TextAreaField(
        _("Waarom op een andere dag?"),
        [required(), at_most(2000)],
        description=_("Iedereen leest dit, met de dag die eerst was beloofd. Volgers krijgen meteen een e-mail."),
    )
