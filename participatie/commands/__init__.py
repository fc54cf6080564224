"""`participatie …`: what operators type and cron runs. The command line speaks Dutch, as its users do."""

import click

from participatie.commands.allocate import allocate_file
from participatie.commands.areas import areas
from participatie.commands.codes import codes
from participatie.commands.database import demo, migrate
from participatie.commands.mail import worker
from participatie.commands.maintenance import maintenance
from participatie.commands.postcodes import postcodes
from participatie.commands.presets import presets
from participatie.commands.profile import profile
from participatie.commands.roles import roles
from participatie.commands.rounds import rounds
from participatie.commands.start import start
from participatie.commands.verifying import verify_file


@click.group()
def main() -> None:
    """Participatie: burgerparticipatie en wijkbudgetten met spelregels die gelden."""


for command in (start, migrate, demo, areas, profile, roles, worker, rounds, codes, presets, allocate_file, maintenance):
    main.add_command(command)
main.add_command(verify_file)
areas.add_command(postcodes)
