"""How is a round spoken of that chooses among options, or whose outcome is advice?"""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from participatie.models.wijkbudget import Round
from participatie.spelregels.votes import BallotKind
from participatie.web.words import word

#: How voters fill in a ballot with options on it; a knapsack of options there is not.
OPTION_KINDS: Mapping[BallotKind, LazyString] = {
    BallotKind.APPROVAL: lazy_gettext("kies de opties die u goed vindt"),
    BallotKind.CHOOSE_ONE: lazy_gettext("kies één optie"),
    BallotKind.POINTS: lazy_gettext("verdeel punten over opties"),
    BallotKind.RANKING: lazy_gettext("zet opties op volgorde"),
}


def way_of_voting(kind: BallotKind, *, chooses: bool) -> str:
    """Return how a ballot is filled in: one with options on it, or one with plans."""
    return str(OPTION_KINDS[kind]) if chooses and kind in OPTION_KINDS else word(kind)


def advice_sentence(budget_round: Round) -> str:
    """Return the one sentence that every letter, mail and screen of an advisory poll has; empty where a vote binds."""
    if not budget_round.is_advice():
        return ""
    return str(
        _("Uw stem is een advies: de gemeente neemt zelf het besluit, en schrijft op wat zij met het advies deed.")
    )


def result_sentence(budget_round: Round) -> str:
    """Return what can be read in a result that is published: which plans got money, which options were chosen, or which advice was given."""
    if budget_round.is_advice():
        return str(_("Het advies van bewoners is bekend. U kunt lezen wat de gemeente ermee deed, en waarom."))
    if budget_round.chooses():
        return str(_("De uitslag is bekend. U kunt lezen welke optie won, en hoeveel stemmen de andere kregen."))
    return str(_("De uitslag is bekend. U kunt lezen welke plannen geld kregen, en waarom andere niet."))
