"""`participatie …`: what operators type and cron runs. The command line speaks Dutch, as its users do."""

import click

from participatie.commands.lazily import LazyGroup, Wanted

#: Every command by its name: where it is, and in one sentence what it does. A command is imported when it is
#: asked for, because most of them need the whole website and an answer about one file should not wait for that.
COMMANDS = {
    "allocate": Wanted(
        "allocate", "allocate_file", "Verdeel de pot van een Pabulib-bestand (.pb) en zeg bij elk plan waarom."
    ),
    "areas": Wanted("areas", "areas", "De gemeente met haar stadsdelen, wijken en buurten."),
    "codes": Wanted("codes", "codes", "Stemcodes maken, als bestand of als brieven."),
    "demo": Wanted("database", "demo", "Vul een lege database met de verzonnen gemeente van de demo."),
    "draw": Wanted("drawing", "draw_file", "Loot een panel uit een CSV-bestand, met de eerlijkste kansen die er zijn."),
    "maintenance": Wanted("maintenance", "maintenance", "De site even dichtdoen voor onderhoud, en weer open."),
    "migrate": Wanted("database", "migrate", "Breng de database naar de nieuwste versie."),
    "presets": Wanted(
        "presets", "presets", "Spelregels om een traject mee te beginnen, van andere plaatsen en van uzelf."
    ),
    "profile": Wanted("profile", "profile", "Cijfers over wie er in een wijk wonen, om te zien wie nog niet meedoet."),
    "roles": Wanted("roles", "roles", "Rollen van medewerkers en moderatoren, per gebied."),
    "rounds": Wanted("rounds", "rounds", "Stemrondes inlezen, tellen, publiceren en vergeten."),
    "start": Wanted(
        "start",
        "start",
        "Start de site op deze machine, met de worker erbij die stemmingen verzegelt en e-mail verstuurt.",
    ),
    "verify": Wanted(
        "verifying",
        "verify_file",
        "Controleer de bundel van een uitslag of een loting: reken alles na, en zeg waar het eerste verschil zit.",
    ),
    "worker": Wanted(
        "mail",
        "worker",
        "Verzegel wat sloot, verstuur de e-mail die klaarstaat, laat vertalen wat is gepubliceerd, en blijf dat doen.",
    ),
}


@click.group(cls=LazyGroup, wanted=COMMANDS)
def main() -> None:
    """Participatie: burgerparticipatie en wijkbudgetten met spelregels die gelden."""
