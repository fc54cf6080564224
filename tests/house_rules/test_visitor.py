"""The checking visitor itself: it sees each flaw, and fills in forms as a browser does."""

from collections.abc import Callable

import pytest
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from tests.page import Page
from tests.visitor import ArrangedClient, Visitor

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}
GOOD = """<!doctype html><html lang="nl" dir="ltr"><head><meta charset="utf-8"><title>Ideeën – Lindewaard</title></head>
<body><main><h1>Ideeën</h1><p id="hint">Kort.</p><a href="/elders">Elders</a>
<form method="post" action="/elders"><input type="hidden" name="csrf_token" value="t">
<label for="naam">Naam</label><input id="naam" name="naam" value="Sanne" aria-describedby="hint">
<label><input type="checkbox" name="wijk" value="1" checked> Molen</label>
<label><input type="checkbox" name="wijk" value="2"> Haven</label>
<label for="uitleg">Uitleg</label><textarea id="uitleg" name="uitleg">
 Eerste regel</textarea>
<label for="taal">Taal</label><select id="taal" name="taal"><option value="nl">Nederlands<option value="tr" selected>Turks
</select><button type="submit" name="stap" value="klaar">Stuur in</button><button>Bewaar</button></form></main></body></html>"""


@pytest.fixture
def show() -> Callable[..., Visitor]:
    """A visitor of a tiny site whose home page is the given HTML."""
    app = Flask("tiny")
    app.test_client_class = ArrangedClient
    pages = {}

    @app.get("/")
    def home() -> ResponseReturnValue:
        return pages["html"], pages["status"], pages["headers"]

    @app.route("/elders", methods=["GET", "POST"])
    def elsewhere() -> ResponseReturnValue:
        pages["sent"] = request.form.to_dict(flat=False)
        return redirect("/", 303)

    def visitor(html: str, status: int = 200, headers: dict[str, str] = HEADERS, language: str = "nl") -> Visitor:
        pages.update(html=html, status=status, headers=headers)
        made = Visitor(app.test_client(), language)
        made.sent = pages
        return made

    return visitor


def test_a_good_page_has_no_flaws(show: Callable[..., Visitor]) -> None:
    page = show(GOOD).get("/")
    assert (page.h1, page.title) == ("Ideeën", "Ideeën – Lindewaard")
    assert isinstance(page, Page)


@pytest.mark.parametrize(
    "before, after, said",
    [
        ('lang="nl"', 'lang="en"', "<html lang> is 'en'"),
        ('dir="ltr"', 'dir="rtl"', "<html dir> is 'rtl'"),
        ("<h1>Ideeën</h1>", "<h2>Ideeën</h2>", "0 level 1 headings"),
        ("<h1>", "<h1>Meer</h1><h1>", "2 level 1 headings"),
        ("Ideeën – Lindewaard", "Lindewaard", "the title 'Lindewaard'"),
        ("<main>", "<main><p><div></p></div>", "unexpected-end-tag"),
        ('<p id="hint">', '<p id="naam">', "id 'naam' is used 2 times"),
        ('aria-describedby="hint"', 'aria-describedby="tip"', "names 'tip'"),
        ('<label for="naam">Naam</label>', "", 'name="naam"> has no label'),
        ('<label for="naam">', '<label for="nergens">', "is for 'nergens'"),
        ("> Molen</label>", "></label>", "is empty"),
        ('action="/elders"', 'action="/weg"', "has no POST route (404)"),
        ('action="/elders"', 'action="/"', "has no POST route (405)"),
        ('<form method="post"', '<form method="put"', "has method 'put'"),
        (' action="/elders"', "", "has no action"),
        ('name="csrf_token" value="t"', 'name="t" value="t"', "0 security tokens"),
        ('method="post"', 'method="get"', "puts its security token in an address"),
        ('href="/elders"', 'href="#"', "leads nowhere"),
        ('href="/elders"', 'href="#weg"', "leads to #weg, which is not on this page"),
        ('href="/elders"', 'href="javascript:alert(1)"', "no browser should open"),
        ('href="/elders"', 'href="/weg"', "has no GET route (404)"),
        (">Elders<", "><", "says nothing"),
        ("<p id=", '<p style="color:red" id=', "inline style"),
        ("<p id=", '<p onclick="x()" id=', "inline onclick"),
        ("<p id=", "<script>x()</script><p id=", "inline script"),
        ("<p id=", '<img src="/elders"><p id=', "has no alt"),
        ("Kort.", "None steun", "shows 'None'"),
        ("Kort.", "{{ naam }}", "shows '{{'"),
        ("Kort.", "%(naam)s steunt dit", "shows '%(naam)s'"),
        ('value="Sanne"', 'value="None"', "has value='None'"),
    ],
)
def test_each_flaw_is_seen(show: Callable[..., Visitor], before: str, after: str, said: str) -> None:
    assert before in GOOD
    with pytest.raises(AssertionError) as failure:
        show(GOOD.replace(before, after, 1)).get("/")
    assert said in str(failure.value)
    assert str(failure.value).startswith("/ has")


@pytest.mark.parametrize("name", HEADERS)
def test_a_missing_header_is_seen(show: Callable[..., Visitor], name: str) -> None:
    headers = {other: value for other, value in HEADERS.items() if other != name}
    with pytest.raises(AssertionError, match=name):
        show(GOOD, headers=headers).get("/")


def test_pages_of_errors_are_checked_too(show: Callable[..., Visitor]) -> None:
    show(GOOD, status=404).get("/", 404)
    with pytest.raises(AssertionError, match="status 404 where 200"):
        show(GOOD, status=404).get("/")
    with pytest.raises(AssertionError, match="level 1"):
        show(GOOD.replace("h1>", "h2>"), status=404).get("/", 404)


def test_arabic_runs_from_right_to_left(show: Callable[..., Visitor]) -> None:
    arabic = GOOD.replace('lang="nl" dir="ltr"', 'lang="ar" dir="rtl"')
    show(arabic, language="ar").get("/")
    visitor = show(arabic)
    visitor.get("/?taal=ar")
    assert visitor.language == "ar"


def test_typed_braces_may_be_shown(show: Callable[..., Visitor]) -> None:
    visitor = show(GOOD.replace("Kort.", "{{7*7}}"))
    visitor.quotes = ("{{7*7}}",)
    visitor.get("/")


def test_a_form_is_sent_as_a_browser_sends_it(show: Callable[..., Visitor]) -> None:
    visitor = show(GOOD)
    visitor.get("/")
    visitor.submit("Stuur in", naam="Omar")
    assert visitor.sent["sent"] == {
        "csrf_token": ["t"],
        "naam": ["Omar"],
        "wijk": ["1"],
        "uitleg": [" Eerste regel"],
        "taal": ["tr"],
        "stap": ["klaar"],
    }
    assert visitor.follow().h1 == "Ideeën"


def test_checkboxes_take_lists_and_fields_can_be_left_out(show: Callable[..., Visitor]) -> None:
    visitor = show(GOOD)
    visitor.get("/")
    visitor.submit("/elders", wijk=["1", "2"], naam=None)
    assert visitor.sent["sent"]["wijk"] == ["1", "2"]
    assert visitor.sent["sent"].keys().isdisjoint({"naam", "stap"})


def test_a_field_or_form_that_is_not_there_is_named(show: Callable[..., Visitor]) -> None:
    visitor = show(GOOD)
    visitor.get("/")
    with pytest.raises(AssertionError, match="no field straat"):
        visitor.submit("Stuur in", straat="Molenweg")
    with pytest.raises(AssertionError, match="0 forms fit 'Wis'"):
        visitor.submit("Wis")
