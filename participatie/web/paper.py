"""What does everybody read about the votes that came in on paper? Numbers below ten are not told, nor what gives them away."""

from flask_babel import gettext as _

from participatie.models.votes import paper_in_numbers
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import SHOWN_FROM, Shown, Why, shown_as
from participatie.spelregels.votes import Channel
from participatie.web.formats import number
from participatie.web.transaction import db
from participatie.web.words import word


def paper_sentences(budget_round: Round) -> list[str]:
    """Return how many ballots came in on paper and how many sheets do not count and why; nothing where there are none."""
    rows = db().execute(paper_in_numbers(budget_round.id, budget_round.opening)).all()
    channels = {name: count for name, count in rows if name in set(Channel)}
    not_counted = sorted((word(Why(name)), count) for name, count in rows if name in set(Why))
    paper = channels.pop(Channel.PAPER, 0)
    if not paper and not not_counted:
        return []
    said = [_("Op papier gestemd: %(count)s.", count=_shown(paper, sum(channels.values())))]
    if not_counted:
        reasons = "; ".join(f"{why}: {_shown(count)}" for why, count in not_counted)
        said.append(_("Vellen die niet meetelden, met de reden: %(reasons)s.", reasons=reasons))
    return said


def _shown(count: int, others: int = 0) -> str:
    match shown_as(count, others):
        case Shown.FEW:
            return str(_("minder dan %(count)s", count=SHOWN_FROM))
        case Shown.MANY:
            return str(_("%(count)s of meer", count=SHOWN_FROM))
        case Shown.EXACT:
            return number(count)
