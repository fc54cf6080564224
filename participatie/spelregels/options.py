"""May residents choose among these options, and so? There is no pot: what they choose is which design is made."""

from collections.abc import Sequence

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import BallotKind

#: How options are counted, and what is left of the pot; `allocation` knows these names.
MOST_VOTES, NOTHING_LEFT = "most-votes", "none"
FEWEST_OPTIONS = 2


def may_choose_so(promised: BallotKind | None, terms: tuple[int, BallotKind, str, str]) -> Verdict:
    """Refuse a choice among options with a pot, a ballot that divides one, or a rule about money.

    `promised` is how the traject said that residents fill in their ballot, None when it did not; `terms` are the pot
    in cents, the kind of ballot, the rule and what happens with what is left.
    """
    pot_cents, ballot_kind, rule, leftover = terms
    told: Sequence[tuple[bool, str]] = (
        (pot_cents == 0, "pot"),
        (ballot_kind is not BallotKind.KNAPSACK and promised in (None, ballot_kind), "ballot_kind"),
        (rule == MOST_VOTES, "rule"),
        (leftover == NOTHING_LEFT, "leftover"),
    )
    wrong = next((name for as_told, name in told if not as_told), None)
    return refused(Refusal.RULES_SAY_OTHERWISE, one=wrong) if wrong else Allowed()


def may_open_choice(options: int, seats: int) -> Verdict:
    """Refuse a choice that is none: at least two options, and more of them than can win."""
    fewest = max(FEWEST_OPTIONS, seats + 1)
    return refused(Refusal.TOO_FEW_OPTIONS, fewest=fewest) if options < fewest else Allowed()


def may_be_option(name: str, others: Sequence[str]) -> Verdict:
    """Refuse an option without a name, and one that is called as another: on a ballot nobody could tell them apart."""
    plain = " ".join(name.split()).casefold()
    if not plain:
        return refused(Refusal.REASON_MISSING)
    if plain in {" ".join(other.split()).casefold() for other in others}:
        return refused(Refusal.OPTION_TWICE)
    return Allowed()
