"""How do the words of the domain read on the screen, in the visitor's language?"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.models.wijken import AreaKind
from participatie.spelregels.balance import BalanceAct, Of, Side
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import Evidence, IdeaStatus, Party, Proposer, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.overrides import OverrideState
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, Earned
from participatie.spelregels.trajecten import Announced, Assurance, DisputeKind, TrajectStatus
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
    (PhaseKind.ANALYSE, _("de wijk bekijken")),
    (PhaseKind.AGENDA, _("de agenda maken")),
    (PhaseKind.PROGRAMME, _("het programma maken")),
    (PhaseKind.COLLECT, _("ideeën inzamelen")),
    (PhaseKind.ASSESS, _("ideeën toetsen")),
    (PhaseKind.VOTE, _("stemmen")),
    (PhaseKind.DECIDE, _("besluiten")),
    (PhaseKind.EXECUTE, _("uitvoeren")),
    (PhaseKind.ACCOUNT, _("verslag doen")),
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
    (Test.IN_TIME, _("Het is op tijd klaar")),
    (Test.WITH_OTHERS, _("Een andere partij doet mee")),
    (Test.PROJECT_GROUP, _("Er is een projectgroep")),
    (Test.THREE_PARTIES, _("Een bewoner, een organisatie en de gemeente doen samen mee")),
    (Test.NO_OVERHEAD, _("Er gaat geen geld naar organisatie")),
    (Weight.HARD, _("moet")),
    (Weight.SOFT, _("telt mee, maar houdt niets tegen")),
    (Weight.OFF, _("vragen we niet")),
    (Evidence.COUNTED, _("dit telt de computer")),
    (Evidence.DECLARED, _("dit zegt de indiener")),
    (Evidence.ASSESSED, _("dit beoordeelt de gemeente")),
    (Proposer.RESIDENT, _("mezelf of mijn buren")),
    (Proposer.RESIDENTS, _("een bewonersorganisatie")),
    (Proposer.PROFESSIONAL, _("een professionele organisatie")),
    (Party.RESIDENT, _("een bewoner")),
    (Party.ORGANISATION, _("een organisatie")),
    (Party.GEMEENTE, _("de gemeente")),
    (OverrideState.WAITS, _("wacht op een tweede persoon")),
    (OverrideState.DISPUTED, _("wacht op een derde persoon")),
    (OverrideState.GRANTED, _("toegestaan door twee mensen")),
    (OverrideState.DECLINED, _("niet toegestaan")),
    (Division.VOTE, _("bewoners stemmen")),
    (Division.AWARD, _("de gemeente kent geld toe, zolang het er is")),
    (Division.NONE, _("er is geen geld bij")),
    (Earned.GOAL, _("als het doel vaststaat")),
    (Earned.INTERIM, _("als er een eerste resultaat is")),
    (Earned.FINAL, _("als alles klaar is")),
    (Duty.NEWS, _("Regelmatig vertellen hoe het gaat")),
    (Duty.DISPUTES, _("Antwoord geven op elk geschil en elke uitdaging")),
    (Duty.PRODUCT, _("Het stuk van elke fase publiceren")),
    (Duty.ANSWERS, _("Elk idee beantwoorden")),
    (Duty.REPORT, _("Een eindverslag uitbrengen")),
    (Duty.RESPONSIBLE, _("Bij elk plan iemand van de gemeente noemen")),
    (Duty.BESLUIT, _("Een besluit nemen")),
    (Duty.CARRY_OUT, _("De uitslag uitvoeren")),
    (DutyState.LATER, _("komt later")),
    (DutyState.KEPT, _("nagekomen")),
    (DutyState.DUE, _("moet nog")),
    (DutyState.OVERDUE, _("te laat")),
    (Of.IDEAS, _("de ideeën")),
    (Of.SUPPORT, _("de steun")),
    (Of.EUROS, _("de euro's")),
    (Side.TOP, _("de actiefste tien procent")),
    (Side.ORGANISATION, _("één organisatie")),
    (Side.STREET, _("één straat of buurt")),
    (BalanceAct.OUTREACH, _("we zoeken mensen die nog niet meedoen")),
    (BalanceAct.EXTENSION, _("we houden de fase langer open")),
    (BalanceAct.PANEL, _("we loten een panel")),
    (BalanceAct.MOTIVATION, _("we leggen uit waarom het zo mag blijven")),
    (Announced.NEWS, _("Nieuws")),
    (Announced.LEVEL, _("Het niveau is veranderd")),
    (Announced.LONGER, _("Een fase duurt langer")),
    (Announced.DUTY, _("De gemeente neemt meer tijd")),
    (Announced.BALANCE, _("Over de balans")),
    (Announced.PHASE_CLOSED, _("Een fase is afgesloten")),
    (Announced.PRODUCT_DRAFT, _("Een concept om op te reageren")),
    (Announced.PRODUCT, _("Een stuk is vastgesteld")),
    (Announced.RESTART, _("De stemming begint opnieuw")),
    (Announced.REPORT, _("Het eindverslag is er")),
    (Announced.CLOSED, _("Het traject is afgesloten")),
    (DisputeKind.DISPUTE, _("Ik ben het niet eens met hoe het gaat")),
    (DisputeKind.CHALLENGE, _("Wij kunnen het beter of goedkoper doen")),
    (Assurance.LOW, _("laag: bijvoorbeeld een e-mailadres")),
    (Assurance.SUBSTANTIAL, _("middel: bijvoorbeeld een brief met een code")),
    (Assurance.HIGH, _("hoog: bijvoorbeeld DigiD of een loket")),
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
    (Role.HELPER, _("helper die ideeën van anderen invoert")),
    (Role.MODERATOR, _("moderator van een bewonersorganisatie")),
    (Role.ASSESSOR, _("toetser van de gemeente")),
    (Role.WIJKMANAGER, _("wijkmanager")),
    (Role.COLLEGE, _("college van burgemeester en wethouders")),
    (Role.RAAD, _("gemeenteraad")),
    (Role.BEHEERDER, _("technisch beheerder")),
    (Do.FOLLOW, _("een traject volgen")),
    (Do.SUBMIT_IDEA, _("een idee indienen")),
    (Do.ENTER_IDEA, _("een idee indienen voor een bewoner")),
    (Do.SUPPORT_IDEA, _("een idee steunen")),
    (Do.JOIN_IDEA, _("meedoen met een idee")),
    (Do.WITHDRAW_IDEA, _("een eigen idee intrekken")),
    (Do.PLACE_IDEA, _("de plek van een idee aanwijzen op de kaart")),
    (Do.ADD_PHOTO, _("een foto bij een eigen idee zetten")),
    (Do.REMOVE_PHOTO, _("een foto weghalen")),
    (Do.HIDE_IDEA, _("een idee verbergen")),
    (Do.RESTORE_IDEA, _("een verborgen idee terugzetten")),
    (Do.ASSESS_IDEA, _("een idee toetsen")),
    (Do.ANSWER_IDEA, _("een idee beantwoorden")),
    (Do.ADMIT_IDEA, _("een idee toelaten")),
    (Do.STAND_BESIDE_IDEA, _("namens de gemeente meedoen met een idee")),
    (Do.OVERRIDE_TEST, _("van een toets afwijken, samen met een ander")),
    (Do.OFFER_TRANSLATION, _("een vertaling aanbieden")),
    (Do.JUDGE_TRANSLATION, _("een vertaling nakijken")),
    (Do.TELL_ABOUT_SELF, _("vragen over uzelf beantwoorden")),
    (Do.RAISE_DISPUTE, _("een geschil of uitdaging voorleggen")),
    (Do.ANSWER_DISPUTE, _("een geschil of uitdaging beantwoorden")),
    (Do.READ_BALANCE, _("de balans lezen")),
    (Do.ACT_ON_BALANCE, _("de balans herstellen of uitleggen")),
    (Do.MANAGE_TRAJECT, _("een traject beheren")),
    (Do.CHANGE_LEVEL, _("het niveau veranderen")),
    (Do.EXTEND_TERM, _("in het openbaar meer tijd nemen")),
    (Do.CLOSE_PHASE, _("een fase of traject afsluiten")),
    (Do.PUBLISH_NEWS, _("nieuws geven")),
    (Do.PUBLISH_PRODUCT, _("het stuk van een fase publiceren")),
    (Do.PUBLISH_REPORT, _("het eindverslag uitbrengen")),
    (Do.MANAGE_ROUND, _("een stemronde voorbereiden")),
    (Do.ISSUE_CODES, _("stemcodes uitgeven")),
    (Do.OPEN_VOTE, _("de stemming openen")),
    (Do.RESTART_VOTE, _("de stemming overdoen")),
    (Do.CAST_BALLOT, _("stemmen")),
    (Do.COUNT_ROUND, _("de stemmen tellen")),
    (Do.AWARD_MONEY, _("geld toekennen")),
    (Do.PUBLISH_BESLUIT, _("een besluit publiceren")),
    (Do.RECORD_EXECUTION, _("de uitvoering bijhouden")),
    (Do.READ_AUDIT, _("het logboek lezen")),
    (Do.GIVE_ROLE, _("een rol geven of intrekken")),
    (Do.IMPORT_AREAS, _("gebieden inlezen")),
    (Do.IMPORT_PROFILE, _("cijfers over een wijk inlezen")),
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
    "dispute_to": _("bij wie bewoners terechtkunnen als zij het niet eens zijn"),
    "not_used": _("wat u niet met inbreng kunt doen"),
    "stakeholders": _("welke groepen meedoen en hoe u ze bereikt"),
    "languages": _("de talen"),
    "assurance": _("hoe zeker u weet wie meedoet"),
    "assurance_reason": _("waarom dat zeker genoeg is"),
    "phases": _("de fasen"),
    "plan_cap": _("het hoogste bedrag voor één plan"),
    "division": _("wie het geld verdeelt"),
    "project_group": _("de projectgroep"),
    "group_needed": _("het aantal leden"),
    "in_time": _("op tijd klaar zijn"),
    "ready_before": _("de einddatum"),
    "payout": _("de delen waarin wordt betaald"),
    "hundred_percent": _("samen honderd procent"),
    "level": _("een fase om ideeën in te zamelen of te toetsen op het niveau meedoen"),
    "lowest_score": _("de laagste score"),
    "highest_score": _("de hoogste score"),
    "rule": _("hoe het geld wordt verdeeld"),
    "leftover": _("wat er met overgebleven geld gebeurt"),
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
