"""How do the words read of what is told back: answers, besluiten, promises, money, moderation, reports?"""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.answers import Asked, Timing, Turn
from participatie.spelregels.besluiten import Outcome, SubjectKind
from participatie.spelregels.journey import Station
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.merging import MergeStatus
from participatie.spelregels.moderation import Handled, Waiting
from participatie.spelregels.permissions import Do
from participatie.spelregels.promises import PromiseState, Said, Source
from participatie.spelregels.reporting import Part
from participatie.spelregels.telling import Cadence

OF_ANSWERS: tuple[tuple[StrEnum, LazyString], ...] = (
    (Waiting.REPORT, _("melding")),
    (Waiting.FIRST_POST, _("eerste idee van iemand")),
    (Waiting.APPEAL, _("verzoek om opnieuw te kijken")),
    (Handled.HIDDEN, _("verborgen")),
    (Handled.KEPT, _("bleef zoals het was")),
    (Handled.RESTORED, _("teruggezet")),
    (Handled.BY_TIME, _("vanzelf gepubliceerd")),
    (MergeStatus.OPEN, _("wacht op antwoord")),
    (MergeStatus.MERGED, _("samengevoegd")),
    (MergeStatus.DECLINED, _("niet samengevoegd")),
    (MergeStatus.EXPIRED, _("verlopen")),
    (Do.JUDGE_IDEA, _("een melding of een eerste idee beoordelen")),
    (Do.APPEAL_HIDING, _("een ander naar een verborgen idee laten kijken")),
    (Do.JUDGE_APPEAL, _("opnieuw kijken naar een verborgen idee")),
    (Do.MERGE_IDEAS, _("twee ideeën samenvoegen, als beide indieners dat willen")),
    (Do.MARK_LANGUAGE, _("de taal van een idee verbeteren")),
    (Do.MANAGE_ORGANISATION, _("een organisatie van bewoners beheren")),
    (Do.HAND_OVER_ANSWER, _("een antwoord aan een collega overdragen")),
    (Do.RECORD_PROMISE, _("een toezegging opschrijven en bijhouden")),
    (Asked.IDEA, _("idee")),
    (Asked.DISPUTE, _("geschil of uitdaging")),
    (Asked.ADVICE, _("advies van bewoners")),
    (Turn.CONTACT, _("de contactpersoon van het traject")),
    (Turn.STAFF, _("een medewerker van de gemeente")),
    (Turn.MANAGER, _("de wijkmanager")),
    (Turn.WETHOUDER, _("de wethouder")),
    (Timing.IN_TIME, _("op tijd beantwoord")),
    (Timing.LATE, _("te laat beantwoord")),
    (Timing.WAITING, _("wacht, nog op tijd")),
    (Timing.OVERDUE, _("wacht, al te laat")),
    (Station.SUBMITTED, _("Ingediend")),
    (Station.SUPPORTED, _("Genoeg steun")),
    (Station.ASSESSED, _("Getoetst")),
    (Station.ADMITTED, _("Toegelaten")),
    (Station.NOT_ADMITTED, _("Niet toegelaten")),
    (Station.WITHDRAWN, _("Ingetrokken")),
    (Station.BALLOT, _("Op het stembiljet")),
    (Station.ALLOCATED, _("Geld gekregen")),
    (Station.NOT_ALLOCATED, _("Geen geld gekregen")),
    (Station.EXECUTION, _("In uitvoering")),
    (Station.DONE, _("Klaar")),
    (Station.ACCOUNTED, _("Verantwoord in het eindverslag")),
    (Cadence.AT_ONCE, _("meteen, bij elk bericht")),
    (Cadence.DAILY, _("elke dag één overzicht")),
    (Cadence.WEEKLY, _("elke week één overzicht, op maandag")),
    (Cadence.NEVER, _("nooit")),
    (EntryKind.PAID, _("betaald")),
    (EntryKind.COMMITTED, _("afgesproken, nog te betalen")),
    (EntryKind.RETURNED, _("over, teruggegeven")),
    (Source.MEETING, _("een bijeenkomst")),
    (Source.BESLUIT, _("een besluit")),
    (Source.ANSWER, _("een antwoord")),
    (PromiseState.OPEN, _("loopt")),
    (PromiseState.LATE, _("te laat")),
    (PromiseState.KEPT, _("nagekomen")),
    (Said.NEWS, _("nieuws")),
    (Said.MOVED, _("andere dag")),
    (Said.KEPT, _("nagekomen")),
    (Outcome.YES, _("Ja, dit gaat door")),
    (Outcome.PARTLY, _("Dit gaat voor een deel door")),
    (Outcome.NO, _("Nee, dit gaat niet door")),
    (SubjectKind.ROUND, _("een uitslag of verdeling")),
    (SubjectKind.IDEA, _("een idee")),
    (SubjectKind.TRAJECT, _("een traject")),
    (Part.TAKING_PART, _("Wie er meededen")),
    (Part.ASKED, _("Wat er gevraagd is")),
    (Part.USED, _("Wat er met de inbreng is gedaan")),
    (Part.NOT_USED, _("Wat er niet mee is gedaan, en waarom niet")),
    (Part.DECIDED, _("Wat er besloten is")),
    (Part.MONEY, _("Wat er met het geld is gedaan")),
    (Part.PROMISES, _("Toezeggingen")),
    (Part.TERMS, _("Wat de gemeente moet doen")),
    (Part.OUTCOME, _("Wat er echt veranderde")),
    (Part.LESSONS, _("Wat anderen hiervan kunnen leren")),
    (MeetingKind.PLATFORM, _("wijkplatform")),
    (MeetingKind.TALK, _("buurtgesprek")),
    (MeetingKind.EARLY, _("beginspraak")),
    (MeetingKind.THEME, _("themabijeenkomst")),
    (MeetingKind.WALK, _("wijkschouw")),
    (MeetingKind.TERRACE, _("straatterras")),
    (MeetingKind.CAFE, _("café")),
    (MeetingKind.HOME_VISIT, _("huisbezoek")),
    (ReachOf.RESIDENTS, _("inwoners")),
    (ReachOf.HOUSEHOLDS, _("huishoudens")),
)
