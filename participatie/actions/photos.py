"""How does a photo come with an idea, and how does it go for good?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.pictures import LARGE, SMALL, Picture
from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.ideas import Idea, running_ideas_of
from participatie.models.photos import Photo, PhotoFile, PhotoRemoval, photos_of
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Place, may
from participatie.spelregels.photos import MOST_PHOTOS, may_add_photo, may_take_photo_away
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def add_photo(
    session: Session, account: Account, idea: Idea, picture: Picture, alt: str, lang: str, now: datetime
) -> Photo | Refused:
    """Add a photo to somebody's own idea, behind those it has; `alt` says in the language `lang` what is on it.

    The same photo twice is one photo: a slow phone makes people press twice.
    """
    session.refresh(idea, with_for_update={"of": Idea})
    there = session.scalars(photos_of(idea.id)).all()
    same = next((photo for photo in there if photo.sha256 == picture.sha256), None)
    verdict = first_refusal(
        may(replace(account.actor(), is_author=idea.author_id == account.id), Do.ADD_PHOTO, _place(idea, now)),
        may_add_photo(idea.facts(), account.id, photos=len(there) - (same is not None), alt=alt),
    )
    if isinstance(verdict, Refused):
        return verdict
    if same is not None:
        return same
    taken = {photo.position for photo in there}
    photo = Photo(
        idea=idea,
        position=min(set(range(1, MOST_PHOTOS + 1)) - taken),
        alt=alt.strip(),
        lang=lang,
        width=picture.large_size[0],
        height=picture.large_size[1],
        small_width=picture.small_size[0],
        small_height=picture.small_size[1],
        sha256=picture.sha256,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(photo)
    except IntegrityError:
        return refused(Refusal.TOO_MANY_PHOTOS, most=MOST_PHOTOS)
    session.add(PhotoFile(photo_id=photo.id, size=SMALL, content=picture.small))
    session.add(PhotoFile(photo_id=photo.id, size=LARGE, content=picture.large))
    idea.traject.touch()
    record(session, account.id, Do.ADD_PHOTO, idea, now, photo=photo.id)
    return photo


def remove_photo(
    session: Session, account: Account, photo: Photo, house_rule: HouseRule | None, reason: str, now: datetime
) -> Idea | Refused:
    """Delete a photo for good: its author whenever they like, a moderator under a house rule and with a reason.

    Only that it went is kept, and for a moderator also why; the author gets a mail with the reason.
    """
    idea = photo.idea
    session.refresh(idea, with_for_update={"of": Idea})
    is_author = idea.author_id == account.id
    own = 0 if is_author else session.scalar(running_ideas_of(account.id, idea.traject_id)) or 0
    verdict = first_refusal(
        may(replace(account.actor(), is_author=is_author), Do.REMOVE_PHOTO, _place(idea, now)),
        may_take_photo_away(is_author=is_author, reason=reason if house_rule else "", has_own_idea_here=own > 0),
    )
    if isinstance(verdict, Refused):
        return verdict
    record(
        session, account.id, Do.REMOVE_PHOTO, idea, now, photo=photo.id, house_rule=None if is_author else house_rule
    )
    if house_rule is not None and not is_author:
        session.add(
            PhotoRemoval(
                idea_id=idea.id, moderator_id=account.id, house_rule=house_rule, reason=reason.strip(), removed_at=now
            )
        )
        mail(
            session, idea.author, "photo_removed", now,
            idea_id=idea.id, title=idea.title, house_rule=str(house_rule), reason=reason.strip(),
        )  # fmt: skip
    _delete(session, [photo])
    idea.traject.touch()
    return idea


def forget_photos(session: Session, idea: Idea) -> None:
    """Delete all photos of an idea for good, as part of an act that ends it."""
    _delete(session, session.scalars(photos_of(idea.id)).all())


def _place(idea: Idea, now: datetime) -> Place:
    return idea.traject.facts().place_at(now)


def _delete(session: Session, photos: Sequence[Photo]) -> None:
    numbers = [photo.id for photo in photos]
    session.execute(delete(PhotoFile).where(PhotoFile.photo_id.in_(numbers)))
    for photo in photos:
        session.delete(photo)
    session.flush()
