"""What must be right on every page? Each check yields a sentence for every flaw it finds."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from participatie.settings import ROOT
from tests.page import Page, text_of

RIGHT_TO_LEFT = frozenset({"ar"})
#: Our own mistakes shine through in these; nobody writes them in a text for residents.
LEAKS = re.compile(r"\bNone\b|\bundefined\b|\bNaN\b|\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]|<\w+\.\w+: |object at 0x")
SITE = "localhost"
NOT_FOUND = 404
LABELABLE = ("input", "select", "textarea", "button", "meter", "output", "progress")
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}
POLICY_PARTS = ("default-src", "frame-ancestors", "base-uri", "form-action")


def flaws_of(page: Page, app: Flask, language: str, quotes: Iterable[str] = ()) -> list[str]:
    """Return every flaw of a page that should be in `language`; `quotes` are typed texts that may look like a leak."""
    return [
        *page.parse_errors,
        *_headers(page),
        *_language(page, language),
        *_headings(page),
        *_references(page),
        *_labels(page),
        *_names(page),
        *_forms(page, app),
        *_links(page, app),
        *_inline(page),
        *_leaks(page, quotes),
    ]


def _headers(page: Page) -> Iterator[str]:
    headers = page.response.headers
    if "charset=utf-8" not in headers.get("Content-Type", "").lower():
        yield "the answer does not say that it is UTF-8"
    for name, value in HEADERS.items():
        if headers.get(name, "").lower() != value.lower():
            yield f"header {name} is {headers.get(name)!r} and not {value!r}"
    policy = headers.get("Content-Security-Policy", "")
    for part in POLICY_PARTS:
        if part not in policy:
            yield f"Content-Security-Policy does not set {part}"
    if "unsafe" in policy:
        yield "Content-Security-Policy allows something unsafe"


def _language(page: Page, language: str) -> Iterator[str]:
    given, direction = page.root.get("lang"), page.root.get("dir")
    wanted = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    if given != language:
        yield f"<html lang> is {given!r} and not {language!r}"
    if direction != wanted:
        yield f"<html dir> is {direction!r} and not {wanted!r}"


def _headings(page: Page) -> Iterator[str]:
    h1s = page.all("h1")
    if len(h1s) != 1:
        yield f"there are {len(h1s)} level 1 headings: {[text_of(h1) for h1 in h1s]}"
    elif not text_of(h1s[0]):
        yield "the level 1 heading is empty"
    before, dash, after = page.title.rpartition(" – ")
    if len(page.all("title")) != 1 or not (before.strip() and dash and after.strip()):
        yield f"the title {page.title!r} is not one of the form 'what – gemeente'"
    if not page.all("main"):
        yield "there is no <main>"


def _references(page: Page) -> Iterator[str]:
    ids = Counter(identity for element in page.root.iter() if (identity := element.get("id")) is not None)
    for identity, count in ids.items():
        if count > 1 or not identity or " " in identity:
            yield f"id {identity!r} is used {count} times or is no id"
    for element in page.root.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "list"):
            for identity in (element.get(attribute) or "").split():
                if identity not in ids:
                    yield f"{attribute} of {_named(element)} names {identity!r}, which is not there"


def _labels(page: Page) -> Iterator[str]:
    by_id = {element.get("id"): element for element in page.root.iter() if element.get("id")}
    targets = set()
    for label in page.all("label"):
        target = label.get("for")
        if target is not None:
            targets.add(target)
            if target not in by_id or by_id[target].tag not in LABELABLE:
                yield f"label '{text_of(label)}' is for {target!r}, which is no field here"
        if not text_of(label):
            yield f"a label for {target!r} is empty"
    for tag in ("input", "select", "textarea"):
        for field in page.all(tag):
            if field.get("type") in NEEDS_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
                continue
            if field.get("id") not in targets and not _is_inside(page, field, "label"):
                yield f"{_named(field)} has no label"


def _names(page: Page) -> Iterator[str]:
    for tag in ("a", "button", "summary", "legend", "th", "caption"):
        for element in page.all(tag):
            alternatives = "".join(image.get("alt") or "" for image in element.iter("img"))
            if not text_of(element) and not element.get("aria-label") and not alternatives:
                yield f"{_named(element)} says nothing"
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"{_named(image)} has no alt"


def _forms(page: Page, app: Flask) -> Iterator[str]:
    for form in page.all("form"):
        method, action = form.get("method", "").upper(), form.get("action")
        if method not in ("GET", "POST"):
            yield f"a form to {action!r} has method {form.get('method')!r}"
            continue
        if not action:
            yield f"a {method} form has no action"
        else:
            yield from _routes(app, page, action, method, "form")
        tokens = [field for field in form.iter("input") if (field.get("name") or "").endswith("csrf_token")]
        if method == "POST" and not (len(tokens) == 1 and tokens[0].get("value")):
            yield f"the form to {action!r} has {len(tokens)} security tokens with a value, and not one"
        if method == "GET" and tokens:
            yield f"the form to {action!r} puts its security token in an address"
        if not any(True for _button in form.iter("button")) and not form.findall(".//input[@type='submit']"):
            yield f"the form to {action!r} has no button"


def _links(page: Page, app: Flask) -> Iterator[str]:
    ids = {element.get("id") for element in page.root.iter()}
    for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
        for element in page.all(tag):
            target = element.get(attribute)
            if target is None and tag == "script":
                continue
            if not target or target == "#":
                yield f"{_named(element)} leads nowhere"
            elif target.startswith("#"):
                if target[1:] not in ids:
                    yield f"{_named(element)} leads to {target}, which is not on this page"
            else:
                yield from _routes(app, page, target, "GET", tag)


def _routes(app: Flask, page: Page, target: str, method: str, what: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://{SITE}{page.url}", target))
    if parts.scheme not in ("http", "https", "mailto", "tel"):
        yield f"{what} leads to {target!r}, which no browser should open"
    if parts.scheme not in ("http", "https") or parts.hostname != SITE:
        if what in ("link", "script", "img", "form"):
            yield f"{what} leads away from this site: {target!r}"
        return
    if page.status == NOT_FOUND and parts.path == urlsplit(page.url).path:
        return  # the language switch of a page that is not there
    missed = _missed(app, parts.path, method)
    if missed is not None:
        yield f"{what} to {target!r} {missed}"


@lru_cache(maxsize=20_000)
def _missed(app: Flask, path: str, method: str) -> str | None:
    # Every page has the same forty links around it.
    try:
        endpoint, values = app.url_map.bind(SITE).match(path, method)
    except RequestRedirect as redirect:
        return f"is redirected to {redirect.new_url!r}: link to that"
    except HTTPException as error:
        return f"has no {method} route ({error.code})"
    if endpoint == "static" and not Path(ROOT / "static" / values["filename"]).is_file():
        return "asks for what was not built"
    return None


def _inline(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        for attribute in element.keys():  # noqa: SIM118 - an element is no dict
            if attribute == "style" or attribute.startswith("on"):
                yield f"{_named(element)} has an inline {attribute}"
    for element in page.all("script"):
        if element.get("src") is None:
            yield "there is an inline script"
    if page.all("style"):
        yield "there is an inline style sheet"


def _leaks(page: Page, quotes: Iterable[str]) -> Iterator[str]:
    text = f"{page.text} {page.title}"
    for quote in quotes:
        text = text.replace(quote, "")
    for found in LEAKS.finditer(text):
        yield f"the page shows {found.group()!r} in '…{text[max(found.start() - 40, 0) : found.end() + 40]}…'"
    for element in page.root.iter():
        for attribute, value in element.items():
            if value in ("None", "undefined", "False", "True"):
                yield f"{_named(element)} has {attribute}={value!r}"


def _is_inside(page: Page, element: Element, tag: str) -> bool:
    current: Element | None = element
    while current is not None:
        if current.tag == tag:
            return True
        current = page.parents.get(current)
    return False


def _named(element: Element) -> str:
    attributes = " ".join(
        f'{name}="{element.get(name)}"' for name in ("id", "name", "href", "src") if element.get(name)
    )
    return f"<{element.tag} {attributes}>" if attributes else f"<{element.tag}> '{text_of(element)[:40]}'"
