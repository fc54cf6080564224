"""In which language does this visitor read? Asked by link, remembered in a cookie, else the browser's own."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Flask, Response, g, request
from flask_babel import Babel, refresh
from flask_login import current_user

from participatie.settings import LOCALES, ROOT

COOKIE = "taal"
PARAMETER = "taal"
YEAR_SECONDS = 365 * 24 * 3600
RTL = frozenset({"ar"})
NAMES = {locale: (Locale.parse(locale).get_display_name(locale) or locale).capitalize() for locale in LOCALES}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One entry of the language switch; `href` is this same page."""

    code: str
    name: str
    href: str
    current: bool


def choose_locale() -> str:
    """Return the language of this request: link, cookie, profile, browser, Dutch, in that order."""
    asked = _asked_for()
    if asked is not None:
        return asked
    if g.get("has_cookie") and current_user.is_authenticated:
        locale: str = current_user.account.locale
        return locale
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def read_by(locale: str) -> None:
    """Make this page for somebody who reads this language and need not be logged in: it goes where a profile goes."""
    if _asked_for() is None and locale in LOCALES:
        g.locale = locale
        refresh()  # Flask-Babel may have asked already


def _asked_for() -> str | None:
    asked = (request.args.get(PARAMETER), request.cookies.get(COOKIE))
    return next((locale for locale in asked if locale in LOCALES), None)


def locale_code() -> str:
    """Return the language of this request, chosen once."""
    if "locale" not in g:
        g.locale = choose_locale()
    locale: str = g.locale
    return locale


def text_direction() -> str:
    """Return `rtl` for Arabic and `ltr` for the others."""
    return "rtl" if locale_code() in RTL else "ltr"


def language_links() -> list[LanguageLink]:
    """Return the switch: every language with a link to the page the visitor is on."""
    others = {name: values for name, values in request.args.lists() if name != PARAMETER}
    # Also on the page of an address that is not there: `//elsewhere` and `/\\elsewhere` must not become links to it.
    here = "/" + quote(request.path.lstrip("/"))
    if request.url_rule is not None and "GET" not in (request.url_rule.methods or ()):
        here = "/"  # the answer to a form whose address has no page
    return [
        LanguageLink(code, name, f"{here}?{urlencode({**others, PARAMETER: code}, doseq=True)}", code == locale_code())
        for code, name in NAMES.items()
    ]


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for by link. The cookie holds two letters and follows nobody."""
    asked = request.args.get(PARAMETER)
    if asked in LOCALES:
        response.set_cookie(
            COOKIE, asked, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


def set_up_languages(app: Flask) -> None:
    """Connect Flask-Babel to our translations, and give the templates what the page frame needs."""
    Babel(
        app,
        default_locale=LOCALES[0],
        default_translation_directories=str(ROOT / "translations"),
        locale_selector=locale_code,
    )
    app.after_request(remember_language)
    app.jinja_env.globals.update(locale_code=locale_code, text_direction=text_direction, language_links=language_links)
