"""A page as a visitor meets it: its text, its links, its forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

from tests.plain_html import read_plainly

UNSEEN = frozenset({"script", "style", "template", "head"})
#: No space stands around these.
RUNS_ON = frozenset({"a", "b", "bdi", "em", "span", "strong", "i"})
BUTTONS = frozenset({"submit", "button", "image", "reset"})


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form ready to be sent: `values` has every field by name, repeated ones as lists."""

    method: str
    action: str
    values: dict[str, list[str]]


class Page:
    """One answer of the site. HTML is parsed as a browser would, with the parser's complaints in `parse_errors`."""

    def __init__(self, response: TestResponse, url: str) -> None:
        """Read the answer; anything but HTML has a `text` only."""
        self.response = response
        self.url = url
        self.is_html = response.mimetype == "text/html"
        self.html = response.get_data().decode(errors="replace")  # a PDF is no text
        self.parse_errors: list[str] = []
        self.root = Element("html")
        if self.is_html:
            self.root, self.parse_errors = read(self.html)

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        return self.response.status_code

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Return what each element stands in."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def text(self) -> str:
        """Return what can be read on the page, with single spaces; other formats as they came."""
        return text_of(self.root) if self.is_html else self.html

    @property
    def h1(self) -> str:
        """Return the text of the heading of the page."""
        return text_of(self.all("h1")[0])

    @property
    def title(self) -> str:
        """Return the title in the browser's tab."""
        return " ".join("".join(element.text or "" for element in self.all("title")).split())

    @property
    def csrf_token(self) -> str | None:
        """Return the token of the forms on this page."""
        return next((field.get("value") for field in self.all("input", name="csrf_token")), None)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements with that tag and those attributes; `class_` for class, as one of its names."""
        return [element for element in self.root.iter(tag) if _fits(element, attributes)]

    def link(self, text: str) -> str:
        """Return the address of the only link with that text (or with a text that contains it)."""
        links = {text_of(element): element.get("href", "") for element in self.all("a")}
        if text in links:
            return links[text]
        found = {href for label, href in links.items() if text in label}
        assert len(found) == 1, f"{self.url}: {len(found)} links say '{text}'; there are: {', '.join(links)}"
        return found.pop()

    def forms(self) -> list["PageForm"]:
        """Return the forms of the page."""
        return [PageForm(self, element) for element in self.all("form")]

    def form(self, wanted: str) -> "PageForm":
        """Return the only form with a button of that text, or whose action ends in `wanted`."""
        forms = self.forms()
        found = [form for form in forms if wanted in form.button_texts]
        found = found or [form for form in forms if form.action.split("?")[0].endswith(wanted)]
        there = "; ".join(f"{form.action} [{', '.join(form.button_texts)}]" for form in forms)
        assert len(found) == 1, f"{self.url}: {len(found)} forms fit '{wanted}'; there are: {there}"
        found[0].button = wanted
        return found[0]


class PageForm:
    """A form on a page, and the button that will send it."""

    def __init__(self, page: Page, element: Element) -> None:
        """Read where the form goes."""
        self.page = page
        self.element = element
        self.method = element.get("method", "get").upper()
        self.action = element.get("action") or page.url
        self.button = ""

    @property
    def buttons(self) -> list[Element]:
        """Return what can be pressed to send it."""
        inputs = [field for field in self.element.iter("input") if field.get("type") in ("submit", "image")]
        return inputs + [field for field in self.element.iter("button") if field.get("type", "submit") == "submit"]

    @property
    def button_texts(self) -> list[str]:
        """Return what those buttons say."""
        return [text_of(button) or button.get("value", "") for button in self.buttons]

    @property
    def names(self) -> set[str]:
        """Return the names of all fields."""
        fields = (field for tag in ("input", "select", "textarea", "button") for field in self.element.iter(tag))
        return {name for field in fields if (name := field.get("name"))}

    def filled(self, fields: Mapping[str, Any]) -> FilledForm:
        """Return the form with its own values, and `fields` over them."""
        unknown = fields.keys() - self.names
        assert not unknown, f"{self.page.url}: no field {', '.join(sorted(unknown))}; there are: {sorted(self.names)}"
        values: dict[str, list[str]] = {}
        for name, value in self._defaults():
            values.setdefault(name, []).append(value)
        for name, value in fields.items():
            values[name] = _as_texts(value)
            if value is None or value is False:
                del values[name]
        return FilledForm(self.method, self.action, values)

    def _defaults(self) -> Iterator[tuple[str, str]]:
        for field in self.element.iter():
            name = field.get("name")
            if not name or field.get("disabled") is not None:
                continue
            if field.tag == "textarea":
                yield name, "".join(field.itertext()).removeprefix("\n")
            elif field.tag == "select":
                yield from ((name, value) for value in _selected(field))
            elif field.tag == "input" and field.get("type") not in BUTTONS:
                if field.get("type") not in ("checkbox", "radio", "file"):
                    yield name, field.get("value", "")
                elif field.get("checked") is not None:
                    yield name, field.get("value", "on")
        for button in self.buttons:
            said = text_of(button) or button.get("value", "")
            if said == self.button and (name := button.get("name")):
                yield name, button.get("value", "")


def read(html: str) -> tuple[Element, list[str]]:
    """Return the tree of a page and the parser's complaints; a plain page gives none, and is read quickly."""
    plain = read_plainly(html)
    if plain is not None:
        return plain, []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    return root, [f"line {place[0]}: {code} {facts or ''}" for place, code, facts in parser.errors]


def text_of(element: Element) -> str:
    """Return the text inside an element with single spaces, without scripts and the like."""
    pieces: list[str] = []
    _gather(element, pieces)
    return " ".join("".join(pieces).split())


def _gather(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    if tag in UNSEEN or not isinstance(tag, str):
        return
    if element.text:
        pieces.append(element.text)
    for child in element:
        _gather(child, pieces)
        if child.tail:
            pieces.append(child.tail)
    if tag not in RUNS_ON:
        pieces.append(" ")


def _fits(element: Element, attributes: Mapping[str, str]) -> bool:
    for name, value in attributes.items():
        given = element.get(name.rstrip("_"))
        if given is None or (value not in given.split() if name == "class_" else value != given):
            return False
    return True


def _selected(field: Element) -> list[str]:
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and field.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", text_of(option)) for option in chosen]


def _as_texts(value: Any) -> list[str]:
    if value is True:
        return ["y"]
    return [str(entry) for entry in (value if isinstance(value, list | tuple | set) else [value])]
