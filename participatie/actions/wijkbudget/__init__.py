"""How does a round run: prepared, opened with frozen rules, counted, and carried out?"""

from participatie.actions.wijkbudget.counting import ballots_for_count, count_round
from participatie.actions.wijkbudget.execution import add_milestone, finish_milestone, pay
from participatie.actions.wijkbudget.importing import import_round
from participatie.actions.wijkbudget.rounds import open_vote, prepare_round

__all__ = [
    "add_milestone",
    "ballots_for_count",
    "count_round",
    "finish_milestone",
    "import_round",
    "open_vote",
    "pay",
    "prepare_round",
]
