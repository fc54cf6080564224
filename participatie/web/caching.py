"""Which public pages need not be made again? Those whose traject did not change since.

A page is kept per worker, for anonymous visitors only, under its address, its
language, the version of what it shows and the minute: a phase that begins shows
within a minute, and the rules themselves never ask this cache.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from participatie.web.clock import now
from participatie.web.exposure import count_as_seen, opened_here, shown_here
from participatie.web.languages import locale_code
from participatie.web.transaction import db

KEPT_PAGES = 512
#: An address with any other argument is made anew, or made-up ones would push the real pages out.
KEPT_ARGUMENTS = frozenset({"pagina", "buurt", "status", "in-taal", "volgorde"})

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was made, the same page packed for browsers that take gzip (all of them), and the ideas it shows."""

    plain: bytes
    packed: bytes
    shown: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()


class PageCache(OrderedDict[str, KeptPage]):
    """The pages last asked for, by key; the oldest goes first."""

    def keep(self, key: str, page: bytes, shown: tuple[int, ...] = (), opened: tuple[int, ...] = ()) -> KeptPage:
        """Add a page, and drop the oldest above the limit."""
        kept = self[key] = KeptPage(page, gzip.compress(page, compresslevel=6, mtime=0), shown, opened)
        while len(self) > KEPT_PAGES:
            self.popitem(last=False)
        return kept


def cached_by(version: Select[*tuple[Any, ...]], also: Callable[[], str | None] = str) -> Callable[[View], View]:
    """Answer anonymous visitors from memory, and with 304 where they have the page already.

    `version` selects what changes whenever the page does; its parameters are
    those of the address. No row means that there is nothing to keep. `also` returns
    what else the page depends on in this request; None where it is not to be kept.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def cached(**parameters: Any) -> ResponseReturnValue:
            if g.get("has_cookie") or request.method != "GET" or not KEPT_ARGUMENTS.issuperset(request.args):
                return view(**parameters)
            more = also()
            stamp = db().connection().execute(version, parameters).first() if more is not None else None
            if stamp is None or more is None:
                return view(**parameters)
            minute = now().strftime("%Y%m%d%H%M")
            identity = "\n".join((request.full_path, locale_code(), str(stamp), minute, more))
            key = sha256(identity.encode()).hexdigest()[:32]
            pages: PageCache = current_app.extensions["participatie.pages"]
            page = pages.get(key)
            if page is not None:
                count_as_seen(page.shown, page.opened)
            if key in request.if_none_match:
                return _with_etag(Response(status=HTTPStatus.NOT_MODIFIED), key)
            if page is None:
                response = make_response(view(**parameters))
                if response.status_code != HTTPStatus.OK or "Set-Cookie" in response.headers:
                    return response
                page = pages.keep(key, response.get_data(), shown_here(), opened_here())
            return _with_etag(_response_of(page), key)

        return cached

    return declare


def _response_of(page: KeptPage) -> Response:
    if not request.accept_encodings.quality("gzip"):
        return Response(page.plain, mimetype="text/html")
    response = Response(page.packed, mimetype="text/html")
    response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _with_etag(response: Response, key: str) -> Response:
    response.set_etag(key)
    response.headers["Cache-Control"] = "no-cache"
    return response
