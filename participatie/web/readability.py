"""How hard is a Dutch text to read, and which sentences and words make it so? It knows no more than it can count.

The score is that of Flesch-Douma: 206,84 - 0,77 x syllables per hundred words - 0,93 x words per sentence
(W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960; with his table of norms in Onze Taal, 1977). Above 60
is normal, below 45 hard, below 30 very hard. A formula is a hint and no verdict on a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG_SENTENCE = 20  # words; B1 stays below
TOO_LONG_SENTENCE = 30
HARD_SCORE = 45
#: A score of fewer words says nothing.
WORDS_FOR_A_SCORE = 40
SHOWN_SENTENCES = 5

#: What officials write and nobody says, with what people say.
PLAIN_WORDS = {
    "aangaande": "over",
    "aanvang": "begin",
    "alsmede": "en ook",
    "alvorens": "voordat",
    "betreffende": "over, of: deze",
    "bewerkstelligen": "zorgen voor",
    "conform": "volgens",
    "derhalve": "dus",
    "desalniettemin": "toch",
    "desbetreffende": "deze",
    "dient te": "moet",
    "dienen te": "moeten",
    "doch": "maar",
    "draagvlak": "steun",
    "echter": "maar",
    "effectueren": "uitvoeren",
    "faciliteren": "helpen",
    "gelieve": "wilt u",
    "geschieden": "gebeuren",
    "heden": "nu",
    "implementeren": "invoeren",
    "in het kader van": "voor",
    "indien": "als",
    "ingevolge": "volgens",
    "initiëren": "beginnen",
    "inzake": "over",
    "krachtens": "volgens",
    "met betrekking tot": "over",
    "middels": "met",
    "mitigeren": "minder erg maken",
    "mits": "als",
    "monitoren": "volgen",
    "nochtans": "toch",
    "omtrent": "over",
    "onderhavige": "deze",
    "participeren": "meedoen",
    "prioriteren": "kiezen wat eerst gaat",
    "realiseren": "maken",
    "reeds": "al",
    "stakeholders": "wie ermee te maken heeft",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "ten gevolge van": "door",
    "teneinde": "om",
    "tenzij": "behalve als",
    "terzake": "hierover",
    "tevens": "ook",
    "thans": "nu",
    "vigerende": "die nu gelden",
    "voornemens": "van plan",
    "voornoemde": "deze",
    "zulks": "dit",
}

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: A sentence ends at a full stop before a space and something that begins one, and at the end of a line.
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9À-Þ])|\n+")
LIST_MARK = re.compile(r"^\s*(?:[-*+>]|\d+[.)])\s+")
#: What is one sound in Dutch; any other vowel is one by itself.
SYLLABLE = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
PASSIVE = re.compile(r"\b(?:wordt|worden|werd|werden)\b", re.IGNORECASE)
PARTICIPLE = re.compile(
    r"\b(?:ge|be|ver|ont|her|aange|afge|inge|opge|uitge|toege|voorge|vastge)\w{2,}(?:d|t|en)\b", re.IGNORECASE
)
HARD_WORD = re.compile(rf"\b(?:{'|'.join(sorted(PLAIN_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was typed, and how many words it has."""

    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Readability:
    """What can be told of a text. `score` is None where there are too few words to tell.

    `long` are sentences of more than twenty words, longest first; `hard_words` each have a plain word with them;
    `passive` are sentences that hide who does something.
    """

    score: int | None
    long: tuple[Sentence, ...]
    hard_words: tuple[tuple[str, str], ...]
    passive: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """Tell whether the writer should look again: a low score, or a sentence that nobody reads to its end."""
        too_long = any(sentence.words > TOO_LONG_SENTENCE for sentence in self.long)
        return too_long or (self.score is not None and self.score < HARD_SCORE)


def readability_of(text: str) -> Readability:
    """Look at a Dutch text, typed plain or in Markdown."""
    sentences = list(_sentences(text))
    words = [word for sentence in sentences for word in WORD.findall(sentence.text)]
    long = sorted((each for each in sentences if each.words > LONG_SENTENCE), key=lambda each: -each.words)
    found = dict.fromkeys(hit.group().lower() for sentence in sentences for hit in HARD_WORD.finditer(sentence.text))
    passive = [each.text for each in sentences if PASSIVE.search(each.text) and PARTICIPLE.search(each.text)]
    return Readability(
        _score(words, len(sentences)),
        tuple(long[:SHOWN_SENTENCES]),
        tuple((word, PLAIN_WORDS[word]) for word in found),
        tuple(passive[:SHOWN_SENTENCES]),
    )


def syllables(word: str) -> int:
    """Count the syllables of a Dutch word by its vowels: one at least."""
    return max(1, len(SYLLABLE.findall(word)))


def _score(words: list[str], sentences: int) -> int | None:
    if len(words) < WORDS_FOR_A_SCORE:
        return None
    per_hundred = 100 * sum(map(syllables, words)) / len(words)
    return round(206.84 - 0.77 * per_hundred - 0.93 * len(words) / sentences)


def _is_address(piece: str) -> bool:
    return "://" in piece or "@" in piece or piece.startswith("www.")


def _sentences(text: str) -> Iterator[Sentence]:
    for part in SENTENCE_END.split(text):
        typed = LIST_MARK.sub("", part).strip()
        words = sum(len(WORD.findall(piece)) for piece in typed.split() if not _is_address(piece))
        if words:
            yield Sentence(typed, words)
