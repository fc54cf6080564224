"""How do the words of the domain read on the screen, in the visitor's language?"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.models.wijken import AreaKind
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.ideas import IdeaStatus, Test
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus


class Words(Mapping[StrEnum, LazyString]):
    """Words by enum member. Members of two enums may have the same value, and a plain dict takes those for one."""

    def __init__(self, pairs: Iterable[tuple[StrEnum, LazyString]]) -> None:
        """Keep each word under its member's enum and value."""
        self._words = {(type(member), member.value): (member, word) for member, word in pairs}

    def __getitem__(self, member: StrEnum) -> LazyString:
        """Return the word for a member. Raises KeyError for one that has none."""
        return self._words[type(member), member.value][1]

    def __iter__(self) -> Iterator[StrEnum]:
        """Go over the members, in their order."""
        return (member for member, _word in self._words.values())

    def __len__(self) -> int:
        """Return how many members have a word."""
        return len(self._words)


_WORDS: tuple[tuple[StrEnum, LazyString], ...] = (
    (Level.MEEWETEN, _("meeweten")),
    (Level.MEEDENKEN, _("meedenken")),
    (Level.MEEDOEN, _("meedoen")),
    (Level.MEEBESLISSEN, _("meebeslissen")),
    (PhaseKind.COLLECT, _("ideeën inzamelen")),
    (PhaseKind.ASSESS, _("ideeën toetsen")),
    (PhaseKind.VOTE, _("stemmen")),
    (PhaseKind.DECIDE, _("besluiten")),
    (PhaseKind.EXECUTE, _("uitvoeren")),
    (TrajectStatus.DRAFT, _("concept")),
    (TrajectStatus.OPEN, _("loopt")),
    (TrajectStatus.CLOSED, _("afgesloten")),
    (IdeaStatus.PUBLISHED, _("wacht op antwoord")),
    (IdeaStatus.ADMITTED, _("toegelaten als plan")),
    (IdeaStatus.NOT_ADMITTED, _("niet toegelaten")),
    (IdeaStatus.WITHDRAWN, _("ingetrokken")),
    (Test.INITIATIVE, _("Het idee komt van bewoners")),
    (Test.SUPPORT, _("Buren steunen het idee")),
    (Test.PUBLIC_INTEREST, _("Veel mensen in de buurt hebben er iets aan")),
    (Test.OWN_CONTRIBUTION, _("Bewoners doen zelf mee")),
    (Test.FITS_THE_PLAN, _("Het past bij het plan voor de wijk")),
    (Test.THIRD_PARTY_MONEY, _("Er is ook geld van anderen gevraagd")),
    (Test.NO_LASTING_COST, _("De gemeente houdt er geen vaste kosten aan over")),
    (Test.FEASIBLE, _("De gemeente kan het uitvoeren")),
    (HouseRule.INSULT, _("Niet schelden of bedreigen")),
    (HouseRule.DISCRIMINATION, _("Niet discrimineren")),
    (HouseRule.PRIVATE_DATA, _("Geen privégegevens van anderen")),
    (HouseRule.ADVERTISING, _("Geen reclame")),
    (HouseRule.OFF_TOPIC, _("Het gaat over de vraag van het traject")),
    (Role.VISITOR, _("bezoeker")),
    (Role.ACCOUNT, _("ingelogde bezoeker")),
    (Role.RESIDENT, _("bewoner van het gebied")),
    (Role.AUTHOR, _("indiener van het idee")),
    (Role.VOTER, _("kiezer met stemcode")),
    (Role.MODERATOR, _("moderator van een bewonersorganisatie")),
    (Role.ASSESSOR, _("toetser van de gemeente")),
    (Role.WIJKMANAGER, _("wijkmanager")),
    (Role.COLLEGE, _("college van burgemeester en wethouders")),
    (Role.RAAD, _("gemeenteraad")),
    (Role.BEHEERDER, _("technisch beheerder")),
    (Do.FOLLOW, _("een traject volgen")),
    (Do.SUBMIT_IDEA, _("een idee indienen")),
    (Do.SUPPORT_IDEA, _("een idee steunen")),
    (Do.WITHDRAW_IDEA, _("een eigen idee intrekken")),
    (Do.HIDE_IDEA, _("een idee verbergen")),
    (Do.RESTORE_IDEA, _("een verborgen idee terugzetten")),
    (Do.ASSESS_IDEA, _("een idee toetsen")),
    (Do.ADMIT_IDEA, _("een idee toelaten of afwijzen")),
    (Do.MANAGE_TRAJECT, _("een traject beheren")),
    (Do.MANAGE_ROUND, _("een stemronde voorbereiden")),
    (Do.ISSUE_CODES, _("stemcodes uitgeven")),
    (Do.OPEN_VOTE, _("de stemming openen")),
    (Do.CAST_BALLOT, _("stemmen")),
    (Do.COUNT_ROUND, _("de stemmen tellen")),
    (Do.PUBLISH_BESLUIT, _("een besluit publiceren")),
    (Do.RECORD_EXECUTION, _("de uitvoering bijhouden")),
    (Do.READ_AUDIT, _("het logboek lezen")),
    (RoundStatus.DRAFT, _("wordt voorbereid")),
    (RoundStatus.OPEN, _("stemming open")),
    (RoundStatus.COUNTED, _("geteld")),
    (RoundStatus.PUBLISHED, _("uitslag bekend")),
    (BallotKind.APPROVAL, _("kies de plannen die u goed vindt")),
    (BallotKind.KNAPSACK, _("verdeel het budget over plannen")),
    (BallotKind.CHOOSE_ONE, _("kies één plan")),
    (BallotKind.POINTS, _("verdeel punten over plannen")),
    (BallotKind.RANKING, _("zet plannen op volgorde")),
    (AreaKind.GEMEENTE, _("gemeente")),
    (AreaKind.STADSDEEL, _("stadsdeel")),
    (AreaKind.WIJK, _("wijk")),
    (AreaKind.BUURT, _("buurt")),
    (DeviationGround.LAW, _("De wet staat het niet toe")),
    (DeviationGround.SAFETY, _("Het is gevaarlijk voor mensen")),
    (DeviationGround.MONEY_GONE, _("Het geld is er niet meer")),
    (DeviationGround.PLAN_WITHDRAWN, _("De bedenkers trokken het plan terug")),
)

