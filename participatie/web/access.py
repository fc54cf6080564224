"""May this visitor use this route? Closed by default: a route that does not say so answers 403."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from participatie.spelregels.permissions import AS_ADVICE, Actor, Do, Place, may
from participatie.spelregels.verdicts import Refusal, Refused, Verdict
from participatie.web.login import actor
from participatie.web.refusals import refusal_page

View = Callable[..., ResponseReturnValue]
Subject = TypeVar("Subject")


class Audience(StrEnum):
    """Who a page is for, where no act of the table is asked."""

    EVERYONE = "everyone"
    LOGGED_IN = "logged in"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Site:
    """What a route is about: the row it loaded, where that lies, and whether the visitor made it, may vote there, or sits there.

    `is_advice` is so for a round whose outcome is advice: the acts of a poll are asked for those of a vote.
    """

    subject: Any
    place: Place
    is_author: bool = False
    is_voter: bool = False
    is_advice: bool = False
    is_panel_member: bool = False


def open_to(audience: Audience) -> Callable[[View], View]:
    """Declare that a page is for everyone, for whoever is logged in, or for staff."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**parameters: Any) -> ResponseReturnValue:
            visitor = actor()
            if audience is not Audience.EVERYONE and visitor.account_id is None:
                return to_log_in()
            if audience is Audience.STAFF and not visitor.grants:
                return refusal_page(Refused(Refusal.NOT_YOUR_ROLE, {"roles": "moderator, wijkmanager"}))
            return view(**parameters)

        guarded.access = audience  # type: ignore[attr-defined]
        return guarded

    return declare


def requires(do: Do, at: Callable[..., Site]) -> Callable[[View], View]:
    """Ask the table before the view runs. `at` takes the URL's parameters and loads what the act is about.

    The view gets that row as its only argument.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**parameters: Any) -> ResponseReturnValue:
            site = at(**parameters)
            verdict = may_here(do, site)
            if isinstance(verdict, Refused):
                return to_log_in() if verdict.code is Refusal.LOG_IN_FIRST else refusal_page(verdict)
            return view(site.subject)

        guarded.access = do  # type: ignore[attr-defined]
        return guarded

    return declare


def may_here(do: Do, site: Site) -> Verdict:
    """Ask the table for this visitor; templates use it to decide whether to show a button."""
    visitor: Actor = replace(
        actor(), is_author=site.is_author, is_voter=site.is_voter, is_panel_member=site.is_panel_member
    )
    return may(visitor, AS_ADVICE.get(do, do) if site.is_advice else do, site.place)


def to_log_in() -> ResponseReturnValue:
    """Send a visitor to the login page, and back here afterwards."""
    target: str | None = request.full_path.rstrip("?")
    if request.method != "GET":
        # What was sent is not done after logging in, and an address that only takes what is sent has no page.
        reads = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
        target = request.path if reads else None
    return redirect(url_for("accounts.log_in", next=target))


def refuse_undeclared() -> None:
    """Answer 403 for a view that declares no access; static files have a handler of their own, so here they are not."""
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "access"):
        abort(404 if request.endpoint == "static" else 403)
