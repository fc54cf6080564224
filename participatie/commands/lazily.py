"""How is a command imported only when somebody asks for it?"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click


class Wanted(NamedTuple):
    """A command that may be asked for: its module in this folder, its name there, and what it does in one sentence."""

    module: str
    name: str
    sentence: str


class LazyGroup(click.Group):
    """A group that knows its commands by name, and imports one when it is run or asked for help."""

    def __init__(self, *of_click: Any, wanted: Mapping[str, Wanted], **named: Any) -> None:
        """Keep the commands that may be asked for."""
        super().__init__(*of_click, **named)
        self.wanted = wanted

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Return the names of all commands, in order."""
        return sorted(self.wanted)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        """Import a command; None for a name that is not one."""
        if cmd_name not in self.wanted:
            return None
        wanted = self.wanted[cmd_name]
        command = getattr(import_module(f"{__package__}.{wanted.module}"), wanted.name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their sentences, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.wanted[name].sentence) for name in self.list_commands(ctx)])
