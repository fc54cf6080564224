"""What is this address about? Loads the row a URL names, with the place where an act on it would be."""

from dataclasses import replace
from typing import TypeVar

from flask import abort, current_app, make_response
from sqlalchemy import Select

from participatie.models.database import session_for
from participatie.models.ideas import idea_by_id
from participatie.models.photos import photo_of_idea
from participatie.models.trajecten import Traject, traject_by_slug
from participatie.models.votes import VERSION_AND_VISIT
from participatie.models.wijkbudget import Round, plan_by_number, round_by_slug, round_for_voting
from participatie.models.wijken import root_area
from participatie.spelregels.permissions import Do, Place
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, may_here
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.transaction import db, glance, may_trust_memory, trust_memory
from participatie.web.voters import casts_here, note_visit, visit_hash

Row = TypeVar("Row")


def found(select: Select[Row]) -> Row:
    """Return the one row of a select, or answer 404."""
    row = db().scalar(select)
    if row is None:
        abort(404)
    return row


def gemeente_site() -> Site:
    """The gemeente as a whole."""
    area = found(root_area())
    return Site(area, Place(area.path))


def traject_site(slug: str) -> Site:
    """A traject; a draft is there for its wijkmanager only, and for others it is not there at all."""
    traject = found(traject_by_slug(slug))
    site = Site(traject, traject.facts().place_at(now()))
    if traject.status is TrajectStatus.DRAFT and not may_here(Do.MANAGE_TRAJECT, site):
        abort(404)
    return site


def phase_site(slug: str, position: int) -> Site:
    """A phase of a traject by its place, with the same care for drafts. An act on it is an act now, whenever it runs."""
    site = traject_site(slug)
    phase = next((phase for phase in site.subject.phases if phase.position == position), None)
    if phase is None:
        abort(404)
    return replace(site, subject=phase)


def public_traject(slug: str) -> Traject:
    """A traject for reading, with the same care for drafts."""
    traject: Traject = traject_site(slug).subject
    return traject


def idea_site(idea_id: int) -> Site:
    """An idea; a hidden one is there for its author and for moderators of its area only."""
    idea = found(idea_by_id(idea_id))
    account_id = actor().account_id
    is_author = account_id is not None and idea.author_id == account_id
    site = Site(idea, idea.traject.facts().place_at(now()), is_author)
    if idea.hidden_at is not None and not (is_author or may_here(Do.RESTORE_IDEA, site)):
        abort(404)
    return site


def photo_site(idea_id: int, photo_id: int) -> Site:
    """A photo of an idea, with the same care for hidden ideas."""
    site = idea_site(idea_id)
    return replace(site, subject=found(photo_of_idea(idea_id, photo_id)))


def round_site(slug: str) -> Site:
    """A round with its plans; one in preparation is there for its wijkmanager only.

    A vote that is being done over was public once, and stays so.
    """
    budget_round = found(round_by_slug(slug))
    site = site_of(budget_round)
    if not budget_round.has_been_open() and not may_here(Do.MANAGE_ROUND, site):
        abort(404)
    return site


def site_of(budget_round: Round) -> Site:
    """Return a round that was loaded as what a route is about, now."""
    return Site(budget_round, budget_round.traject.facts().place_at(now()), is_advice=budget_round.is_advice())


def voted_round_site(slug: str) -> Site:
    """A round that residents vote about; where they do not, nothing of a vote can be asked."""
    site = round_site(slug)
    verdict = may_vote_here(site.subject.traject.ruleset())
    if isinstance(verdict, Refused):
        abort(make_response(refusal_page(verdict)))
    return site


def voting_site(slug: str) -> Site:
    """A round for voting, without its plans: those are read from the frozen rulebook. One without a vote is not there."""
    budget_round = _round_as_it_stands(slug)
    if budget_round is None or not budget_round.has_been_open() or not budget_round.is_voted():
        abort(404)
    return site_of(budget_round)


def _round_as_it_stands(slug: str) -> Round | None:
    # A round does not change between two votes, and loading it costs as much as casting: each
    # worker keeps it, apart from any session, for as long as the version of its traject is the same.
    kept: dict[str, tuple[int, Round]] = current_app.extensions["participatie.rounds"]
    # Casting asks after the version and the visit along with all else, behind its locks.
    if slug in kept and casts_here() and visit_hash() and may_trust_memory():
        trust_memory(kept[slug][0])
        note_visit(kept[slug][1].id)
        return kept[slug][1]
    found = glance(VERSION_AND_VISIT, {"slug": slug, "token_hash": visit_hash()})
    if found is None:
        return None
    version, visit = tuple(found)
    note_visit(visit)
    if slug not in kept or kept[slug][0] != version:
        with session_for(current_app.extensions["participatie.engine"], writes=False) as own:
            budget_round = own.scalar(round_for_voting(slug))
        if budget_round is None:
            return None
        kept[slug] = (version, budget_round)
    return kept[slug][1]


def plan_site(slug: str, number: int) -> Site:
    """A plan of a round, with the same care for rounds in preparation."""
    plan = found(plan_by_number(slug, number))
    site = Site(plan, plan.round.traject.facts().place_at(now()))
    if not plan.round.has_been_open() and not may_here(Do.MANAGE_ROUND, site):
        abort(404)
    return site
