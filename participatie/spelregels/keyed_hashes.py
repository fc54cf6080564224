"""What is kept of something that nobody may read back, as a code or an address? A hash under a key that stands elsewhere."""

import hashlib
import hmac


def keyed_hash(key: str, *words: object) -> str:
    """Return the HMAC-SHA256 of words, a line each, in hexadecimal. The first word says what they are about.

    Without the key nobody can try out which words gave it.
    """
    return hmac.new(key.encode(), "\n".join(map(str, words)).encode(), hashlib.sha256).hexdigest()
