"""In which words does this visitor read what somebody wrote?

Translated into their language where that was done, always with who did it and the way to the original.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from participatie.models.content_translations import (
    ContentTranslation,
    Original,
    Translatable,
    original_in,
    translations_into,
)
from participatie.spelregels.translations import Translator, shown_of
from participatie.web.languages import NAMES, locale_code
from participatie.web.transaction import db

#: `?origineel=1` shows what was written, whatever the visitor's language.
PARAMETER = "origineel"
AskedRow = TypeVar("AskedRow", bound=Translatable)


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of an object as this visitor gets them, by name, in language `lang`.

    `made_by` is None where it is the original. `translated` tells that there is a translation, shown or not;
    `other_href` is this same page in the other words. `written_in` is the language of the original, by its own name.
    """

    texts: Mapping[str, str]
    lang: str
    made_by: Translator | None
    original_lang: str
    other_href: str
    translated: bool = True

    def text(self, name: str) -> str:
        """Return a text by the name of its field; empty where nothing was written."""
        return self.texts.get(name, "")

    @property
    def by_person(self) -> bool:
        """Tell whether a person translated it."""
        return self.made_by is Translator.PERSON

    @property
    def written_in(self) -> str:
        """Return the name of the language of the original, in that language."""
        return NAMES.get(self.original_lang, self.original_lang)


def reading_of(row: Translatable) -> Reading:
    """Return how this visitor reads one object."""
    return readings_of([row])[row.id]


def readings_of(rows: Sequence[AskedRow]) -> dict[int, Reading]:
    """Return how this visitor reads each of these objects, all of one kind: one query at most, whatever their number."""
    originals = [original_in(row) for row in rows]
    lang = locale_code()
    foreign = [each for each in originals if each.lang != lang]
    found: dict[int, list[ContentTranslation]] = {}
    if foreign:
        ids = [each.object_id for each in foreign]
        for translation in db().scalars(translations_into(lang, foreign[0].kind, ids)):
            found.setdefault(translation.object_id, []).append(translation)
    return {each.object_id: _reading(each, lang, found.get(each.object_id, ())) for each in originals}


def asks_original() -> bool:
    """Tell whether this visitor asked for the words as they were written."""
    return request.args.get(PARAMETER) == "1"


def other_words_href() -> str:
    """Return the address of this same page in the other words: the original, or the translation again."""
    others = {name: values for name, values in request.args.lists() if name != PARAMETER}
    asked = others if asks_original() else {**others, PARAMETER: ["1"]}
    return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path


def _reading(original: Original, lang: str, translations: Sequence[ContentTranslation]) -> Reading:
    best = shown_of((each.facts() for each in translations), original.sha256) if original.lang != lang else None
    if best is None or asks_original():
        return Reading(original.texts, original.lang, None, original.lang, other_words_href(), best is not None)
    texts = next(each.texts for each in translations if each.id == best.number)
    return Reading(texts, lang, best.made_by, original.lang, other_words_href())
