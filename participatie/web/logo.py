"""Is this picture safe to show on every page? A logo is a small SVG without scripts, or a PNG."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from participatie.settings import PREFIX, SettingError

LARGEST_BYTES = 40_000  # it comes with the first visit to any page
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_HEADER = struct.Struct(">8s4x4sII")
DRAWS = frozenset(
    {
        "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "path", "rect", "circle", "ellipse",
        "line", "polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask",
        "pattern",
    }
)  # fmt: skip
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
#: What drawing programs leave behind; a browser does nothing with it.
HARMLESS_NAMESPACES = ("http://www.inkscape.org/", "http://sodipodi.", "http://creativecommons.org/", "http://purl.org/",
                       "http://www.w3.org/1999/02/22-rdf-syntax-ns#")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked at. `sizes` is what a manifest says about it: `any` where it scales."""

    content: bytes
    mimetype: str
    extension: str
    sizes: str


def read_logo(path: Path) -> Logo:
    """Return the logo of a gemeente. Raises SettingError with the reason, and the line in an SVG."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unusable(path.name, f"is niet te lezen ({error.strerror})") from error
    if len(content) > LARGEST_BYTES:
        raise _unusable(path.name, f"is groter dan {LARGEST_BYTES} bytes")
    if content.startswith(PNG_SIGNATURE) and len(content) > PNG_HEADER.size:
        _signature, _kind, width, height = PNG_HEADER.unpack_from(content)
        return Logo(content, "image/png", "png", f"{width}x{height}")
    _Looker(path.name).look(content)
    return Logo(content, "image/svg+xml", "svg", "any")


class _Looker:
    """Goes through an SVG once, and stops at the first thing that does more than draw."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stack: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype

    def look(self, content: bytes) -> None:
        try:
            self.parser.Parse(content, True)  # noqa: FBT003 - the library takes no name for it
        except expat.ExpatError as error:
            raise _unusable(self.name, f"is geen PNG en geen SVG (regel {error.lineno})") from error

    def begin(self, element: str, attributes: dict[str, str]) -> None:
        namespace, _space, tag = element.rpartition(" ")
        if not self.stack and (namespace, tag) != (SVG_NAMESPACE, "svg"):
            self.refuse("dit is geen SVG")
        if not namespace.startswith(HARMLESS_NAMESPACES) and (namespace != SVG_NAMESPACE or tag not in DRAWS):
            self.refuse(f"<{tag}> kan niet in een logo")
        for attribute, value in attributes.items():
            name = attribute.rpartition(" ")[2].lower()
            if name.startswith("on"):
                self.refuse(f"{name} is een script")
            if (name in ("href", "src") and not value.startswith("#")) or _fetches(value):
                self.refuse(f"{name} wijst naar iets buiten het logo")
        self.stack.append(tag)

    def end(self, _element: str) -> None:
        self.stack.pop()

    def text(self, data: str) -> None:
        if self.stack[-1] == "style" and _fetches(data):
            self.refuse("de opmaak wijst naar iets buiten het logo")

    def doctype(self, *_parts: object) -> None:
        # With it come entities, that can grow without end.
        self.refuse("een DOCTYPE kan niet in een logo")

    def refuse(self, reason: str) -> NoReturn:
        raise _unusable(self.name, f"regel {self.parser.CurrentLineNumber}: {reason}")


def _unusable(name: str, reason: str) -> SettingError:
    return SettingError(f"{PREFIX}LOGO: {name} {reason}.")


def _fetches(value: str) -> bool:
    """Tell whether a value asks for anything but a part of the drawing itself, as `url(#a)` does."""
    squeezed = "".join(value.lower().split()).replace("'", "").replace('"', "")
    return "@import" in squeezed or "\\" in squeezed or squeezed.count("url(") > squeezed.count("url(#")
