"""How does a file that was looked at come back to be read in, while nothing of it is stored? In the form itself, packed."""

import base64
import binascii
import zlib

#: What a file of data may hold, unpacked; packed it has to fit in the field of a form.
MOST_BYTES = 6_000_000


def packed(source: bytes) -> str:
    """Return a file as text for a hidden field."""
    return base64.b64encode(zlib.compress(source, 9)).decode()


def unpacked(text: str) -> bytes | None:
    """Return the file again, or None for what `packed` did not make, or what would be too large."""
    try:
        opened = zlib.decompressobj()
        source = opened.decompress(base64.b64decode(text, validate=True), MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return source if opened.eof and source else None
