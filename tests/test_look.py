"""A gemeente brings its own tokens and logo; what does more than that stops the start with its line and the reason."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from participatie.app import create_app
from participatie.settings import SettingError, Settings
from participatie.web.logo import read_logo
from participatie.web.look import look_of
from participatie.web.theme import read_theme, write_theme
from tests.visitor import Visitor

THEME = """/* Gemeente Voorbeeld */
:root {
  --basis-color-accent-1-color-default: #7a0000;
  --basis-text-font-family-default: "Fira Sans", var(--voorbeeld-letter);
  --voorbeeld-letter: Georgia, serif;
  --niet-in-gebruik: 1px;
}
"""
DARK = "@media (prefers-color-scheme: dark) { :root { --basis-color-accent-1-color-default: #ffb0b0 } }"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{}\n</svg>'


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes a file of the gemeente and returns where."""

    def write(text: str) -> Path:
        path = tmp_path / "eigen.bestand"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize(
    "css, line, reason",
    [
        (":root { --a: red;\n color: red }", 2, "color is geen design token"),
        (":root {\n --a: url(https://elders.example/a.png) }", 2, "haalt iets op"),
        (":root { --a: URL('a.png') }", 1, "haalt iets op"),
        (":root { --a: \\75rl(a.png) }", 1, "haalt iets op"),
        (":root { --a: calc(1px + image-set('a.png' 1x)) }", 1, "haalt iets op"),
        ("@import 'elders.css';", 1, "@import kan hier niet"),
        (":root { --a: 1 }\n@font-face { font-family: A }", 2, "@font-face kan hier niet"),
        (":root { --a: 1 }\n.pp-main { --b: 1 }", 2, "de selector is '.pp-main'"),
        (":root, body { --a: 1 }", 1, "de selector is"),
        ("@media (min-width: 1px) { :root { --a: 1 } }", 1, "deze @media kan hier niet"),
        ("@media (prefers-color-scheme: dark) { body { --a: 1 } }", 1, "de selector is 'body'"),
        (":root { --a: 1; .x { color: red } }", 1, "iets anders dan"),
        (":root { --a: 1 } zomaar", 1, "geen CSS"),
    ],
)
def test_a_theme_with_more_than_tokens_is_refused(
    file: Callable[[str], Path], css: str, line: int, reason: str
) -> None:
    with pytest.raises(SettingError) as refusal:
        read_theme(file(css))
    assert str(refusal.value).startswith(f"PARTICIPATIE_THEME: eigen.bestand regel {line}: ")
    assert reason in str(refusal.value)


def test_a_theme_without_tokens_is_refused(file: Callable[[str], Path]) -> None:
    with pytest.raises(SettingError, match="geen enkele eigenschap"):
        read_theme(file("/* nog leeg */ :root {}"))


def test_only_the_tokens_that_are_used_are_served_with_what_they_lean_on(file: Callable[[str], Path]) -> None:
    css = write_theme(read_theme(file(THEME + DARK)), "a{color:var(--basis-text-font-family-default)}")
    assert (
        css
        == ':root{--basis-text-font-family-default:"Fira Sans", var(--voorbeeld-letter);--voorbeeld-letter:Georgia, serif;}'
    )


def test_a_theme_without_dark_colours_leaves_dark_screens_to_ours(file: Callable[[str], Path]) -> None:
    used = "a{color:var(--basis-color-accent-1-color-default)}"
    assert write_theme(read_theme(file(THEME)), used).startswith("@media print, (prefers-color-scheme: light){:root{")
    with_dark = write_theme(read_theme(file(THEME + DARK)), used)
    assert with_dark.startswith(":root{--basis-color-accent-1-color-default:#7a0000;}")
    assert (
        "@media screen and (prefers-color-scheme: dark){:root{--basis-color-accent-1-color-default:#ffb0b0;}}"
        in with_dark
    )


@pytest.mark.parametrize(
    "drawing, reason",
    [
        ("<script>alert(1)</script>", "<script> kan niet"),
        ('<rect onload="alert(1)"/>', "onload is een script"),
        ('<a href="https://elders.example"><rect/></a>', "<a> kan niet"),
        ('<use href="https://elders.example/a.svg#b"/>', "buiten het logo"),
        ("<foreignObject/>", "<foreignObject> kan niet"),
        ("<style>@import 'https://elders.example';</style>", "buiten het logo"),
        ('<rect fill="url(https://elders.example)"/>', "buiten het logo"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "<set> kan niet"),
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused(file: Callable[[str], Path], drawing: str, reason: str) -> None:
    with pytest.raises(SettingError, match=r"PARTICIPATIE_LOGO: eigen\.bestand regel 2") as refusal:
        read_logo(file(SVG.format(drawing)))
    assert reason in str(refusal.value)


def test_what_is_no_picture_is_no_logo(file: Callable[[str], Path]) -> None:
    for text in (
        "GIF89a",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        " " * 50_000,
    ):
        with pytest.raises(SettingError, match="PARTICIPATIE_LOGO"):
            read_logo(file(text))


def test_theme_and_logo_are_on_every_page(
    app: Flask, settings: Settings, tmp_path: Path, file: Callable[[str], Path]
) -> None:
    """Under addresses that change with their content, kept for ever."""
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG.format('<rect width="9" height="9" fill="url(#a)"/>'))
    own = create_app(replace(settings, theme=file(THEME), logo=logo, gemeente="Gemeente Voorbeeld"))
    own.extensions["participatie.engine"].dispose()
    visitor = Visitor(own.test_client())
    page = visitor.get("/toegankelijkheid")
    ours, theirs = [link.get("href", "") for link in page.all("link", rel="stylesheet")]
    assert "themed." in ours
    marks = [image.get("src", "") for image in page.all("img", class_="pp-brand__mark")]
    for address, mimetype, content in ((theirs, "text/css", "#7a0000"), (marks[0], "image/svg+xml", "<rect")):
        served = own.test_client().get(address)
        assert (served.status_code, served.mimetype) == (200, mimetype)
        assert content in served.text
        assert "immutable" in served.headers["Cache-Control"]
    assert "niet-in-gebruik" not in own.test_client().get(theirs).text
    assert own.test_client().get("/huisstijl/thema-000000000000.css").status_code == 404
    described = own.test_client().get("/manifest.webmanifest", headers={"Accept-Language": "nl"}).json
    assert described["short_name"] == "Voorbeeld"
    assert [(icon["src"], icon["sizes"]) for icon in described["icons"]] == [(marks[0], "any")]
    worker = own.test_client().get("/sw.js").text
    assert theirs in worker
    assert worker != app.test_client().get("/sw.js").text


def test_a_wrong_theme_stops_the_start(settings: Settings, file: Callable[[str], Path]) -> None:
    with pytest.raises(SettingError, match="regel 1"):
        look_of(replace(settings, theme=file("body { color: red }")))
