"""How does a refusal about a buurtpanel read?"""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.verdicts import Refusal

PANELS: dict[Refusal, LazyString] = {
    Refusal.PANEL_RULES_FROZEN: _("Bewoners konden zich al aanmelden. De regels van dit panel liggen daarom vast."),
    Refusal.PANEL_CARD_INCOMPLETE: _("Vul eerst in: %(missing)s. Bewoners moeten vooraf weten waar het panel voor is."),
    Refusal.MANDATE_ABOVE_LEVEL: _(
        "Dit past niet bij het traject: een panel met deze taak hoort bij het niveau %(needed)s. Kies een andere taak, of verhoog eerst het niveau."
    ),
    Refusal.QUOTA_TWICE: _("Bij “%(feature)s” staat “%(value)s” twee keer. Haal er één weg."),
    Refusal.QUOTA_UPSIDE_DOWN: _("Bij “%(value)s” (%(feature)s) is het minste aantal hoger dan het meeste."),
    Refusal.QUOTAS_ASK_TOO_MUCH: _(
        "Bij “%(feature)s” zijn minstens %(least)s plaatsen nodig, en er zijn er %(seats)s. Maak de kleinste aantallen lager."
    ),
    Refusal.QUOTAS_LEAVE_EMPTY: _(
        "Bij “%(feature)s” zijn hoogstens %(most)s plaatsen te vullen, en er zijn er %(seats)s. Maak de grootste aantallen hoger."
    ),
    Refusal.REGISTRATION_NOT_OPEN: _("Aanmelden kan nog niet. Op de pagina van het panel staat wanneer wel."),
    Refusal.POOL_FROZEN: _(
        "De lijst van aanmeldingen ligt vast voor de loting. Aanmelden of afmelden voor de loting kan niet meer."
    ),
    Refusal.MEMBER_NOT_THERE: _("Dit kan nu niet meer. Kijk op de pagina hoe het ervoor staat."),
    Refusal.LOT_ALREADY_BOUND: _("Er ligt al een loting vast. Een tweede kan niet: dan zou iemand kunnen kiezen."),
    Refusal.LOT_NOT_BOUND: _("Deze loting ligt niet vast."),
    Refusal.NUMBER_TOO_SOON: _(
        "Kies een moment dat minstens %(minutes)s minuten later is. Anderen moeten kunnen bewaren wat er vastligt voordat het getal er is."
    ),
    Refusal.NUMBER_TOO_FAR: _("Kies een moment binnen %(days)s dagen."),
    Refusal.NUMBER_TOO_EARLY: _("Dit getal kan er nog niet zijn. Voer het in na het moment dat is afgesproken."),
    Refusal.NUMBER_ALREADY_ENTERED: _("Het getal is al ingevoerd, en de loting is klaar. Dat verandert niet meer."),
    Refusal.NUMBER_WRONG: _("Zo ziet een getal van deze bron er niet uit. Kijk het na, en voer het opnieuw in."),
    Refusal.NUMBER_EXISTS: _(
        "Het getal is er al, dus de uitkomst is al uit te rekenen. Intrekken kan dan niet meer: voer het getal in."
    ),
    Refusal.LOT_BROKEN: _(
        "Wat hier staat, is niet meer wat is vastgelegd. Er is niet geloot. Laat de gemeente uitzoeken wie dit veranderde."
    ),
    Refusal.PANEL_CONSENT_MISSING: _("Zonder toestemming kan dit niet. Lees wat we bewaren, en zet dan het vinkje."),
    Refusal.PANEL_CONTACT_MISSING: _(
        "We moeten deze persoon kunnen bereiken. Vul een e-mailadres of telefoonnummer in, of kies een brief."
    ),
    Refusal.PANEL_ANSWER_MISSING: _("Geef ook antwoord bij “%(feature)s”. Zonder dat kan de loting niet eerlijk zijn."),
    Refusal.PANEL_ANSWER_UNKNOWN: _("Bij “%(feature)s” kan het antwoord “%(value)s” niet. Kies er een uit de lijst."),
    Refusal.PANEL_REGISTERED_TWICE: _("Iemand met deze naam op dit adres is al aangemeld. Eén keer is genoeg."),
    Refusal.PANEL_RESTS: _(
        "Wie in een panel zat, doet daarna %(years)s jaar niet mee. Zo krijgen ook anderen een kans."
    ),
    Refusal.PANEL_ADDRESSES_BOUND: _(
        "Er ligt al een loting over deze adressen vast. Een andere lijst kan daarom niet meer."
    ),
    Refusal.PANEL_KENMERK_UNKNOWN: _("Dit kenmerk hoort niet bij dit panel. Kijk nog eens op de brief."),
    Refusal.PANEL_NO_LETTERS: _("Er is nu geen adres dat zo'n brief moet krijgen."),
    Refusal.PANEL_CODE_WRONG: _("Deze code klopt niet. Kijk de code in uw brief of op uw papier nog eens na."),
    Refusal.PANEL_CODES_TOO_MANY: _(
        "Er zijn dit uur te veel verkeerde codes ingevuld. Kijk uw code nog eens na: de juiste code werkt gewoon."
    ),
    Refusal.STILL_TIME_TO_ANSWER: _(
        "Wie geloot is, heeft %(days)s dagen om te antwoorden. Die tijd is nog niet om. Bel, of wacht nog."
    ),
    Refusal.NO_RESERVE_LEFT: _("Er staat niemand meer op de reservelijst. Deze plaats blijft leeg."),
    Refusal.SEATS_TAKEN: _("Alle %(seats)s plaatsen zijn bezet."),
    Refusal.RESERVES_FIRST: _("Er staan nog mensen op de reservelijst. Zij zijn geloot en gaan voor."),
    Refusal.SEATS_UNANSWERED: _("Er wachten nog %(waiting)s plaatsen op antwoord. Daarna kunt u het panel afsluiten."),
    Refusal.PANEL_NOT_SITTING: _("Dit kan alleen zolang het panel aan het werk is."),
    Refusal.MEETING_ENDS_WRONG: _("Het einde moet na het begin zijn."),
    Refusal.MEETING_IN_THE_PAST: _("Dit moment is al voorbij. Kies een moment dat nog komt."),
    Refusal.MEETING_OVER: _("Deze bijeenkomst is voorbij of afgezegd. Maak een nieuwe als dat nodig is."),
    Refusal.SCORES_FROZEN: _("Deze vraag is al geopend. De vraag en de keuzes veranderen niet meer."),
    Refusal.SCORE_OPTIONS_WRONG: _("Zet minstens %(fewest)s en hoogstens %(most)s keuzes bij de vraag."),
    Refusal.QUESTION_BEFORE_OPEN: _(
        "Er is nog een vraag open. In dit traject komt eerst de ene vraag, en dan pas de volgende. Sluit de vraag die open is."
    ),
    Refusal.SCORES_NOT_OPEN: _("Deze vraag is niet open. Scores geven of veranderen kan nu niet."),
    Refusal.INTEREST_NOT_TOLD: _("Vertel eerst of u een eigen belang hebt bij een van de keuzes."),
    Refusal.INTEREST_IN_OPTION: _(
        "U vertelde dat u een eigen belang hebt bij deze keuze. Daarom geeft u er geen score aan."
    ),
    Refusal.INTEREST_WITHOUT_WORDS: _("Schrijf op welk belang u hebt."),
    Refusal.SCORE_WRONG: _("Kies bij elke keuze een score van 1 tot en met 5, of laat die leeg."),
    Refusal.SCORES_STILL_OPEN: _("Er is nog een vraag open waarop leden scores geven. Sluit die eerst."),
    Refusal.ADVICE_WORDS_MISSING: _(
        "Schrijf op wat het panel zegt en hoe het daartoe kwam. Bij een verbetering ook wat er veranderde."
    ),
    Refusal.TAKEN_OVER_MISSING: _("Schrijf op wat de gemeente overneemt."),
    Refusal.ADVICE_MISSING: _(
        "Publiceer eerst het advies of besluit van het panel, of leg uit waarom het er niet komt."
    ),
    Refusal.ANSWER_PANEL_FIRST: _("Dit panel heeft nog geen antwoord. Geef dat eerst."),
    Refusal.BESLUIT_NOT_AS_ANSWERED: _("Dit is iets anders dan het antwoord aan het panel. Kies wat daar staat."),
    Refusal.ADVICE_CHANGED: _("Er is een nieuwere tekst van het panel. Lees die, en geef daarop antwoord."),
}
