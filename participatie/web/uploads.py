"""How large may be what somebody sends? A page of text is small; a photo may be large, where one is asked."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from flask import Request, current_app, request

from participatie.spelregels.photos import MOST_MEGABYTES

#: What a request with a photo may hold; a larger file is read to its end and thrown away while it comes in, so that
#: the visitor gets the form back with a sentence, and not a connection that breaks.
MOST_BYTES = 64 * 1024 * 1024
IN_MEMORY = 512 * 1024

View = TypeVar("View", bound=Callable[..., Any])


class Upload(SpooledTemporaryFile[bytes]):
    """A file as it comes in. One that is too large is dropped: `is_too_large` is all that remains of it."""

    is_too_large = False

    def write(self, data: Any) -> int:
        """Keep the next part, unless it is too much."""
        if self.is_too_large or self.tell() + len(data) > MOST_MEGABYTES * 1_000_000:
            self.is_too_large = True
            self.seek(0)
            self.truncate()
            return len(data)
        return super().write(data)


class UploadRequest(Request):
    """A request that keeps no file larger than a photo may be."""

    def _get_file_stream(self, *_args: Any, **_facts: Any) -> IO[bytes]:
        return Upload(max_size=IN_MEMORY)


def takes_photo(view: View) -> View:
    """Let the form of this view bring a photo, by a larger limit than other forms have."""
    view.most_bytes = MOST_BYTES  # type: ignore[attr-defined]
    return view


def takes_file(view: View) -> View:
    """Let the form of this view bring a file of data, by the same larger limit; the form says how large it may be."""
    return takes_photo(view)


def allow_upload() -> None:
    """Raise the limit of a request to a view that takes a photo; before anything reads the form."""
    if request.endpoint is not None:
        most = getattr(current_app.view_functions[request.endpoint], "most_bytes", None)
        if most is not None:
            request.max_content_length = most
