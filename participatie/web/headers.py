"""Which security headers does every answer carry? No inline script or style, nothing from elsewhere, no framing."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from secure import ContentSecurityPolicy, PermissionsPolicy, ReferrerPolicy, Secure, StrictTransportSecurity
from secure.headers import XContentTypeOptions, XFrameOptions

from participatie.web.login import is_logged_in


def _policy(*pictures: str) -> ContentSecurityPolicy:
    """Return what a page may load; `pictures` are the hosts that pictures may come from beside this one."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:", *pictures)
        .font_src("'self'")
        .connect_src("'self'")
        .manifest_src("'self'")
        .worker_src("'self'")
        .base_uri("'none'")
        .form_action("'self'")
        .frame_ancestors("'none'")
    )


def set_up_headers(app: Flask, *, https: bool, tiles: str = "") -> None:
    """Add the headers to every answer; HSTS for a year where visitors come over HTTPS.

    `tiles` is the address of the tiles under maps, whose host may then send pictures; empty where there are none.
    """
    chosen = Secure(
        csp=_policy(f"https://{urlsplit(tiles).netloc}") if tiles else _policy(),
        hsts=StrictTransportSecurity().max_age(31_536_000).include_subdomains() if https else None,
        permissions=PermissionsPolicy().geolocation().camera().microphone(),
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    )
    headers = dict(chosen.headers)

    def add(response: Response) -> Response:
        response.headers.update(headers)
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            personal = bool(g.get("has_cookie")) and is_logged_in()
            # A page with somebody's name on it is kept nowhere (abuse case 52).
            response.headers["Cache-Control"] = "no-store" if personal else "no-cache"
        response.vary.update(("Accept-Language", "Cookie"))
        return response

    app.after_request(add)
