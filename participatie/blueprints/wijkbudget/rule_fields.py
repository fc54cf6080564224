"""What does a wijkmanager fill in about how ballots are counted, besides the rule itself?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField
from wtforms.validators import Optional

from participatie.models.wijkbudget import Round
from participatie.spelregels.rulebooks import COST, EQUAL_SHARES
from participatie.spelregels.rulesets import RuleSet
from participatie.web.forms import Form, SelectChoice, between
from participatie.web.round_fields import CapsField, GroupsField
from participatie.web.words import UTILITIES

MOST_VOTES_NEEDED = 1_000_000
#: The fields below: about money that is divided by a vote, and about nothing else.
ABOUT_COUNTING = ("utility", "minimum_votes", "category_caps", "incompatible")


class CountingForm(Form):
    """The part of the rules of a round that says how ballots become money."""

    utility = RadioField(
        _("Hoe zwaar weegt een duur plan?"),
        [Optional()],
        choices=[SelectChoice(utility, text) for utility, text in UTILITIES.items()],
        default=COST,
        description=_("Dit telt alleen als elke kiezer een gelijk deel van het geld krijgt."),
    )
    minimum_votes = IntegerField(
        _("Hoeveel stemmen of punten heeft een plan minstens nodig?"),
        [Optional(), between(0, MOST_VOTES_NEEDED)],
        description=_("Leeg betekent: er is geen minimum."),
    )
    category_caps = CapsField(
        _("Hoeveel geld gaat er hoogstens naar een categorie?"),
        description=_(
            "Zet op elke regel een categorie en een bedrag, zoals groen: 5000. Leeg betekent: er is geen grens."
        ),
    )
    incompatible = GroupsField(
        _("Welke plannen kunnen niet samen?"),
        description=_(
            "Bijvoorbeeld twee ontwerpen voor één plein. Schrijf hun nummers, zoals 1+4, 2+7. Van elke groep krijgt één plan geld."
        ),
    )

    def fields_not_asked(self, rules: RuleSet) -> dict[str, bool]:
        """Return which of these fields are left out, because of what the traject promised."""
        return {"utility": rules.rule is not None and rules.rule not in EQUAL_SHARES}

    def counting_terms(self) -> dict[str, Any]:
        """Return what was filled in, as terms of a round; what was not asked is as usual."""
        return {
            "utility": self.data.get("utility") or COST,
            "minimum_votes": self.data.get("minimum_votes") or 0,
            "category_caps_cents": self.data.get("category_caps") or {},
            "incompatible": self.data.get("incompatible") or [],
        }


def counting_of(budget_round: Round) -> dict[str, Any]:
    """Return what a round says about counting, to fill in the form with."""
    return {
        "utility": budget_round.utility,
        "minimum_votes": budget_round.minimum_votes or None,
        "category_caps": budget_round.category_caps_cents,
        "incompatible": budget_round.incompatible,
    }
