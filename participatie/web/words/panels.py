"""How do the words of a buurtpanel read?"""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource
from participatie.spelregels.buurtpanels.members import (
    HouseholdStatus,
    LeaveReason,
    MemberStatus,
    Recruitment,
    ReplyChannel,
)
from participatie.spelregels.buurtpanels.opening import Mandate, PanelStatus
from participatie.spelregels.buurtpanels.registration import Outlook
from participatie.spelregels.buurtpanels.seats import SeatChannel
from participatie.spelregels.permissions import Do, Role

OF_PANELS: tuple[tuple[StrEnum, LazyString], ...] = (
    (Role.PANEL_MEMBER, _("wie een code van het buurtpanel heeft")),
    (Do.MANAGE_PANEL, _("een buurtpanel voorbereiden en begeleiden")),
    (Do.ENTER_REGISTRATION, _("een aanmelding voor een buurtpanel invoeren")),
    (Do.ANSWER_INVITATION, _("zich aanmelden voor een buurtpanel")),
    (Do.BIND_LOT, _("een loting vastleggen")),
    (Do.ENTER_NUMBER, _("het getal van een loting invoeren")),
    (Do.REPLACE_MEMBER, _("een panellid vervangen")),
    (Do.TAKE_SEAT, _("een plaats in een buurtpanel aannemen of afstaan")),
    (Do.GIVE_SCORE, _("scores geven in een buurtpanel")),
    (Do.READ_SCORES, _("zien hoe de scores van een buurtpanel verdeeld zijn")),
    (Do.PUBLISH_ADVICE, _("het advies of besluit van een buurtpanel publiceren")),
    (Do.ANSWER_ADVICE, _("het advies van een buurtpanel beantwoorden")),
    (PanelStatus.DRAFT, _("wordt voorbereid")),
    (PanelStatus.REGISTERING, _("bewoners kunnen zich aanmelden")),
    (PanelStatus.DRAWING, _("er wordt geloot")),
    (PanelStatus.SITTING, _("aan het werk")),
    (PanelStatus.CLOSED, _("klaar")),
    (Mandate.ADVISE, _("Het panel geeft advies")),
    (Mandate.DECIDE, _("Het panel beslist")),
    (Recruitment.LOT, _("door loting")),
    (Recruitment.NETWORK, _("gevraagd uit een netwerk")),
    (Recruitment.OTHER, _("op een andere manier")),
    (ReplyChannel.WEB, _("op de site")),
    (ReplyChannel.PAPER, _("op papier")),
    (ReplyChannel.DESK, _("aan de balie")),
    (ReplyChannel.IMPORT, _("uit een bestand")),
    (HouseholdStatus.LISTED, _("op de lijst")),
    (HouseholdStatus.INVITED, _("uitgenodigd")),
    (HouseholdStatus.REGISTERED, _("iemand meldde zich aan")),
    (HouseholdStatus.DECLINED, _("wil niet meedoen")),
    (Outlook.SHORT, _("te weinig")),
    (Outlook.TIGHT, _("krap")),
    (Outlook.ENOUGH, _("genoeg")),
    (MemberStatus.REGISTERED, _("aangemeld")),
    (MemberStatus.TAKEN_BACK, _("aanmelding teruggenomen")),
    (MemberStatus.DRAWN, _("geloot, nog niet bevestigd")),
    (MemberStatus.CONFIRMED, _("lid van het panel")),
    (MemberStatus.DECLINED, _("doet toch niet mee")),
    (MemberStatus.LEFT, _("gestopt")),
    (LeaveReason.NO_TIME, _("geen tijd")),
    (LeaveReason.MOVED, _("verhuisd")),
    (LeaveReason.ILLNESS, _("ziek")),
    (LeaveReason.NO_ANSWER, _("geen antwoord gekregen")),
    (LeaveReason.OTHER, _("een andere reden")),
    (LotKind.INVITATION, _("loting van adressen die een uitnodiging krijgen")),
    (LotKind.SELECTION, _("loting van de leden")),
    (LotStatus.PREPARING, _("wordt voorbereid")),
    (LotStatus.FAILED, _("voorbereiden lukte niet")),
    (LotStatus.COMMITTED, _("ligt vast, wacht op het getal")),
    (LotStatus.DRAWN, _("geloot")),
    (LotStatus.WITHDRAWN, _("ingetrokken")),
    (NumberSource.DRAND, _("drand, een openbaar toevalsgetal van het internet")),
    (NumberSource.LOTTO, _("de trekking van de Lotto")),
    (NumberSource.DICE, _("dobbelstenen, gegooid waar iedereen bij is")),
    (SeatChannel.WEB, _("op de site")),
    (SeatChannel.PHONE, _("per telefoon")),
    (SeatChannel.PAPER, _("op papier")),
    (SeatChannel.DESK, _("aan de balie")),
)
