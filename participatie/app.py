"""How is the app put together? Settings, database, web, blueprints, in that order."""

from flask import Flask, current_app, g, request
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from participatie.actions.exposure import write_exposure
from participatie.actions.votes import write_networks
from participatie.blueprints import ALL, demo
from participatie.models.database import connect
from participatie.settings import ROOT, Settings
from participatie.web import words
from participatie.web.access import refuse_undeclared
from participatie.web.announced import facts_in_words
from participatie.web.assets import set_up_assets
from participatie.web.caching import PageCache
from participatie.web.clock import Clock, system_clock
from participatie.web.errors import set_up_errors
from participatie.web.etags import set_up_etags
from participatie.web.exposure import set_up_exposure
from participatie.web.formats import day, euros, last_day, last_minute, moment, number, percent
from participatie.web.headers import set_up_headers
from participatie.web.languages import set_up_languages
from participatie.web.login import set_up_login
from participatie.web.look import set_up_look
from participatie.web.maintenance import set_up_maintenance
from participatie.web.navigation import nav_links
from participatie.web.networks import set_up_networks
from participatie.web.offline import set_up_offline
from participatie.web.presets import presets_of
from participatie.web.rich_text import rich_text
from participatie.web.round_words import advice_sentence, way_of_voting
from participatie.web.sharing import share
from participatie.web.transaction import TransactionalFlask, close_session
from participatie.web.uploads import UploadRequest, allow_upload
from participatie.web.urls import RowNumberConverter, SlugConverter

MAX_BODY_BYTES = 2 * 1024 * 1024
YEAR_SECONDS = 365 * 24 * 3600


def create_app(settings: Settings, clock: Clock = system_clock) -> Flask:
    """Return the app for these settings. `clock` tells the time; tests pass one they can turn.

    Raises SettingError for a preset, a theme or a logo of the gemeente's own that cannot be used.
    """
    app = TransactionalFlask(
        "participatie", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.request_class = UploadRequest
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-participatie" if settings.is_https else "participatie",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/atom+xml", "application/json"],
        COMPRESS_ALGORITHM=["gzip"],
    )
    app.extensions["participatie.settings"] = settings
    app.extensions["participatie.clock"] = clock
    app.extensions["participatie.engine"] = connect(settings.database_url, pings=False)
    app.extensions["participatie.pages"] = PageCache()
    app.extensions["participatie.rounds"] = {}
    app.extensions["participatie.login_service"] = {}
    app.extensions["participatie.presets"] = presets_of(settings)
    _set_up_web(app, settings)
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["int"] = RowNumberConverter
    app.url_map.strict_slashes = True
    for blueprint in ALL:
        app.register_blueprint(blueprint)
    if settings.demo:
        app.register_blueprint(demo)
    app.wsgi_app = _with_static_files(app, settings.proxies)  # type: ignore[method-assign]
    return app


def _set_up_web(app: Flask, settings: Settings) -> None:
    app.before_request(_notice_cookie)
    set_up_maintenance(app, settings)
    app.before_request(refuse_undeclared)
    app.teardown_appcontext(close_session)
    set_up_login(app)
    set_up_languages(app)
    app.before_request(allow_upload)  # before the token is looked up, which reads the form
    # What stops mail has a token of its own, and mail programs send it without having opened a page.
    CSRFProtect(app).exempt("participatie.blueprints.telling.routes.stop")
    Compress(app)
    set_up_etags(app)
    set_up_headers(app, https=settings.is_https, tiles=settings.tiles)
    set_up_errors(app)
    set_up_exposure(app, write_exposure)
    set_up_networks(app, write_networks)
    set_up_assets(app)
    set_up_look(app, settings)
    set_up_offline(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        gemeente_name=lambda: settings.gemeente, demo_notice=settings.demo, nav_links=nav_links, share=share
    )
    app.jinja_env.filters.update(
        euros=euros, number=number, day=day, last_day=last_day, last_minute=last_minute, moment=moment,
        rich_text=rich_text, word=words.word, facts_in_words=facts_in_words, percent=percent,
        advice_sentence=advice_sentence, way_of_voting=way_of_voting,
    )  # fmt: skip


def _notice_cookie() -> None:
    # Looking at the name only: a page for somebody without a session never opens one.
    g.has_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _with_static_files(app: Flask, proxies: int) -> WhiteNoise:
    # Anybody can send X-Forwarded-For: only what so many proxies of ours added to it is believed.
    return WhiteNoise(
        ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1, x_host=0),
        root=str(ROOT / "static" / "dist"),
        prefix="static/dist/",
        immutable_file_test=lambda _path, url: "." in url.rsplit("/", 1)[-1].split(".", 1)[-1],
    )