WORDS = Words(_WORDS)

RULES: dict[str, LazyString] = {
    "greedy": _("Het plan met de meeste stemmen krijgt eerst geld. Past een plan niet meer, dan slaan we het over."),
    "greedy-stop": _(
        "Het plan met de meeste stemmen krijgt eerst geld. Bij het eerste plan dat niet past, stoppen we."
    ),
    "greedy-per-euro": _("Het plan met de meeste stemmen per euro krijgt eerst geld."),
    "equal-shares": _(
        "Elke kiezer krijgt een gelijk deel van het geld. Een plan krijgt geld als zijn kiezers het samen kunnen betalen."
    ),
    "equal-shares-add1": _(
        "Elke kiezer krijgt een gelijk deel van het geld, en dat deel groeit tot er niets meer bij past."
    ),
    "equal-shares-add1-comparison": _(
        "Elke kiezer krijgt een gelijk deel van het geld. Vinden meer kiezers de plannen met de meeste stemmen beter, dan krijgen die het geld."
    ),
}

#: The fields of a trajectkaart and a rulebook, where a refusal names them.
FIELDS: dict[str, LazyString] = {
    "question": _("de vraag aan bewoners"),
    "goal": _("het doel"),
    "fixed": _("wat vastligt"),
    "open": _("wat openstaat"),
    "decision_maker": _("wie beslist"),
    "contact": _("de contactpersoon"),
    "use_of_input": _("wat er met inbreng gebeurt"),
    "results_back": _("hoe bewoners het resultaat horen"),
    "phases": _("de fasen"),
    "min_choices": _("het kleinste aantal keuzes"),
    "max_choices": _("het grootste aantal keuzes"),
    "plans": _("het aantal plannen"),
    "category_caps": _("het bedrag voor een categorie"),
    "pot": _("het hele budget"),
    "opens_at": _("het begin van de stemming"),
    "closes_at": _("het einde van de stemming"),
    "ballot_kind": _("de manier van stemmen"),
    "max_sum": _("het bedrag dat een kiezer mag verdelen"),
}

LEFTOVERS: dict[str, LazyString] = {
    "none": _("Wat overblijft, blijft in het wijkbudget."),
    "next-fitting": _("Van wat overblijft, krijgen de volgende plannen die passen nog geld."),
    "part": _("Het volgende plan krijgt wat overblijft, ook als dat maar een deel is."),
}


def word(member: StrEnum) -> str:
    """Return the word for a level, phase, status, test, role or act."""
    return str(WORDS[member])
