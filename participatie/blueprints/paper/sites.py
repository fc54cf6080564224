"""Which stack or sheet is an address about, and where does a stack stand?"""

from flask import url_for

from participatie.models.votes import PaperStack, sheet_of_stack, stack_of_round
from participatie.web.access import Site
from participatie.web.clock import now
from participatie.web.sites import found


def stack_site(slug: str, stack_id: int) -> Site:
    """A stack of a round."""
    stack = found(stack_of_round(slug, stack_id))
    return Site(stack, stack.round.traject.facts().place_at(now()))


def sheet_site(slug: str, stack_id: int, number: int) -> Site:
    """A sheet that somebody entered."""
    sheet = found(sheet_of_stack(slug, stack_id, number))
    return Site(sheet, sheet.stack.round.traject.facts().place_at(now()))


def page_of(stack: PaperStack) -> str:
    """Return the address of a stack."""
    return url_for("paper.stack", slug=stack.round.slug, stack_id=stack.id)
