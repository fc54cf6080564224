"""Which fields of a form set the spelregels of a traject that a gemeente may set itself?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, IntegerField, SelectField
from wtforms.validators import Optional

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.phases import WITH_PRODUCT, PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.web.amounts import EuroField
from participatie.web.forms import Form, SelectChoice, between, required
from participatie.web.words import WORDS

MOST_SUPPORT = 100_000
MOST_MEMBERS = 1_000
LONGEST_DAYS = 3_650

#: The tests that ask for a number or a day, with the field for it.
ASKS_FOR = {
    Test.SUPPORT: "support_needed",
    Test.PROJECT_GROUP: "group_needed",
    Test.IN_TIME: "ready_before",
}


def weight_name(test: Test) -> str:
    """Return the name of the field for the weight of a test."""
    return f"weight_{test.name.lower()}"


def weight_fields() -> dict[str, Any]:
    """Return the fields for the weight of every test by name."""
    choices = [SelectChoice(weight.value, WORDS[weight]) for weight in Weight]
    return {weight_name(test): SelectField(WORDS[test], choices=choices) for test in Test}


def filled_in_rules(rules: RuleSet) -> dict[str, Any]:
    """Return what the fields are filled with for these rules."""
    return {
        "pot": rules.pot_cents,
        "plan_cap": rules.plan_cap_cents,
        "support_needed": rules.support_needed,
        "group_needed": rules.group_needed,
        "ready_before": rules.ready_before,
        "dominance_percent": rules.dominance_percent,
        "reaction_days": rules.reaction_days,
        "news_days": rules.news_days,
        "execution_days": rules.execution_days,
        "first_posts_wait": rules.first_posts_wait,
        **{weight_name(test): rules.weight(test).value for test in Test},
    }


class RuleFields(Form):
    """The numbers of the rules, and how much each test weighs."""

    pot = EuroField(
        _("Hoeveel euro is er te verdelen?"), [Optional()], description=_("Leeg betekent: dat staat nog niet vast.")
    )
    plan_cap = EuroField(
        _("Hoeveel euro krijgt één plan hoogstens?"), [Optional()], description=_("Leeg betekent: er is geen grens.")
    )
    support_needed = IntegerField(
        _("Hoe vaak moet een idee gesteund worden?"), [required(), between(0, MOST_SUPPORT)], default=0
    )
    group_needed = IntegerField(
        _("Hoeveel leden heeft een projectgroep minstens?"), [required(), between(0, MOST_MEMBERS)], default=0
    )
    ready_before = DateField(
        _("Op welke dag moet een plan uiterlijk klaar zijn?"),
        [Optional()],
        description=_("Leeg betekent: er is geen einddatum."),
    )
    dominance_percent = IntegerField(
        _("Hoeveel procent van de inbreng mag één kant hebben?"),
        [required(), between(0, 100)],
        description=_("Heeft één kant meer, dan doet u er iets aan of legt u het uit. 0 betekent: u let er niet op."),
        default=50,
    )
    reaction_days = IntegerField(
        _("Hoeveel dagen kunnen bewoners op een concept reageren?"), [required(), between(0, LONGEST_DAYS)], default=0
    )
    news_days = IntegerField(
        _("Na hoeveel dagen hoort iedereen op zijn laatst weer iets?"),
        [required(), between(1, LONGEST_DAYS)],
        default=60,
    )
    execution_days = IntegerField(
        _("Binnen hoeveel dagen na het besluit is een plan uitgevoerd?"),
        [Optional(), between(1, LONGEST_DAYS)],
        description=_("Leeg betekent: aan het einde van de laatste fase."),
    )

    first_posts_wait = BooleanField(
        _("Een moderator leest het eerste idee van iemand voordat het online komt"),
        description=_("Duurt dat te lang, dan komt het idee vanzelf online."),
    )

    def leave_out(self, kinds: Sequence[PhaseKind], rules: RuleSet) -> None:
        """Drop what these phases and rules have no use for: money where there is none, documents that no phase ends in."""
        if not rules.division.has_money:
            del self.pot, self.plan_cap
        if not WITH_PRODUCT.intersection(kinds):
            del self.reaction_days
        if PhaseKind.EXECUTE not in kinds:
            del self.execution_days

    def tests(self) -> list[tuple[Field, Field | None]]:
        """Return the field for the weight of each test, with the field for the number or the day that it asks for."""
        return [(self[weight_name(test)], self[ASKS_FOR[test]] if test in ASKS_FOR else None) for test in Test]

    def rules(self, base: RuleSet) -> RuleSet:
        """Return `base` with everything that was filled in."""
        return replace(
            base,
            weights={test: Weight(self[weight_name(test)].data) for test in Test},
            pot_cents=self._given("pot", base.pot_cents),
            plan_cap_cents=self._given("plan_cap", base.plan_cap_cents),
            support_needed=self._given("support_needed", base.support_needed),
            group_needed=self._given("group_needed", base.group_needed),
            ready_before=self.ready_before.data,
            dominance_percent=self._given("dominance_percent", base.dominance_percent),
            reaction_days=self._given("reaction_days", base.reaction_days),
            news_days=self._given("news_days", base.news_days),
            execution_days=self._given("execution_days", base.execution_days),
            first_posts_wait=bool(self.first_posts_wait.data),
        )

    def _given(self, name: str, otherwise: int | None) -> Any:
        return self[name].data if name in self else otherwise
