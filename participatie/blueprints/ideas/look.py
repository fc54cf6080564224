"""What does somebody see before an idea goes in? Others that look alike, and a language that was not chosen."""

from dataclasses import dataclass

from participatie.blueprints.ideas.idea_form import IdeaForm
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.web.detecting import language_of
from participatie.web.similar import similar_ideas


@dataclass(frozen=True, slots=True)
class Look:
    """Ideas like the one that was typed, and the language that it seems to be in when another was chosen."""

    ideas: list[Idea]
    lang: str | None


def look_before(form: IdeaForm, traject: Traject) -> Look | None:
    """Return what to show first, once; None when there is nothing, or it was shown: whoever puts in decides."""
    if form.looked.data:
        return None
    title, body, chosen = form.title.data or "", form.body.data or "", str(form.lang.data)
    seems = language_of(f"{title}\n{body}")
    ideas = similar_ideas(traject.id, title, body, seems or chosen)
    lang = seems if seems != chosen else None
    return Look(ideas, lang) if ideas or lang else None
