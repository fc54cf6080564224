"""How does a file leave that a browser keeps instead of showing it?"""

from flask import Response


def download(content: str | bytes, mimetype: str, name: str) -> Response:
    """Return a file under a name, which is one of ours: letters, digits, dots and dashes."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
