"""What does each level mean for residents, and what does it ask of the gemeente? In words, for every page that shows a level."""

from dataclasses import dataclass

from flask_babel import gettext as _

from participatie.spelregels.levels import Level


@dataclass(frozen=True, slots=True)
class LevelDuty:
    """A level with what it gives residents and what it asks of the gemeente."""

    level: Level
    residents: str
    gemeente: str


def level_duties() -> list[LevelDuty]:
    """Return the four levels, lowest first."""
    return [
        LevelDuty(
            Level.MEEWETEN,
            _("U kunt alles lezen, het traject volgen en vragen wie uw contactpersoon is."),
            _("De gemeente vertelt op tijd wat er gaat gebeuren, wat vastligt en wanneer."),
        ),
        LevelDuty(
            Level.MEEDENKEN,
            _("U kunt ook ideeën indienen en ideeën van anderen steunen."),
            _("De gemeente geeft op elk idee antwoord, met redenen en binnen de beloofde tijd."),
        ),
        LevelDuty(
            Level.MEEDOEN,
            _("U kunt ook samen een plan maken en uitvoeren."),
            _("De gemeente helpt mee en noemt wie verantwoordelijk is."),
        ),
        LevelDuty(
            Level.MEEBESLISSEN,
            _("U kunt ook stemmen, en de uitslag telt."),
            _(
                "De gemeente voert de uitslag uit. Wijkt ze af, dan alleen om een reden uit een vaste lijst, en in het openbaar."
            ),
        ),
    ]


def duties_of_levels(levels: set[Level]) -> list[LevelDuty]:
    """Return the levels that a traject has, lowest first, and those below them: each level adds to the one before."""
    highest = max((level.rank for level in levels), default=0)
    return [duty for duty in level_duties() if duty.level.rank <= highest]
