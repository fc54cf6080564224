"""May this photo come with the idea, and may it be taken away?"""

from participatie.spelregels.ideas import IdeaFacts, is_waiting
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused

#: How many photos an idea has at most.
MOST_PHOTOS = 3
#: A file of a phone of 48 megapixels fits in both.
MOST_MEGABYTES = 20
MOST_MEGAPIXELS = 50


def may_add_photo(idea: IdeaFacts, account_id: int | None, *, photos: int, alt: str) -> Verdict:
    """Refuse a photo by anybody but the author, one too many, or one that nobody said in words what is on it.

    `photos` is how many the idea has. After the answer of the gemeente nothing is added: it answered to what was there.
    """
    if idea.author_id != account_id:
        return refused(Refusal.NOT_THE_AUTHOR)
    if not is_waiting(idea):
        return is_waiting(idea)
    if photos >= MOST_PHOTOS:
        return refused(Refusal.TOO_MANY_PHOTOS, most=MOST_PHOTOS)
    return Allowed() if alt.strip() else refused(Refusal.ALT_MISSING)


def may_fit(size_bytes: int, pixels: int = 0) -> Verdict:
    """Refuse a file that is too large to receive, or a picture that would take too much memory once unpacked."""
    fits = size_bytes <= MOST_MEGABYTES * 1_000_000 and pixels <= MOST_MEGAPIXELS * 1_000_000
    return Allowed() if fits else too_large()


def too_large() -> Refused:
    """Return the refusal of a photo that is larger than can be told or measured."""
    return refused(Refusal.PHOTO_TOO_LARGE, megabytes=MOST_MEGABYTES, megapixels=MOST_MEGAPIXELS)


def may_take_photo_away(*, is_author: bool, reason: str, has_own_idea_here: bool) -> Verdict:
    """Refuse a moderator without a reason, or with an idea of their own in the traject; an author always may."""
    if is_author:
        return Allowed()
    if has_own_idea_here:
        return refused(Refusal.OWN_RIVAL)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
