"""How does a round run: prepared, opened with frozen rules, counted, carried out, and forgotten?"""

from participatie.actions.wijkbudget.counting import ballots_for_count, count_round
from participatie.actions.wijkbudget.execution import add_milestone, finish_milestone, pay
from participatie.actions.wijkbudget.exporting import election_of
from participatie.actions.wijkbudget.forgetting import forget_secret
from participatie.actions.wijkbudget.importing import import_round
from participatie.actions.wijkbudget.rounds import open_vote, prepare_round

__all__ = [
    "add_milestone",
    "ballots_for_count",
    "count_round",
    "election_of",
    "finish_milestone",
    "forget_secret",
    "import_round",
    "open_vote",
    "pay",
    "prepare_round",
]
