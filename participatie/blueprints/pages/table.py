"""How does the table of permissions read on the Spelregels page? Rendered from the table itself, so it cannot lie."""

from dataclasses import dataclass

from flask_babel import gettext as _

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Role
from participatie.spelregels.phases import PhaseKind
from participatie.web.words import word


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


def permission_rows() -> list[tuple[str, str, str, str]]:
    """Return one row an act: what, who, in which phases, from which level."""
    everyone = _("altijd")
    return [
        (
            word(do).capitalize(),
            ", ".join(word(role) for role in Role if role in rule.roles),
            everyone if rule.timeless else ", ".join(word(kind) for kind in PhaseKind if kind in rule.during),
            word(rule.level),
        )
        for do, rule in TABLE.items()
    ]
