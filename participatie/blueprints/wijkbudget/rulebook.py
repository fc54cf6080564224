"""What are the rules of a round, for reading? Those that are frozen, or in preparation as they would be frozen now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participatie.actions.wijkbudget import may_award_now, may_open_now
from participatie.models.wijkbudget import Round
from participatie.spelregels.permissions import Do
from participatie.spelregels.rulebooks import COST, EQUAL_SHARES
from participatie.spelregels.rulesets import RuleSet, ruleset_from
from participatie.spelregels.trajecten import Assurance
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.access import Site, may_here
from participatie.web.refusals import sentence
from participatie.web.ruleset_words import agreed, enforced
from participatie.web.words import LEFTOVERS, RULES, UTILITIES, word


def rulebook_of(budget_round: Round) -> dict[str, Any]:
    """Return the rulebook as a document, with its moments as moments, and what is a code in words too."""
    frozen = budget_round.rulebook
    document: dict[str, Any] = json.loads(
        frozen if frozen is not None else budget_round.draft_rulebook().canonical_json()
    )
    return {
        **document,
        "opens_at": datetime.fromisoformat(document["opens_at"]),
        "closes_at": datetime.fromisoformat(document["closes_at"]),
        "rule_words": RULES[document["rule"]],
        "leftover_words": LEFTOVERS[document["leftover"]],
        "utility_words": UTILITIES[document.get("utility", COST)] if document["rule"] in EQUAL_SHARES else "",
        "assurance_words": _assurance_words(document["assurance"]),
        "method_words": word(budget_round.method()),
        # A rulebook that was frozen before openings were counted has no number.
        "opening": document.get("opening", budget_round.opening),
    }


def _assurance_words(assurance: str) -> str:
    # Older rulebooks hold what somebody typed.
    return word(Assurance(assurance)) if assurance in set(Assurance) else assurance


@dataclass(frozen=True, slots=True)
class RulesInWords:
    """The spelregels in a rulebook, as sentences: what the software holds everybody to, and what is agreed besides."""

    enforced: Sequence[str]
    agreed: Sequence[str]


def spelregels_of(budget_round: Round, document: dict[str, Any]) -> RulesInWords:
    """Return the rules of the ideas and the panel as they were frozen, in the visitor's language."""
    traject = budget_round.traject
    rules: RuleSet = ruleset_from(document["rules"]) if "rules" in document else traject.ruleset()
    return RulesInWords(enforced(rules, traject.phases, answer_days=traject.answer_days), agreed(rules))


@dataclass(frozen=True, slots=True)
class Needs:
    """What still stands in the way of the next step, as sentences, and whether a phase has to be closed for it."""

    sentences: Sequence[str]
    a_phase: bool


def what_is_needed(budget_round: Round, voters: int, now: datetime) -> Needs:
    """Return what stands in the way of opening the vote, or of awarding the money where nobody votes."""
    site = Site(budget_round, budget_round.traject.facts().place_at(now), is_advice=budget_round.is_advice())
    if budget_round.is_voted():
        verdicts = (*may_open_now(budget_round, voters), may_here(Do.OPEN_VOTE, site))
    else:
        verdicts = (*may_award_now(budget_round), may_here(Do.AWARD_MONEY, site))
    refusals = [verdict for verdict in verdicts if isinstance(verdict, Refused)]
    return Needs(
        [sentence(refusal) for refusal in refusals],
        any(refusal.code is Refusal.PHASE_NOT_CLOSED for refusal in refusals),
    )
