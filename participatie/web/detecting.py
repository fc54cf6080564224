"""In which language did somebody write? Told only when it is clear, and never decided over the head of the writer."""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from participatie.settings import LOCALES

SURE = 0.9
#: Shorter texts are too short to tell: names of streets, a word or two.
SHORTEST = 24
#: Longer ones are told by their beginning; what it costs grows with what is read (abuse case 50).
LOOKED_AT = 1000


def language_of(text: str) -> str | None:
    """Return which of our languages a text is in, or None where it is short, mixed, or in another language.

    All languages that the library knows are weighed: what is German is not taken for Dutch because we lack it.
    """
    letters = " ".join(text[:LOOKED_AT].split())
    if sum(sign.isalpha() for sign in letters) < SHORTEST:
        return None
    code, sure = _identifier().classify(letters)
    return str(code) if code in LOCALES and sure >= SURE else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Read once in a worker, at the first idea that somebody puts in.
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
