"""With which settings does this app run? For the few places in the web that need one."""

from flask import current_app

from participatie.settings import Settings


def settings() -> Settings:
    """Return the settings that the app was made with."""
    found: Settings = current_app.extensions["participatie.settings"]
    return found
