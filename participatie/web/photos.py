"""Which photos stand beside an idea, and what can this visitor do with them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participatie.models.ideas import Idea
from participatie.models.photos import Photo, PhotoRemoval, first_photos, photos_of, removals_of
from participatie.spelregels.permissions import Do
from participatie.spelregels.photos import may_add_photo
from participatie.web.access import Site, may_here
from participatie.web.login import actor
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class ShownPhotos:
    """The photos of an idea, and whether this visitor may add and remove; what moderators took away, for whom may."""

    photos: Sequence[Photo]
    may_add: bool
    may_remove: bool
    removals: Sequence[PhotoRemoval]


def photos_on(site: Site) -> ShownPhotos:
    """Return the photos of the idea that a site is about."""
    idea: Idea = site.subject
    photos = db().scalars(photos_of(idea.id)).all()
    may_add = may_add_photo(idea.facts(), actor().account_id, photos=len(photos), alt="-") and may_here(
        Do.ADD_PHOTO, site
    )
    may_remove = bool(may_here(Do.REMOVE_PHOTO, site))
    return ShownPhotos(
        photos, bool(may_add), may_remove, db().scalars(removals_of(idea.id)).all() if may_remove else ()
    )


def first_photos_of(ideas: Iterable[Idea]) -> dict[int, Photo]:
    """Return the first photo of each idea of a list that has one, by the idea's number; one query."""
    return {photo.idea_id: photo for photo in db().scalars(first_photos(*(idea.id for idea in ideas)))}
