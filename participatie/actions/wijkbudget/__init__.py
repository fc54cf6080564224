"""How does a round run: prepared, opened with frozen rules, counted, carried out, and forgotten?"""

from participatie.actions.wijkbudget.awarding import award_money, may_award_now
from participatie.actions.wijkbudget.counting import ballots_for_count, count_round
from participatie.actions.wijkbudget.execution import add_milestone, earned_by, finish_milestone, pay
from participatie.actions.wijkbudget.exporting import election_of
from participatie.actions.wijkbudget.forgetting import forget_secret
from participatie.actions.wijkbudget.importing import import_round
from participatie.actions.wijkbudget.restarting import restart_vote
from participatie.actions.wijkbudget.rounds import RoundTerms, change_round, may_open_now, open_vote, prepare_round

__all__ = [
    "RoundTerms",
    "add_milestone",
    "award_money",
    "ballots_for_count",
    "change_round",
    "count_round",
    "earned_by",
    "election_of",
    "finish_milestone",
    "forget_secret",
    "import_round",
    "may_award_now",
    "may_open_now",
    "open_vote",
    "pay",
    "prepare_round",
    "restart_vote",
]
