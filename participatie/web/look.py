"""How does this gemeente look? Its tokens and its logo, read once, served under names made of their content."""

from dataclasses import dataclass
from hashlib import sha256

from flask import Flask, current_app, url_for

from participatie.settings import Settings
from participatie.web.assets import DIST, read_manifest
from participatie.web.logo import Logo, read_logo
from participatie.web.theme import read_theme, write_theme

HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of the gemeente, as it is served. `name` holds the hash of the content, so it may be kept for ever."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, slots=True)
class Look:
    """The gemeente's own files; None where it uses ours."""

    theme: OwnFile | None
    logo: OwnFile | None
    logo_sizes: str = ""

    def file(self, name: str) -> OwnFile | None:
        """Return one of them by name."""
        return next((file for file in (self.theme, self.logo) if file is not None and file.name == name), None)


def look_of(settings: Settings) -> Look:
    """Read theme and logo. Raises SettingError, with the line and the reason, for what cannot be used."""
    theme = None
    if settings.theme is not None:
        tokens = read_theme(settings.theme)
        # Our own stylesheet follows aliases to the end; this one leaves every token where a theme can reach it.
        stylesheet = (DIST / read_manifest()["themed.css"]).read_text()
        theme = _own_file("thema", write_theme(tokens, stylesheet).encode(), "text/css", "css")
    logo: Logo | None = read_logo(settings.logo) if settings.logo is not None else None
    return Look(
        theme,
        _own_file("logo", logo.content, logo.mimetype, logo.extension) if logo is not None else None,
        logo.sizes if logo is not None else "",
    )


def look() -> Look:
    """Return how this installation looks."""
    found: Look = current_app.extensions["participatie.look"]
    return found


def set_up_look(app: Flask, settings: Settings) -> None:
    """Give templates the addresses of the stylesheets in their order, and of the logo."""
    own = app.extensions["participatie.look"] = look_of(settings)
    built = read_manifest()

    def stylesheets() -> list[str]:
        ours = url_for("static", filename=f"dist/{built['themed.css' if own.theme else 'app.css']}")
        return [ours, _address(own.theme)] if own.theme else [ours]

    def logo_address() -> str:
        return _address(own.logo) if own.logo else url_for("static", filename=f"dist/{built['mark.svg']}")

    def icon_address() -> str:
        return _address(own.logo) if own.logo else url_for("static", filename=f"dist/{built['favicon.svg']}")

    app.jinja_env.globals.update(stylesheets=stylesheets, logo_address=logo_address, icon_address=icon_address)


def _address(file: OwnFile) -> str:
    return url_for("shell.own_file", name=file.name)


def _own_file(name: str, content: bytes, mimetype: str, extension: str) -> OwnFile:
    return OwnFile(f"{name}-{sha256(content).hexdigest()[:HASH_LENGTH]}.{extension}", content, mimetype)
