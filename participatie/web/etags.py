"""Need a page be sent again? Every page that anybody may read carries a fingerprint of itself.

Pages from memory (caching.py) have a cheaper one, made of the version of what they show. This one saves no work here,
but it does save the visitor the bytes.
"""

from http import HTTPStatus

from flask import Flask, Response, g, request

from participatie.web.login import is_logged_in


def set_up_etags(app: Flask) -> None:
    """Give every answer to somebody who is not logged in its fingerprint, and answer 304 to who has it already.

    Set up after the compression, so that it works on what is not compressed yet: gzip writes the time into its result.
    """

    def add(response: Response) -> Response:
        personal = bool(g.get("has_cookie")) and is_logged_in()
        if (
            request.method in ("GET", "HEAD")
            and response.status_code == HTTPStatus.OK
            and not personal
            and not response.is_streamed
            and not response.get_etag()[0]
        ):
            response.add_etag()
            response.make_conditional(request)
        return response

    app.after_request(add)
