"""A quick reader for pages that are written plainly; html5lib reads every other page.

html5lib needs ten milliseconds for a page, and visitors in the tests open many thousands. On a page in which every
element is closed where it must be, it has nothing to repair and nothing to complain about: then the tree is what is
written. This reader builds that tree, and steps aside (`None`) at whatever it does not know to be plain, also where
html5lib would be content. So a page that it reads has no parse errors. test_plain_html.py holds it against html5lib.
"""

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder

TAG = re.compile(r'(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][-a-zA-Z0-9]*(?:="[^"<>]*")?)*)\s*(/?)')
ATTRIBUTE = re.compile(r'([a-zA-Z][-a-zA-Z0-9]*)(?:="([^"]*)")?')
#: An ampersand that begins none of the characters that Jinja writes as a name or number.
LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#34|#39);)")
#: What stands in no plain page: controls (html5lib complains), and what is no character or half of one.
STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]")

SVG = "{http://www.w3.org/2000/svg}"
SVG_TAGS = frozenset({"svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "text"})
SVG_ATTRIBUTES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
#: These end a paragraph that is still open.
BLOCKS = frozenset({
    "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "section",
    "summary", "table", "ul",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "br", "button", "cite", "code", "data", "datalist", "del", "dfn", "em", "i", "img",
    "input", "ins", "kbd", "label", "legend", "mark", "meter", "output", "progress", "q", "s", "samp", "script",
    "select", "small", "span", "strong", "sub", "sup", "template", "textarea", "time", "u", "var", "wbr",
})  # fmt: skip
#: Within itself, each of these would end the one that is open.
NOT_IN_ITSELF = frozenset({"a", "button", "form", "select"})
#: Where an element must stand for nothing to be put around it or closed before it.
PARENTS = {
    "head": {"html"},
    "body": {"html"},
    "meta": {"head"},
    "link": {"head"},
    "title": {"head"},
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
    "option": {"select", "optgroup", "datalist"},
    "optgroup": {"select"},
}
#: What these hold, for what stands nowhere else; whatever they hold besides would be moved or dropped.
ONLY_THESE = {
    "html": {"head", "body"},
    "head": {"meta", "link", "title", "script"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "colgroup": {"col"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
    "optgroup": {"option"},
    "option": set[str](),
    "title": set[str](),
    "textarea": set[str](),
    "script": set[str](),
}
#: Between the elements in these stands nothing but space.
NO_TEXT = frozenset(
    {"html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr", "select", "optgroup", "script"}
)
KNOWN = VOID | BLOCKS | INLINE | PARENTS.keys() | ONLY_THESE.keys()


class NotPlain(Exception):  # noqa: N818 - no error: html5lib reads on
    """The page is not written plainly enough for this reader."""


class Tag(NamedTuple):
    """What stands between < and >."""

    name: str
    closes: bool
    ends_itself: bool
    attributes: dict[str, str]


class _Reader:
    """A page half read: what is open, and the tree as it grows."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.open: list[str] = []
        self.counted: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.finished = False

    def read(self, tag: Tag, text: str) -> None:
        """Add a tag and the text behind it."""
        if tag.closes:
            self._close(tag)
        elif "svg" in self.counted:
            self._draw(tag)
        else:
            self._start(tag)
            if tag.name == "textarea" and text.startswith("\n"):
                if "table" in self.counted:
                    raise NotPlain  # html5lib keeps the line break there
                text = text[1:]
        if text:
            self._say(text)

    def _start(self, tag: Tag) -> None:
        name, parent = tag.name, self.open[-1] if self.open else ""
        if name == "svg":
            if "body" not in self.counted or parent in ONLY_THESE:
                raise NotPlain
            self._draw(tag)
            return
        if not (self._belongs_in(name, parent) and self._ends_nothing(name, parent) and self._is_in_order(name)):
            raise NotPlain
        if name in VOID:
            self.tree.start(name, dict(tag.attributes))
            self.tree.end(name)
            return
        if tag.ends_itself:
            raise NotPlain
        self._enter(name, name, tag)

    def _belongs_in(self, name: str, parent: str) -> bool:
        if name in ("dt", "dd") and parent == "div" and self.open[-2] != "dl":
            return False
        return name in KNOWN and name in ONLY_THESE.get(parent, KNOWN) and parent in PARENTS.get(name, (parent,))

    def _ends_nothing(self, name: str, parent: str) -> bool:
        if name in BLOCKS and ("p" in self.counted or (name in HEADINGS and parent in HEADINGS)):
            return False
        return name not in NOT_IN_ITSELF or name not in self.counted

    def _is_in_order(self, name: str) -> bool:
        if name not in ("html", "head", "body", "title"):
            return bool(self.open)
        if name in self.seen or (name == "html") != (not self.open) or (name == "body" and "head" not in self.seen):
            return False
        self.seen.add(name)
        return True

    def _draw(self, tag: Tag) -> None:
        if tag.name not in SVG_TAGS or (tag.name == "svg" and "svg" in self.counted):
            raise NotPlain
        attributes = {SVG_ATTRIBUTES.get(name, name): value for name, value in tag.attributes.items()}
        if tag.ends_itself:
            self.tree.start(SVG + tag.name, attributes)
            self.tree.end(SVG + tag.name)
        else:
            self._enter(tag.name, SVG + tag.name, tag._replace(attributes=attributes))

    def _enter(self, name: str, written: str, tag: Tag) -> None:
        self.tree.start(written, dict(tag.attributes))
        self.open.append(name)
        self.counted[name] += 1

    def _close(self, tag: Tag) -> None:
        if not self.open or self.open[-1] != tag.name or tag.attributes or tag.ends_itself:
            raise NotPlain
        name = self.open.pop()
        drawn = "svg" in self.counted
        self.counted[name] -= 1
        if not self.counted[name]:
            del self.counted[name]
        # What follows the body belongs to it, and it is only space.
        if name == "html":
            self.finished = True
        elif name != "body":
            self.tree.end(SVG + name if drawn else name)

    def _say(self, text: str) -> None:
        parent = self.open[-1] if self.open else ""
        if "body" in self.seen and "body" not in self.counted:
            if not text.isspace():
                raise NotPlain
        elif parent in NO_TEXT:
            if not text.isspace():
                raise NotPlain
            if parent == "html" and "head" not in self.seen:
                return  # space before the head is dropped
        elif not parent:
            raise NotPlain
        if "&" in text:
            if LOOSE_AMPERSAND.search(text):
                raise NotPlain
            text = unescape(text)
        self.tree.data(text)


def read_plainly(html: str) -> Element | None:
    """Return the tree of a plain page, or None for a page that html5lib must read."""
    if STRANGE.search(html):
        return None
    before, *pieces = html.split("<")
    if before or not pieces:
        return None
    reader = _Reader()
    try:
        doctype, closed, space = pieces[0].partition(">")
        if doctype.lower() != "!doctype html" or not closed or space.strip():
            return None
        for piece in pieces[1:]:
            tag, closed, text = piece.partition(">")
            if not closed or (reader.finished and tag):
                return None
            reader.read(_tag(tag), text)
    except NotPlain:
        return None
    if not reader.finished:
        return None
    reader.tree.end("body")
    reader.tree.end("html")
    return reader.tree.close()


@lru_cache(maxsize=20_000)
def _tag(written: str) -> Tag:
    parts = TAG.fullmatch(written)
    if parts is None:
        raise NotPlain
    attributes: dict[str, str] = {}
    for name, value in ATTRIBUTE.findall(parts[3]):
        if name.lower() in attributes or LOOSE_AMPERSAND.search(value):
            raise NotPlain
        attributes[name.lower()] = unescape(value)
    return Tag(parts[2].lower(), bool(parts[1]), bool(parts[4]), attributes)
