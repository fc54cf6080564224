"""How does a translation of what people wrote come in: offered by a resident, passed by a moderator, or by an engine?"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.models.content_translations import (
    ContentTranslation,
    Source,
    Translatable,
    TranslationJob,
    original_of,
    source_of,
    waiting_of,
    without_jobs,
)
from participatie.settings import LOCALES
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.translations import (
    ContentKind,
    TranslationStatus,
    Translator,
    may_judge_translation,
    may_offer_translation,
)
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def offer_translation(
    session: Session, actor: Actor, row: Translatable, lang: str, texts: Mapping[str, str], now: datetime
) -> ContentTranslation | Refused:
    """Put a translation of an object before the moderators; nobody sees it until one of them passed it.

    `texts` holds every text of the object by name. Refused are a part that is left out, the original's own language,
    and a second translation beside one that waits.
    """
    source = source_of(row)
    verdict = first_refusal(
        may(actor, Do.OFFER_TRANSLATION, source.traject.facts().place_at(now)),
        may_offer_translation(
            source_lang=source.lang,
            lang=lang,
            hidden=source.hidden,
            waits=any(each.lang == lang for each in session.scalars(waiting_of(source))),
            asked=source.texts.keys(),
            given=texts,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    translation = _translation(source, lang, texts, Translator.PERSON, TranslationStatus.WAITING, now)
    translation.author_id = actor.account_id
    try:
        with session.begin_nested():
            session.add(translation)
    except IntegrityError:  # somebody was a moment earlier
        return refused(Refusal.TRANSLATION_WAITS)
    record(session, actor.account_id, Do.OFFER_TRANSLATION, translation, now, traject=source.traject.id, lang=lang)
    return translation


def judge_translation(
    session: Session, actor: Actor, translation: ContentTranslation, reason: str, now: datetime, *, approves: bool
) -> ContentTranslation | Refused:
    """Pass a translation, so that readers of that language get it, or turn it down; who made it gets a mail.

    Refused are judging twice, judging one's own, passing one of a text that changed, and a no without a reason.
    """
    session.refresh(translation, with_for_update={"of": ContentTranslation})
    row = session.scalar(original_of(translation.object_kind, translation.object_id))
    verdict = first_refusal(
        may(actor, Do.JUDGE_TRANSLATION, translation.traject.facts().place_at(now)),
        may_judge_translation(
            status=translation.status,
            own=translation.author_id is not None and translation.author_id == actor.account_id,
            stale=row is None or source_of(row).sha256 != translation.source_sha256,
            approves=approves,
            reason=reason,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    translation.status = TranslationStatus.APPROVED if approves else TranslationStatus.REFUSED
    translation.reason = reason.strip()
    translation.judged_at, translation.judged_by_id = now, actor.account_id
    translation.traject.touch()
    record(
        session, actor.account_id, Do.JUDGE_TRANSLATION, translation, now,
        traject=translation.traject_id, lang=translation.lang, approved=approves,
    )  # fmt: skip
    if translation.author is not None:
        mail(
            session, translation.author, "translation_judged", now,
            approved=approves, reason=translation.reason, traject=translation.traject.title,
            slug=translation.traject.slug,
        )  # fmt: skip
    return translation


def queue_for_engine(session: Session, kind: ContentKind, now: datetime, limit: int) -> int:
    """Put what was published and never queued before the engine: one job for each other language. Return how many."""
    made = 0
    for object_id in session.scalars(without_jobs(kind).limit(limit)).all():
        row = session.scalar(original_of(kind, object_id))
        if row is None:
            continue
        langs = [lang for lang in LOCALES if lang != source_of(row).lang]
        session.add_all(
            TranslationJob(object_kind=kind, object_id=object_id, lang=lang, created_at=now, due_at=now)
            for lang in langs
        )
        made += len(langs)
    return made


def keep_engine_translation(
    session: Session, source: Source, lang: str, texts: Mapping[str, str], now: datetime
) -> ContentTranslation | None:
    """Keep what the engine made of an original; None when it is there already. Readers always see that a machine did it."""
    translation = _translation(source, lang, texts, Translator.ENGINE, TranslationStatus.APPROVED, now)
    try:
        with session.begin_nested():
            session.add(translation)
    except IntegrityError:
        return None
    source.traject.touch()
    return translation


def _translation(
    source: Source,
    lang: str,
    texts: Mapping[str, str],
    made_by: Translator,
    status: TranslationStatus,
    now: datetime,
) -> ContentTranslation:
    return ContentTranslation(
        object_kind=source.kind,
        object_id=source.object_id,
        traject=source.traject,
        source_sha256=source.sha256,
        lang=lang,
        texts={name: typed.strip() for name, typed in texts.items()},
        made_by=made_by,
        status=status,
        created_at=now,
    )
