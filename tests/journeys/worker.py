"""What the worker does at the moment of a story: it tells what is late, writes the digests that are due, and sends the mail."""

from email.message import EmailMessage

from participatie.commands.digesting import Digester
from participatie.commands.escalating import Escalator
from tests.browser.serving import Site


def the_worker_works(site: Site) -> list[EmailMessage]:
    """Let a worker that was just started do what is due now, and return the mail that this brought."""
    before = len(site.post.received)
    Escalator(site.engine).work_at(site.clock.now)
    Digester(site.engine).work_at(site.clock.now)
    site.post_comes()
    return site.post.received[before:]
