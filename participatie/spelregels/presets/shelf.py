"""Which presets are there: those that come with the program, and those that a gemeente put beside them?"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from participatie.spelregels.presets.facts import Mistake, Preset
from participatie.spelregels.presets.reading import read_bytes


@cache
def shipped() -> Mapping[str, Preset]:
    """Return the presets that come with the program, by key, in the order of their keys."""
    here = {file.name: file.read_bytes() for file in files(__package__).iterdir() if file.name.endswith(".toml")}
    presets, mistakes = read_all(here)
    if mistakes:
        raise ValueError(str(mistakes[0]))
    return MappingProxyType(presets)


def read_all(sources: Mapping[str, bytes]) -> tuple[dict[str, Preset], tuple[Mistake, ...]]:
    """Read files by name: those that are good as presets by key, and every mistake in the others."""
    presets: dict[str, Preset] = {}
    mistakes: list[Mistake] = []
    for name, source in sorted(sources.items()):
        read = read_bytes(source, name)
        if isinstance(read, Preset):
            presets[read.key] = read
        else:
            mistakes += read
    return presets, tuple(mistakes)


def with_own(sources: Mapping[str, bytes]) -> Mapping[str, Preset] | tuple[Mistake, ...]:
    """Return the presets of a gemeente, from its files by name, before those that come with the program.

    Refused are mistakes, and a name that the program has already: a traject must not be able to say `zwolle` and mean
    something else.
    """
    own, mistakes = read_all(sources)
    taken = tuple(
        Mistake(f"{key}.toml", 1, "een bestand met een eigen naam", f"{key}, en dat hoort bij het programma")
        for key in own
        if key in shipped()
    )
    return mistakes + taken or MappingProxyType({**own, **shipped()})
