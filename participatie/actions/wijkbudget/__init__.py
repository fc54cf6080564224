"""How does a round run: prepared, opened with frozen rules, counted, carried out, and forgotten?"""

from participatie.actions.wijkbudget.awarding import award_money, may_award_now
from participatie.actions.wijkbudget.bundling import bundle_facts, keep_bundle
from participatie.actions.wijkbudget.counting import count_round
from participatie.actions.wijkbudget.execution import (
    add_milestone,
    earned_by,
    finish_milestone,
    money_for,
    move_milestone,
)
from participatie.actions.wijkbudget.exporting import election_of, pabulib_text_of
from participatie.actions.wijkbudget.forgetting import forget_secret
from participatie.actions.wijkbudget.importing import import_round
from participatie.actions.wijkbudget.ledger import commit_money, give_back, keep_receipt, pay, reverse, settle
from participatie.actions.wijkbudget.matching import count_holds
from participatie.actions.wijkbudget.options import OptionText, add_option, change_option, remove_option
from participatie.actions.wijkbudget.recounting import Comparison, compare_outcome, is_same, recount_round
from participatie.actions.wijkbudget.rehearsing import Rehearsal, rehearse_file, rehearse_made_up
from participatie.actions.wijkbudget.restarting import restart_vote
from participatie.actions.wijkbudget.results import add_plan_photo, forget_makers, publish_result, remove_plan_photo
from participatie.actions.wijkbudget.rounds import (
    RoundTerms,
    change_round,
    may_open_now,
    may_prepare_round,
    open_vote,
    prepare_round,
)
from participatie.actions.wijkbudget.sealing import seal_vote, votes_to_seal

__all__ = [
    "Comparison",
    "OptionText",
    "Rehearsal",
    "RoundTerms",
    "add_milestone",
    "add_option",
    "add_plan_photo",
    "award_money",
    "bundle_facts",
    "change_option",
    "change_round",
    "commit_money",
    "compare_outcome",
    "count_holds",
    "count_round",
    "earned_by",
    "election_of",
    "finish_milestone",
    "forget_makers",
    "forget_secret",
    "give_back",
    "import_round",
    "is_same",
    "keep_bundle",
    "keep_receipt",
    "may_award_now",
    "may_open_now",
    "may_prepare_round",
    "money_for",
    "move_milestone",
    "open_vote",
    "pabulib_text_of",
    "pay",
    "prepare_round",
    "publish_result",
    "recount_round",
    "rehearse_file",
    "rehearse_made_up",
    "remove_option",
    "remove_plan_photo",
    "restart_vote",
    "reverse",
    "seal_vote",
    "settle",
    "votes_to_seal",
]
