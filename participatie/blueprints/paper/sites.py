"""Which stack or sheet is an address about?"""

from flask import abort, make_response

from participatie.models.votes import sheet_of_stack, stack_of_round
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site
from participatie.web.clock import now
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, round_site


def paper_site(slug: str) -> Site:
    """A round that residents vote about; where they do not, there is no paper."""
    site = round_site(slug)
    verdict = may_vote_here(site.subject.traject.ruleset())
    if isinstance(verdict, Refused):
        abort(make_response(refusal_page(verdict)))
    return site


def stack_site(slug: str, stack_id: int) -> Site:
    """A stack of a round."""
    stack = found(stack_of_round(slug, stack_id))
    return Site(stack, stack.round.traject.facts().place_at(now()))


def sheet_site(slug: str, stack_id: int, number: int) -> Site:
    """A sheet that somebody entered."""
    sheet = found(sheet_of_stack(slug, stack_id, number))
    return Site(sheet, sheet.stack.round.traject.facts().place_at(now()))
