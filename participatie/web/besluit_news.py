"""How does a besluit read in a feed reader?"""

from flask import url_for

from participatie.models.besluiten import Besluit
from participatie.web.atom import Entry
from participatie.web.besluit_paper import facts_in_words, objection_in_words


def news_of(besluit: Besluit) -> Entry:
    """Return a besluit as news: why it was corrected, what was decided by whom and why, and how to object.

    A correction is news of its own moment. Its versions must be loaded.
    """
    latest = besluit.latest()
    text = [
        *([latest.reason] if latest.reason else []),
        "\n".join(f"{name}: {value}" for name, value in facts_in_words(besluit)),
        besluit.motivation,
        "\n".join(objection_in_words(besluit)),
    ]
    address = url_for("besluiten.detail", besluit_id=besluit.id)
    return Entry(address, besluit.title, "\n\n".join(text), latest.published_at, besluit.decision_body)
