"""What a reader does with a mail: read it, and press what stands in it."""

import re
from email.message import EmailMessage

#: The address of the site as mails write it; the browser of a story has its own before the path.
ADDRESS = re.compile(r"^http://localhost(/\S+)\s*$", re.MULTILINE)


def link_in(mail: EmailMessage, part: str) -> str:
    """Return the path of the one address in a mail that has this in it."""
    [path] = [each for each in ADDRESS.findall(mail.get_content()) if part in each]
    return str(path)
