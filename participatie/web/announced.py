"""What was told about a traject, in words: the facts of an announcement as sentences in the visitor's language?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.models.announcements import Announcement
from participatie.models.trajecten import Traject
from participatie.spelregels.balance import BalanceAct
from participatie.spelregels.duties import Duty
from participatie.spelregels.levels import Level
from participatie.spelregels.trajecten import Announced
from participatie.web.formats import last_day
from participatie.web.words import word


def facts_in_words(announcement: Announcement, traject: Traject) -> list[str]:
    """Return the facts as sentences; empty where kind and text say it all. The traject comes with its phases."""
    facts = announcement.facts
    match announcement.kind:
        case Announced.LEVEL:
            levels = {"before": word(Level(facts["before"])), "after": word(Level(facts["after"]))}
            return [_in_phase(facts["phase"], traject), _("Het niveau was %(before)s en is nu %(after)s.", **levels)]
        case Announced.LONGER:
            until = last_day(announcement.until())
            return [_in_phase(facts["phase"], traject), _("De fase duurt nu tot en met %(day)s.", day=until)]
        case Announced.DUTY:
            until = last_day(announcement.until())
            return [_("%(duty)s: uiterlijk op %(day)s.", duty=word(Duty(facts["duty"])), day=until)]
        case Announced.BALANCE:
            return [_("Dit doen we: %(act)s.", act=word(BalanceAct(facts["act"])))]
        case Announced.PHASE_CLOSED | Announced.PRODUCT_DRAFT | Announced.PRODUCT:
            return [_in_phase(facts["phase"], traject)]
        case Announced.RESTART:
            advice = [_("Dit is een peiling: bewoners geven advies.")] if facts.get("is_advice") else []
            return [*advice, _("De stemmen tot nu toe tellen niet meer. De codes uit de brief werken opnieuw.")]
        case Announced.REVOKED:
            return [
                ngettext("Dit gaat om %(num)d stemcode.", "Dit gaat om %(num)d stemcodes.", facts["codes"]),
                _(
                    "Een stem met zo'n code telt niet mee. Wie zo'n brief kreeg, krijgt bij de gemeente een nieuwe code."
                ),
            ]
        case _:
            return []


def _in_phase(position: int, traject: Traject) -> str:
    kind = next((phase.kind for phase in traject.phases if phase.position == position), None)
    return str(_("Fase %(position)s: %(phase)s.", position=position, phase=word(kind) if kind else "–"))
