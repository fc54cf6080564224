"""May somebody offer this translation, and may a moderator pass it? And which one is shown: a person's before a machine's."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class ContentKind(StrEnum):
    """What can be translated."""

    IDEA = "idee"
    BESLUIT = "besluit"
    CARD = "trajectkaart"


class Translator(StrEnum):
    """Who made a translation; readers are always told."""

    PERSON = "mens"
    ENGINE = "machine"


class TranslationStatus(StrEnum):
    """Where a translation is in its life; an engine's is approved from the start, and always labelled as such."""

    WAITING = "wacht op een moderator"
    APPROVED = "goedgekeurd"
    REFUSED = "afgekeurd"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation that could be shown: of which text it is one, who made it, and since when it stands."""

    source_sha256: str
    made_by: Translator
    status: TranslationStatus
    since: datetime
    number: int = 0


def fingerprint(lang: str, texts: Mapping[str, str]) -> str:
    """Return the SHA-256 of texts in their language: a translation of anything else is stale."""
    canonical = json.dumps([lang, dict(texts)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def shown_of(candidates: Iterable[Candidate], source_sha256: str) -> Candidate | None:
    """Return which translation of the text as it stands is shown: a person's before a machine's, then the newest."""
    fitting = [
        each for each in candidates if each.source_sha256 == source_sha256 and each.status is TranslationStatus.APPROVED
    ]
    return max(fitting, key=lambda each: (each.made_by is Translator.PERSON, each.since, each.number), default=None)


def may_offer_translation(
    *, source_lang: str, lang: str, hidden: bool, waits: bool, asked: Collection[str], given: Mapping[str, str]
) -> Verdict:
    """Refuse one of what is hidden, into its own language, with a part left out, or beside one that still waits.

    `asked` are the names of the texts, `given` is what was typed for each.
    """
    if hidden:
        return refused(Refusal.ALREADY_HIDDEN)
    if lang == source_lang:
        return refused(Refusal.SAME_LANGUAGE)
    if set(given) != set(asked) or not all(text.strip() for text in given.values()):
        return refused(Refusal.TRANSLATION_INCOMPLETE)
    return refused(Refusal.TRANSLATION_WAITS) if waits else Allowed()


def may_judge_translation(*, status: TranslationStatus, own: bool, stale: bool, approves: bool, reason: str) -> Verdict:
    """Refuse to judge twice or one's own, to pass a translation of a text that changed, and to say no without a reason."""
    if own:
        return refused(Refusal.OWN_TRANSLATION)
    if status is not TranslationStatus.WAITING:
        return refused(Refusal.TRANSLATION_JUDGED)
    if approves:
        return refused(Refusal.TRANSLATION_STALE) if stale else Allowed()
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
