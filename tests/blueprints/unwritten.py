"""A site on which nothing that is sent stays, so that one world serves for many requests."""

import pytest
from flask import Flask

from participatie.web.transaction import TransactionalFlask


def without_commits(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """Let requests change nothing, so that one world serves for all of them; forms need no token here.

    A mistake of ours becomes an answer too, so that the walk goes on and names its address.
    """
    monkeypatch.delattr(TransactionalFlask, "dispatch_request")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
