"""How do the refusals read that are about rounds, codes, ballots, counting and money?"""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.verdicts import Refusal

VOTING: dict[Refusal, LazyString] = {
    Refusal.NO_VOTING_PHASE: _("Dit traject heeft geen fase waarin wordt gestemd. Plan die eerst."),
    Refusal.ROUND_NOT_DRAFT: _("De stemronde is al geopend, of er is nog geen ronde. De plannen liggen dan vast."),
    Refusal.NO_PLANS: _("Er staan nog geen plannen op het stembiljet."),
    Refusal.TOO_FEW_OPTIONS: _("Er zijn te weinig opties om uit te kiezen. Voer er minstens %(fewest)s in."),
    Refusal.OPTION_TWICE: _("Er is al een optie met deze naam. Kies een andere naam."),
    Refusal.NO_OPTIONS_HERE: _("In dit traject kiezen bewoners niet uit opties."),
    Refusal.NO_VOTER_ROLL: _("Er zijn nog geen stemcodes. Geef eerst stemcodes uit."),
    Refusal.PLAN_OVER_POT: _("Het plan %(plan)s kost meer dan het hele budget."),
    Refusal.RULEBOOK_CONTRADICTS: _("Twee regels spreken elkaar tegen: %(one)s en %(other)s."),
    Refusal.RULES_SAY_OTHERWISE: _("Het traject beloofde iets anders: %(one)s. Houd u aan de trajectkaart."),
    Refusal.NO_MONEY_HERE: _("Bij dit traject hoort geen geld. Bewoners zoeken dat zelf."),
    Refusal.NO_VOTE_HERE: _("In dit traject wordt niet gestemd."),
    Refusal.NO_AWARD_HERE: _("In dit traject verdelen bewoners het geld met een stemming. Open die, en tel daarna."),
    Refusal.POT_EMPTY: _("Er is niet genoeg geld meer: %(over)s te weinig."),
    Refusal.RESTART_TOO_LATE: _("De stemmen zijn al geteld. Overdoen kan dan niet meer."),
    Refusal.VOTE_BEGAN_ANEW: _(
        "Deze stemming is opnieuw begonnen. Wat u nu stuurde, is niet geteld. Kies opnieuw en stem dan, met dezelfde code."
    ),
    Refusal.VOTE_NOT_OPEN: _("De stemming is nog niet open. Op de tijdlijn staat wanneer u kunt stemmen."),
    Refusal.VOTE_CLOSED: _("De stemming is gesloten. U kunt niet meer stemmen of uw stem veranderen."),
    Refusal.VOTE_STILL_OPEN: _("De stemming is nog open. Tellen kan pas als die gesloten is."),
    Refusal.VOTING_CODE_WRONG: _("Deze stemcode klopt niet. Kijk de code in uw brief nog eens na."),
    Refusal.TOO_MANY_GUESSES: _("Deze code is te vaak fout ingevuld. Wacht een uur, of bel de gemeente."),
    Refusal.TOO_MANY_WRONG_CODES: _(
        "Er zijn dit uur te veel verkeerde stemcodes ingevuld. Kijk uw code nog eens na: de juiste code werkt gewoon."
    ),
    Refusal.BATCH_REVOKED: _("Deze partij stemcodes is al ingetrokken."),
    Refusal.REVOKING_TOO_LATE: _(
        "Over deze ronde is al een besluit gepubliceerd. Stemcodes intrekken kan niet meer. Wie het niet eens is met het besluit, kan bezwaar maken."
    ),
    Refusal.SECRET_GONE: _(
        "Bij deze ronde hoort geen geheim getal meer. Niemand kan nog zien welke stem bij welke code hoort, dus intrekken kan niet."
    ),
    Refusal.KENMERK_UNKNOWN: _("Dit kenmerk hoort niet bij deze stemronde. Kijk nog eens op de brief of in uw lijst."),
    Refusal.CODE_ALREADY_USED: _("Met deze code is al gestemd. Er komt dan geen nieuwe code."),
    Refusal.CODE_ALREADY_REVOKED: _("Deze code was al ingetrokken of vervangen. Er is niets veranderd."),
    Refusal.TOO_MANY_LETTERS: _(
        "In één keer maken we hier hoogstens %(limit)s brieven. Maak meer partijen, of vraag de beheerder om ze te maken."
    ),
    Refusal.CODES_ALREADY_MADE: _(
        "Dit formulier is al eens verstuurd. Wat toen is gemaakt, laten we niet nog eens zien. Kijk in de lijst van partijen."
    ),
    Refusal.PROXY_NOT_PASSED_ON: _("Deze code kreeg u van iemand anders. U kunt hem niet weer doorgeven."),
    Refusal.PROXY_WITHOUT_CONSENT: _("Zet eerst het vinkje. Zo weten we dat de kiezer dit zelf wil."),
    Refusal.CODE_REVOKED: _("Deze stemcode is ingetrokken. Bel de gemeente voor een nieuwe."),
    Refusal.CODE_OF_REVOKED_BATCH: _(
        "Deze stemcode is ingetrokken, en een stem met deze code telt niet mee. De reden: %(reason)s Vraag de gemeente om een nieuwe code en neem uw brief mee."
    ),
    Refusal.CODE_USED_ELSEWHERE: _("Met deze stemcode is al op papier gestemd. U kunt dan niet ook online stemmen."),
    Refusal.TOO_FEW_CHOICES: _("U koos er %(chosen)s. Kies er minstens %(minimum)s."),
    Refusal.TOO_MANY_CHOICES: _("U koos er %(chosen)s. Kies er hoogstens %(maximum)s."),
    Refusal.TOO_MANY_IN_CATEGORY: _("Kies hoogstens %(maximum)s plannen bij %(category)s."),
    Refusal.OVER_BUDGET: _("Uw keuze kost %(over)s te veel. Haal een plan weg."),
    Refusal.OVER_CATEGORY_BUDGET: _("Uw keuze bij %(category)s kost %(over)s te veel. Haal daar een plan weg."),
    Refusal.CHOICE_TWICE: _("Hetzelfde plan staat twee keer op uw stembiljet."),
    Refusal.CHOICE_UNKNOWN: _("Plan %(plan)s staat niet op dit stembiljet. Kies opnieuw."),
    Refusal.CAST_KEY_WRONG: _(
        "Uw stem kwam niet goed bij ons aan en is niet geteld. Controleer uw keuze en stem opnieuw."
    ),
    Refusal.TOO_FEW_IN_CATEGORY: _("Kies minstens %(minimum)s plannen bij %(category)s."),
    Refusal.POINTS_WRONG: _("Vul een heel getal in, of laat het vak leeg."),
    Refusal.TOO_MANY_POINTS: _("U gaf samen %(given)s punten. Haal er %(over)s weg: u hebt er %(maximum)s."),
    Refusal.TOO_MANY_POINTS_ON_PLAN: _("Geef nergens meer dan %(maximum)s punten."),
    Refusal.PLACE_WRONG: _("Vul een plaats in van 1 tot en met %(maximum)s, of laat het vak leeg."),
    Refusal.PLACE_TWICE: _("Plaats %(place)s staat er meer dan één keer. Geef elke plaats hoogstens één keer."),
    Refusal.VOTES_BY_ACCOUNT: _("In deze stemronde stemt u met een account. Stemcodes uit een brief zijn er niet."),
    Refusal.VOTES_BY_LETTER: _("In deze stemronde stemt u met de code uit uw brief, en niet met een account."),
    Refusal.RESIDENCE_UNKNOWN: _("We weten nog niet zeker waar u woont. Bevestig eerst uw woonplaats."),
    Refusal.RESIDENCE_OTHER_WAY: _(
        "Uw woonplaats is bevestigd op een manier die in deze stemronde niet telt. Haal die eerst weg en bevestig uw woonplaats opnieuw."
    ),
    Refusal.RESIDENCE_ELSEWHERE: _("U woont buiten het gebied van deze stemronde. Alleen bewoners stemmen hier mee."),
    Refusal.RESIDENCE_KNOWN: _("Uw woonplaats is al bevestigd. Haal die eerst weg als u bent verhuisd."),
    Refusal.RESIDENCE_CODE_WRONG: _("Deze woonplaatscode klopt niet. Kijk de code in uw brief nog eens na."),
    Refusal.RESIDENCE_CODE_USED: _("Deze woonplaatscode is al gebruikt. Elke code werkt één keer, voor één account."),
    Refusal.TOO_MANY_RESIDENCE_TRIES: _("U probeerde al %(limit)s codes. Wacht een uur en probeer het opnieuw."),
    Refusal.LOGIN_FAILED: _("Het inloggen is niet gelukt of afgebroken. Begin opnieuw op de inlogpagina."),
    Refusal.LOGIN_SERVICE_DOWN: _(
        "De inlogdienst van de gemeente antwoordt niet. Probeer het later opnieuw, of log in met uw e-mailadres. Stemmen met een code uit een brief kan gewoon."
    ),
    Refusal.IDENTITY_TAKEN: _(
        "Deze inlog hoort al bij een account, of uw account hoort al bij een andere inlog. Eén persoon heeft één account."
    ),
    Refusal.VOTING_CODE_GONE: _(
        "We weten niet meer met welke stemcode u stemt. Vul uw code opnieuw in. Wat al bewaard was, staat er nog."
    ),
    Refusal.PAPER_NOT_IN_TIME: _(
        "Stemmen op papier tellen mee als ze binnenkwamen van %(first)s tot en met %(last)s. Kijk de dag na."
    ),
    Refusal.PAPER_CODE_WRONG: _(
        "Deze stemcode kennen we niet. Kijk nog eens op het vel. Staat de code er echt zo? Kies dan bij Ongeldig voor: geen goede stemcode."
    ),
    Refusal.STACK_NAME_TAKEN: _("Er is al een stapel met deze naam. Kies een andere naam."),
    Refusal.STACK_VOID: _("Deze stapel is vervallen, want de stemming is overgedaan. Maak een nieuwe stapel."),
    Refusal.STACK_INCOMPLETE: _(
        "Stapel %(stack)s is nog niet klaar. Aantal vellen dat nog moet: %(count)s. Voer die eerst in, of los het verschil op."
    ),
    Refusal.STACK_UNSIGNED: _(
        "Het aantal vellen van stapel %(stack)s is nog niet getekend. Laat eerst een tweede persoon tellen en tekenen."
    ),
    Refusal.SHEET_UNKNOWN: _("Vel %(sheet)s zit niet in deze stapel. De stapel heeft zoveel vellen: %(sheets)s."),
    Refusal.SHEET_ENTERED_BY_YOU: _("U voerde vel %(sheet)s al in. Iemand anders moet dat de tweede keer doen."),
    Refusal.SHEET_SETTLED: _("Vel %(sheet)s is al twee keer ingevoerd of al klaar. Ga verder met het volgende vel."),
    Refusal.SHEETS_IN_USE: _("Vel %(sheet)s is al ingevoerd. De stapel kan niet kleiner zijn dan dat."),
    Refusal.TOTALS_DIFFER: _(
        "U telde %(counted)s vellen. De eerste persoon telde er %(sheets)s. Tel samen opnieuw, en verander het aantal als dat nodig is."
    ),
    Refusal.ENTRY_STAYS: _(
        "Dit kunt u niet terugnemen. Dat kan alleen wie het vel invoerde, zolang niemand anders het ook deed."
    ),
    Refusal.NO_MISMATCH: _("Bij dit vel is geen verschil meer om op te lossen."),
    Refusal.LINE_UNREADABLE: _(
        "Deze regel kunnen we niet lezen. De eerste regel is: vel,code,keuze. Daarna heeft elke regel die drie delen."
    ),
    Refusal.NOT_COUNTED: _("De stemmen zijn nog niet geteld. Tel eerst, en neem dan het besluit."),
    Refusal.COUNT_OUTDATED: _(
        "Na het tellen zijn stemcodes ingetrokken. De uitslag klopt dus niet meer. Tel de stemmen eerst opnieuw."
    ),
    Refusal.ALREADY_COUNTED: _("Deze ronde is al geteld."),
    Refusal.SEAL_BROKEN: _(
        "De online stemmen zijn niet meer die van het sluiten: toen waren het er %(sealed)s, nu %(found)s. Tellen kan zo niet. Dit staat in het logboek; laat de beheerder een reservekopie terugzetten."
    ),
    Refusal.ALREADY_DECIDED: _("Hierover is al een besluit gepubliceerd. U kunt dat verbeteren."),
    Refusal.ANSWER_FIRST: _("Dit idee heeft nog geen antwoord. Beantwoord het eerst."),
    Refusal.ROUND_FIRST: _("De uitslag van deze ronde is nog niet openbaar. Publiceer eerst het besluit daarover."),
    Refusal.OUTCOME_MISSING: _("Kies wat de gemeente besluit."),
    Refusal.NO_OBJECTION_UNEXPLAINED: _("Schrijf op waarom niemand bezwaar kan maken."),
    Refusal.CORRECTION_UNEXPLAINED: _("Schrijf op waarom u het besluit verbetert."),
    Refusal.NOTHING_CORRECTED: _("U veranderde niets. Er komt dus geen nieuwe versie."),
    Refusal.CORRECTED_MEANWHILE: _("Een collega verbeterde dit besluit intussen. Lees eerst de nieuwe versie."),
    Refusal.NOT_DECIDED: _("Over deze ronde is nog geen besluit gepubliceerd. Dat moet eerst."),
    Refusal.OBJECTION_TERM_RUNS: _("Tot en met %(until)s kan iemand bezwaar maken. Doe dit pas daarna."),
    Refusal.ADVICE_UNANSWERED: _(
        "Schrijf op wat u met het advies van bewoners doet: volgen, deels volgen of niet volgen."
    ),
    Refusal.DEVIATION_WITHOUT_GROUND: _("Wie afwijkt van de uitslag, kiest een grond uit de lijst."),
    Refusal.DEVIATION_WITHOUT_PLAN: _(
        "U wijkt af van de uitslag. Zet bij „Welke plannen gaan niet door?” een vinkje bij elk plan dat niet doorgaat."
    ),
    Refusal.DEVIATION_NOT_CHOSEN: _("Bewoners kozen dit plan niet. Zet alleen vinkjes bij plannen uit de uitslag."),
    Refusal.WITHHELD_HAS_MONEY: _(
        "Voor plan %(number)s is al geld afgesproken, betaald of teruggegeven, of het resultaat is al bekend. Het kan dus niet meer worden ingetrokken."
    ),
    Refusal.IDEA_SAYS_NO: _(
        "Het besluit over het idee van plan %(number)s zegt nog nee. Verbeter eerst dat besluit. Daarna kan het plan doorgaan."
    ),
    Refusal.WITHHOLD_FIRST: _(
        "Dit plan gaat door volgens het besluit over de ronde. Verbeter eerst dat besluit. Zet daar een vinkje bij dit plan."
    ),
    Refusal.PLAN_NOT_FUNDED: _("Dit plan kreeg geen geld. Er is dus niets uit te voeren."),
    Refusal.AMOUNT_OVER_ALLOCATED: _("Dit is %(over)s meer dan het plan kreeg."),
    Refusal.DAY_TO_COME: _("Deze dag moet nog komen. Vul de dag in waarop het gebeurde."),
    Refusal.OVER_FREE: _("Dit is %(over)s meer dan er nog vrij is in het kasboek van dit plan."),
    Refusal.OVER_COMMITMENT: _("Dit is %(over)s meer dan er is afgesproken. Schrijf het meerdere apart op."),
    Refusal.ALREADY_REVERSED: _("Aan deze regel valt niets meer terug te draaien."),
    Refusal.ACCOUNT_OPEN: _("Er is nog %(open)s niet betaald en niet teruggegeven. Doe dat eerst."),
    Refusal.ACCOUNT_CLOSED: _("De eindafrekening is gemaakt. Dit kasboek verandert niet meer."),
    Refusal.RESULT_MISSING: _("Vertel eerst in het openbaar wat het plan opleverde. Zonder resultaat sluit het niet."),
    Refusal.MAKERS_NOT_ASKED: _(
        "Vraag de mensen eerst of hun naam erbij mag. Zet dan het vinkje, of laat de namen weg."
    ),
    Refusal.RECEIPT_UNREADABLE: _("Kies een bon als PDF of JPG, van hoogstens %(megabytes)s MB."),
    Refusal.PROMISE_KEPT: _("Deze toezegging is al nagekomen."),
    Refusal.PART_NOT_EARNED: _("Nu mag hoogstens %(payable)s worden betaald. De rest volgt als er resultaat is."),
}
