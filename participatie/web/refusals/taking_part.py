"""How do the refusals read that are about taking part: trajecten, ideas, groups, moderation, translations, places?"""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.verdicts import Refusal

TAKING_PART: dict[Refusal, LazyString] = {
    Refusal.LOG_IN_FIRST: _("Log eerst in. U krijgt een code per e-mail; een wachtwoord is niet nodig."),
    Refusal.NOT_YOUR_ROLE: _("Dit kan alleen iemand met deze rol: %(roles)s."),
    Refusal.NOT_YOUR_AREA: _("Dit is voor bewoners van dit gebied. Kies bij Mijn gegevens de buurt waar u woont."),
    Refusal.NO_PHASE_OPEN: _("Er loopt nu geen fase waarin dit kan. Kijk op de tijdlijn wanneer het weer kan."),
    Refusal.WRONG_PHASE: _("Dit kan alleen in deze fase: %(phases)s. Kijk op de tijdlijn wanneer die is."),
    Refusal.LEVEL_TOO_LOW: _("In deze fase is het niveau %(level)s. Voor deze stap is minstens %(needed)s nodig."),
    Refusal.CODE_WRONG: _(
        "Deze code klopt niet of is te oud. Kijk nog eens in uw e-mail, of vraag een nieuwe code aan."
    ),
    Refusal.TOO_MANY_MAILS: _("We stuurden al %(limit)s codes naar dit adres. Wacht een uur en probeer het opnieuw."),
    Refusal.ROLE_NOT_GIVEN: _("Deze rol kan niemand krijgen. Die volgt uit wat iemand doet."),
    Refusal.CARD_INCOMPLETE: _("De trajectkaart is nog niet compleet. Vul eerst in: %(missing)s."),
    Refusal.LEVEL_WITHOUT_ROOM: _("Er staat niets open voor inbreng. Dan mag alleen het niveau meeweten."),
    Refusal.ALREADY_DECIDED_BEFOREHAND: _(
        "Het besluit is al genomen. Dan kunnen bewoners alleen meeweten. Kies dat niveau, of maak het besluit weer open."
    ),
    Refusal.CITY_FIRST: _(
        "Deze vraag gaat over de hele stad. Vraag eerst de hele stad, en daarna de wijk wat de gevolgen zijn."
    ),
    Refusal.GROUP_WITHOUT_WAY: _("Schrijf bij elke groep ook hoe u die bereikt. Bij deze staat het niet: %(group)s."),
    Refusal.PHASES_OUT_OF_ORDER: _("Fase %(position)s begint of eindigt op een verkeerd moment. Kijk de datums na."),
    Refusal.VOTE_NEEDS_MEEBESLISSEN: _(
        "In fase %(position)s wordt gestemd. Dat kan alleen op het niveau meebeslissen."
    ),
    Refusal.POLL_IS_ADVICE: _(
        "In fase %(position)s wordt gepeild. Dat is advies: kies het niveau meedenken of meedoen. Telt de uitslag, plan dan een stemming."
    ),
    Refusal.ADDRESS_TAKEN: _("Dit adres bestaat al. Kies een ander."),
    Refusal.ALREADY_OPEN: _("Dit traject is al geopend."),
    Refusal.NOT_OPEN: _("Dit traject is niet open."),
    Refusal.SAME_LEVEL: _("Het niveau van deze fase is al %(level)s."),
    Refusal.LEVEL_LOWER_UNEXPLAINED: _("Bewoners krijgen minder te zeggen. Schrijf op waarom; iedereen leest dat."),
    Refusal.LEVEL_FIXED_BY_VOTE: _("De stemming is al geopend. Daarna verandert er niets meer aan niveau en datums."),
    Refusal.PHASE_OVER: _("Deze fase is al voorbij."),
    Refusal.PHASE_STILL_RUNS: _("Deze fase loopt nog. Afsluiten kan als de laatste dag voorbij is."),
    Refusal.PHASE_ALREADY_CLOSED: _("Deze fase is al afgesloten."),
    Refusal.PHASE_NOT_CLOSED: _("Sluit eerst fase %(position)s af: %(phases)s."),
    Refusal.EXTENSION_NOT_LATER: _("Kies een latere dag dan nu is beloofd."),
    Refusal.DUTY_OPEN: _(
        "Dit is nog niet gedaan: %(duty)s. Aantal: %(count)s. Doe het eerst, of neem in het openbaar meer tijd."
    ),
    Refusal.DUTY_FIRST: _(
        "Dit is nog niet gedaan: %(duty)s. Aantal: %(count)s. Doe het eerst. Meer tijd nemen kan hier niet."
    ),
    Refusal.NO_SUCH_DUTY: _("Voor deze plicht kunt u geen extra tijd nemen."),
    Refusal.DOMINANCE_UNANSWERED: _(
        "Eén kant heeft te veel inbreng: %(side)s heeft %(percent)s procent van %(of)s. De grens is %(limit)s procent. Doe er iets aan of leg het uit."
    ),
    Refusal.NOTHING_TO_ANSWER: _("De inbreng is in balans. U hoeft nu niets te doen."),
    Refusal.NO_PRODUCT_HERE: _("Bij deze fase hoort geen stuk."),
    Refusal.PRODUCT_MISSING: _("Publiceer eerst een concept. Bewoners moeten erop kunnen reageren."),
    Refusal.REACTION_TIME_RUNS: _("Bewoners kunnen tot %(until)s reageren. Stel het stuk daarna pas vast."),
    Refusal.ALREADY_PUBLISHED: _("Dit is al gepubliceerd."),
    Refusal.ALREADY_ANSWERED: _("Hierop is al geantwoord."),
    Refusal.ALREADY_SUPPORTED: _("U steunt dit idee al. Eén keer is genoeg."),
    Refusal.OWN_IDEA: _("Dit is uw eigen idee. Vraag uw buren om het te steunen."),
    Refusal.IDEA_NOT_OPEN: _("Dit idee is al beantwoord, ingetrokken of verborgen. Dit kan dus niet meer."),
    Refusal.NOT_THE_AUTHOR: _("Alleen wie het idee indiende, kan dit doen."),
    Refusal.OWN_JUDGEMENT: _("Dit is uw eigen idee. Laat een collega erover beslissen."),
    Refusal.CONSENT_MISSING: _("Vraag eerst of de bewoner het goed vindt. Zet dan het vinkje."),
    Refusal.REACH_TOO_LARGE: _("Er kunnen niet meer mensen komen dan er wonen. Kijk de getallen na."),
    Refusal.SLIP_WRONG: _("Deze code klopt niet, of is al gebruikt. Kijk de code op uw briefje nog eens na."),
    Refusal.RESIDENT_ELSEWHERE: _(
        "Deze bewoner woont buiten dit gebied. Het idee hoort in een traject van de eigen wijk."
    ),
    Refusal.REASON_MISSING: _("Schrijf op waarom. Zonder reden kan dit niet."),
    Refusal.USED_MISSING: _("Schrijf op wat de gemeente van het idee gebruikt. Dat hoort bij een ja."),
    Refusal.NOT_USED_MISSING: _("De gemeente gebruikt een deel. Schrijf dan ook op wat zij niet gebruikt."),
    Refusal.FOLLOW_UP_MISSING: _("Schrijf op wat er nu gebeurt."),
    Refusal.ROUTE_MISSING: _(
        "Schrijf op waar de indiener nu terechtkan. Wie een nee krijgt, hoort ook een andere weg."
    ),
    Refusal.NOT_TO_THEM: _("Kies iemand die dit hier mag beantwoorden, en die er zelf niet bij hoort."),
    Refusal.NOTHING_CHOSEN: _("Kies minstens één idee."),
    Refusal.TOO_MANY_TOGETHER: _("Beantwoord hoogstens %(limit)s ideeën tegelijk."),
    Refusal.NOT_FROM_RESIDENTS: _(
        "Dit idee komt niet van bewoners. Hier komen alleen ideeën van bewoners op tafel. Zoek buren die het willen indienen."
    ),
    Refusal.TOO_LITTLE_SUPPORT: _("Het idee heeft %(count)s keer steun. Er is %(needed_count)s keer steun nodig."),
    Refusal.ONE_PERSONS_INTEREST: _("Het idee helpt maar één of een paar mensen. Het moet goed zijn voor de buurt."),
    Refusal.NO_OWN_CONTRIBUTION: _(
        "Bewoners doen zelf nog niets voor dit idee. Schrijf op wat zij doen: tijd, spullen of geld."
    ),
    Refusal.OUTSIDE_THE_PLAN: _("Het idee past niet bij het plan voor de wijk."),
    Refusal.NO_OTHER_MONEY_ASKED: _("Er is nog geen geld van anderen gevraagd. Probeer dat eerst en schrijf het op."),
    Refusal.LASTING_COST: _("De gemeente zou er elk jaar aan moeten betalen. Het wijkbudget betaalt één keer."),
    Refusal.NOT_FEASIBLE: _("De gemeente kan dit idee niet uitvoeren."),
    Refusal.NOT_IN_TIME: _("Het idee is niet klaar op %(until)s. Dat moet wel."),
    Refusal.NO_PARTNER: _("Het idee wordt door één partij gedaan. Zoek een andere partij die meedoet."),
    Refusal.NO_PROJECT_GROUP: _(
        "De projectgroep heeft %(count)s leden. Er zijn er %(needed_count)s nodig; anders voert niemand het uit."
    ),
    Refusal.PARTY_MISSING: _("Deze partij doet nog niet mee: %(parties)s. Zonder haar kan het niet beginnen."),
    Refusal.OVERHEAD: _("In de kosten zit geld voor organisatie. Het geld is alleen voor de uitvoering."),
    Refusal.OVER_PLAN_CAP: _("Dit kost %(over)s te veel. Eén plan krijgt hoogstens %(cap)s."),
    Refusal.HOUSEHOLD_MISSING: _("Vul uw postcode en huisnummer in. Elk huishouden kan hier één keer iets vragen."),
    Refusal.HOUSEHOLD_HAD_ONE: _("Iemand op dit adres diende al een idee in. Elk huishouden kan dat één keer."),
    Refusal.ALREADY_IN_GROUP: _("U doet al mee met dit idee."),
    Refusal.NOT_YOUR_PARTY: _("Namens de gemeente meedoen kan alleen iemand van de gemeente."),
    Refusal.ORGANISATION_MISSING: _("Vul in voor welke organisatie u dit doet."),
    Refusal.NOTHING_TO_OVERRIDE: _("Deze toets houdt het idee niet tegen. Afwijken is dus niet nodig."),
    Refusal.SAME_PERSON: _("U hebt hierover al iets gezegd. Iemand anders moet nu meebeslissen."),
    Refusal.OVERRIDE_SETTLED: _("Over deze toets is al beslist, of er ligt al een voorstel."),
    Refusal.TESTS_INCOMPLETE: _("Deze toets is nog niet gedaan: %(test)s."),
    Refusal.COST_MISSING: _("Er is nog geen bedrag. Laat eerst de kosten schatten."),
    Refusal.OWN_RIVAL: _("U of uw organisatie hebt zelf een idee in dit traject. Vraag een andere moderator."),
    Refusal.ALREADY_HIDDEN: _("Dit idee is al verborgen."),
    Refusal.NOT_HIDDEN: _("Dit idee is niet verborgen."),
    Refusal.NOTHING_WAITS: _("Hier wacht niets meer op een oordeel. Iemand anders was u voor."),
    Refusal.MODERATOR_FIRST: _("Een moderator kijkt hier eerst naar. U kunt het doen als het te lang duurt."),
    Refusal.ALREADY_REPORTED: _("U meldde dit idee al. Een moderator kijkt ernaar."),
    Refusal.TOO_MANY_REPORTS: _(
        "U kunt hoogstens %(limit)s ideeën in een uur melden. Wacht even en probeer het opnieuw."
    ),
    Refusal.ALREADY_APPEALED: _("U vroeg al of iemand anders wil kijken. Dat kan één keer."),
    Refusal.APPEAL_TOO_LATE: _("Dit kan tot %(days)s dagen nadat het idee is verborgen. Die tijd is voorbij."),
    Refusal.OWN_HIDING: _("U verborg dit idee zelf. Iemand anders moet nu kijken."),
    Refusal.MERGE_UNLIKE: _("Kies een ander idee uit hetzelfde traject."),
    Refusal.MERGE_PENDING: _("Voor een van deze ideeën ligt er al een voorstel. Wacht op het antwoord."),
    Refusal.MERGE_OVER: _("Dit voorstel is al beantwoord of verlopen."),
    Refusal.ORGANISATION_TAKEN: _("Er is al een organisatie met deze naam. Kies een andere."),
    Refusal.SAME_LANGUAGE: _("In deze taal staat de tekst er al. Kies een andere taal."),
    Refusal.TRANSLATION_INCOMPLETE: _("Vertaal alle stukken van de tekst. Er ontbreekt er nog een."),
    Refusal.TRANSLATION_WAITS: _(
        "Iemand stuurde al een vertaling in deze taal in. Wacht tot de moderator die heeft nagekeken."
    ),
    Refusal.TRANSLATION_JUDGED: _("Deze vertaling is al nagekeken."),
    Refusal.TRANSLATION_STALE: _("De tekst is intussen veranderd. Deze vertaling klopt dus niet meer; keur haar af."),
    Refusal.OWN_TRANSLATION: _("Dit is uw eigen vertaling. Vraag een andere moderator om haar na te kijken."),
    Refusal.TOO_MANY_PHOTOS: _("Bij een idee passen %(most)s foto's. Haal eerst een foto weg."),
    Refusal.ALT_MISSING: _("Schrijf op wat er op de foto te zien is. Zo weet ook wie niet ziet, waar het over gaat."),
    Refusal.PHOTO_TOO_LARGE: _(
        "Deze foto is te groot. Een foto mag %(megabytes)s MB en %(megapixels)s megapixel zijn. Kies een kleinere foto."
    ),
    Refusal.PHOTO_UNREADABLE: _("Dit bestand kunnen we niet als foto lezen. Kies een foto van uw telefoon."),
    Refusal.PLACE_OUTSIDE: _("Deze plek ligt buiten het gebied. Kies een plek binnen de lijnen op de kaart."),
    Refusal.NO_MAP_HERE: _("Van dit gebied is er nog geen kaart. Schrijf de plek in uw idee."),
}
