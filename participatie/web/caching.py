"""Which public pages need not be made again? Those whose traject did not change since.

A page is kept per worker, for anonymous visitors only, under its address, its
language, the version of what it shows and the minute: a phase that begins shows
within a minute, and the rules themselves never ask this cache.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from participatie.web.clock import now
from participatie.web.languages import PARAMETER, locale_code

KEPT_PAGES = 512

View = Callable[..., ResponseReturnValue]


class PageCache(OrderedDict[str, bytes]):
    """The pages last asked for, by key; the oldest goes first."""

    def keep(self, key: str, page: bytes) -> None:
        """Add a page, and drop the oldest above the limit."""
        self[key] = page
        while len(self) > KEPT_PAGES:
            self.popitem(last=False)


def cached_by(version: Callable[..., object]) -> Callable[[View], View]:
    """Answer anonymous visitors from memory, and with 304 where they have the page already.

    `version` takes the URL's parameters and returns something that changes
    whenever the page does; None means there is nothing to keep.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def cached(**parameters: Any) -> ResponseReturnValue:
            if g.get("has_cookie") or request.method != "GET" or PARAMETER in request.args:
                return view(**parameters)
            stamp = version(**parameters)
            if stamp is None:
                return view(**parameters)
            minute = now().strftime("%Y%m%d%H%M")
            identity = "\n".join((request.full_path, locale_code(), str(stamp), minute))
            key = sha256(identity.encode()).hexdigest()[:32]
            if key in request.if_none_match:
                return _with_etag(Response(status=HTTPStatus.NOT_MODIFIED), key)
            pages: PageCache = current_app.extensions["participatie.pages"]
            page = pages.get(key)
            if page is None:
                response = make_response(view(**parameters))
                if response.status_code != HTTPStatus.OK or "Set-Cookie" in response.headers:
                    return response
                page = response.get_data()
                pages.keep(key, page)
            return _with_etag(Response(page, mimetype="text/html"), key)

        return cached

    return declare


def _with_etag(response: Response, key: str) -> Response:
    response.set_etag(key)
    response.headers["Cache-Control"] = "no-cache"
    return response
