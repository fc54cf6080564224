"""How does an idea get its place on the map, and how is it taken off?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.ideas.holding import hold
from participatie.actions.record import record
from participatie.geography import covers
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.places import IdeaPlace, any_shape, place_of, shapes_near
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.permissions import Do, Role, may
from participatie.spelregels.places import may_move, may_place
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal


def place_idea(
    session: Session, account: Account, idea: Idea, lat: float, lon: float, now: datetime
) -> IdeaPlace | Refused:
    """Put an idea at a point, in degrees, inside the area of its traject; its buurt follows from the point."""
    hold(session, idea)
    around = areas_around(session, idea.traject.area.path, lat, lon)
    verdict = first_refusal(
        _may(account, idea, now),
        may_place(
            idea.facts(),
            by_gemeente=_by_gemeente(account, idea),
            has_map=bool(around) or session.scalar(any_shape(idea.traject.area.path)) is not None,
            inside=bool(around),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    place = session.scalar(place_of(idea.id))
    if place is None:
        place = IdeaPlace(idea_id=idea.id, lat=lat, lon=lon)
        session.add(place)
    else:
        place.lat, place.lon = lat, lon
    if around[0].kind is AreaKind.BUURT:
        idea.area = around[0]
    idea.traject.touch()
    record(session, account.id, Do.PLACE_IDEA, idea, now, area=around[0].id)
    return place


def remove_place(session: Session, account: Account, idea: Idea, now: datetime) -> Idea | Refused:
    """Take an idea off the map; it keeps its buurt. Where it had no place nothing happens."""
    hold(session, idea)
    verdict = first_refusal(_may(account, idea, now), may_move(idea.facts(), by_gemeente=_by_gemeente(account, idea)))
    if isinstance(verdict, Refused):
        return verdict
    place = session.scalar(place_of(idea.id))
    if place is not None:
        session.delete(place)
        idea.traject.touch()
        record(session, account.id, Do.PLACE_IDEA, idea, now)
    return idea


def areas_around(session: Session, path: str, lat: float, lon: float) -> list[Area]:
    """Return the areas at or below a path that a point lies in, the smallest first."""
    near = session.scalars(shapes_near(path, lat, lon))
    sizes = list(AreaKind)
    areas = [shape.area for shape in near if covers(shape.geometry, lat, lon)]
    return sorted(areas, key=lambda area: (-sizes.index(area.kind), area.id))


def _may(account: Account, idea: Idea, now: datetime) -> Verdict:
    actor = replace(account.actor(), is_author=idea.author_id == account.id)
    return may(actor, Do.PLACE_IDEA, idea.traject.facts().place_at(now))


def _by_gemeente(account: Account, idea: Idea) -> bool:
    return Role.WIJKMANAGER in account.actor().roles_at(idea.traject.area.path)
