"""How do ballots on paper come in: entered by two people apart, settled where they differ, totals signed by two?"""

from participatie.actions.votes.paper.entering import Written, enter_sheet, take_back
from participatie.actions.votes.paper.forgetting import forget_entries, forget_sheets, paper_is_ready
from participatie.actions.votes.paper.importing import COLUMNS, Imported, WrongLines, import_entries
from participatie.actions.votes.paper.settling import settle_sheet
from participatie.actions.votes.paper.stacks import change_total, make_stack, remove_stack, sign_stack

__all__ = [
    "COLUMNS",
    "Imported",
    "Written",
    "WrongLines",
    "change_total",
    "enter_sheet",
    "forget_entries",
    "forget_sheets",
    "import_entries",
    "make_stack",
    "paper_is_ready",
    "remove_stack",
    "settle_sheet",
    "sign_stack",
    "take_back",
]
