"""Which presets can a traject begin with in this installation: those of the gemeente itself, and ours?"""

from collections.abc import Mapping

from flask import current_app

from participatie.settings import PREFIX, SettingError, Settings
from participatie.spelregels.presets import Preset, shipped, with_own


def presets() -> Mapping[str, Preset]:
    """Return the presets of the running app by key, in the order in which they are offered."""
    found: Mapping[str, Preset] = current_app.extensions["participatie.presets"]
    return found


def presets_of(settings: Settings) -> Mapping[str, Preset]:
    """Read the gemeente's own presets, once at the start, and put ours behind them.

    Raises SettingError with one sentence, which names the file and the line, for the first that is wrong.
    """
    if settings.presets_dir is None:
        return shipped()
    try:
        sources = {file.name: file.read_bytes() for file in settings.presets_dir.glob("*.toml")}
    except OSError as error:
        message = f"{PREFIX}PRESETS: {error.filename} is niet te lezen ({error.strerror})."
        raise SettingError(message) from error
    read = with_own(sources)
    if isinstance(read, tuple):
        message = f"{PREFIX}PRESETS: {read[0]}"
        raise SettingError(message)
    return read
