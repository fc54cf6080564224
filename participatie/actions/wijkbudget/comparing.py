"""What would the same ballots have given under other rules? Counted once, with the count itself, for learning."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.allocation import AllocationRules, BallotGroup, Plan, Rule, allocate
from participatie.models.wijkbudget import OtherRules

#: The rules that a result is laid beside; the round's own is left out.
FOR_LEARNING = (Rule.GREEDY, Rule.GREEDY_STOP, Rule.GREEDY_PER_EURO, Rule.EQUAL_SHARES_ADD1, Rule.PHRAGMEN)
#: Equal shares that grow by a euro at a time take long where everybody owns much: above this many cents they are left out.
MOST_FOR_EACH_VOTER = 50_000


def keep_other_rules(
    session: Session,
    round_id: int,
    plans: Sequence[Plan],
    groups: Sequence[BallotGroup],
    rules: AllocationRules,
    tie_order: Sequence[str],
) -> None:
    """Write down what these ballots give under the other rules, in the place of what an earlier count wrote.

    All else stays as the round has it: pot, caps, minimum, leftover and lots. Nothing is
    written where an option was chosen, and where nobody voted.
    """
    session.execute(delete(OtherRules).where(OtherRules.round_id == round_id))
    voters = sum(group.count for group in groups)
    if rules.rule is Rule.MOST_VOTES or not voters:
        return
    asked = [rule for rule in FOR_LEARNING if rule is not rules.rule]
    too_long = [Rule.EQUAL_SHARES_ADD1] if rules.pot_cents > MOST_FOR_EACH_VOTER * voters else []
    outcomes: list[dict[str, Any]] = []
    for rule in asked:
        if rule not in too_long:
            outcome = allocate(plans, groups, replace(rules, rule=rule), tie_order)
            outcomes.append({"rule": rule.value, "funded": list(outcome.funded), "spent_cents": outcome.spent_cents})
    left_out = [rule.value for rule in asked if rule in too_long]
    session.add(OtherRules(round_id=round_id, outcomes={"rules": outcomes, "left_out": left_out}))
