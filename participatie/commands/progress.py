"""How far is a long command? A bar on a terminal, and nothing but the outcome where nobody is looking."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

Step = TypeVar("Step")


def walked(steps: Sequence[Step], label: str) -> Iterator[Step]:
    """Yield the steps one by one while a bar on the terminal grows; in a log or a pipe it writes nothing.

    It goes to the stream for messages, so that what a command prints stays clean.
    """
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, label=label, file=sys.stderr) as bar:
        yield from bar


@contextmanager
def busy(label: str) -> Iterator[None]:
    """Say on a terminal that work goes on of which nobody can say how far it is."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{label} …", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("", err=True)
