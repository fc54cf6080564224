"""Does the quick reader of pages read exactly what html5lib reads, and nothing that html5lib complains about?"""

import re
from random import Random
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy.orm import Session

from tests.factories import a_round, an_idea
from tests.plain_html import KNOWN, SVG_TAGS, read_plainly
from tests.visitor import Visitor

PLAIN = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Een &amp; ander</title><link rel="icon" href="x"><script src="a"></script></head>
<body class="a b"><header><a href="x"><span>a</span></a><nav><ul><li><a>b</a></li></ul></nav></header>
<main><h1>t</h1><section><h2>x</h2><p>ab <strong>c &lt; d</strong> <code>d</code></p>
<table><caption>c</caption><colgroup><col></colgroup><thead><tr><th>a</th></tr></thead>
<tbody><tr><td><p>x</p></td><td>1</td></tr></tbody></table>
<dl><div><dt>a</dt><dd>b</dd></div></dl><dl><dt>q</dt><dd><ol><li>z</li></ol></dd></dl></section>
<form><fieldset><legend>l</legend><label><input required> t</label>
<select><optgroup><option>1</option></optgroup><option>2</option></select><textarea>
x</textarea><button>b</button></fieldset></form>
<details><summary>s</summary><div>t<br>u<hr></div></details>
<svg viewBox="0 0 1 1"><g><path d="m1"/><text>t</text></g></svg><template><p>t</p></template>
<figure><blockquote>q</blockquote><figcaption>w</figcaption></figure></main><footer><b>x</b><i>y</i></footer>
</body>
</html>
"""
PIECES = re.findall(r"<[^>]+>|[^<]+", PLAIN)
#: Broken in ways that a template easily is.
BROKEN = (
    ("<p>ab", "<p>ab<p>"), ("</p>", ""), ("<ul><li>", "<li>"), ("</li>", ""), ("</section>", ""), ("<tr><td>", "<td>"),
    ("<thead>", ""), ("<table>", "<table>x"), ("<button>", "<form><button>"), ("<option>1", "<option><b>1</b>"),
    ("<h2>x", "<h2><h3>x</h3>"), ("<a>b</a>", "<a>b<a>c</a></a>"), ("&amp;", "&foo;"), ("&amp;", "&"), ("&lt;", "<"),
    ("<br>", "</br>"), ("<div>t", "<div/>t"), ('href="x"', 'href="x" href="y"'), ('href="x"', "href=x"), ("x</p>", "\0</p>"),
    ('"m1"/', '"m1"'), ("<title>", "<p>"), ("</head>", ""), ("</body>", ""), ("</html>", "</html>x"), ("<p>ab", "<p><div>ab</div>"),
    ("<!doctype html>", ""), ("</main>", "</main></main>"), ("<b>x</b><i>", "<b>x<i></b>"), ("<col>", "<col>x"),
)  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), BROKEN)
def test_a_page_with_something_wrong_is_left_to_html5lib(right: str, wrong: str) -> None:
    assert read_plainly(PLAIN) is not None
    assert right in PLAIN
    assert read_plainly(PLAIN.replace(right, wrong, 1)) is None


def test_what_is_moved_doubled_or_left_out_is_read_as_html5lib_reads_it_or_not_at_all() -> None:
    chance, tags, read = Random(7), sorted(KNOWN | SVG_TAGS), 0
    for _ in range(700):
        pieces = list(PIECES)
        here, there = sorted(chance.sample(range(5, len(pieces) - 3), 2))
        change = chance.randrange(5)
        if change == 0:
            pieces[there:there] = pieces[here : here + chance.randint(1, 4)]
        elif change == 1:
            del pieces[here : here + chance.randint(1, 4)]
        elif change == 2:
            tag = chance.choice(tags)
            pieces[here], pieces[there] = f"<{tag}>{pieces[here]}", f"{pieces[there]}</{tag}>"
        elif change == 3:
            pieces.insert(here, f"<{chance.choice(tags)}>")
        else:
            pieces[here:there] = reversed(pieces[here:there])
        page = "".join(pieces)
        plain = read_plainly(page)
        if plain is not None:
            read += 1
            assert_same(plain, page)
    assert read > 25  # else this test would say nothing


@pytest.mark.pages
def test_our_own_pages_are_plain_and_read_the_same(visitor: Visitor, session: Session) -> None:
    budget_round = a_round(session)
    an_idea(session, budget_round.traject)
    slug = budget_round.traject.slug
    for url in (
        "/",
        "/trajecten",
        f"/trajecten/{slug}",
        f"/trajecten/{slug}/ideeen",
        "/inloggen",
        "/spelregels?taal=ar",
    ):
        page = visitor.get(url)
        plain = read_plainly(page.html)
        assert plain is not None, f"{url} is read slowly"
        assert_same(plain, page.html)


def assert_same(plain: Element, html: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    assert parser.errors == [], html
    assert _facts(plain) == _facts(root), html


def _facts(element: Element) -> tuple:
    """Return what a tree says, with no difference between no text and an empty one."""
    children = [_facts(child) for child in element]
    return element.tag, element.text or "", element.tail or "", dict(element.attrib), children
