"""What are the rules of a round, for reading? Those that are frozen, or in preparation as they would be frozen now."""

import json
from datetime import datetime
from typing import Any

from participatie.models.wijkbudget import Round
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import may_open_round
from participatie.web.access import Site, may_here
from participatie.web.refusals import sentence
from participatie.web.words import LEFTOVERS, RULES


def rulebook_of(budget_round: Round) -> dict[str, Any]:
    """Return the rulebook as a document, with its moments as moments, and the rule and leftover in words too."""
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
    }


def what_opening_needs(budget_round: Round, voters: int, now: datetime) -> list[str]:
    """Return what still stands in the way of opening the vote, as sentences; empty when nothing does."""
    verdicts = (
        may_open_round(budget_round.draft_rulebook(), budget_round.status, voters),
        may_here(Do.OPEN_VOTE, Site(budget_round, budget_round.traject.facts().place_at(now))),
    )
    return [sentence(verdict) for verdict in verdicts if isinstance(verdict, Refused)]
