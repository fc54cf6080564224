"""Which rules do other places play by? Their files lie beside this one, and a gemeente may add its own.

A preset holds numbers and choices and no code: what they do is in the modules that every traject asks.
"""

from participatie.spelregels.presets.facts import DayOfYear, Mistake, PlannedPhase, Preset, PresetPhase
from participatie.spelregels.presets.reading import read_bytes, read_preset
from participatie.spelregels.presets.shelf import shipped, with_own

__all__ = [
    "DayOfYear",
    "Mistake",
    "PlannedPhase",
    "Preset",
    "PresetPhase",
    "read_bytes",
    "read_preset",
    "shipped",
    "with_own",
]
