"""Which design tokens does this gemeente bring? Custom properties only: a theme changes how the site looks, never what it does."""

import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, ParseError, QualifiedRule

from participatie.settings import PREFIX, SettingError

LARGEST_BYTES = 1_000_000  # a whole theme of NL Design System is a fifth of this
#: Where tokens may stand, as written without spaces, and how we write it. Paper is always light.
MEDIA = {
    "(prefers-color-scheme:dark)": "screen and (prefers-color-scheme: dark)",
    "screenand(prefers-color-scheme:dark)": "screen and (prefers-color-scheme: dark)",
    "(prefers-color-scheme:light)": "print, (prefers-color-scheme: light)",
    "(prefers-contrast:more)": "(prefers-contrast: more)",
}
DARK, LIGHT = MEDIA["(prefers-color-scheme:dark)"], MEDIA["(prefers-color-scheme:light)"]
EVERYWHERE = ""
#: What fetches something, in any spelling that CSS has for it.
FETCHES = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element", "paint"})
TOKEN = re.compile(r"--[\w-]+")

Tokens = dict[str, dict[str, str]]  # by media query, then by name


def read_theme(path: Path) -> Tokens:
    """Return the tokens of a theme by media query (empty: everywhere) and name.

    Raises SettingError with the line and the reason for anything but custom properties in
    `:root`, alone or inside one of the allowed media queries.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise _unusable(path, f"is niet te lezen ({error.strerror})") from error
    if len(source) > LARGEST_BYTES:
        raise _unusable(path, f"is groter dan {LARGEST_BYTES} bytes")
    nodes, _encoding = tinycss2.parse_stylesheet_bytes(source, skip_comments=True, skip_whitespace=True)
    tokens: Tokens = {}
    try:
        for media, rule in _rules(nodes):
            tokens.setdefault(media, {}).update(_declared(rule))
    except _NotATokenError as flaw:
        raise _unusable(path, f"regel {flaw.line}: {flaw.reason}") from flaw
    if not any(tokens.values()):
        raise _unusable(path, "bevat geen enkele eigenschap die met -- begint")
    return tokens


def write_theme(tokens: Tokens, stylesheet: str) -> str:
    """Return the stylesheet of a theme: only the tokens that `stylesheet` uses, itself or through one another.

    A theme that says nothing about dark screens holds on light ones and on paper only; half of its
    colours over half of ours could not be read.
    """
    used = set(TOKEN.findall(stylesheet))
    values = [(name, value) for declared in tokens.values() for name, value in declared.items()]
    while more := {leant for name, value in values if name in used for leant in TOKEN.findall(value)} - used:
        used |= more
    parts = []
    for media in (EVERYWHERE, *dict.fromkeys(MEDIA.values())):
        declared = "".join(f"{name}:{value};" for name, value in tokens.get(media, {}).items() if name in used)
        if not declared:
            continue
        shown_on = LIGHT if media == EVERYWHERE and DARK not in tokens else media
        parts.append(f"@media {shown_on}{{:root{{{declared}}}}}" if shown_on else f":root{{{declared}}}")
    return "".join(parts)


def _unusable(path: Path, reason: str) -> SettingError:
    return SettingError(f"{PREFIX}THEME: {path.name} {reason}.")


class _NotATokenError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def _rules(nodes: list[Node]) -> Iterator[tuple[str, QualifiedRule]]:
    for node in nodes:
        if isinstance(node, AtRule) and node.lower_at_keyword == "media" and node.content is not None:
            media = MEDIA.get("".join(tinycss2.serialize(node.prelude).lower().split()))
            if media is None:
                known = ", ".join(f"@media {name}" for name in dict.fromkeys(MEDIA.values()))
                raise _NotATokenError(node.source_line, f"deze @media kan hier niet. Wel: {known}")
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from ((media, _root(rule)) for rule in inner)
        else:
            yield EVERYWHERE, _root(node)


def _root(node: Node) -> QualifiedRule:
    if isinstance(node, AtRule):
        raise _NotATokenError(node.source_line, f"@{node.at_keyword} kan hier niet, alleen :root en @media")
    if isinstance(node, ParseError) or not isinstance(node, QualifiedRule):
        raise _NotATokenError(node.source_line, "dit is geen CSS")
    selector = tinycss2.serialize(node.prelude).strip()
    if selector != ":root":
        raise _NotATokenError(node.source_line, f"de selector is {selector!r} en niet :root")
    return node


def _declared(rule: QualifiedRule) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if not isinstance(node, Declaration):
            raise _NotATokenError(node.source_line, "hier staat iets anders dan --naam: waarde")
        if not TOKEN.fullmatch(node.name):
            raise _NotATokenError(node.source_line, f"{node.name} is geen design token: die begint met --")
        for part in _parts(node.value):
            reason = _flaw_of(part)
            if reason:
                raise _NotATokenError(part.source_line, reason)
        value = tinycss2.serialize([part for part in node.value if part.type != "comment"])
        yield node.name, " ".join(value.split()) + (" !important" if node.important else "")


def _parts(values: list[Node]) -> Iterator[Node]:
    for value in values:
        yield value
        inner = getattr(value, "arguments", None) or getattr(value, "content", None)
        if isinstance(inner, list):
            yield from _parts(inner)


def _flaw_of(part: Node) -> str | None:
    if part.type == "url" or (part.type == "function" and part.lower_name in FETCHES):
        return "een waarde haalt iets op (url); een thema haalt niets op"
    if part.type == "error":
        return "deze waarde is geen CSS"
    if part.type == "{} block":
        return "accolades kunnen niet in een waarde"
    return None
