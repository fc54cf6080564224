"""May a round with paper be counted, and what of its sheets is forgotten then?"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participatie.models.votes import PaperEntry, PaperSheet, facts_of, stack_progress
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import stacks_are_ready
from participatie.spelregels.verdicts import Verdict


def paper_is_ready(session: Session, budget_round: Round) -> Verdict:
    """Refuse counting while a stack of this opening is not finished or not signed; the sentence names it."""
    rows = session.execute(stack_progress(budget_round.id, budget_round.opening))
    return stacks_are_ready([facts_of(*row) for row in rows])


def forget_entries(session: Session, budget_round: Round) -> None:
    """Forget what people wrote down of sheets and which codes stood on them; who entered what stays."""
    of_round = PaperSheet.round_id == budget_round.id
    sheets = select(PaperSheet.id).where(of_round)
    session.execute(update(PaperEntry).where(PaperEntry.sheet_id.in_(sheets)).values(ballot_key=None, choices=None))
    session.execute(update(PaperSheet).where(of_round).values(ballot_key=None))


def forget_sheets(session: Session, budget_round: Round) -> None:
    """Let the sheets of a vote that is done over go; its stacks stay, and are void."""
    of_round = PaperSheet.round_id == budget_round.id
    sheets = select(PaperSheet.id).where(of_round)
    session.execute(delete(PaperEntry).where(PaperEntry.sheet_id.in_(sheets)))
    session.execute(delete(PaperSheet).where(of_round))
